import { hash } from 'bcryptjs'
import { Client } from 'pg'
import { utcToday } from '../../src/lib/calendar.ts'
import { CliError } from '../cli-error.ts'
import { demoPassword } from './personas.ts'
import { demoTables, insertion } from './tables.ts'

export { demoPassword }

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
    const tables = demoTables(seed, today, await hash(demoPassword, 10))
    for (const each of tables) await client.query(insertion(each), [JSON.stringify(each.rows)])
    await client.query('commit')
    // Until autovacuum runs, a minute later, the planner would guess.
    await client.query('analyze')
    const countOf = (name: string) =>
      tables.reduce((sum, { table, rows }) => sum + (table === name ? rows.length : 0), 0)
    return { users: countOf('data.users'), transactions: countOf('data.transactions') }
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
