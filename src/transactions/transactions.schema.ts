import { z } from '@hono/zod-openapi'
import { transactionType } from '../db/enums.ts'
import {
  amount,
  calendarDate,
  currency,
  decimal,
  id,
  instant,
  line,
  multiline,
} from '../http/schemas.ts'
import { pageFields, scopeFields, scopeParameters } from '../http/pagination.schema.ts'
import { totalsSchema } from '../http/totals.schema.ts'
import { formatMinor } from '../lib/money/amounts.ts'
import type { CategoryUse, Transaction } from './transactions.repository.ts'

export const type = z.enum(transactionType.enumValues).openapi({ example: 'expense' })
export const category = line(1, 64).openapi({ example: 'Groceries' })
const notes = multiline(2000).nullable().openapi({ example: 'Weekly shopping' })

const externalId = line(1, 255).nullable().openapi({
  description:
    'Id in the source system. Unique per user and source, including deleted transactions.',
  example: 'bank-2026-03-14-17',
})
const source = line(1, 64)
  .nullable()
  .openapi({ description: 'System that the transaction comes from.', example: 'bank' })

const example = {
  id: '0198c2a4-5b1e-7d2a-9b60-3f4f5f0c8a11',
  user_id: '0198c2a4-0000-7000-8000-000000000002',
  type: 'expense',
  amount: '84.30',
  currency: 'EUR',
  category: 'Groceries',
  date: '2026-03-14',
  notes: 'Weekly shopping',
  external_id: 'bank-2026-03-14-17',
  source: 'bank',
  import_id: null,
  version: 1,
  created_by: '0198c2a4-0000-7000-8000-000000000002',
  created_at: '2026-03-14T09:26:53.589Z',
  updated_at: '2026-03-14T09:26:53.589Z',
  deleted_at: null,
} as const

export const transactionSchema = z
  .object({
    id: z.uuid(),
    user_id: z.uuid().openapi({ description: 'The owner of the transaction.' }),
    type,
    amount: decimal,
    currency,
    category: z.string(),
    date: calendarDate,
    notes: z.string().nullable(),
    external_id: z.string().nullable(),
    source: z.string().nullable(),
    import_id: z.uuid().nullable().openapi({ description: 'The import that created it.' }),
    version: z.int().openapi({ description: 'Increases with every change. Same as the ETag.' }),
    created_by: z.uuid().openapi({ description: 'The user who created it.' }),
    created_at: instant,
    updated_at: instant,
    deleted_at: instant.nullable(),
  })
  .openapi('Transaction', { example })

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

export const newTransactionSchema = z
  .strictObject({
    type,
    amount,
    currency,
    category,
    date: calendarDate,
    notes: notes.optional(),
    external_id: externalId.optional(),
    source: source.optional(),
    user_id: id
      .optional()
      .openapi({ description: 'The owner. Admins only, except for your own id.' }),
  })
  .openapi('NewTransaction', {
    example: {
      type: 'expense',
      amount: '84.30',
      currency: 'EUR',
      category: 'Groceries',
      date: '2026-03-14',
      notes: 'Weekly shopping',
    },
  })

export const transactionPatchSchema = z
  .strictObject({
    type: type.optional(),
    amount: amount.optional(),
    currency: currency.optional(),
    category: category.optional(),
    date: calendarDate.optional(),
    notes: notes.optional(),
    external_id: externalId.optional(),
    source: source.optional(),
  })
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
  id: row.id,
  user_id: row.userId,
  type: row.type,
  amount: formatMinor(row.amountMinor, row.currency),
  currency: row.currency,
  category: row.category,
  date: row.date,
  notes: row.notes,
  external_id: row.externalId,
  source: row.source,
  import_id: row.importId,
  version: row.version,
  created_by: row.createdBy,
  created_at: row.createdAt.toISOString(),
  updated_at: row.updatedAt.toISOString(),
  deleted_at: row.deletedAt?.toISOString() ?? null,
})

export const categoryResponse = ({ category: name, type: kind, count, lastUsed }: CategoryUse) => ({
  category: name,
  type: kind,
  count,
  last_used: lastUsed,
})
