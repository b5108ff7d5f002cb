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
  summary: 'Look whether the sums are what the transactions add up to',
  description:
    'Dashboards and totals come from roll-ups that the database keeps. This adds up the ' +
    'transactions themselves and names every roll-up that differs; it takes a second for a million. ' +
    "One's own book, that of `user_id`, or all with `scope=all`. For admins.",
  ...guarded('transactions:read_all', 'expensive'),
  request: { query: consistencyQuerySchema },
  responses: {
    200: jsonContent(consistencySchema, 'What was found'),
    ...guardedProblems('validation_failed', 'not_found'),
  },
})

export const consistencyRoutes = createRouter().openapi(check, async (c) => {
  const { scope, user_id: userId } = c.req.valid('query')
  const { consistency } = c.get('services')
  const found = await consistency.check(c.get('caller'), { scope, userId })
  return c.json(consistencyResponse(found), 200)
})
