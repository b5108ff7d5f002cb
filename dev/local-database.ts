import { randomBytes } from 'node:crypto'
import { Client, escapeIdentifier, escapeLiteral } from 'pg'
import { urlFor } from './settings.ts'
import { seedDemoData } from './seed/seed.ts'
import { CliError } from './cli-error.ts'
import { describeObjects, migrateLocal } from './migrate.ts'
import { startNeonEndpoint } from './neon-endpoint.ts'
import type { DevOptions } from './options.ts'
import { startPostgres } from './postgres.ts'
import type { Cleanups } from './cleanups.ts'

const DATABASE = 'edgebook'
const OWNER = 'edgebook_owner'

/**
 * Makes the database (when it is missing) and its owner, who may do what an owner on Neon may
 * do and no more: not a superuser. Returns the owner's connection string.
 */
export async function prepareDatabase(superuserUrl: string, database: string): Promise<string> {
  const password = randomBytes(24).toString('base64url')
  await asSuperuser(superuserUrl, async (client) => {
    const known = await client.query('select from pg_roles where rolname = $1', [OWNER])
    if (known.rowCount === 0) await client.query(`create role ${OWNER}`)
    await client.query(
      `alter role ${OWNER} login createdb createrole bypassrls password ${escapeLiteral(password)}`,
    )
    const found = await client.query('select from pg_database where datname = $1', [database])
    if (found.rowCount === 0) {
      await client.query(`create database ${escapeIdentifier(database)} owner ${OWNER}`)
    }
  })
  return urlFor(superuserUrl, OWNER, password, database)
}

/** Runs work on a connection of the superuser and closes it. */
export async function asSuperuser<T>(
  superuserUrl: string,
  work: (client: Client) => Promise<T>,
): Promise<T> {
  const client = new Client({ connectionString: superuserUrl })
  client.on('error', () => {})
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

/** The database of `npm run dev` and the endpoint in front of it. */
export interface LocalDatabase {
  appUrl: string
  loginUrl: string
  ownerUrl: string
  endpointUrl: string
  /** Resolves when PostgreSQL ends, for whatever reason. */
  ended: Promise<void>
}

/**
 * Starts PostgreSQL on the data folder, brings it up to date, and opens the Neon endpoint.
 * The signal is aborted before the cleanups run: it ends a start that is under way.
 */
export async function startLocalDatabase(
  options: Pick<DevOptions, 'dataDir' | 'endpointPort' | 'latencyMs'>,
  cleanups: Cleanups,
  signal: AbortSignal,
): Promise<LocalDatabase> {
  console.log('Starting PostgreSQL')
  const starting = startPostgres({ dataDir: options.dataDir, log: console.log, signal })
  // Before it has started: a signal may come at any moment.
  cleanups.push(() =>
    starting.then(
      (started) => started.stop(),
      () => {},
    ),
  )
  const postgres = await starting
  const ownerUrl = await prepareDatabase(postgres.url, DATABASE)
  const { applied, objects, appUrl, loginUrl } = await migrateLocal(ownerUrl, {
    onWarning: console.error,
  })
  if (applied.length > 0) console.log(`Applied migrations: ${applied.join(', ')}`)
  if (objects !== null) console.log(describeObjects(objects))
  await seed(ownerUrl)
  const endpoint = await startNeonEndpoint({
    latencyMs: options.latencyMs,
    ...(options.endpointPort === undefined ? {} : { port: options.endpointPort }),
  })
  cleanups.push(() => endpoint.stop())
  return {
    appUrl,
    loginUrl,
    ownerUrl,
    endpointUrl: endpoint.url,
    ended: postgres.ended,
  }
}

async function seed(ownerUrl: string): Promise<void> {
  try {
    const seeded = await seedDemoData(ownerUrl)
    if (seeded === null) return
    console.log(`Wrote demo data: ${seeded.users} users, ${seeded.transactions} transactions`)
  } catch (error) {
    // The server also starts without demo users, when they were replaced by other users.
    if (!(error instanceof CliError)) throw error
    console.log(error.message)
  }
}
