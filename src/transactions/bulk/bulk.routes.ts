import { createRoute } from '@hono/zod-openapi'
import { createRouter } from '../../http/router.ts'
import {
  guardedBody,
  guardedBodyProblems,
  jsonContent,
  jsonRequest,
  writeCodes,
  writeHeaders,
  dryRunQuery,
} from '../../http/route.ts'
import { readOperations } from './bulk.mapper.ts'
import {
  bulkResponse,
  bulkResponseSchema,
  bulkSchema,
  MAX_BULK_BYTES,
  operationSchema,
} from './bulk.schema.ts'

const bulk = createRoute({
  method: 'post',
  path: '/transactions/bulk',
  operationId: 'bulkTransactions',
  tags: ['Transactions'],
  summary: 'Create, update and delete up to 500 transactions',
  description:
    'Atomic by default; with `mode=each`, each operation succeeds or fails on its own. Analysts can ' +
    'create their own transactions, admins can also update and delete. Counts as one request. The ' +
    'body is limited to 1 MiB.',
  ...guardedBody('transactions:create', 'expensive', {
    maxBytes: MAX_BULK_BYTES,
    dryRun: true,
  }),
  request: { query: dryRunQuery, headers: writeHeaders, body: jsonRequest(bulkSchema) },
  responses: {
    200: jsonContent(bulkResponseSchema, 'The result of each operation'),
    ...guardedBodyProblems('bulk_failed', ...writeCodes),
  },
})

export const bulkRoutes = createRouter().openapi(bulk, async (c) => {
  const { mode, operations } = c.req.valid('json')
  const { bulk: service } = c.get('services')
  const results = await service.apply(c.get('caller'), mode, readOperations(operations))
  return c.json(bulkResponse(results), 200)
})

bulkRoutes.openAPIRegistry.register('BulkOperation', operationSchema)
