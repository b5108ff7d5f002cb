import { Client } from 'pg'
import type { Person } from './people.ts'
import { insertRows, rowParameters } from './rows.ts'

const TABLE = 'data.transactions'

/** Writes users, their sessions and their rows into a migrated, empty database, as the superuser. */
export async function loadData(
  superuserUrl: string,
  people: readonly Person[],
  until: string,
): Promise<void> {
  const client = new Client({ connectionString: superuserUrl })
  client.on('error', () => {})
  await client.connect()
  try {
    // No trigger for each row: what they would have made is made at once, below.
    await client.query(`set session_replication_role = replica`)
    await client.query(`set maintenance_work_mem = '512MB'`)
    await client.query(`set work_mem = '256MB'`)
    await insertPeople(client, people)
    const indexes = await dropIndexes(client)
    const books = people.map(({ id, rows }) => ({ userId: id, rows }))
    await client.query(insertRows(), rowParameters(books, until))
    for (const index of indexes) await client.query(index)
    await recomputeRollups(client)
    await client.query('vacuum (analyze)')
    await client.query('checkpoint')
  } finally {
    await client.end()
  }
}

async function insertPeople(client: Client, people: readonly Person[]): Promise<void> {
  await client.query(
    `insert into data.users (id, email, name, role, password_hash)
     select id, email, name, role, password_hash from json_populate_recordset(null::data.users, $1)`,
    [
      JSON.stringify(
        people.map(({ passwordHash, ...user }) => ({ ...user, password_hash: passwordHash })),
      ),
    ],
  )
  await client.query(
    `insert into data.sessions (id, user_id, expires_at)
     select session, "user", now() + interval '1 day'
       from unnest($1::uuid[], $2::uuid[]) s(session, "user")`,
    [people.map(({ sessionId }) => sessionId), people.map(({ id }) => id)],
  )
}

/** Building an index at the end is several times faster than row by row. Returns their definitions. */
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

/** Sums that are kept beside the rows, where this version of the schema has any. */
async function recomputeRollups(client: Client): Promise<void> {
  const known = await client.query<{ known: boolean }>(
    `select to_regprocedure('private.recompute_rollups()') is not null as known`,
  )
  if (known.rows[0]?.known === true) await client.query('select private.recompute_rollups()')
}
