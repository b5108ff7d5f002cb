import { v7 as uuidv7 } from 'uuid'
import { beforeAll, describe, it } from 'vitest'
import {
  createAuditRepository,
  type AuditFilter,
} from '../../src/operations/audit/audit.repository.ts'
import { appSql, type AppSql } from '../support/roles-sql.ts'
import { useApp } from '../support/use-app.ts'
import { expectCheap, plansOf } from './plans.ts'

const ENTRIES = 20_000
const TAKE = 21

const { app, admin } = useApp()
let sql: AppSql
/** The owner, actor, entity and request of the oldest entries. */
const [owner, actor, entity] = [uuidv7(), uuidv7(), uuidv7()]

beforeAll(async () => {
  sql = appSql(app)
  // One entry a minute. What is looked for is at the beginning, as far from the newest as it can be.
  await app.sql`
    insert into data.audit_log (owner_id, sequence, occurred_at, actor_id, request_id, action, entity,
                                entity_id, previous_hash, hash)
    select case when n <= 200 then ${owner}::uuid
                else ('00000000-0000-4000-8000-' || lpad((n % 50)::text, 12, '0'))::uuid end,
           n, timestamptz '2026-01-01T00:00:00Z' + make_interval(mins => n),
           case when n <= 200 then ${actor}::uuid
                else ('00000000-0000-4000-8000-' || lpad((n % 40)::text, 12, '0'))::uuid end,
           'request-' || n / 2, 'transaction.updated', 'transaction',
           case when n <= 30 then ${entity}::uuid else gen_random_uuid() end, '', 'x'
      from generate_series(1, ${ENTRIES}::integer) n`
  await app.sql`analyze data.audit_log`
})

describe('For an admin, the database reads', () => {
  const day = { from: '2026-01-01T00:00:00Z', to: '2026-01-01T00:10:00Z' }
  it.each([
    ['the whole log', {}, 'audit_log_id'],
    ['an owner', { owner_id: owner }, 'audit_log_owner'],
    ['an actor', { actor_id: actor }, 'audit_log_actor'],
    ['a record', { entity: 'transaction', entity_id: entity }, 'audit_log_entity'],
    ['a request', { request_id: 'request-7' }, 'audit_log_request'],
    ['ten minutes', day, 'audit_log_occurred_at'],
  ] as [string, AuditFilter, string][])(
    'few more audit entries than the page of a list of %s',
    async (_, filter, index) => {
      const plans = await plansOf(sql, admin, (database, caller) =>
        createAuditRepository(database).list(caller, filter).after(TAKE),
      )
      expectCheap(plans, TAKE, [index])
    },
  )

  it('no more audit entries for a page from the middle', async () => {
    const plans = await plansOf(sql, admin, (database, caller) =>
      createAuditRepository(database)
        .list(caller, {})
        .after(TAKE, String(ENTRIES / 2)),
    )
    expectCheap(plans, TAKE, ['audit_log_id'])
  })
})
