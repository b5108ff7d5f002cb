import type { Role } from '../../src/db/enums.ts'
import type { TestApp } from '../support/app.ts'
import { createUser, type User } from '../support/users.ts'

/** Rows of each large user, and of the small one. */
export const BIG = 40_000
export const SMALL = 1_000

/**
 * Puts rows into the database past the triggers, over five years: 20 categories, each tenth an income, a
 * third with `common` in the notes, one in ten thousand with `zanzibar`.
 */
async function fill(app: TestApp, userId: string, count: number): Promise<void> {
  await app.sql.transaction((sql) => [
    sql`alter table data.transactions disable trigger user`,
    sql`
      insert into data.transactions
        (id, user_id, type, amount_minor, currency, category, date, payee, notes,
         created_by)
      select gen_random_uuid(), ${userId},
             (case when i % 10 = 0 then 'income' else 'expense' end)::data.transaction_type,
             1 + abs(hashint4(i)) % 100000,
             case when i % 50 = 0 then 'USD' else 'EUR' end,
             'Category ' || abs(hashint4(i + 7)) % 20,
             date '2021-01-01' + (i::bigint * 1826 / ${count}::bigint)::integer,
             case when i % 4 <> 0 then 'Payee ' || abs(hashint4(i + 11)) % 1000 end,
             'Bill ' || abs(hashint4(i + 3)) % 1000
               || case when i % 3 = 0 then ' common' else '' end
               || case when i % 10000 = 1 then ' zanzibar' else '' end,
             ${userId}
        from generate_series(1, ${count}::integer) i`,
    sql`alter table data.transactions enable trigger user`,
  ])
}

export interface Fixture {
  big: Record<Role, User>
  small: User
}

/** Many transactions for an owner of each of these roles, and a few for another user. */
export async function fillUsers(app: TestApp, roles: readonly Role[]): Promise<Fixture> {
  const admin = await createUser(app, 'admin')
  const analyst = await createUser(app, 'analyst')
  const viewer = await createUser(app, 'viewer')
  const small = await createUser(app, 'analyst')
  const big = { admin, analyst, viewer }
  // In the order of creation, so that ids follow the order of rows on disk, as they do where users
  // come one after the other: plans depend on it.
  for (const [role, { id }] of Object.entries(big)) {
    if (roles.includes(role as Role)) await fill(app, id, BIG)
  }
  await fill(app, small.id, SMALL)
  await app.sql`select private.recompute_rollups()`
  await app.sql`analyze data.transactions`
  await app.sql`analyze data.rollups`
  return { big, small }
}
