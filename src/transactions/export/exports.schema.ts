import { z } from '@hono/zod-openapi'
import { EXPORT_COLUMNS } from '../csv-columns.ts'
import { booleanParameter } from '../../http/schemas.ts'
import { checkRanges, filterParameters } from '../transaction-query.schema.ts'

export const exportQuerySchema = z
  .strictObject({
    format: z
      .enum(['csv', 'ndjson'])
      .default('csv')
      .openapi({ description: 'CSV (RFC 4180), or one JSON object per line.', default: 'csv' }),
    trailer: booleanParameter.optional().openapi({
      description:
        'Ends a CSV with the record `#end,<rows>`, which shows that a saved file is complete. NDJSON always ends with `{"complete":true,…}`.',
    }),
    ...filterParameters,
  })
  .superRefine(checkRanges)

const exampleFields = [
  '0198c2a4-5b1e-7d2a-9b60-3f4f5f0c8a11',
  '2026-03-14',
  'expense',
  '84.30',
  'EUR',
  'Groceries',
  'Weekly shopping',
  'bank-2026-03-14-17',
  'bank',
  '0198c2a4-0000-7000-8000-000000000002',
  '',
  '1',
  '0198c2a4-0000-7000-8000-000000000002',
  '2026-03-14T09:26:53.589Z',
  '2026-03-14T09:26:53.589Z',
  '',
]

export const csvFileSchema = z.string().openapi('TransactionsCsv', {
  description: `UTF-8. Columns: ${EXPORT_COLUMNS.join(', ')}.`,
  example: `${EXPORT_COLUMNS.join(',')}\r\n${exampleFields.join(',')}\r\n`,
})

export const ndjsonFileSchema = z.string().openapi('TransactionsNdjson', {
  description:
    'One transaction per line, as `GET /v1/transactions/{id}` returns it; the last line is `{"complete":true,"count":…,"totals":[…]}`.',
  example: '{"complete":true,"count":0,"totals":[]}\n',
})
