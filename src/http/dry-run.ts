import type { MiddlewareHandler } from 'hono'
import { invalidField } from '../lib/errors.ts'
import type { AppContext, AppEnv } from './context.ts'
import { totalsResponse } from './totals.schema.ts'

async function describe(c: AppContext): Promise<object> {
  const { totals } = c.get('request').dryRun ?? {}
  const { status } = c.res
  return {
    ...(status !== 204 && (await c.res.json<object>())),
    dry_run: true,
    status,
    ...(totals && {
      totals: {
        before: totals.before.map(totalsResponse),
        after: totals.after.map(totalsResponse),
      },
    }),
  }
}

/**
 * With `dry_run=true` a write is checked and executed like any other, in a transaction that is rolled
 * back, and the response says what would have happened: the body of the real write, with `dry_run`,
 * its `status` and the `totals` before and after.
 */
export const dryRun: MiddlewareHandler<AppEnv> = async (c, next) => {
  const wanted = c.req.query('dry_run')
  if (wanted === undefined || wanted === 'false') return next()
  if (wanted !== 'true') throw invalidField('dry_run', 'Must be `true` or `false`.')
  c.get('request').dryRun = {}
  await next()
  if (!c.res.ok) return
  const body = JSON.stringify(await describe(c))
  const headers = new Headers(c.res.headers)
  for (const name of ['Location', 'ETag', 'Content-Length']) headers.delete(name)
  headers.set('Content-Type', 'application/json')
  c.res = undefined
  c.res = new Response(body, { status: 200, headers })
}
