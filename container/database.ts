import { BlockList, isIP } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client, DatabaseError, type ClientConfig } from 'pg'
import { CliError, messageOf } from '../dev/cli-error.ts'

const PRIVATE = new BlockList()
for (const [network, bits] of [
  ['127.0.0.0', 8],
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['169.254.0.0', 16],
] as const) {
  PRIVATE.addSubnet(network, bits, 'ipv4')
}
for (const [network, bits] of [
  ['::1', 128],
  ['fc00::', 7],
  ['fe80::', 10],
] as const) {
  PRIVATE.addSubnet(network, bits, 'ipv6')
}

/** A name without a dot is one of the same machine, pod or network of containers. */
function isPrivate(host: string): boolean {
  const family = isIP(host)
  if (family === 0) return !host.includes('.')
  return PRIVATE.check(host, family === 4 ? 'ipv4' : 'ipv6')
}

const ENCRYPTED = new Set(['require', 'verify-ca', 'verify-full'])

/**
 * Reads a connection string. Beyond a private network the connection is encrypted and the certificate
 * verified, unless it says `sslmode=disable`; other values than `require` of libpq are not weaker here.
 */
export function readTarget(name: string, text: string, ca: string | undefined): ClientConfig {
  const url = /^postgres(ql)?:\/\//.test(text) ? URL.parse(text.replace(/^[a-z]+:/, 'http:')) : null
  if (url === null) throw new CliError(`${name} is not a connection string.`)
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const mode = url.searchParams.get('sslmode') ?? (isPrivate(host) ? 'disable' : 'verify-full')
  if (mode !== 'disable' && !ENCRYPTED.has(mode)) {
    throw new CliError(`${name}: sslmode must be disable, require or verify-full, not "${mode}".`)
  }
  return {
    host,
    port: Number(url.port || 5432),
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    database: decodeURIComponent(url.pathname.slice(1)),
    ssl: mode === 'disable' ? false : { rejectUnauthorized: true, ...(ca !== undefined && { ca }) },
    keepAlive: true,
  }
}

/** SQLSTATEs of a server that is starting or stopping. */
const NOT_YET = new Set(['57P03', '57P01'])
const NO_CONNECTION =
  /ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ECONNRESET|terminated|timeout/

const codeOf = (error: unknown) => (error instanceof DatabaseError ? error.code : undefined)

/** What a person can do about it. The message has neither the password nor the connection string. */
function explain(name: string, target: ClientConfig, error: unknown): CliError {
  const place = `${target.host}:${target.port}`
  const known: Record<string, string> = {
    '28P01': `the password of the role "${target.user}" is wrong. Run "migrate" to set it.`,
    '28000': `the role "${target.user}" cannot log in. Run "migrate" first.`,
    '3D000': `the database "${target.database}" does not exist.`,
    '53300': 'it has no free connection.',
  }
  const reason = known[codeOf(error) ?? ''] ?? messageOf(error)
  return new CliError(`Cannot use the database of ${name} at ${place}: ${reason}`)
}

export interface Waiting {
  seconds: number
  signal: AbortSignal
  onWait: () => void
}

/**
 * Connects, and waits for a server that is not there yet.
 * @throws CliError after that time, or at once for a wrong password or database
 */
export async function waitForServer(
  name: string,
  target: ClientConfig,
  waiting: Waiting,
): Promise<boolean> {
  const end = Date.now() + waiting.seconds * 1000
  for (let attempt = 0; ; attempt++) {
    try {
      return await isMigrated(target)
    } catch (error) {
      const waits = NOT_YET.has(codeOf(error) ?? '') || NO_CONNECTION.test(messageOf(error))
      if (!waits || Date.now() >= end) throw explain(name, target, error)
    }
    if (attempt === 0) waiting.onWait()
    await sleep(Math.min(1000, 100 * 2 ** attempt), undefined, { signal: waiting.signal })
  }
}

/** The same for a database that the API is to use. @throws CliError also when it has no tables */
export async function waitForDatabase(
  name: string,
  target: ClientConfig,
  waiting: Waiting,
): Promise<void> {
  if (await waitForServer(name, target, waiting)) return
  throw new CliError(`The database "${target.database}" has no tables yet. Run "migrate" first.`)
}

async function isMigrated(target: ClientConfig): Promise<boolean> {
  const client = new Client({ ...target, connectionTimeoutMillis: 5000, query_timeout: 5000 })
  client.on('error', () => {})
  try {
    await client.connect()
    const { rows } = await client.query<{ migrated: boolean }>(
      "select exists (select from pg_namespace where nspname = 'api') as migrated",
    )
    return rows[0]?.migrated === true
  } finally {
    await client.end().catch(() => {})
  }
}
