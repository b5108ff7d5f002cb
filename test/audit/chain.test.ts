import { beforeAll, describe, expect, it } from 'vitest'
import { enter } from '../support/transactions.ts'
import { useApp } from '../support/use-app.ts'
import { createUser } from '../support/users.ts'

const { app, admin } = useApp()

beforeAll(async () => {
  // What a forger writes who knows how the hashes are made.
  await app.sql`
    create function public.forge(p_owner uuid) returns text language plpgsql as $$
    declare
      v_link data.audit_log;
      v_hash text := '';
    begin
      for v_link in select * from data.audit_log where owner_id = p_owner order by sequence loop
        v_link.previous_hash := v_hash;
        v_hash := private.audit_hash(v_link);
        update data.audit_log set previous_hash = v_link.previous_hash, hash = v_hash
         where owner_id = p_owner and sequence = v_link.sequence;
      end loop;
      return v_hash;
    end $$`
})

type Row = Record<string, string>

const verify = async (query = '') => (await admin.get(`/v1/audit/verify${query}`)).body
const verifyChain = (id: string, more = '') => verify(`?owner_id=${id}${more}`)

/** Somebody whose chain has links 1 (user), 2 (session) and 3 to 6 (transactions). */
async function chainOfSix(): Promise<string> {
  const owner = await createUser(app, 'analyst')
  for (const amount of ['1', '2', '3', '4']) await enter(owner, { amount })
  return owner.id
}

/** What somebody can do who owns the database and means harm. */
async function behindTheGuard(change: () => Promise<unknown>): Promise<void> {
  await app.sql`alter table data.audit_log disable trigger append_only`
  await change()
  await app.sql`alter table data.audit_log enable trigger append_only`
}

/** What is found wrong with a chain after a change past the triggers. */
async function violationsAfter(change: (owner: string) => Promise<unknown>) {
  const owner = await chainOfSix()
  await behindTheGuard(() => change(owner))
  const own = await verifyChain(owner)
  const all = await verify()
  const told = all.violations.filter((each: { owner_id: string }) => each.owner_id === owner)
  expect(told).toEqual(own.violations)
  expect([own.intact, all.intact]).toEqual([false, false])
  return own.violations.map(
    ({ sequence, violation }: { sequence: number; violation: string }) =>
      `${sequence} ${violation}`,
  )
}

describe('The audit chain of a user', () => {
  it('is intact as long as no entry is altered, and its head is returned', async () => {
    const owner = await chainOfSix()
    const found = await verifyChain(owner)
    expect(found).toMatchObject({
      intact: true,
      entries: 6,
      owners: 1,
      violation_count: 0,
      violations: [],
    })
    expect(found.heads).toEqual([
      { owner_id: owner, sequence: 6, hash: expect.stringMatching(/^[0-9a-f]{64}$/) },
    ])
    const all = await verify()
    expect(all).toMatchObject({ intact: true, expected_hash_found: null })
    expect(all.heads).toContainEqual(found.heads[0])
    expect(all.heads).toHaveLength(all.owners)
  })

  it('stays intact when ten writers add to it at once', async () => {
    const owner = await createUser(app, 'analyst')
    await Promise.all(Array.from({ length: 10 }, () => enter(owner)))
    expect(await verifyChain(owner.id)).toMatchObject({ intact: true, entries: 12 })
  })

  it('cannot be changed, cut or emptied, not even by the owner of the database', async () => {
    const owner = await chainOfSix()
    const changes = [
      app.sql`update data.audit_log set action = 'x' where owner_id = ${owner}`,
      app.sql`update data.audit_log set action = action where false`,
      app.sql`delete from data.audit_log where owner_id = ${owner}`,
      app.sql`truncate data.audit_log`,
    ]
    for (const change of changes) await expect(change).rejects.toMatchObject({ code: 'EB005' })
    expect(await verifyChain(owner)).toMatchObject({ intact: true, entries: 6 })
  })

  const columns: Record<string, (owner: string) => Promise<unknown>> = {
    occurred_at: (b) =>
      app.sql`update data.audit_log set occurred_at = occurred_at + interval '1 us' where owner_id = ${b} and sequence = 4`,
    actor_id: (b) =>
      app.sql`update data.audit_log set actor_id = ${admin.id} where owner_id = ${b} and sequence = 4`,
    session_id: (b) =>
      app.sql`update data.audit_log set session_id = null where owner_id = ${b} and sequence = 4`,
    api_key_id: (b) =>
      app.sql`update data.audit_log set api_key_id = ${b} where owner_id = ${b} and sequence = 4`,
    request_id: (b) =>
      app.sql`update data.audit_log set request_id = 'other' where owner_id = ${b} and sequence = 4`,
    address: (b) =>
      app.sql`update data.audit_log set address = '192.0.2.1' where owner_id = ${b} and sequence = 4`,
    action: (b) =>
      app.sql`update data.audit_log set action = 'transaction.purged' where owner_id = ${b} and sequence = 4`,
    entity: (b) =>
      app.sql`update data.audit_log set entity = 'user' where owner_id = ${b} and sequence = 4`,
    entity_id: (b) =>
      app.sql`update data.audit_log set entity_id = ${b} where owner_id = ${b} and sequence = 4`,
    before: (b) =>
      app.sql`update data.audit_log set before = '{}' where owner_id = ${b} and sequence = 4`,
    after: (b) =>
      app.sql`update data.audit_log set after = after || '{"amount_minor": 201}'
               where owner_id = ${b} and sequence = 4`,
    id: (b) =>
      app.sql`update data.audit_log set id = default where owner_id = ${b} and sequence = 4`,
    hash: (b) =>
      app.sql`update data.audit_log set hash = 'x' where owner_id = ${b} and sequence = 4`,
    previous_hash: (b) =>
      app.sql`update data.audit_log set previous_hash = 'x' where owner_id = ${b} and sequence = 4`,
  }

  it.each(Object.entries(columns))(
    'is not intact when the column %s of an entry was altered',
    async (_column, alter) => {
      const violations = await violationsAfter(alter)
      expect(violations).toContain('4 altered')
      expect(
        violations.filter((violation: string) => !/^(4|5 unlinked|5 reordered)/.test(violation)),
      ).toEqual([])
    },
  )

  it('is hashed over every column', async () => {
    const rows = await app.sql`select column_name c from information_schema.columns
                                where table_schema = 'data' and table_name = 'audit_log'`
    const names = rows.map(({ c }) => c).filter((c) => !['owner_id', 'sequence'].includes(c))
    expect(names.toSorted()).toEqual(Object.keys(columns).toSorted())
  })

  it('is not intact when an entry was moved to it from another user', async () => {
    const other = await chainOfSix()
    const violations = await violationsAfter(
      (owner) => app.sql`update data.audit_log set owner_id = ${owner}, sequence = 7
                         where owner_id = ${other} and sequence = 6`,
    )
    expect(violations).toEqual(['7 altered', '7 head_mismatch', '7 reordered', '7 unlinked'])
    expect((await verifyChain(other)).violations).toMatchObject([
      { sequence: 6, violation: 'removed' },
    ])
  })

  it('is not intact when its entry changed places with an entry of another user', async () => {
    const users = [await createUser(app, 'analyst'), await createUser(app, 'analyst')]
    for (const user of users) await enter(user)
    const [{ id: first }, { id: second }] = (await app.sql`
      select id from data.audit_log where sequence = 3
         and owner_id in (${users[0]!.id}, ${users[1]!.id}) order by id`) as [Row, Row]
    // The order within each chain remains.
    const places = [
      `alter table data.audit_log alter column id drop identity`,
      `update data.audit_log set id = -1 where id = ${first}`,
      `update data.audit_log set id = ${first} where id = ${second}`,
      `update data.audit_log set id = ${second} where id = -1`,
      `alter table data.audit_log alter column id add generated always as identity (start with 200000)`,
    ]
    await behindTheGuard(() => app.sql.transaction(places.map((text) => app.sql.query(text))))
    for (const { id } of users) {
      expect((await verifyChain(id)).violations).toEqual([
        { owner_id: id, sequence: 3, violation: 'altered' },
      ])
    }
  })

  it('is not intact when an entry in the middle was removed', async () => {
    const violations = await violationsAfter(
      (owner) => app.sql`delete from data.audit_log where owner_id = ${owner} and sequence = 4`,
    )
    expect(violations).toEqual(['4 removed'])
  })

  it('is not intact when the first entry was removed', async () => {
    const violations = await violationsAfter(
      (owner) => app.sql`delete from data.audit_log where owner_id = ${owner} and sequence = 1`,
    )
    expect(violations).toEqual(['1 removed'])
  })

  it('is not intact when the last entries, or all of them, were removed', async () => {
    const tail = await violationsAfter(
      (owner) => app.sql`delete from data.audit_log where owner_id = ${owner} and sequence > 4`,
    )
    expect(tail).toEqual(['5 removed'])
    const all = await violationsAfter(
      (owner) => app.sql`delete from data.audit_log where owner_id = ${owner}`,
    )
    expect(all).toEqual(['1 removed'])
  })

  it('is not intact when two entries were swapped', async () => {
    const violations = await violationsAfter(async (owner) => {
      await app.sql`update data.audit_log set sequence = 99 where owner_id = ${owner} and sequence = 4`
      await app.sql`update data.audit_log set sequence = 4 where owner_id = ${owner} and sequence = 5`
      await app.sql`update data.audit_log set sequence = 5 where owner_id = ${owner} and sequence = 99`
    })
    expect(violations).toEqual([
      ...['4 altered', '4 unlinked', '5 altered', '5 reordered', '5 unlinked'],
      '6 unlinked',
    ])
  })

  it('is not intact when a removed entry was hidden by renumbering', async () => {
    const violations = await violationsAfter(async (owner) => {
      await app.sql`delete from data.audit_log where owner_id = ${owner} and sequence = 4`
      await app.sql`update data.audit_log set sequence = 4 where owner_id = ${owner} and sequence = 5`
      await app.sql`update data.audit_log set sequence = 5 where owner_id = ${owner} and sequence = 6`
    })
    expect(violations).toContain('4 altered')
    expect(violations).toContain('6 removed')
  })

  it('does not match its head when it was forged from one entry on', async () => {
    const violations = await violationsAfter(async (owner) => {
      await app.sql`update data.audit_log set after = after || '{"amount_minor": 900}'
                     where owner_id = ${owner} and sequence = 4`
      await app.sql`select public.forge(${owner})`
    })
    expect(violations).toEqual(['6 head_mismatch'])
  })

  it('is not intact when its head is missing', async () => {
    const violations = await violationsAfter(
      (owner) => app.sql`delete from data.audit_heads where owner_id = ${owner}`,
    )
    expect(violations).toEqual(['6 head_mismatch'])
  })
})

describe('An audit chain that was forged together with its head', () => {
  it('looks intact, and is detected by a hash that was stored elsewhere', async () => {
    const owner = await chainOfSix()
    const head = (await verifyChain(owner)).heads[0].hash
    await behindTheGuard(async () => {
      await app.sql`update data.audit_log set after = after || '{"amount_minor": 900}'
                     where owner_id = ${owner} and sequence = 4`
      await app.sql`update data.audit_heads set hash = public.forge(${owner})
                     where owner_id = ${owner}`
    })
    expect(await verifyChain(owner)).toMatchObject({ intact: true, violation_count: 0 })
    expect(await verifyChain(owner, `&expected_hash=${head}`)).toMatchObject({
      intact: false,
      expected_hash_found: false,
      violation_count: 0,
    })
  })

  it('is detected by a hash that was stored elsewhere even when it was deleted as a whole', async () => {
    const owner = await chainOfSix()
    const head = (await verifyChain(owner)).heads[0].hash
    await behindTheGuard(async () => {
      await app.sql`delete from data.audit_log where owner_id = ${owner}`
      await app.sql`delete from data.audit_heads where owner_id = ${owner}`
    })
    expect(await verifyChain(owner)).toMatchObject({ intact: false, entries: 0 })
    expect((await verifyChain(owner, `&expected_hash=${head}`)).intact).toBe(false)
  })

  it('is told apart from a chain that has only grown since', async () => {
    const owner = await chainOfSix()
    const head = (await verifyChain(owner)).heads[0].hash
    await enter(admin, { user_id: owner })
    expect(await verifyChain(owner, `&expected_hash=${head}`)).toMatchObject({
      intact: true,
      expected_hash_found: true,
      entries: 7,
    })
    const { status, body } = await admin.get(`/v1/audit/verify?expected_hash=${head}`)
    expect([status, body.errors[0].location]).toEqual([422, 'query.owner_id'])
  })
})

describe('The verification of the audit log', () => {
  it('detects a chain that was removed together with its head', async () => {
    const violations = await violationsAfter(async (owner) => {
      await app.sql`delete from data.audit_log where owner_id = ${owner}`
      await app.sql`delete from data.audit_heads where owner_id = ${owner}`
    })
    expect(violations).toEqual(['1 removed'])
  })

  it('detects a chain that was removed and has grown again', async () => {
    const owner = await createUser(app, 'analyst')
    await behindTheGuard(async () => {
      await app.sql`delete from data.audit_log where owner_id = ${owner.id}`
      await app.sql`delete from data.audit_heads where owner_id = ${owner.id}`
    })
    await enter(owner)
    const found = await verifyChain(owner.id)
    expect(found.violations).toEqual([{ owner_id: owner.id, sequence: 1, violation: 'removed' }])
  })

  it('detects a changed order of writing', async () => {
    const violations = await violationsAfter(async (owner) => {
      await app.sql`alter table data.audit_log alter column id drop identity`
      await app.sql`update data.audit_log set id = -id where owner_id = ${owner} and sequence = 5`
      await app.sql`alter table data.audit_log alter column id add generated always as identity (start with 100000)`
    })
    expect(violations).toContain('5 reordered')
  })

  it('finds in pieces of any size what it finds at once', async () => {
    const [first, second] = [await chainOfSix(), await chainOfSix()]
    await behindTheGuard(async () => {
      await app.sql`delete from data.audit_log where owner_id = ${first} and sequence > 4`
      await app.sql`update data.audit_log set action = 'x'
                     where owner_id = ${second} and sequence in (1, 4, 6)`
      await app.sql`update data.audit_log set previous_hash = 'x', hash = 'x'
                     where owner_id = ${first} and sequence = 2`
    })
    const all = await app.sql`select * from api.verify_audit(null)`
    expect(all.length).toBeGreaterThan(6)
    const entries = await app.sql`select owner_id, sequence from data.audit_log order by 1, 2`
    for (const size of [1, 2, 5]) {
      const found = []
      for (let place = 0; place < entries.length; place += size) {
        const { owner_id: owner = null, sequence = null } = entries[place - 1] ?? {}
        found.push(
          ...(await app.sql`select * from api.verify_audit(null, ${owner}, ${sequence}, ${size})`),
        )
      }
      const sorted = (rows: object[]) => rows.map((row) => JSON.stringify(row)).toSorted()
      expect(sorted(found)).toEqual(sorted(all))
    }
  })

  it('covers 25,000 entries in one request and continues with the cursor', async () => {
    const owner = await createUser(app, 'analyst')
    await app.sql`alter table data.audit_log disable trigger append_only`
    await app.sql`
      insert into data.audit_log
          (owner_id, sequence, occurred_at, action, entity, entity_id, previous_hash, hash)
        select ${owner.id}, i, now(), 'x', 'x', ${owner.id}, 'x', 'x'
          from generate_series(3, 25003) i`
    await app.sql`alter table data.audit_log enable trigger append_only`
    const first = await verifyChain(owner.id)
    expect(first).toMatchObject({ intact: false, entries: 25_000 })
    const second = await verifyChain(owner.id, `&cursor=${first.next_cursor}`)
    expect(second).toMatchObject({ intact: false, entries: 3, next_cursor: null })
    expect(second.violations.map((each: { sequence: number }) => each.sequence)).toEqual(
      expect.arrayContaining([25_001, 25_002, 25_003]),
    )
    const other = await admin.get(`/v1/audit/verify?cursor=${first.next_cursor}`)
    expect([other.status, other.body.code]).toEqual([422, 'invalid_cursor'])
  })

  it('responds 404 for a user who does not exist', async () => {
    const response = await admin.get(
      '/v1/audit/verify?owner_id=0198c2a4-5b1e-7d2a-9b60-3f4f5f0c8a11',
    )
    expect(response.status).toBe(404)
  })
})
