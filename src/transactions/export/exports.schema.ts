import { z } from '@hono/zod-openapi'
import { exampleOf } from '../../db/record.ts'
import { transactionFields } from '../transaction.fields.ts'
import { EXPORT_COLUMNS } from '../csv-columns.ts'
import { booleanParameter } from '../../lib/schemas.ts'
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

const example: Record<string, string | number | null> = exampleOf(transactionFields)
const exampleFields = EXPORT_COLUMNS.map((name) => example[name] ?? '')

export const csvFileSchema = z.string().openapi('TransactionsCsv', {
  description: `UTF-8. Columns: ${EXPORT_COLUMNS.join(', ')}.`,
  example: `${EXPORT_COLUMNS.join(',')}\r\n${exampleFields.join(',')}\r\n`,
})

export const ndjsonFileSchema = z.string().openapi('TransactionsNdjson', {
  description:
    'One transaction per line, as `GET /v1/transactions/{id}` returns it; the last line is `{"complete":true,"count":…,"totals":[…]}`.',
  example: '{"complete":true,"count":0,"totals":[]}\n',
})
