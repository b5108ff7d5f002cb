import type { MiddlewareHandler } from 'hono'
import { invalidField } from '../lib/errors.ts'
import type { AppContext, AppEnv } from './context.ts'
import { totalsResponse } from './totals.schema.ts'

async function resultOf(response: Response, secrets: readonly string[]): Promise<object | null> {
  if (response.status === 204) return null
  const body = await response.json<object>()
  return Object.fromEntries(Object.entries(body).filter(([name]) => !secrets.includes(name)))
}

async function describe(c: AppContext, secrets: readonly string[]): Promise<object> {
  const { totals } = c.get('request').dryRun ?? {}
  return {
    dry_run: true,
    status: c.res.status,
    result: await resultOf(c.res, secrets),
    ...(totals && {
      totals: {
        before: totals.before.map(totalsResponse),
        after: totals.after.map(totalsResponse),
      },
    }),
  }
}

/**
 * With `dry_run=true` a write is checked and tried like any other, in a transaction that is rolled
 * back, and the answer says what would have happened. Its secrets are left out: what was rolled back
 * does not know them, and a token of the epoch that was tried would be good once that comes.
 */
export const dryRun =
  (secrets: readonly string[] = []): MiddlewareHandler<AppEnv> =>
  async (c, next) => {
    const wanted = c.req.query('dry_run')
    if (wanted === undefined || wanted === 'false') return next()
    if (wanted !== 'true') throw invalidField('query.dry_run', 'Either true or false.')
    c.get('request').dryRun = {}
    await next()
    if (!c.res.ok) return
    const body = JSON.stringify(await describe(c, secrets))
    const headers = new Headers(c.res.headers)
    for (const name of ['Location', 'ETag', 'Content-Length']) headers.delete(name)
    headers.set('Content-Type', 'application/json')
    c.res = undefined
    c.res = new Response(body, { status: 200, headers })
  }
