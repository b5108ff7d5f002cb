import { env } from 'cloudflare:workers'
import { createApp } from '../../src/app.ts'
import { type TestApp, type TestResponse, testSecret } from '../support/app.ts'
import { neonEndpoint } from '../support/database.ts'
import type { User } from '../support/users.ts'

/** A response whose body has not been read. */
export function open(app: TestApp, { token }: User, path: string): Promise<Response> {
  const request = new Request(`https://edgebook.test${path}`, {
    headers: { Authorization: `Bearer ${token}` },
  })
  const settings = {
    DATABASE_URL: app.database.appUrl,
    LOGIN_DATABASE_URL: app.database.loginUrl,
    NEON_FETCH_ENDPOINT: neonEndpoint,
    JWT_SECRET: testSecret,
  }
  return Promise.resolve(createApp().fetch(request, { ...env, ...settings }))
}

export async function exported(app: TestApp, { token }: User, query = ''): Promise<string> {
  const response = await app.call('GET', `/v1/transactions/export${query}`, { token })
  if (response.status !== 200) throw new Error(`The export responded ${response.text}`)
  return response.text
}

/** Sends a file; `query` is without its question mark. */
export const sendFile = (
  app: TestApp,
  { token }: User,
  file: BodyInit,
  query = '',
  headers: Record<string, string> = {},
): Promise<TestResponse> =>
  app.call('POST', `/v1/transactions/import?${query}`, {
    token,
    raw: file,
    headers: { 'Content-Type': 'text/csv', ...headers },
  })

/** Makes many rows of a user, on 120 days of ten years, without the audit: it is not the point. */
export async function insertMany(app: TestApp, userId: string, count: number): Promise<void> {
  await app.sql.transaction([
    app.sql`alter table data.transactions disable trigger audit_inserts`,
    app.sql`insert into data.transactions
              (id, user_id, type, amount_minor, currency, category, date, notes, created_by)
            select gen_random_uuid(), ${userId}::uuid,
                   (case when n % 7 = 0 then 'income' else 'expense' end)::data.transaction_type,
                   100 + n % 9000, 'EUR', 'Category ' || n % 20,
                   date '2016-01-01' + n % 120 * 30, 'Note number ' || n, ${userId}::uuid
              from generate_series(1, ${count}::integer) n`,
    app.sql`alter table data.transactions enable trigger audit_inserts`,
  ])
  await app.sql`analyze data.transactions`
}
