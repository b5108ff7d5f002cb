import { createRoute } from '@hono/zod-openapi'
import { createRouter } from '../../http/router.ts'
import { guarded, guardedProblems, jsonContent } from '../../http/route.ts'
import {
  consistencyQuerySchema,
  consistencyResponse,
  consistencySchema,
} from './consistency.schema.ts'

const check = createRoute({
  method: 'get',
  path: '/admin/consistency',
  operationId: 'checkConsistency',
  tags: ['Admin'],
  summary: 'Verify roll-ups and records',
  description:
    'Admins only. Dashboards and totals come from roll-ups. This adds up the transactions themselves ' +
    'and lists every roll-up that differs, for yourself, for `user_id`, or for all users with ' +
    '`scope=all`. It also compares records with the audit log: users and their two-factor ' +
    'authentication, API keys, sessions, imports and transactions must be as their last entry says. ' +
    'A request compares up to 20,000 rows; repeat it with `next_cursor` until that is null. Later ' +
    'requests do not add up again.',
  ...guarded('transactions:read_all', 'expensive'),
  request: { query: consistencyQuerySchema },
  responses: {
    200: jsonContent(consistencySchema, 'The result of the verification'),
    ...guardedProblems('validation_failed', 'invalid_cursor', 'not_found'),
  },
})

export const consistencyRoutes = createRouter().openapi(check, async (c) => {
  const { scope, user_id: userId, cursor } = c.req.valid('query')
  const { consistency } = c.get('services')
  const found = await consistency.check(c.get('caller'), { scope, userId, cursor })
  return c.json(consistencyResponse(found), 200)
})
