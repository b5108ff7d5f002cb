import { z } from '@hono/zod-openapi'
import { createShape, exampleOf, outputShape, patchShape, responseOf } from '../db/record.ts'
import { dryRunOf } from '../http/dry-run.schema.ts'
import { pageFields, scopeFields, scopeParameters } from '../http/pagination.schema.ts'
import { totalsSchema } from '../http/totals.schema.ts'
import { formatFaceValue } from '../lib/money/amounts.ts'
import { calendarDate } from '../lib/schemas.ts'
import { maskedResponse, maskedSchema } from './masked.schema.ts'
import { transactionFields, type } from './transaction.fields.ts'
import type { CategoryUse, Transaction } from './transactions.repository.ts'

const example = exampleOf(transactionFields)

const shape = outputShape(transactionFields)

export const transactionSchema = z
  .object({
    ...shape,
    amount: shape.amount.nullable(),
    category: shape.category.nullable(),
    created_by: shape.created_by.nullable(),
    masked: maskedSchema,
  })
  .openapi('Transaction', { example })

export const transactionDryRunSchema = dryRunOf('TransactionDryRun', transactionSchema)

/** The response to a write with 200, which its dry run has too. */
export const changedTransactionSchema = z.union([transactionSchema, transactionDryRunSchema])

export const transactionListSchema = z
  .object({
    data: z.array(transactionSchema),
    ...pageFields,
    ...scopeFields,
    totals: z.array(totalsSchema).optional().openapi({
      description: 'Totals of all matching transactions, not just of this page, per currency.',
    }),
  })
  .openapi('TransactionList')

const { type: kind, amount, currency, category, date, notes } = example

export const newTransactionSchema = z
  .strictObject(createShape(transactionFields))
  .openapi('NewTransaction', { example: { type: kind, amount, currency, category, date, notes } })

export const transactionPatchSchema = z
  .strictObject(patchShape(transactionFields))
  .partial()
  .refine((patch) => Object.keys(patch).length > 0, 'Must contain at least one field.')
  .openapi('TransactionPatch', { minProperties: 1, example: { category: 'Household' } })

export const readQuerySchema = z.strictObject({
  deleted: z
    .enum(['exclude', 'include'])
    .optional()
    .openapi({ description: '`include` also finds deleted transactions. Admins only.' }),
})

export const categoryListSchema = z
  .object({
    data: z.array(
      z.object({
        category: z.string(),
        type,
        count: z.int().openapi({ description: 'Number of transactions.' }),
        last_used: calendarDate.openapi({ description: 'Date of the most recent transaction.' }),
      }),
    ),
    ...scopeFields,
  })
  .openapi('CategoryList', {
    example: {
      data: [{ category: 'Groceries', type: 'expense', count: 212, last_used: '2026-03-14' }],
      scope: 'own',
    },
  })

export const scopeQuerySchema = z.strictObject(scopeParameters)

export const transactionResponse = (row: Transaction) => ({
  ...responseOf(transactionFields, row),
  amount: row.amount === null ? null : formatFaceValue(row.amount, row.currency),
  category: row.category,
  created_by: row.created_by,
  updated_at: new Date(row.updated_at).toISOString(),
  ...maskedResponse(row),
})

export const categoryResponse = ({ lastUsed, ...use }: CategoryUse) => ({
  ...use,
  last_used: lastUsed,
})
