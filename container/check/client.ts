import { setTimeout as sleep } from 'node:timers/promises'
import { CliError } from '../../dev/cli-error.ts'

/** The first admin of the tests. */
export const ADMIN = {
  email: 'admin@example.org',
  name: 'Ada Admin',
  password: 'a long one for the container 7431',
}
/** A limit of the server must not end the test. */
export const HIGH_LIMITS = {
  RATE_LIMIT_WRITE: '100000/1',
  RATE_LIMIT_READ: '100000/1',
  RATE_LIMIT_EXPENSIVE: '100000/1',
}

type Body = Record<string, unknown>

/** A client of the API with a token. */
export interface Client {
  get(path: string): Promise<Body>
  post(path: string, body: object): Promise<Body>
}

/** Logs in and returns a client. @throws CliError for a response that is not 2xx */
export async function logIn(base: string, headers: Record<string, string> = {}): Promise<Client> {
  let token = ''
  const send = async (method: string, path: string, body?: object) => {
    const response = await fetch(base + path, {
      method,
      headers: {
        ...headers,
        'Content-Type': 'application/json',
        ...(token && { Authorization: `Bearer ${token}` }),
      },
      signal: AbortSignal.timeout(60_000),
      ...(body && { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    if (!response.ok) throw new CliError(`${method} ${path}: ${response.status} ${text}`)
    return JSON.parse(text) as Body
  }
  const { email, password } = ADMIN
  const { access_token } = await send('POST', '/v1/auth/login', { email, password })
  token = String(access_token)
  return { get: (path) => send('GET', path), post: (path, body) => send('POST', path, body) }
}

/** Writes transactions, several at once, until it is told to end. Returns the acknowledged ids. */
export async function writeUntil(
  ended: AbortSignal,
  client: Client,
  label: string,
): Promise<string[]> {
  const acknowledged: string[] = []
  const writer = async (number: number) => {
    for (let i = 0; !ended.aborted; i++) {
      try {
        const { id } = await client.post('/v1/transactions', {
          type: i % 3 === 0 ? 'income' : 'expense',
          amount: `${(i % 90) + 1}.${number}5`,
          currency: i % 2 === 0 ? 'EUR' : 'USD',
          category: `Category ${i % 5}`,
          date: `2026-0${(i % 9) + 1}-15`,
          external_id: `${label}-${number}-${i}`,
        })
        acknowledged.push(String(id))
      } catch {
        // What was not acknowledged may be there or not.
        await sleep(50)
      }
    }
  }
  await Promise.all([1, 2, 3, 4].map(writer))
  return acknowledged
}

/** Waits until a condition holds. @throws CliError when it does not */
export async function until(
  what: string,
  condition: () => boolean | Promise<boolean>,
): Promise<void> {
  for (let tries = 0; tries < 600; tries++) {
    if (await condition()) return
    await sleep(100)
  }
  throw new CliError(`Waited for a minute: ${what}`)
}

/** All pages of a list. */
export async function readAll(client: Client, path: string): Promise<Body[]> {
  const rows: Body[] = []
  for (let cursor: string | null = ''; cursor !== null;) {
    const page: Body = await client.get(
      `${path}${cursor && `&cursor=${encodeURIComponent(cursor)}`}`,
    )
    rows.push(...(page['data'] as Body[]))
    cursor = page['next_cursor'] as string | null
  }
  return rows
}

/** Verifies roll-ups, records and the audit log. @throws CliError with what was found */
export async function verifyAll(
  client: Client,
): Promise<{ transactions: number; entries: number }> {
  let transactions = 0
  let entries = 0
  for (let cursor: string | null = ''; cursor !== null;) {
    const next: string = cursor && `&cursor=${encodeURIComponent(cursor)}`
    const page: Body = await client.get(`/v1/admin/consistency?scope=all${next}`)
    if (page['consistent'] !== true) throw new CliError(`Inconsistent: ${JSON.stringify(page)}`)
    transactions = Math.max(transactions, Number(page['transactions']))
    cursor = page['next_cursor'] as string | null
  }
  for (let cursor: string | null = ''; cursor !== null;) {
    const next: string = cursor && `?cursor=${encodeURIComponent(cursor)}`
    const page: Body = await client.get(`/v1/audit/verify${next}`)
    if (page['intact'] !== true) throw new CliError(`Audit log: ${JSON.stringify(page)}`)
    entries += Number(page['entries'])
    cursor = page['next_cursor'] as string | null
  }
  return { transactions, entries }
}

/** Checks that each acknowledged write is there. @throws CliError that counts the missing ones */
export async function checkAcknowledged(client: Client, acknowledged: string[]): Promise<void> {
  const rows = await readAll(client, '/v1/transactions?limit=100')
  const ids = new Set(rows.map(({ id }) => id))
  const lost = acknowledged.filter((id) => !ids.has(id))
  if (lost.length > 0) throw new CliError(`${lost.length} acknowledged writes are lost.`)
}
