import { hash } from 'bcryptjs'
import { Client } from 'pg'
import { utcToday } from '../src/lib/calendar.ts'
import { generateDemoData, type DemoData } from './demo/generate.ts'
import { CliError } from './cli-error.ts'

export { generateDemoData, type DemoTransaction, type DemoUser } from './demo/generate.ts'

/** The password of every demo user. It is public, so the data goes to this machine alone. */
export const demoPassword = 'correct-horse-demo'

/** One login for each role. */
export const demoLogins = [
  'admin@example.com',
  'analyst@example.com',
  'viewer@example.com',
] as const

const loopbackHosts: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '::1'])

const PASSWORD_COST = 10

/**
 * Fills an empty, migrated database of this machine with demo data, as its owner. Returns null where
 * that was done before.
 *
 * @throws CliError where the database is on another machine, or holds users of its own
 */
export async function seedDemoData(
  ownerUrl: string,
  options: { today?: string; seed?: number } = {},
): Promise<{ users: number; transactions: number } | null> {
  const client = connectionTo(ownerUrl)
  try {
    await client.connect()
    await client.query('begin')
    // Two seeds at once: the second one waits here, and then finds the data of the first.
    await client.query(`select pg_advisory_xact_lock(hashtext('edgebook: demo data'))`)
    if (await isSeeded(client)) {
      await client.query('rollback')
      return null
    }
    const today = options.today ?? utcToday(new Date())
    const data = generateDemoData({ seed: options.seed ?? 1, today })
    await insert(client, data)
    await client.query('commit')
    // Without it the planner guesses until autovacuum comes by, a minute later.
    await client.query('analyze')
    return { users: data.users.length, transactions: data.transactions.length }
  } finally {
    // Ends an open transaction too.
    await client.end().catch(() => {})
  }
}

function connectionTo(ownerUrl: string): Client {
  const client = new Client({ connectionString: ownerUrl, application_name: 'edgebook demo data' })
  // What the driver will connect to: a `?host=` in the URL is stronger than the host before it.
  if (!loopbackHosts.has(client.host.toLowerCase())) {
    throw new CliError(
      `Demo data has a public password and goes to a database of this machine only, ` +
        `not to ${client.host}.`,
    )
  }
  // A connection that breaks rejects the query that waits for it; unheard, it would end the process.
  client.on('error', () => {})
  return client
}

async function isSeeded(client: Client): Promise<boolean> {
  const result = await client.query<{ users: number; demo: number }>(
    `select count(*)::int as users, (count(*) filter (where email = $1))::int as demo
       from book.users`,
    [demoLogins[0]],
  )
  const { users, demo } = result.rows[0] ?? { users: 0, demo: 0 }
  if (users > 0 && demo === 0) {
    throw new CliError('The database is not empty: it has users of its own. Nothing was added.')
  }
  return demo > 0
}

async function insert(client: Client, { users, transactions }: DemoData): Promise<void> {
  const passwordHash = await hash(demoPassword, PASSWORD_COST)
  await client.query(
    `insert into book.users (id, email, name, role, active, password_hash, created_at, updated_at)
     select id, email, name, role, active, $2, created_at, updated_at
       from json_populate_recordset(null::book.users, $1)`,
    [JSON.stringify(users), passwordHash],
  )
  await client.query(
    `insert into book.transactions (id, user_id, type, amount_minor, currency, category, date,
                                    notes, created_by, created_at, updated_at, deleted_at)
     select id, user_id, type, amount_minor, currency, category, date,
            notes, created_by, created_at, updated_at, deleted_at
       from json_populate_recordset(null::book.transactions, $1)`,
    [JSON.stringify(transactions)],
  )
}
