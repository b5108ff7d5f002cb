import { randomBytes } from 'node:crypto'
import { Client, type ClientConfig } from 'pg'
import { directUrl, urlFor } from './settings.ts'
import { CliError, messageOf } from './cli-error.ts'
import { applyMigrations, findPending } from './migrations.ts'
import { createObjects, dropObjects, findChanged, readObjects } from './sql-objects.ts'

// Any number will do, as long as every migrator of this project takes the same.
const LOCK = 7_311_054_216

/** The roles that the Worker connects as, each with a connection string of its own. */
export const workerRoles = ['app', 'app_login'] as const
export type WorkerRole = (typeof workerRoles)[number]

export interface RoleLogin {
  /** The password that the role got now; null when it was left alone. */
  password: string | null
  /** Whether the role may log in now. */
  canLogIn: boolean
}

/** What `migrate` takes besides the owner's connection string. */
export interface MigrateOptions {
  /** Passwords for the roles that the Worker connects as. */
  passwords?: Partial<Record<WorkerRole, string | undefined>>
  /** Makes a password where none is given and the role cannot log in yet. */
  generatePasswords?: boolean
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
  roles: Record<WorkerRole, RoleLogin>
}

/** Brings a database up to date as its owner; two at once wait for each other. */
export async function migrate(
  owner: string | ClientConfig,
  options: MigrateOptions = {},
): Promise<Migrated> {
  const client = new Client(
    typeof owner === 'string' ? { connectionString: directUrl(owner) } : owner,
  )
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
    const app = await setPassword(client, 'app', options)
    const login = await setPassword(client, 'app_login', options)
    return { applied, objects, roles: { app, app_login: login } }
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

async function setPassword(
  client: Client,
  role: WorkerRole,
  { passwords, generatePasswords = false }: MigrateOptions,
): Promise<RoleLogin> {
  const found = await client.query<{ can: boolean }>(
    'select rolcanlogin as can from pg_roles where rolname = $1',
    [role],
  )
  const couldLogIn = found.rows[0]?.can === true
  // Passwords cannot be read (also not whether there is one), but who has none may not log in.
  const generated = generatePasswords && !couldLogIn ? randomBytes(24).toString('base64url') : null
  const password = passwords?.[role] ?? generated
  if (password === null) return { password, canLogIn: couldLogIn }
  try {
    // A statement of this kind takes no parameters.
    await client.query(`alter role ${role} login password ${client.escapeLiteral(password)}`)
  } catch (error) {
    throw new CliError(`Could not set the password of the role "${role}": ${messageOf(error)}`)
  }
  return { password, canLogIn: true }
}

/** Migrates a local database, with new passwords. Returns the connection strings of the Worker. */
export async function migrateLocal(
  ownerUrl: string,
  options: Pick<MigrateOptions, 'onWarning'> = {},
): Promise<Migrated & { appUrl: string; loginUrl: string }> {
  const password = randomBytes(24).toString('base64url')
  const passwords = { app: password, app_login: password }
  const migrated = await migrate(ownerUrl, { ...options, passwords })
  return {
    ...migrated,
    appUrl: urlFor(ownerUrl, 'app', password),
    loginUrl: urlFor(ownerUrl, 'app_login', password),
  }
}
