import { randomBytes } from 'node:crypto'
import { Client } from 'pg'
import { directUrl } from './settings.ts'
import { CliError, messageOf } from './cli-error.ts'
import { applyMigrations, findPending } from './migrations.ts'
import { createObjects, dropObjects, findChanged, readObjects } from './sql-objects.ts'

// Any number will do, as long as every migrator of this project takes the same.
const LOCK = 7_311_054_216

/** What `migrate` takes besides the owner's connection string. */
export interface MigrateOptions {
  /** The password for the Worker's role `app`. */
  appPassword?: string
  /** Makes a password when none is given and the role cannot log in yet. */
  generateAppPassword?: boolean
  /** Called when another migration of the same database is waited for. */
  onWait?: () => void
  /** Called with what the database warns of: what a migration could not do, but goes on without. */
  onWarning?: (message: string) => void
}

/** What `migrate` did. */
export interface Migrated {
  /** Names of the migrations that were applied now. */
  applied: string[]
  /** The files of drizzle/objects/ that changed; null when the objects were left as they are. */
  objects: string[] | null
  /** The password that the role `app` got now; null when it was left alone. */
  appPassword: string | null
  /** Whether the role `app` may log in now. */
  appCanLogIn: boolean
}

/** Brings a database up to date as its owner; two at once wait for each other. */
export async function migrate(ownerUrl: string, options: MigrateOptions = {}): Promise<Migrated> {
  const client = new Client({ connectionString: directUrl(ownerUrl) })
  // The query in hand fails as well, and tells.
  client.on('error', () => {})
  client.on('notice', ({ severity, message }) => {
    if (severity === 'WARNING') options.onWarning?.(`Warning of the database: ${message}`)
  })
  try {
    await client.connect()
  } catch (error) {
    await client.end().catch(() => {})
    throw new CliError(`Could not connect to the database as its owner: ${messageOf(error)}`)
  }
  try {
    await takeLock(client, options.onWait ?? (() => {}))
    const { applied, objects } = await bringUpToDate(client)
    const couldLogIn = await canAppLogIn(client)
    const appPassword = choosePassword(couldLogIn, options)
    if (appPassword !== null) await setAppPassword(client, appPassword)
    return {
      applied,
      objects,
      appPassword,
      appCanLogIn: couldLogIn || appPassword !== null,
    }
  } finally {
    await client.end().catch(() => {})
  }
}

const MAX_NAMED_FILES = 5

/** What to tell a person about `Migrated.objects`. */
export function describeObjects(changed: string[]): string {
  const many = `${changed.length} files changed`
  const some = changed.length === 0 ? 'no file changed' : `changed: ${changed.join(', ')}`
  return `Recreated the SQL objects (${changed.length > MAX_NAMED_FILES ? many : some})`
}

async function takeLock(client: Client, onWait: () => void): Promise<void> {
  const tried = await client.query<{ got: boolean }>('select pg_try_advisory_lock($1) as got', [
    LOCK,
  ])
  if (tried.rows[0]?.got === true) return
  onWait()
  await client.query('select pg_advisory_lock($1)', [LOCK])
}

/**
 * Applies migrations and recreates all objects where one of either is new, in one transaction. The
 * objects go first, so that a migration may change a column that a view uses.
 */
async function bringUpToDate(client: Client): Promise<Pick<Migrated, 'applied' | 'objects'>> {
  const files = readObjects()
  const pending = await findPending(client)
  const changed = await findChanged(client, files)
  if (pending.length === 0 && changed.length === 0) return { applied: [], objects: null }
  await client.query('begin')
  try {
    await dropObjects(client)
    await applyMigrations(client, pending)
    await createObjects(client, files)
    await client.query('commit')
  } catch (error) {
    await client.query('rollback').catch(() => {})
    throw error
  }
  return { applied: pending.map(({ tag }) => tag), objects: changed }
}

async function canAppLogIn(client: Client): Promise<boolean> {
  const role = await client.query<{ can: boolean }>(
    "select rolcanlogin as can from pg_roles where rolname = 'app'",
  )
  return role.rows[0]?.can === true
}

function choosePassword(canLogIn: boolean, options: MigrateOptions): string | null {
  if (options.appPassword !== undefined) return options.appPassword
  // Passwords cannot be read (also not whether there is one), but who has none may not log in.
  if (options.generateAppPassword !== true || canLogIn) return null
  return randomBytes(24).toString('base64url')
}

async function setAppPassword(client: Client, password: string): Promise<void> {
  try {
    // A statement of this kind takes no parameters.
    await client.query(`alter role app login password ${client.escapeLiteral(password)}`)
  } catch (error) {
    throw new CliError(`Could not set the password of the role "app": ${messageOf(error)}`)
  }
}
