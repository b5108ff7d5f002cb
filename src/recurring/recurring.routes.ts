import { createRoute, z } from '@hono/zod-openapi'
import { pageResponse, scopeResponse } from '../http/pagination.schema.ts'
import { createRouter } from '../http/router.ts'
import {
  guarded,
  guardedBody,
  guardedBodyProblems,
  guardedProblems,
  jsonContent,
  jsonRequest,
  writeCodes,
  writeHeaders,
} from '../http/route.ts'
import {
  examinedResponse,
  ownerParameter,
  recurringQuerySchema,
  streamDecisionSchema,
  streamListSchema,
  streamParams,
  streamResponse,
  streamSchema,
} from './recurring.schema.ts'

const tags = ['Recurring']

const list = createRoute({
  method: 'get',
  path: '/recurring',
  operationId: 'listRecurring',
  tags,
  summary: 'List recurring payments',
  description:
    'Finds payments that come weekly, fortnightly, monthly, quarterly or yearly among the latest ' +
    'transactions: subscriptions, rent, salaries. The next due come first.',
  ...guarded('recurring:read', 'expensive'),
  request: { query: recurringQuerySchema },
  responses: {
    200: jsonContent(streamListSchema, 'A page of recurring payments'),
    ...guardedProblems('validation_failed', 'invalid_cursor', 'not_found'),
  },
})

const decide = createRoute({
  method: 'put',
  path: '/recurring/{key}',
  operationId: 'decideRecurring',
  tags,
  summary: 'Confirm, name or dismiss a recurring payment',
  description:
    'Replaces what was decided before: send `detected` without a name to take it back. A dismissed one ' +
    'is hidden, not forecast, and never reported as late.',
  ...guardedBody('recurring:decide', 'expensive'),
  request: {
    params: streamParams,
    query: z.strictObject(ownerParameter),
    headers: writeHeaders,
    body: jsonRequest(streamDecisionSchema),
  },
  responses: {
    200: jsonContent(streamSchema, 'The recurring payment'),
    ...guardedBodyProblems('not_found', ...writeCodes),
  },
})

export const recurringRoutes = createRouter()
  .openapi(list, async (c) => {
    const { user_id: userId, scope, limit, cursor, page, ...filter } = c.req.valid('query')
    const request = { userId, scope, limit, cursor, page, filter }
    const result = await c.get('services').recurring.list(c.get('caller'), request)
    return c.json(
      {
        data: result.page.rows.map(streamResponse),
        examined: examinedResponse(result.examined),
        ...pageResponse(c, result.page, limit),
        ...scopeResponse(result.scope),
      },
      200,
    )
  })
  .openapi(decide, async (c) => {
    const { key } = c.req.valid('param')
    const { user_id: userId } = c.req.valid('query')
    const { recurring } = c.get('services')
    const { status, name = null } = c.req.valid('json')
    const stream = await recurring.decide(c.get('caller'), key, userId, { status, name })
    return c.json(streamResponse(stream), 200)
  })
