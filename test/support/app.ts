import { env } from 'cloudflare:workers'
import { createApp } from '../../src/app.ts'
import { checkDocumented } from './documented.ts'
import { neonEndpoint, newTestDatabase, ownerSql, type TestDatabase } from './database.ts'
import type { TestResponse } from './test-response.ts'

export type { TestResponse }

export interface RequestOptions {
  token?: string | undefined
  headers?: Record<string, string>
  /** Sent as JSON. */
  json?: unknown
  /** Sent as it is, with the content type of JSON unless the headers say another. */
  raw?: BodyInit
  /** A forced error that the operation does not have by itself: not compared with openapi.json. */
  undocumented?: boolean
}

export type Call = (method: string, path: string, options?: RequestOptions) => Promise<TestResponse>

export interface TestApp {
  call: Call
  /** SQL as the owner, to arrange rows and to look behind the API. */
  sql: ReturnType<typeof ownerSql>
  database: TestDatabase
  /** The same database behind a Worker with other settings or another clock. */
  with(settings: Record<string, unknown>, now?: () => Date): Call
}

/** Limits that no test reaches by accident. */
const roomyLimits = Object.fromEntries(
  ['LOGIN_ADDRESS', 'LOGIN_ACCOUNT', 'ANONYMOUS', 'READ', 'WRITE', 'EXPENSIVE'].map((name) => [
    `RATE_LIMIT_${name}`,
    '100000/60',
  ]),
)

export const testSecret = 'a secret that only tests know, 32 bytes or more'

function caller(settings: Record<string, unknown>, now?: () => Date): Call {
  const app = createApp(now)
  const bindings = { ...env, ...roomyLimits, ...settings }
  return async (method, path, { token, headers = {}, json, raw, ...options } = {}) => {
    const body = json === undefined ? raw : JSON.stringify(json)
    const request = new Request(`https://edgebook.test${path}`, {
      method,
      headers: {
        ...(body !== undefined && { 'Content-Type': 'application/json' }),
        ...(token !== undefined && { Authorization: `Bearer ${token}` }),
        // Most changes do not care about the version; a test that does says which, or ''.
        ...(['PUT', 'PATCH', 'DELETE'].includes(method) && { 'If-Match': '*' }),
        ...headers,
      },
      ...(body !== undefined && { body }),
    })
    const response = await app.fetch(request, bindings)
    // Not text(): workerd warns of it where a file is exported.
    const text = new TextDecoder().decode(await response.arrayBuffer())
    const json_ = /\bjson\b/.test(response.headers.get('Content-Type') ?? '')
    const read = {
      status: response.status,
      headers: response.headers,
      text,
      body: json_ && text !== '' ? JSON.parse(text) : undefined,
    }
    if (!options.undocumented) checkDocumented(method, path, read)
    return read
  }
}

/** The app on a database of its own, which is there after `database.create()`. */
export function newTestApp(): TestApp {
  const database = newTestDatabase()
  const settings = {
    DATABASE_URL: database.appUrl,
    LOGIN_DATABASE_URL: database.loginUrl,
    NEON_FETCH_ENDPOINT: neonEndpoint,
    JWT_SECRET: testSecret,
  }
  return {
    call: caller(settings),
    sql: ownerSql(database.ownerUrl),
    database,
    with: (more, now) => caller({ ...settings, ...more }, now),
  }
}

/** For tests that need another database than that of their file. Call `database.drop()` afterwards. */
export async function startTestApp(): Promise<TestApp> {
  const app = newTestApp()
  await app.database.create()
  return app
}
