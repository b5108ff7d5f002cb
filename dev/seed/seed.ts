import { hash } from 'bcryptjs'
import { Client } from 'pg'
import { utcToday } from '../../src/lib/calendar.ts'
import { CliError } from '../cli-error.ts'
import { generateDemoData } from './generate.ts'

/** The password of every demo user. It is public, so demo data stays on this machine. */
export const demoPassword = 'correct-horse-demo'

/** One login for each role. */
export const demoLogins = [
  'admin@example.com',
  'analyst@example.com',
  'viewer@example.com',
] as const

const loopbackHosts: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '::1'])

/**
 * Fills an empty, migrated database on this machine with demo data, as its owner. Returns null if it
 * has demo data already.
 *
 * @throws CliError if the database is on another machine, or has users of its own
 */
export async function seedDemoData(
  ownerUrl: string,
  { today = utcToday(new Date()), seed = 1 } = {},
): Promise<{ users: number; transactions: number } | null> {
  const client = connectionTo(ownerUrl)
  try {
    await client.connect()
    await client.query('begin')
    // A second seed at the same time waits here, and then finds the data of the first.
    await client.query(`select pg_advisory_xact_lock(hashtext('edgebook: demo data'))`)
    // The rollback comes with the end of the connection.
    if (await isSeeded(client)) return null
    const { users, transactions } = generateDemoData({ seed, today })
    const password_hash = await hash(demoPassword, 10)
    const accounts = users.map((user) => ({ ...user, password_hash }))
    await insert(client, 'data.users', accounts)
    await insert(client, 'data.transactions', transactions)
    await client.query('commit')
    // Until autovacuum runs, a minute later, the planner would guess.
    await client.query('analyze')
    return { users: users.length, transactions: transactions.length }
  } finally {
    await client.end().catch(() => {})
  }
}

function connectionTo(ownerUrl: string): Client {
  const client = new Client({ connectionString: ownerUrl, application_name: 'edgebook demo data' })
  // The host that the driver will use: `?host=` in the URL overrides the one before it.
  if (!loopbackHosts.has(client.host.toLowerCase())) {
    throw new CliError(
      `Demo data has a public password and goes to a database of this machine only, ` +
        `not to ${client.host}.`,
    )
  }
  // A connection that breaks rejects its query; an unhandled event would end the process too.
  client.on('error', () => {})
  return client
}

async function isSeeded(client: Client): Promise<boolean> {
  const { rows } = await client.query<{ email: string }>('select email from data.users')
  const seeded = rows.some(({ email }) => email === demoLogins[0])
  if (rows.length > 0 && !seeded) {
    throw new CliError('The database is not empty: it has users of its own. Nothing was added.')
  }
  return seeded
}

/** The keys of the records are the columns. */
async function insert(client: Client, table: string, records: readonly object[]): Promise<void> {
  const columns = Object.keys(records[0] ?? {}).join(', ')
  await client.query(
    `insert into ${table} (${columns})
     select ${columns} from json_populate_recordset(null::${table}, $1)`,
    [JSON.stringify(records)],
  )
}
