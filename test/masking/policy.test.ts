import { beforeEach, describe, expect, it } from 'vitest'
import { useApp } from '../support/use-app.ts'
import { createUser } from '../support/users.ts'
import { mask, put } from './support.ts'

const { app, admin } = useApp()

beforeEach(async () => {
  await mask(admin, 'viewer', {}, app)
  await mask(admin, 'analyst', {}, app)
})

const versionOf = async (role: string): Promise<number> => {
  const { body } = await admin.get('/v1/masking')
  return body.data.find((each: { role: string }) => each.role === role).version
}

describe('The masked fields of a role', () => {
  it('are listed for every role but admin, also for one that nothing was ever masked for', async () => {
    await app.sql`delete from data.masking where role = 'analyst'`
    await mask(admin, 'viewer', { payee: 'partial', notes: 'hide' }, app)
    const { body } = await admin.get('/v1/masking')
    expect(body.data).toEqual([
      expect.objectContaining({
        role: 'viewer',
        fields: { notes: 'hide', payee: 'partial' },
        updated_by: admin.id,
      }),
      { role: 'analyst', fields: {}, version: 1, updated_at: null, updated_by: null },
    ])
  })

  it('are replaced as a whole; an empty object masks none', async () => {
    await mask(admin, 'viewer', { notes: 'hide' }, app)
    const second = await put(app, admin, 'viewer', { fields: { payee: 'hide' } })
    expect(second.body.fields).toEqual({ payee: 'hide' })
    expect((await put(app, admin, 'viewer', { fields: {} })).body.fields).toEqual({})
  })

  it('have a version, which a change needs and an equal value keeps', async () => {
    const before = await versionOf('viewer')
    const without = await put(app, admin, 'viewer', { fields: {} }, { 'If-Match': '' })
    expect([without.status, without.body.code]).toEqual([428, 'precondition_required'])
    const changed = await put(
      app,
      admin,
      'viewer',
      { fields: { notes: 'hide' } },
      { 'If-Match': `"${before}"` },
    )
    expect([changed.status, changed.headers.get('ETag')]).toEqual([200, `"${before + 1}"`])
    const same = await put(app, admin, 'viewer', { fields: { notes: 'hide' } })
    expect(same.body.version).toBe(before + 1)
    const late = await put(app, admin, 'viewer', { fields: {} }, { 'If-Match': `"${before}"` })
    expect([late.status, late.body.code, late.body.current.fields]).toEqual([
      412,
      'precondition_failed',
      { notes: 'hide' },
    ])
    expect(late.headers.get('ETag')).toBe(`"${before + 1}"`)
    const garbage = await put(app, admin, 'viewer', { fields: {} }, { 'If-Match': '"abc"' })
    expect(garbage.status).toBe(412)
  })

  it('are changed by one of two admins at once', async () => {
    const other = await createUser(app, 'admin')
    const headers = { 'If-Match': `"${await versionOf('viewer')}"` }
    const responses = await Promise.all(
      [admin, other].map((each, n) =>
        put(app, each, 'viewer', { fields: { [n ? 'notes' : 'payee']: 'hide' } }, headers),
      ),
    )
    expect(responses.map(({ status }) => status).toSorted()).toEqual([200, 412])
  })

  it('are changed for both roles at once, again and again', async () => {
    const changes = Array.from({ length: 6 }, (_, n) =>
      put(app, admin, n % 2 ? 'viewer' : 'analyst', {
        fields: { notes: n % 3 ? 'hide' : 'partial' },
      }),
    )
    expect((await Promise.all(changes)).map(({ status }) => status)).toEqual(Array(6).fill(200))
  })

  it('are changed once for one idempotency key, and not by a dry run', async () => {
    const before = await versionOf('viewer')
    const dry = await put(app, admin, 'viewer', { fields: { notes: 'hide' } }, {}, '?dry_run=true')
    expect(dry.body).toMatchObject({ dry_run: true, status: 200, fields: { notes: 'hide' } })
    expect(await versionOf('viewer')).toBe(before)
    const headers = { 'Idempotency-Key': 'mask-once' }
    const first = await put(app, admin, 'viewer', { fields: { notes: 'hide' } }, headers)
    await mask(admin, 'viewer', {}, app)
    const again = await put(app, admin, 'viewer', { fields: { notes: 'hide' } }, headers)
    expect(again.headers.get('Idempotency-Replayed')).toBe('true')
    expect([again.text, again.headers.get('ETag')]).toEqual([first.text, first.headers.get('ETag')])
    expect(await versionOf('viewer')).toBe(before + 2)
  })

  it('are in the audit log when they change, with who changed them', async () => {
    await mask(admin, 'viewer', { notes: 'hide' }, app)
    const { body } = await admin.get('/v1/audit?entity=masking&limit=1')
    expect(body.data[0]).toMatchObject({
      action: 'masking.updated',
      actor_id: admin.id,
      before: { role: 'viewer', fields: {} },
      after: { role: 'viewer', fields: { notes: 'hide' } },
    })
    expect((await admin.get('/v1/audit/verify')).body.intact).toBe(true)
    const { body: checked } = await admin.get('/v1/admin/consistency?scope=all')
    const differing = checked.records.differences.filter(
      ({ entity }: { entity: string }) => entity === 'masking',
    )
    expect(differing).toEqual([])
  })

  it('cannot be changed for admins, nor for a role that does not exist', async () => {
    for (const role of ['admin', 'owner', 'VIEWER', '%00']) {
      const { status, body } = await put(app, admin, role, { fields: {} })
      expect([role, status, body.code]).toEqual([role, 422, 'validation_failed'])
      expect(body.errors[0]).toMatchObject({ location: 'path.role' })
      expect(body.errors[0].message).toContain('Admins see every field')
    }
  })

  it.each([
    ['an unknown field', { nothing: 'hide' }, 'body.fields.nothing'],
    ['a field that everyone sees', { id: 'hide' }, 'body.fields.id'],
    ['a part of an amount', { amount: 'partial' }, 'body.fields.amount'],
    ['another mode', { notes: 'blur' }, 'body.fields.notes'],
  ])('cannot be %s, and the refusal says what can be masked', async (_, fields, location) => {
    const { status, body } = await put(app, admin, 'viewer', { fields })
    expect([status, body.errors[0].location]).toEqual([422, location])
    if (location === 'body.fields.id') {
      expect(body.detail).toContain('`amount`, `category`, `payee`, `notes`, `external_id`')
    }
  })

  it('are refused by the database too, whatever the API lets through', async () => {
    for (const fields of [
      '{"id": "hide"}',
      '{"amount": "partial"}',
      '{"notes": "blur"}',
      '[]',
      'null',
    ]) {
      const query = app.sql`insert into data.masking (role, fields) values ('viewer', ${fields}::jsonb)
                            on conflict (role) do update set fields = excluded.fields`
      await expect(query, fields).rejects.toThrow()
    }
    const ofAdmins = app.sql`insert into data.masking (role, fields) values ('admin', '{}')`
    await expect(ofAdmins).rejects.toMatchObject({ code: '23514' })
  })

  it('are listed, but not changed, with an API key of an admin', async () => {
    const created = await admin.post('/v1/api-keys', {
      name: 'A machine',
      role: 'admin',
      access: 'read_write',
    })
    const token = created.body.key
    expect((await app.call('GET', '/v1/masking', { token })).status).toBe(200)
    const refused = await put(app, { token }, 'viewer', { fields: {} })
    expect([refused.status, refused.body.code]).toEqual([403, 'forbidden'])
  })
})
