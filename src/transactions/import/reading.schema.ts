import { z } from '@hono/zod-openapi'
import { delimiters } from '../../lib/csv/read-records.ts'
import { integerParameter, line } from '../../lib/schemas.ts'
import { dateFormats } from '../../lib/statement/dates.ts'
import { statementFields } from '../../lib/statement/fields.ts'
import { decimalMarks } from '../../lib/statement/numbers.ts'
import { isStreamSafe, NOT_STREAM_SAFE } from '../../lib/stream-safe.ts'
import { notBookedReasons } from './collect-rows.ts'
import type { ImportFile } from './import-file.ts'

/** How many rows of a kind a report lists. */
export const MAX_LISTED = 200

/** Options that say how to read a file, for what is not detected or not as it should be. */
export const readingParameters = {
  charset: line(1, 40).optional().openapi({
    description:
      'Character set of the file, such as `windows-1252`: any label of the Encoding Standard. Detected by default; takes precedence over the Content-Type.',
  }),
  delimiter: z
    .enum([',', ';', '|', 'tab'])
    .optional()
    .openapi({ description: 'Detected by default.' }),
  skip_lines: integerParameter(0, 1000).optional().openapi({
    description: 'Number of lines before the header, or before the first row. Detected by default.',
  }),
  header: z.enum(['first', 'none']).optional().openapi({
    description:
      '`none` for a file without a header; `mapping` then takes numbers of columns, from 1. Detected by default.',
  }),
  decimal: z.enum(decimalMarks).optional().openapi({
    description: 'Decimal mark. Required if the amounts are ambiguous.',
  }),
  date_format: z.enum(dateFormats).optional().openapi({
    description:
      'Order of day, month and year; other separators, times and month names are read too. Required if the dates are ambiguous, and for `serial`, the day numbers of spreadsheets.',
  }),
  positive: z.enum(['income', 'expense']).optional().openapi({
    description:
      'What an amount without a minus is. Required for statements of cards on which purchases have no minus.',
  }),
  mapping: z
    .string()
    .max(1000, { abort: true })
    .refine(isStreamSafe, NOT_STREAM_SAFE)
    .optional()
    .openapi({
      description: `Maps columns to fields: \`field:Header\` or \`field:3\`, separated by commas, such as \`date:Buchungstag,amount:Betrag\`; \`field:-\` leaves a field out. Fields: ${statementFields.join(', ')}.`,
    }),
}

export const formatSchema = z
  .object({
    charset: z.string(),
    delimiter: z.enum(delimiters),
    skip_lines: z.int(),
    header: z.enum(['first', 'none']),
    decimal: z.enum(decimalMarks),
    date_format: z.enum(dateFormats),
    positive: z.enum(['income', 'expense']),
    mapping: z.record(z.string(), z.string()),
    ignored_columns: z.array(z.string()),
    account: z.string().nullable().openapi({ description: 'The account that the file names.' }),
    reasons: z
      .record(z.string(), z.string())
      .openapi({ description: 'Why the file was read like this, by option.' }),
  })
  .openapi({ description: 'How the file was read, by the names of the options.' })

export const notBookedSchema = z
  .object({
    count: z.int(),
    rows: z.array(z.object({ line: z.int(), reason: z.enum(notBookedReasons), text: z.string() })),
  })
  .openapi({
    description: 'Rows that move no money: pending, declined, balances, totals, footers.',
  })

export const notBookedResponse = ({ notBooked }: ImportFile) => ({
  count: notBooked.length,
  rows: notBooked.slice(0, MAX_LISTED),
})

export const formatResponse = ({ format }: ImportFile) => ({
  charset: format.charset,
  delimiter: format.delimiter,
  skip_lines: format.skipLines,
  header: format.header,
  decimal: format.decimal,
  date_format: format.dateFormat,
  positive: format.positive,
  mapping: format.mapping,
  ignored_columns: format.ignored,
  account: format.account,
  reasons: format.reasons,
})
