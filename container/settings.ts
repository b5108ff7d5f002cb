import { readFileSync } from 'node:fs'
import { isIP } from 'node:net'
import { CliError, messageOf } from '../dev/cli-error.ts'
import { ConfigurationError, readSettings } from '../src/config.ts'
import { parseNetworks } from './client-address.ts'
import { checkSecret } from './secret-strength.ts'
import type { WorkerManifest } from './worker-manifest.ts'
import { SQL_URL } from './workerd-config.ts'

/** Settings of the server itself, with their defaults. Those of the Worker are in wrangler.toml. */
const DEFAULTS = {
  HOST: '0.0.0.0',
  PORT: '8787',
  STATE_DIR: '/var/lib/edgebook',
  DATABASE_OWNER_URL: '',
  OWNER_DATABASE_PASSWORD: '',
  APP_DATABASE_PASSWORD: '',
  LOGIN_DATABASE_PASSWORD: '',
  DATABASE_CA: '',
  DATABASE_POOL_SIZE: '20',
  DATABASE_WAIT_SECONDS: '60',
  MIGRATE_ON_START: 'false',
  TRUSTED_PROXIES: '',
  TRUSTED_PROXY_HEADER: 'X-Forwarded-For',
}
const ADMIN = ['ADMIN_EMAIL', 'ADMIN_NAME', 'ADMIN_PASSWORD']

type Values = Record<string, string>

/** What `serve` runs with. */
export interface ServerSettings {
  host: string
  port: number
  stateDir: string
  appUrl: string
  loginUrl: string
  ownerUrl: string | null
  ca: string | undefined
  poolSize: number
  waitSeconds: number
  migrateOnStart: boolean
  trustsProxies: boolean
  /** All settings, for the migration on start. */
  values: Values
  /** The environment of workerd: bindings of the Workers, and nothing else. */
  bindings: Values
}

/**
 * Reads settings from an environment: NAME, or the file that NAME_FILE names. Unset ones are missing
 * or have their defaults; empty ones count as unset.
 */
export function readEnvironment(env: NodeJS.ProcessEnv, { vars, secrets }: WorkerManifest): Values {
  const values: Values = { ...DEFAULTS, ...vars }
  for (const name of [...Object.keys(values), ...secrets, ...ADMIN]) {
    const file = env[`${name}_FILE`] || undefined
    const value = env[name] || undefined
    if (file !== undefined && value !== undefined) {
      throw new CliError(`Set either ${name} or ${name}_FILE, not both.`)
    }
    const text = file === undefined ? value : readSecretFile(`${name}_FILE`, file)
    if (text !== undefined) values[name] = text
  }
  for (const [url, password] of [
    ['DATABASE_OWNER_URL', 'OWNER_DATABASE_PASSWORD'],
    ['DATABASE_URL', 'APP_DATABASE_PASSWORD'],
    ['LOGIN_DATABASE_URL', 'LOGIN_DATABASE_PASSWORD'],
  ] as const) {
    if (values[url]) values[url] = withPassword(url, values[url], values[password] ?? '')
  }
  return values
}

function readSecretFile(name: string, file: string): string {
  let text: string
  try {
    text = readFileSync(file, 'utf8').replace(/\r?\n$/, '')
  } catch (error) {
    throw new CliError(`${name}: ${messageOf(error)}`)
  }
  if (text === '') throw new CliError(`${name}: ${file} is empty.`)
  return text
}

/** Puts the password of a file of its own into a connection string that has none. */
function withPassword(name: string, text: string, password: string): string {
  const url = /^postgres(ql)?:\/\//.test(text) ? URL.parse(text) : null
  if (url === null || url.hostname === '' || url.pathname.length < 2) {
    throw new CliError(`${name} must look like postgresql://user:password@host:5432/database.`)
  }
  if (url.password === '' && password !== '') url.password = encodeURIComponent(password)
  return url.href
}

/** Checks everything that can be checked before anything is started. */
export function readServerSettings(
  env: NodeJS.ProcessEnv,
  manifest: WorkerManifest,
): ServerSettings {
  const values = readEnvironment(env, manifest)
  const required = ['DATABASE_URL', 'LOGIN_DATABASE_URL', 'JWT_SECRET']
  const missing = required.filter((name) => !values[name])
  if (missing.length > 0) {
    throw new CliError(
      `${missing.join(' and ')} must be set, or the same with _FILE at its end and the path of a file.`,
    )
  }
  checkSecret('JWT_SECRET', values['JWT_SECRET']!)
  if (values['JWT_SECRET_PREVIOUS'])
    checkSecret('JWT_SECRET_PREVIOUS', values['JWT_SECRET_PREVIOUS'])
  checkProxies(values)
  const host = values['HOST']!
  if (isIP(host) === 0)
    throw new CliError(`HOST must be an IP address such as 0.0.0.0, not "${host}".`)
  const migrateOnStart = readFlag(values, 'MIGRATE_ON_START')
  const ownerUrl = values['DATABASE_OWNER_URL'] || null
  if (migrateOnStart && ownerUrl === null) {
    throw new CliError('MIGRATE_ON_START needs DATABASE_OWNER_URL.')
  }
  return {
    host,
    port: readNumber(values, 'PORT', 1, 65_535),
    stateDir: values['STATE_DIR']!,
    appUrl: values['DATABASE_URL']!,
    loginUrl: values['LOGIN_DATABASE_URL']!,
    ownerUrl,
    ca: values['DATABASE_CA'] || undefined,
    poolSize: readNumber(values, 'DATABASE_POOL_SIZE', 1, 1000),
    waitSeconds: readNumber(values, 'DATABASE_WAIT_SECONDS', 0, 3600),
    migrateOnStart,
    values,
    trustsProxies: values['TRUSTED_PROXIES'] !== '',
    bindings: readBindings(values, manifest),
  }
}

/** What the tools run with: the connection of the owner. */
export function readOwnerSettings(env: NodeJS.ProcessEnv, manifest: WorkerManifest) {
  const values = readEnvironment(env, manifest)
  const ownerUrl = values['DATABASE_OWNER_URL']
  if (!ownerUrl) throw new CliError('Set DATABASE_OWNER_URL to the connection string of the owner.')
  const user = URL.parse(ownerUrl)?.username
  if (user === 'app' || user === 'app_login') {
    throw new CliError(
      `DATABASE_OWNER_URL is for the role "${user}", which does not own the database.`,
    )
  }
  const waitSeconds = readNumber(values, 'DATABASE_WAIT_SECONDS', 0, 3600)
  return { values, owner: { ownerUrl, ca: values['DATABASE_CA'] || undefined, waitSeconds } }
}

/** The bindings of both Workers, after the Worker's own check of its settings. */
function readBindings(values: Values, { vars, secrets }: WorkerManifest): Values {
  const names = [...Object.keys(vars), ...secrets]
  const worker = Object.fromEntries(names.map((name) => [name, values[name] ?? '']))
  worker['NEON_FETCH_ENDPOINT'] = SQL_URL
  try {
    readSettings(worker)
  } catch (error) {
    throw error instanceof ConfigurationError ? new CliError(error.message) : error
  }
  const { TRUSTED_PROXIES = '', TRUSTED_PROXY_HEADER = '' } = values
  return { ...worker, TRUSTED_PROXIES, TRUSTED_PROXY_HEADER }
}

function checkProxies({ TRUSTED_PROXIES = '', TRUSTED_PROXY_HEADER = '' }: Values): void {
  try {
    parseNetworks(TRUSTED_PROXIES)
  } catch (error) {
    throw new CliError(`TRUSTED_PROXIES: ${messageOf(error)}`)
  }
  if (!/^[A-Za-z][A-Za-z0-9-]{0,63}$/.test(TRUSTED_PROXY_HEADER)) {
    throw new CliError(
      'TRUSTED_PROXY_HEADER must be the name of a header, such as X-Forwarded-For.',
    )
  }
  if (TRUSTED_PROXY_HEADER.toLowerCase() === 'forwarded') {
    throw new CliError(
      'TRUSTED_PROXY_HEADER cannot be Forwarded: let the proxy set X-Forwarded-For or X-Real-IP.',
    )
  }
}

function readNumber(values: Values, name: string, least: number, most: number): number {
  const text = values[name] ?? ''
  const value = Number(text)
  if (/^\d+$/.test(text) && value >= least && value <= most) return value
  throw new CliError(`${name} must be a whole number from ${least} to ${most}, not "${text}".`)
}

function readFlag(values: Values, name: string): boolean {
  const text = values[name]
  if (text === 'true' || text === 'false') return text === 'true'
  throw new CliError(`${name} must be "true" or "false", not "${text}".`)
}
