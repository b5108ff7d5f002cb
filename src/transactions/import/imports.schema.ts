import { z } from '@hono/zod-openapi'
import { dateFormats } from '../../lib/csv/dates.ts'
import { decimalMarks } from '../../lib/csv/numbers.ts'
import { booleanParameter, currency, id, instant, line } from '../../http/schemas.ts'
import {
  pageFields,
  pageParameters,
  scopeFields,
  scopeParameters,
} from '../../http/pagination.schema.ts'
import { totalsResponse, totalsSchema } from '../../http/totals.schema.ts'
import { newTransactionSchema } from '../transactions.schema.ts'
import { formatMinor } from '../../lib/money/amounts.ts'
import { importFields } from './columns.ts'
import type { Import, ImportRow } from './imports.repository.ts'
import type { Preview } from './imports.service.ts'
import type { ImportFile } from './read-file.ts'

/** As many of a kind are listed; the count says how many there are. */
const MOST_LISTED = 200
const PREVIEW_ROWS = 5

export const importQuerySchema = z.strictObject({
  dry_run: booleanParameter.default(true).openapi({
    description: 'By default only a report. With `false` the rows are taken in.',
    default: true,
  }),
  skip_invalid: booleanParameter.default(false).openapi({
    description: 'Leave rows with problems out. By default one such row refuses the file.',
    default: false,
  }),
  duplicates: z.enum(['skip', 'create']).default('skip').openapi({
    description:
      '`create` takes rows in although the book has some with the same date, amount, type and category. A known id or external id is skipped all the same.',
    default: 'skip',
  }),
  user_id: id
    .optional()
    .openapi({ description: 'Into whose book; others than oneself for admins only.' }),
  file_name: line(1, 255)
    .optional()
    .openapi({ description: 'What the import is remembered by.', example: 'march.csv' }),
  source: line(1, 64).optional().openapi({
    description: 'Where the rows come from, unless a column says so.',
    example: 'bank',
  }),
  currency: currency.optional().openapi({ description: 'Of rows that say none.' }),
  category: line(1, 64)
    .optional()
    .openapi({ description: 'Of rows that say none.', example: 'Imported' }),
  delimiter: z
    .enum([',', ';', '|', 'tab'])
    .optional()
    .openapi({ description: 'Found by itself where it is not given.', example: ';' }),
  decimal: z.enum(decimalMarks).optional().openapi({
    description: 'Decimal mark; needed where the amounts do not show it.',
    example: ',',
  }),
  date_format: z.enum(dateFormats).optional().openapi({
    description: 'Needed where the dates do not show it; years of two digits always need it.',
    example: 'DD.MM.YYYY',
  }),
  mapping: z
    .string()
    .max(1000)
    .optional()
    .openapi({
      description: `Which column is what, where the headers do not say: \`field:Header\`, separated by commas. Fields: ${importFields.join(', ')}.`,
      example: 'date:Buchungstag,amount:Betrag',
    }),
})

export const csvUploadSchema = z.string().openapi('ImportCsv', {
  description: 'With a header, 20,000 rows and 8 MiB at most.',
  example:
    'date,amount,currency,category,notes\r\n2026-03-14,-84.30,EUR,Groceries,Weekly shopping\r\n',
})

export const importSchema = z
  .object({
    id: z.uuid(),
    user_id: z.uuid().openapi({ description: 'Into whose book.' }),
    created_by: z.uuid(),
    created_at: instant,
    file_name: z.string().nullable(),
    source: z.string().nullable(),
    row_count: z.int().openapi({ description: 'Rows of the file.' }),
    created_count: z.int().openapi({ description: 'New ones.' }),
    duplicate_count: z.int().openapi({ description: 'Ones that the book had.' }),
    skipped_count: z.int().openapi({ description: 'Ones with problems, left out.' }),
    reverted_at: instant.nullable(),
  })
  .openapi('Import', {
    example: {
      id: '0198c2a4-5b1e-7d2a-9b60-3f4f5f0c8a11',
      user_id: '0198c2a4-0000-7000-8000-000000000002',
      created_by: '0198c2a4-0000-7000-8000-000000000002',
      created_at: '2026-03-14T09:26:53.589Z',
      file_name: 'march.csv',
      source: 'bank',
      row_count: 120,
      created_count: 117,
      duplicate_count: 3,
      skipped_count: 0,
      reverted_at: null,
    },
  })

export const importListSchema = z
  .object({ data: z.array(importSchema), ...pageFields, ...scopeFields })
  .openapi('ImportList')

const { limit, cursor } = pageParameters
export const importListQuerySchema = z.strictObject({ ...scopeParameters, limit, cursor })

const { type } = newTransactionSchema.shape

export const importReportSchema = z
  .object({
    dry_run: z.literal(true),
    rows: z.int().openapi({ description: 'Rows of the file.' }),
    to_create: z.int(),
    duplicates: z.object({
      count: z.int(),
      rows: z.array(
        z.object({
          line: z.int().openapi({ description: 'Of the file, from 1.' }),
          matched_by: z.enum(['external_id', 'id', 'values']),
          transaction_id: z
            .uuid()
            .nullable()
            .openapi({ description: 'Null where it was deleted.' }),
        }),
      ),
    }),
    problems: z.object({
      count: z.int(),
      rows: z.array(
        z.object({
          line: z.int(),
          column: z.enum(importFields).nullable(),
          message: z.string(),
        }),
      ),
    }),
    totals: z.array(totalsSchema).openapi({ description: 'Of the rows to create.' }),
    preview: z
      .array(
        z.object({
          line: z.int(),
          date: z.string(),
          type,
          amount: z.string(),
          currency: z.string(),
          category: z.string(),
          notes: z.string().nullable(),
          external_id: z.string().nullable(),
          source: z.string().nullable(),
        }),
      )
      .openapi({ description: `The first ${PREVIEW_ROWS} rows to create.` }),
    format: z
      .object({
        delimiter: z.string(),
        decimal: z.enum(decimalMarks),
        date_format: z.enum(dateFormats),
        columns: z.record(z.string(), z.string()),
        ignored_columns: z.array(z.string()),
      })
      .openapi({ description: 'How the file was read.' }),
  })
  .openapi('ImportReport')

export const importResponse = (row: Import) => ({
  id: row.id,
  user_id: row.userId,
  created_by: row.createdBy,
  created_at: row.createdAt.toISOString(),
  file_name: row.fileName,
  source: row.source,
  row_count: row.rowCount,
  created_count: row.createdCount,
  duplicate_count: row.duplicateCount,
  skipped_count: row.rowCount - row.createdCount - row.duplicateCount,
  reverted_at: row.revertedAt?.toISOString() ?? null,
})

const previewRow = (row: ImportRow) => ({
  line: row.line,
  date: row.date,
  type: row.type,
  amount: formatMinor(row.amountMinor, row.currency),
  currency: row.currency,
  category: row.category,
  notes: row.notes,
  external_id: row.externalId,
  source: row.source,
})

export const reportResponse = (file: ImportFile, { toCreate, duplicates, totals }: Preview) => ({
  dry_run: true as const,
  rows: file.rowCount,
  to_create: toCreate.length,
  duplicates: {
    count: duplicates.length,
    rows: duplicates.slice(0, MOST_LISTED).map(({ line: at, matchedBy, transactionId }) => ({
      line: at,
      matched_by: matchedBy,
      transaction_id: transactionId,
    })),
  },
  problems: {
    count: file.problems.length,
    rows: file.problems
      .slice(0, MOST_LISTED)
      .map(({ line: at, column = null, message }) => ({ line: at, column, message })),
  },
  totals: totals.map(totalsResponse),
  preview: toCreate.slice(0, PREVIEW_ROWS).map(previewRow),
  format: {
    delimiter: file.format.delimiter,
    decimal: file.format.decimal,
    date_format: file.format.dateFormat,
    columns: file.format.columns as Record<string, string>,
    ignored_columns: file.format.ignored,
  },
})
