import type { Client } from 'pg'
import { asSuperuser } from '../../dev/local-database.ts'
import type { BenchUser } from './users.ts'
import {
  CATEGORIES,
  COMMON_EVERY,
  COMMON_WORD,
  FILLERS,
  INCOME_CATEGORIES,
  RARE_EVERY,
  RARE_WORD,
} from './words.ts'

const TABLE = 'data.transactions'
const DAYS = 5 * 365

/** Writes users, sessions and transactions into a migrated, empty database. */
export async function loadData(
  superuserUrl: string,
  users: readonly BenchUser[],
  lastDay: string,
): Promise<void> {
  await asSuperuser(superuserUrl, async (client) => {
    // The work of the row triggers is done at once by recompute_rollups().
    await client.query(`set session_replication_role = replica`)
    await client.query(`set maintenance_work_mem = '512MB'; set work_mem = '256MB'`)
    await insertUsers(client, users)
    const indexes = await dropIndexes(client)
    const parameters = [users.map(({ id }) => id), users.map(({ rows }) => rows)]
    await client.query(INSERT, [...parameters, lastDay, CATEGORIES, FILLERS, INCOME_CATEGORIES])
    for (const definition of indexes) await client.query(definition)
    await client.query('select private.recompute_rollups()')
    await client.query('vacuum (analyze)')
    await client.query('checkpoint')
  })
}

async function insertUsers(client: Client, users: readonly BenchUser[]): Promise<void> {
  await client.query(
    `insert into data.users (id, email, name, role, password_hash)
     select id, email, name, role, 'none' from json_populate_recordset(null::data.users, $1)`,
    [JSON.stringify(users)],
  )
  await client.query(
    `insert into data.sessions (id, user_id, expires_at)
     select "sessionId", id, now() + interval '1 day'
       from json_to_recordset($1) u("sessionId" uuid, id uuid)`,
    [JSON.stringify(users)],
  )
}

/** To build an index at the end is several times faster. Returns the definitions. */
async function dropIndexes(client: Client): Promise<string[]> {
  const found = await client.query<{ name: string; definition: string }>(
    `select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as definition
       from pg_index i
      where i.indrelid = $1::regclass
        and not exists (select from pg_constraint c where c.conindid = i.indexrelid)`,
    [TABLE],
  )
  for (const { name } of found.rows) await client.query(`drop index ${name}`)
  return found.rows.map(({ definition }) => definition)
}

/** Below `limit`, uniform, and always the same for a row; each seed gives other numbers. */
const random = (seed: number, limit: number) =>
  `abs(hashint8extended(u.n * 100000000 + i, ${seed}) % ${limit})`

/** The same with small numbers more often. */
const skewed = (seed: number, limit: number) =>
  `floor(${limit} * power(${random(seed, 10_000)} / 10000.0, 2))::integer`

const word = (seed: number) => `($5::text[])[1 + ${skewed(seed, FILLERS.length)}]`

/**
 * One statement for all users. Rows are in the order of their dates, so the rows of all users lie
 * mixed. A row follows from its user and number alone.
 */
const INSERT = `
  insert into ${TABLE} (id, user_id, type, amount_minor, currency, category, date, notes,
                        created_by, created_at, updated_at)
  select overlay(overlay(lpad(to_hex((extract(epoch from moment) * 1000)::bigint), 12, '0')
                           || md5(user_id || ':' || i)
                   placing '7' from 13 for 1) placing '8' from 17 for 1)::varchar(32)::uuid,
         user_id,
         (case when category = any($6) then 'income' else 'expense' end)::data.transaction_type,
         amount, currency, category, date, notes, user_id, moment, moment
    from (
      select u.user_id, i, d.date, d.date + ${random(1, 86_400)} * interval '1 second' moment,
             ($4::text[])[1 + ${skewed(2, CATEGORIES.length)}] category,
             100 + ${skewed(3, 300_000)} amount,
             case when ${random(4, 100)} < 90 then 'EUR' when ${random(4, 100)} < 98 then 'USD'
                  else 'JPY' end currency,
             concat_ws(' ', ${word(5)}, ${word(6)},
                       case when ${random(7, COMMON_EVERY)} = 0 then '${COMMON_WORD}' end,
                       case when i % ${RARE_EVERY} = 500 then '${RARE_WORD}' end,
                       ${word(8)}) notes
        from unnest($1::uuid[], $2::integer[]) with ordinality u(user_id, size, n),
             generate_series(1, u.size) i,
             lateral (select $3::date - ${DAYS} + (i::bigint * ${DAYS} / u.size)::integer) d(date)
       order by d.date, ${random(9, 1_000_000)}
    ) drawn`
