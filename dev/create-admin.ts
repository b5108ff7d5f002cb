import { parseArgs } from 'node:util'
import { Client, DatabaseError, type ClientConfig } from 'pg'
import { v7 as uuidv7 } from 'uuid'
import { checkNewPassword, hashPassword, passwordIssueMessages } from '../src/accounts/passwords.ts'
import { emailSchema, nameSchema } from '../src/accounts/users/user.fields.ts'
import { CliError, messageOf, runTool } from './cli-error.ts'
import { readFolder } from './options.ts'
import { ask } from './prompt.ts'
import { directUrl, setting } from './settings.ts'
import { readRunningState } from './state.ts'

// npm run admin:create, or npm run admin:create -- --data DIR

interface NewAdmin {
  email: string
  name: string
  password: string
}

if (import.meta.main) {
  await runTool(() =>
    createAdmin({ connectionString: findDatabase(readDataOption()) }, process.env),
  )
}

/** Creates an admin from ADMIN_EMAIL, ADMIN_NAME and ADMIN_PASSWORD, and asks for the missing ones. */
export async function createAdmin(
  database: ClientConfig,
  given: Record<string, string | undefined>,
): Promise<void> {
  const admin = await readAdmin(given)
  await insertAdmin(database, admin)
  console.log(`${admin.email} is an administrator now and can log in.`)
}

function readDataOption(): string | undefined {
  try {
    return parseArgs({ options: { data: { type: 'string' } } }).values.data
  } catch (error) {
    throw new CliError(`${messageOf(error)}\n\nnpm run admin:create -- [--data DIR]`, 2)
  }
}

/** The database of the dev server that was asked for, or else of the settings, or of the usual one. */
function findDatabase(data: string | undefined): string {
  const given = setting('DATABASE_OWNER_URL') ?? setting('DATABASE_URL')
  if (data === undefined && given !== undefined) return directUrl(given)
  const dataDir = readFolder(data, process.env['INIT_CWD'] ?? process.cwd())
  const local = readRunningState(dataDir)?.ownerUrl
  if (local) return local
  if (data !== undefined) {
    throw new CliError(`No "npm run dev -- --data DIR" with a local database runs on ${dataDir}.`)
  }
  throw new CliError(
    'Which database? Set DATABASE_OWNER_URL to the connection string of the database owner ' +
      '(in the environment or in .dev.vars), or start the local one with "npm run dev". ' +
      'For one that was started with --data DIR: npm run admin:create -- --data DIR',
  )
}

async function readAdmin(given: Record<string, string | undefined>): Promise<NewAdmin> {
  const { ADMIN_EMAIL, ADMIN_NAME, ADMIN_PASSWORD } = given
  const missing = !ADMIN_EMAIL || !ADMIN_NAME || !ADMIN_PASSWORD
  if (missing && !process.stdin.isTTY) {
    throw new CliError('No terminal to ask on: set ADMIN_EMAIL, ADMIN_NAME and ADMIN_PASSWORD.')
  }
  const email = readEmail(ADMIN_EMAIL || (await ask('E-mail: ')))
  const name = readName(ADMIN_NAME || (await ask('Name: ')))
  const password = ADMIN_PASSWORD || (await askPassword())
  const issue = checkNewPassword(password, { email, name })
  if (issue) throw new CliError(`Password: ${passwordIssueMessages[issue]}`)
  return { email, name, password }
}

function readEmail(text: string): string {
  const result = emailSchema.safeParse(text)
  if (result.success) return result.data
  throw new CliError(`E-mail: ${result.error.issues[0]?.message}`)
}

function readName(text: string): string {
  const result = nameSchema.safeParse(text)
  if (result.success) return result.data
  throw new CliError(`Name: ${result.error.issues[0]?.message}`)
}

async function askPassword(): Promise<string> {
  const password = await ask('Password: ', { hidden: true })
  if (password === (await ask('The same again: ', { hidden: true }))) return password
  throw new CliError('The two passwords differ. Nothing was created.')
}

async function insertAdmin(database: ClientConfig, admin: NewAdmin): Promise<void> {
  const passwordHash = await hashPassword(admin.password)
  const client = new Client(database)
  client.on('error', () => {})
  try {
    await client.connect()
    await client.query(
      `insert into data.users (id, email, name, role, active, password_hash)
       values ($1, $2, $3, 'admin', true, $4)`,
      [uuidv7(), admin.email, admin.name, passwordHash],
    )
  } catch (error) {
    throw new CliError(describe(error, admin.email))
  } finally {
    await client.end().catch(() => {})
  }
}

function describe(error: unknown, email: string): string {
  const code = error instanceof DatabaseError ? error.code : undefined
  if (code === '23505') return `There is a user with the e-mail address ${email} already.`
  if (code === '3F000' || code === '42P01') {
    return 'The database has no tables yet. Run "npm run db:migrate" first.'
  }
  if (code === '42501') {
    return 'This role may not create users. Set DATABASE_OWNER_URL to the database owner.'
  }
  return `Could not create the administrator: ${messageOf(error)}`
}
