import { createRoute, z } from '@hono/zod-openapi'
import { datesOf } from '../lib/schemas.ts'
import { pageResponse, scopeResponse } from '../http/pagination.schema.ts'
import { createRouter } from '../http/router.ts'
import {
  guarded,
  guardedProblems,
  guardedWrite,
  jsonContent,
  writeCodes,
  writeHeaders,
} from '../http/route.ts'
import { examinedResponse, ownerParameter } from '../recurring/recurring.schema.ts'
import {
  anomalyListSchema,
  anomalyParams,
  anomalyQuerySchema,
  anomalyResponse,
  anomalySchema,
} from './anomalies.schema.ts'

const tags = ['Anomalies']

const list = createRoute({
  method: 'get',
  path: '/anomalies',
  operationId: 'listAnomalies',
  tags,
  summary: 'List anomalies',
  description:
    'Finds what stands out among the latest transactions: unusual amounts, likely duplicates, large ' +
    'first payments, recurring payments that are late, missing or dearer, and months out of line with ' +
    'their season. The latest come first.',
  ...guarded('anomalies:read', 'expensive'),
  request: { query: anomalyQuerySchema },
  responses: {
    200: jsonContent(anomalyListSchema, 'A page of anomalies'),
    ...guardedProblems('validation_failed', 'invalid_cursor', 'not_found'),
  },
})

const write = {
  method: 'post',
  tags,
  ...guardedWrite('anomalies:decide', 'expensive'),
  request: { params: anomalyParams, query: z.strictObject(ownerParameter), headers: writeHeaders },
  responses: {
    200: jsonContent(anomalySchema, 'The anomaly'),
    ...guardedProblems('validation_failed', 'not_found', ...writeCodes),
  },
} as const

const dismiss = createRoute({
  ...write,
  path: '/anomalies/{key}/dismiss',
  operationId: 'dismissAnomaly',
  summary: 'Dismiss an anomaly',
  description:
    'Hides it from lists and dashboards. Idempotent. If the amount of its transaction is changed, that ' +
    'is another anomaly.',
})

const restore = createRoute({
  ...write,
  path: '/anomalies/{key}/restore',
  operationId: 'restoreAnomaly',
  summary: 'Restore an anomaly',
  description: 'Shows an anomaly again that was dismissed. Idempotent.',
})

export const anomaliesRoutes = createRouter()
  .openapi(list, async (c) => {
    const { user_id: userId, scope, limit, cursor, page, ...query } = c.req.valid('query')
    const { month, date_from, date_to, ...rest } = query
    const filter = { ...rest, ...datesOf({ month, date_from, date_to }) }
    const request = { userId, scope, limit, cursor, page, filter }
    const result = await c.get('services').anomalies.list(c.get('caller'), request)
    return c.json(
      {
        data: result.page.rows.map(anomalyResponse),
        examined: examinedResponse(result.examined),
        ...pageResponse(c, result.page, limit),
        ...scopeResponse(result.scope),
      },
      200,
    )
  })
  .openapi(dismiss, async (c) => {
    const { key } = c.req.valid('param')
    const { user_id: userId } = c.req.valid('query')
    const anomaly = await c.get('services').anomalies.dismiss(c.get('caller'), key, userId)
    return c.json(anomalyResponse(anomaly), 200)
  })
  .openapi(restore, async (c) => {
    const { key } = c.req.valid('param')
    const { user_id: userId } = c.req.valid('query')
    const anomaly = await c.get('services').anomalies.restore(c.get('caller'), key, userId)
    return c.json(anomalyResponse(anomaly), 200)
  })
