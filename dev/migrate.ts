import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { drizzle } from 'drizzle-orm/node-postgres'
import { migrate as runMigrator } from 'drizzle-orm/node-postgres/migrator'
import { Client, DatabaseError } from 'pg'
import { directUrl } from './settings.ts'
import { CliError, messageOf } from './cli-error.ts'
import { projectFolder } from './project.ts'

const MIGRATIONS = path.join(projectFolder, 'drizzle')
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
    const before = await lastApplied(client)
    await applyMigrations(client)
    const applied = readJournal().filter((entry) => entry.when > before)
    const couldLogIn = await canAppLogIn(client)
    const appPassword = choosePassword(couldLogIn, options)
    if (appPassword !== null) await setAppPassword(client, appPassword)
    return {
      applied: applied.map((entry) => entry.tag),
      appPassword,
      appCanLogIn: couldLogIn || appPassword !== null,
    }
  } finally {
    await client.end().catch(() => {})
  }
}

async function takeLock(client: Client, onWait: () => void): Promise<void> {
  const tried = await client.query<{ got: boolean }>('select pg_try_advisory_lock($1) as got', [
    LOCK,
  ])
  if (tried.rows[0]?.got === true) return
  onWait()
  await client.query('select pg_advisory_lock($1)', [LOCK])
}

interface JournalEntry {
  tag: string
  when: number
}

function readJournal(): JournalEntry[] {
  const file = path.join(MIGRATIONS, 'meta', '_journal.json')
  const journal: { entries: JournalEntry[] } = JSON.parse(readFileSync(file, 'utf8'))
  return journal.entries
}

async function lastApplied(client: Client): Promise<number> {
  const table = 'drizzle.__drizzle_migrations'
  const found = await client.query<{ found: boolean }>(
    'select to_regclass($1) is not null as found',
    [table],
  )
  if (found.rows[0]?.found !== true) return -1
  const last = await client.query<{ last: string | null }>(
    `select max(created_at) as last from ${table}`,
  )
  return Number(last.rows[0]?.last ?? -1)
}

async function applyMigrations(client: Client): Promise<void> {
  try {
    await runMigrator(drizzle(client), { migrationsFolder: MIGRATIONS })
  } catch (error) {
    throw new CliError(describeFailure(error))
  }
}

function describeFailure(error: unknown): string {
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error
  const lines = [`The migration failed, and nothing of it was kept: ${messageOf(cause)}`]
  if (cause instanceof DatabaseError) {
    for (const part of [cause.detail, cause.hint, cause.where]) if (part) lines.push(`  ${part}`)
  }
  if (error instanceof Error && 'query' in error && typeof error.query === 'string') {
    const statement = error.query.trim()
    const tag = readJournal().find((entry) => readSql(entry).includes(statement))?.tag
    if (tag !== undefined) lines.push(`  in drizzle/${tag}.sql:`)
    lines.push(
      ...statement
        .split('\n')
        .slice(0, 6)
        .map((line) => `    ${line}`),
    )
  }
  return lines.join('\n')
}

function readSql(entry: JournalEntry): string {
  return readFileSync(path.join(MIGRATIONS, `${entry.tag}.sql`), 'utf8')
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
