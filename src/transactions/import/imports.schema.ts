import { z } from '@hono/zod-openapi'
import { booleanParameter, currency, id, line } from '../../lib/schemas.ts'
import { dryRunOf } from '../../http/dry-run.schema.ts'
import {
  pageFields,
  pageParameters,
  scopeFields,
  scopeParameters,
} from '../../http/pagination.schema.ts'
import { exampleOf, outputShape, responseOf } from '../../db/record.ts'
import { importFields, rowOutcomes } from '../import.fields.ts'
import { maskedResponse, maskedSchema } from '../masked.schema.ts'
import { readingParameters } from './reading.schema.ts'
import { MAX_LINES_LENGTH } from './import-lines.ts'
import type { StoredRow } from './import-rows.repository.ts'
import type { Import } from './imports.repository.ts'

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
      '`create` imports rows even if an earlier import has rows with the same content. Known ids and external ids are always skipped.',
    default: 'skip',
  }),
  likely_duplicates: z.enum(['ask', 'skip', 'create']).default('ask').openapi({
    description:
      'What to do with rows that resemble a transaction which may be the same. With `ask`, a report lists them, and an import that has any is rejected.',
    default: 'ask',
  }),
  lines: z.string().max(MAX_LINES_LENGTH).optional().openapi({
    description:
      'Decides single lines: `4:skip,7:create,20-25:skip`. An import with it needs the ETag of the report in `If-Match`.',
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

/** As JSON Schema: a Zod schema would make the router parse a form that `csvBody` has read already. */
export const csvForm = {
  type: 'object' as const,
  required: ['file'] as string[],
  properties: {
    file: {
      type: 'string' as const,
      format: 'binary',
      description: 'The only part; its name does not matter. Options belong in the query.',
    },
  },
}

const { reverted_at, created_by, ...stored } = outputShape(importFields)
const { reverted_at: notReverted, ...example } = exampleOf(importFields)

export const importSchema = z
  .object({
    ...stored,
    created_by: created_by.nullable(),
    skipped_count: z
      .int()
      .openapi({ description: 'Rows that were invalid, or left out by `lines`.' }),
    reverted_at,
    masked: maskedSchema,
  })
  .openapi('Import', { example: { ...example, skipped_count: 0, reverted_at: notReverted } })

/** Options that a report and the import after it may differ in. */
export const reportOptions = ({
  dry_run: _,
  lines: __,
  file_name: ___,
  skip_invalid: ____,
  ...options
}: z.output<typeof importQuerySchema>) => options

const importRowSchema = z
  .object({
    line: z.int().openapi({ description: 'Line in the file, from 1.' }),
    outcome: z.enum(rowOutcomes).openapi({
      description:
        '`deleted`: it exists already, and somebody had deleted it. `skipped`: the request left it out.',
    }),
    transaction_id: z.uuid().nullable().openapi({
      description: 'What was created, or existed. Null if it is deleted, or the row was left out.',
    }),
    account: z.string().nullable().openapi({ description: 'The account it was matched in.' }),
  })
  .openapi('ImportRow')

export const importRowsSchema = z
  .object({ data: z.array(importRowSchema), ...pageFields })
  .openapi('ImportRowList')

export const importRowsQuerySchema = z.strictObject({
  outcome: z.enum(rowOutcomes).optional().openapi({ description: 'Only rows of this outcome.' }),
  ...pageParameters,
})

export const importRowResponse = ({ line: at, outcome, transaction_id, account }: StoredRow) => ({
  line: at,
  outcome,
  transaction_id,
  account,
})

export const revertedImportSchema = z.union([importSchema, dryRunOf('ImportDryRun', importSchema)])

export const importListSchema = z
  .object({ data: z.array(importSchema), ...pageFields, ...scopeFields })
  .openapi('ImportList')

export const importListQuerySchema = z.strictObject({ ...scopeParameters, ...pageParameters })

export const importResponse = (row: Import) => ({
  ...responseOf(importFields, row),
  created_by: row.created_by,
  not_booked_count: row.not_booked_count ?? 0,
  skipped_count:
    row.row_count - row.created_count - row.duplicate_count - (row.not_booked_count ?? 0),
  ...maskedResponse(row),
})
