import { z } from '@hono/zod-openapi'
import { outputShape, pick } from '../../db/record.ts'
import { totalsResponse, totalsSchema } from '../../http/totals.schema.ts'
import { likelyMessage, likelyReasons } from '../../lib/likely-duplicates.ts'
import { formatFaceValue } from '../../lib/money/amounts.ts'
import { statementFields } from '../../lib/statement/fields.ts'
import { IMPORT_COLUMNS } from '../csv-columns.ts'
import { transactionFields } from '../transaction.fields.ts'
import type { ImportRow } from './import-row.ts'
import type { Match } from './imports.repository.ts'
import type { Preview } from './imports.service.ts'
import type { ImportFile } from './import-file.ts'
import {
  formatResponse,
  formatSchema,
  notBookedResponse,
  notBookedSchema,
  MAX_LISTED,
} from './reading.schema.ts'

const PREVIEW_ROWS = 5

const lineNumber = z.int().openapi({ description: 'Line in the file, from 1.' })
const transactionId = z.uuid().nullable().openapi({ description: 'Null if it was deleted.' })

const listOf = <T extends z.ZodRawShape>(shape: T) =>
  z.object({ count: z.int(), rows: z.array(z.object(shape)) })

const duplicatesSchema = listOf({
  line: lineNumber,
  matched_by: z.enum(['id', 'external_id', 'fingerprint']),
  transaction_id: transactionId,
  deleted: z.boolean().openapi({ description: 'Somebody deleted it, and it stays deleted.' }),
  differs: z.array(z.string()).openapi({
    description:
      'Fields in which a row of an export differs from its transaction. They are not changed.',
  }),
}).openapi({ description: 'Rows that exist already.' })

const likelySchema = listOf({
  line: lineNumber,
  reason: z.enum(likelyReasons),
  message: z.string(),
  transaction_id: transactionId,
  date: z.iso.date().nullable().openapi({ description: 'The date of that transaction.' }),
  decision: z.enum(['ask', 'skip', 'create']).openapi({
    description: 'What the options of the request do with it.',
  }),
}).openapi({
  description: 'Rows that resemble a transaction. `likely_duplicates` or `lines` decide.',
})

const problemsSchema = listOf({
  line: z.int(),
  column: z.union([z.enum(statementFields), z.null()]),
  message: z.string(),
})

export const importReportSchema = z
  .object({
    dry_run: z.literal(true),
    rows: z.int().openapi({ description: 'Rows in the file.' }),
    to_create: z.int(),
    duplicates: duplicatesSchema,
    likely_duplicates: likelySchema,
    problems: problemsSchema,
    totals: z
      .array(totalsSchema)
      .openapi({ description: 'Totals of the rows to create, per currency.' }),
    preview: z
      .array(z.object({ line: z.int(), ...pick(outputShape(transactionFields), IMPORT_COLUMNS) }))
      .openapi({ description: `The first ${PREVIEW_ROWS} rows to create.` }),
    not_booked: notBookedSchema,
    remarks: z.array(z.string()).openapi({ description: 'What else to know before importing.' }),
    format: formatSchema,
  })
  .openapi('ImportReport')

const previewRow = (row: ImportRow) => ({
  line: row.line,
  ...pick(row, IMPORT_COLUMNS),
  amount: formatFaceValue(row.amount, row.currency),
})

const list = <Row, Listed>(rows: readonly Row[], response: (row: Row) => Listed) => ({
  count: rows.length,
  rows: rows.slice(0, MAX_LISTED).map(response),
})

const duplicateRow = ({ line, matched_by, transaction_id, deleted, differs }: Match) => ({
  line,
  matched_by: matched_by!,
  transaction_id: deleted ? null : transaction_id,
  deleted,
  differs: differs ?? [],
})

const decisions = {
  ask: 'ask',
  created: 'create',
  skipped: 'skip',
  duplicate: 'skip',
  deleted: 'skip',
} as const

const likelyRow = ({ line, reason, transaction_id, deleted, date, outcome }: Match) => ({
  line,
  reason: reason!,
  message: likelyMessage(reason!, date),
  transaction_id: deleted ? null : transaction_id,
  date,
  decision: decisions[outcome],
})

export const reportResponse = (file: ImportFile, preview: Preview) => ({
  dry_run: true as const,
  rows: file.rowCount,
  to_create: preview.toCreate.length,
  duplicates: list(preview.duplicates, duplicateRow),
  likely_duplicates: list(preview.likely, likelyRow),
  problems: list(file.problems, ({ line, column = null, message }) => ({ line, column, message })),
  totals: preview.totals.map(totalsResponse),
  preview: preview.toCreate.slice(0, PREVIEW_ROWS).map(previewRow),
  not_booked: notBookedResponse(file),
  remarks: [...file.remarks, ...preview.remarks],
  format: formatResponse(file),
})
