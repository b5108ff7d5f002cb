import type { Role } from '../../src/db/enums.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import { isLong } from '../support/iterations.ts'
import { insertUsers, newUser, type User } from '../support/users.ts'

/* Two databases with the same users and rows, which differ in one field of transactions only. */

export const modes = {
  amount: ['hide'],
  category: ['hide', 'partial'],
  payee: ['hide', 'partial'],
  notes: ['hide', 'partial'],
  external_id: ['hide', 'partial'],
  source: ['hide', 'partial'],
  created_by: ['hide'],
} as const
export type Field = keyof typeof modes
export type Mode = 'hide' | 'partial'

/** Which of the two databases. */
export type Side = 0 | 1

export interface Twins {
  apps: readonly [TestApp, TestApp]
  drop(): Promise<void>
}

export async function startTwins(): Promise<Twins> {
  const apps = [await startTestApp(), await startTestApp()] as const
  return {
    apps,
    drop: async () => void (await Promise.all(apps.map((app) => app.database.drop()))),
  }
}

/** The same user, with the same session and token, in both databases. */
export async function createTwin({ apps }: Twins, role: Role): Promise<User> {
  const user = newUser(apps[0], role)
  for (const app of apps) await insertUsers(app, [user])
  return user
}

const WORDS = [
  ['Groceries', 'Rent', 'Books', 'Groceries', 'Fuel', 'Rent', 'Groceries', 'Books'],
  ['Gambling', 'Medicine', 'Gifts at the jeweller', 'Medicine', 'Loan', 'Loan', 'Bail', 'Gambling'],
] as const

/** What the field of a row is in a database. With `partial`, only what is hidden differs. */
export function valueOf(field: Field, mode: Mode, side: Side, n: number, people: [User, User]) {
  if (field === 'created_by') return people[side].id
  if (field === 'amount') return side === 0 ? 1000 + 100 * n : 987_654 - 7001 * n
  const word = WORDS[side][n % 8]!
  if (mode === 'partial') return `${'GRBG'[n % 4]!}${word}${field === 'external_id' ? n : ''}`
  if (field !== 'category' && n % 8 === (side === 0 ? 2 : 5)) return null
  return field === 'external_id' ? `${word} ${n}` : word
}

export interface World {
  caller: User
  creator: User
  rowIds: string[]
  importId: string
  /** Rows that differ already, in either database. */
  done: [string[], string[]]
  /** What the masked field is in either database, as text. */
  probes: string[]
}

const ROWS = 8

/** Rows of a new user in both databases. */
export async function fillTwins(
  twins: Twins,
  role: Role,
  field: Field,
  mode: Mode,
): Promise<World> {
  const caller = await createTwin(twins, role)
  const creator = await createTwin(twins, 'admin')
  const importId = crypto.randomUUID()
  const rowIds = Array.from({ length: ROWS }, () => crypto.randomUUID()).toSorted()
  const valuesIn = (side: Side) =>
    rowIds.map((_, n) => valueOf(field, mode, side, n, [caller, creator]))
  for (const side of [0, 1] as const) {
    const app = twins.apps[side]
    const creators = field === 'created_by' && side === 1 ? creator.id : caller.id
    await app.sql`
      insert into data.imports (id, user_id, created_by, source, created_at, file_name,
                                row_count, created_count, duplicate_count)
      values (${importId}, ${caller.id}, ${creators}, 'bank', '2026-01-01', 'march.csv', 0, 0, 0)`
    const rows = rowIds.map((id, n) => ({
      ...{ id, user_id: caller.id, type: n % 3 === 0 ? 'income' : 'expense' },
      ...{ amount_minor: 5000 + n, currency: n % 4 === 0 ? 'USD' : 'EUR' },
      ...{
        category: `Category ${n % 2}`,
        date: `2026-0${1 + (n % 3)}-1${n}`,
        payee: `Payee ${n % 2}`,
      },
      ...{ notes: `Note ${n}`, external_id: `id-${n}`, source: 'bank', import_id: importId },
      ...{ created_by: caller.id, version: 1 + n, created_at: `2026-01-0${1 + n}T00:00:00Z` },
      updated_at: `2026-02-0${1 + n}T00:00:00Z`,
      [field === 'amount' ? 'amount_minor' : field]: valuesIn(side)[n],
    }))
    await app.sql`
      insert into data.transactions
        (id, user_id, type, amount_minor, currency, category, date, payee, notes, external_id, source,
         import_id, created_by, version, created_at, updated_at)
      select id, user_id, type, amount_minor, currency, category, date, payee, notes, external_id, source,
             import_id, created_by, version, created_at, updated_at
        from jsonb_populate_recordset(null::data.transactions, ${JSON.stringify(rows)}::jsonb)`
    if (field === 'source') {
      await app.sql`update data.imports set source = ${valuesIn(side)[0]} where id = ${importId}`
    }
  }
  const shown = (value: string | number | null) =>
    typeof value === 'number' ? `${value / 100}` : value
  const all = ([0, 1] as const).flatMap((side) =>
    valuesIn(side)
      .slice(0, isLong ? 2 : 1)
      .map(shown),
  )
  const probes = [...new Set(all.filter((value) => value !== null))]
  return { caller, creator, rowIds, importId, probes, done: [[...rowIds], [...rowIds]] }
}

/** Lets rows that a test arranged in both databases differ too. */
export async function diverge(
  { apps }: Twins,
  { caller, creator, done, importId }: World,
  field: Field,
  mode: Mode,
): Promise<void> {
  for (const side of [0, 1] as const) {
    const app = apps[side]
    const others = await app.sql`select id from data.transactions
                                  where user_id = ${caller.id} and not id = any (${done[side]}::uuid[])
                                  order by created_at, id`
    const column = field === 'amount' ? 'amount_minor' : field
    const cast = { amount: 'bigint', created_by: 'uuid' }[field as string] ?? 'text'
    if (others.length === 0) continue
    // Without another version: the rows differ in the field only.
    await app.sql.transaction((sql) => [
      sql`alter table data.transactions disable trigger before_transaction_update`,
      ...others.map(({ id }, n) => {
        const value = valueOf(field, mode, side, done[side].length + n, [caller, creator])
        return sql.query(`update data.transactions set ${column} = $1::${cast} where id = $2`, [
          value,
          id,
        ])
      }),
      sql`alter table data.transactions enable trigger before_transaction_update`,
    ])
    done[side].push(...others.map(({ id }) => id as string))
    if (field === 'created_by') {
      await app.sql`update data.imports set created_by = ${(side === 0 ? caller : creator).id}
                     where user_id = ${caller.id} and id <> ${importId}`
    }
    if (field === 'source') {
      await app.sql`update data.imports set source = ${valueOf(field, mode, side, 0, [caller, creator])}
                     where user_id = ${caller.id} and id <> ${importId}`
    }
  }
}
/** Sets what the role does not see, in both databases, behind the API. */
export async function maskIn({ apps }: Twins, role: Role, fields: object): Promise<void> {
  for (const app of apps) {
    await app.sql`insert into data.masking (role, fields) values (${role}, ${JSON.stringify(fields)})
                  on conflict (role) do update set fields = excluded.fields`
  }
}
