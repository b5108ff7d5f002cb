import { createRoute } from '@hono/zod-openapi'
import { createRouter } from '../../http/router.ts'
import { guarded, guardedProblems } from '../../http/route.ts'
import { toFilter } from '../transaction-query.mapper.ts'
import { csvFileSchema, exportQuerySchema, ndjsonFileSchema } from './exports.schema.ts'
import { sendFile } from './send-file.ts'

const exportTransactions = createRoute({
  method: 'get',
  path: '/transactions/export',
  operationId: 'exportTransactions',
  tags: ['Transactions'],
  summary: 'Export transactions as a file',
  description:
    'Streams all transactions that the list with the same filters would return. A failure after the ' +
    'first byte closes the connection with an error, so a truncated file never looks complete.',
  ...guarded('transactions:read', 'expensive'),
  request: { query: exportQuerySchema },
  responses: {
    200: {
      description: 'The file',
      content: {
        'text/csv': { schema: csvFileSchema },
        'application/x-ndjson': { schema: ndjsonFileSchema },
      },
    },
    ...guardedProblems('validation_failed', 'not_found', 'field_masked'),
  },
})

export const exportsRoutes = createRouter().openapi(exportTransactions, async (c) => {
  const query = c.req.valid('query')
  return sendFile(c, toFilter(query), query.format, query.trailer)
})
