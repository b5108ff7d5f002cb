import { createRoute } from '@hono/zod-openapi'
import { createRouter } from '../http/router.ts'
import { guarded, guardedProblems } from '../http/route.ts'
import { logEvent } from '../log.ts'
import { readSelection } from '../transactions/list-query.ts'
import { csvFileSchema, exportQuerySchema, ndjsonFileSchema } from './exports.schema.ts'
import { streamPages } from './stream.ts'
import { createCsvWriter, createNdjsonWriter } from './writers.ts'

const exportTransactions = createRoute({
  method: 'get',
  path: '/transactions/export',
  operationId: 'exportTransactions',
  tags: ['Transactions'],
  summary: 'Export transactions as a file',
  description:
    'All that a list with the same filters has on all its pages, streamed. An answer that breaks ' +
    'off is not whole: the connection ends with an error and without the last line.',
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
    ...guardedProblems('validation_failed', 'not_found'),
  },
})

const mediaTypes = {
  csv: 'text/csv; charset=utf-8; header=present',
  ndjson: 'application/x-ndjson',
} as const

export const exportsRoutes = createRouter().openapi(exportTransactions, async (c) => {
  const query = c.req.valid('query')
  const { format, trailer = false } = query
  const pages = c.get('services').exports.pages(c.get('caller'), readSelection(query))
  // The first page comes before the answer begins: what fails there is still a problem document.
  const first = await pages.next()
  const writer = format === 'csv' ? createCsvWriter(trailer) : createNdjsonWriter()
  const body = streamPages(first.value ?? [], pages, writer, (error) => {
    logEvent('error', 'export_broken_off', { request_id: c.get('requestId') }, error)
  })
  return c.body(body, 200, {
    'Content-Type': mediaTypes[format],
    'Content-Disposition': `attachment; filename="transactions.${format}"`,
  })
})
