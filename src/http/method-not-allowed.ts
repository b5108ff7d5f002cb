import type { OpenAPIHono } from '@hono/zod-openapi'
import { methodNotAllowed } from 'hono/method-not-allowed'
import { AppError } from '../lib/errors.ts'
import type { AppEnv } from './context.ts'
import { problemResponse } from './problem.ts'

/** Responds 405 with `Allow` to methods that a path does not have, and 204 to OPTIONS. */
export const respondMethodNotAllowed = (app: OpenAPIHono<AppEnv>) =>
  methodNotAllowed({
    app,
    onMethodNotAllowed: (c, methods) => {
      const allow = [...methods, 'OPTIONS'].toSorted().join(', ')
      if (c.req.method === 'OPTIONS') {
        c.set('problemCode', undefined)
        c.header('Content-Type', undefined)
        return c.body(null, 204, { Allow: allow })
      }
      c.header('Allow', allow)
      return problemResponse(
        c,
        new AppError('method_not_allowed', { detail: `Allowed methods: ${allow}.` }),
      )
    },
  })
