import type { MiddlewareHandler } from 'hono'
import { invalidField } from '../errors.ts'
import type { AppContext, AppEnv } from '../http/context.ts'
import { totalsResponse } from '../transactions/transactions.schema.ts'

async function describe(c: AppContext, response: Response): Promise<object> {
  const { totals } = c.get('request').dryRun ?? {}
  return {
    dry_run: true,
    status: response.status,
    result: response.status === 204 ? null : await response.json(),
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
 * back, and the answer says what would have happened.
 */
export const dryRun: MiddlewareHandler<AppEnv> = async (c, next) => {
  const wanted = c.req.query('dry_run')
  if (wanted === undefined || wanted === 'false') return next()
  if (wanted !== 'true') throw invalidField('query.dry_run', 'Either true or false.')
  c.get('request').dryRun = {}
  await next()
  if (!c.res.ok) return
  const body = JSON.stringify(await describe(c, c.res))
  const headers = new Headers(c.res.headers)
  for (const name of ['Location', 'ETag', 'Content-Length']) headers.delete(name)
  headers.set('Content-Type', 'application/json')
  c.res = undefined
  c.res = new Response(body, { status: 200, headers })
}
