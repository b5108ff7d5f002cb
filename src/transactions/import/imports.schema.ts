import { z } from '@hono/zod-openapi'
import { statementFields } from '../../lib/statement/fields.ts'
import { booleanParameter, currency, id, line } from '../../lib/schemas.ts'
import { dryRunOf } from '../../http/dry-run.schema.ts'
import {
  pageFields,
  pageParameters,
  scopeFields,
  scopeParameters,
} from '../../http/pagination.schema.ts'
import { totalsResponse, totalsSchema } from '../../http/totals.schema.ts'
import { formatFaceValue } from '../../lib/money/amounts.ts'
import { exampleOf, outputShape, pick, responseOf } from '../../db/record.ts'
import { IMPORT_COLUMNS } from '../csv-columns.ts'
import { importFields } from '../import.fields.ts'
import { maskedResponse, maskedSchema } from '../masked.schema.ts'
import { transactionFields } from '../transaction.fields.ts'
import type { Import, ImportRow } from './imports.repository.ts'
import type { Preview } from './imports.service.ts'
import type { ImportFile } from './read-file.ts'
import {
  formatSchema,
  MAX_LISTED,
  notBookedSchema,
  readingParameters,
  readingResponse,
  remarksSchema,
} from './reading.schema.ts'

const PREVIEW_ROWS = 5

export const importQuerySchema = z.strictObject({
  dry_run: booleanParameter.default(true).openapi({
    description: 'Returns a report only; pass `false` to import the rows.',
    default: true,
  }),
  skip_invalid: booleanParameter.default(false).openapi({
    description: 'Skips invalid rows. By default, one invalid row rejects the file.',
    default: false,
  }),
  duplicates: z.enum(['skip', 'create']).default('skip').openapi({
    description:
      '`create` imports rows even if a transaction with the same date, amount, type and category exists. Known ids and external ids are always skipped.',
    default: 'skip',
  }),
  user_id: id
    .optional()
    .openapi({ description: 'The user to import for. Admins only, except for your own id.' }),
  file_name: line(1, 255).optional().openapi({ description: 'A name for the import.' }),
  source: line(1, 64).optional().openapi({
    description: 'Source of the rows, unless the file has a column for it.',
  }),
  currency: currency.optional().openapi({ description: 'Currency of rows without one.' }),
  category: line(1, 64).optional().openapi({
    description: 'Category of rows without one; by default `Uncategorized`.',
  }),
  ...readingParameters,
})

export const csvUploadSchema = z.string().openapi('ImportCsv', {
  description: 'A CSV file with a header; at most 20,000 rows and 8 MiB.',
  example: 'date,amount,currency,category,notes\r\n2026-03-15,-12.40,EUR,Coffee,Espresso beans\r\n',
})

export const csvFormSchema = z
  .object({
    file: z.string().openapi({
      type: 'string',
      format: 'binary',
      description: 'The only part; its name does not matter. Options belong in the query.',
    }),
  })
  .openapi('ImportForm')

const { reverted_at, created_by, ...stored } = outputShape(importFields)
const { reverted_at: notReverted, ...example } = exampleOf(importFields)

export const importSchema = z
  .object({
    ...stored,
    created_by: created_by.nullable(),
    skipped_count: z.int().openapi({ description: 'Invalid rows that were skipped.' }),
    reverted_at,
    masked: maskedSchema,
  })
  .openapi('Import', { example: { ...example, skipped_count: 0, reverted_at: notReverted } })

export const revertedImportSchema = z.union([importSchema, dryRunOf('ImportDryRun', importSchema)])

export const importListSchema = z
  .object({ data: z.array(importSchema), ...pageFields, ...scopeFields })
  .openapi('ImportList')

export const importListQuerySchema = z.strictObject({ ...scopeParameters, ...pageParameters })

const previewShape = pick(outputShape(transactionFields), IMPORT_COLUMNS)

export const importReportSchema = z
  .object({
    dry_run: z.literal(true),
    rows: z.int().openapi({ description: 'Rows in the file.' }),
    to_create: z.int(),
    duplicates: z.object({
      count: z.int(),
      rows: z.array(
        z.object({
          line: z.int().openapi({ description: 'Line in the file, from 1.' }),
          matched_by: z.enum(['external_id', 'id', 'values']),
          transaction_id: z.uuid().nullable().openapi({ description: 'Null if it was deleted.' }),
        }),
      ),
    }),
    problems: z.object({
      count: z.int(),
      rows: z.array(
        z.object({
          line: z.int(),
          column: z.union([z.enum(statementFields), z.null()]),
          message: z.string(),
        }),
      ),
    }),
    totals: z
      .array(totalsSchema)
      .openapi({ description: 'Totals of the rows to create, per currency.' }),
    preview: z
      .array(z.object({ line: z.int(), ...previewShape }))
      .openapi({ description: `The first ${PREVIEW_ROWS} rows to create.` }),
    not_booked: notBookedSchema,
    remarks: remarksSchema,
    format: formatSchema,
  })
  .openapi('ImportReport')

export const importResponse = (row: Import) => ({
  ...responseOf(importFields, row),
  created_by: row.created_by,
  skipped_count: row.row_count - row.created_count - row.duplicate_count,
  ...maskedResponse(row),
})

const previewRow = (row: ImportRow) => ({
  line: row.line,
  ...pick(row, IMPORT_COLUMNS),
  amount: formatFaceValue(row.amount, row.currency),
})

export const reportResponse = (file: ImportFile, { toCreate, duplicates, totals }: Preview) => ({
  dry_run: true as const,
  rows: file.rowCount,
  to_create: toCreate.length,
  duplicates: {
    count: duplicates.length,
    rows: duplicates.slice(0, MAX_LISTED).map(({ line: at, matchedBy, transactionId }) => ({
      line: at,
      matched_by: matchedBy,
      transaction_id: transactionId,
    })),
  },
  problems: {
    count: file.problems.length,
    rows: file.problems
      .slice(0, MAX_LISTED)
      .map(({ line: at, column = null, message }) => ({ line: at, column, message })),
  },
  totals: totals.map(totalsResponse),
  preview: toCreate.slice(0, PREVIEW_ROWS).map(previewRow),
  ...readingResponse(file),
})
