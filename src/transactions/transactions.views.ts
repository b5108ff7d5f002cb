import { bigint, text, uuid } from 'drizzle-orm/pg-core'
import { api, ownViews } from '../db/api-schema.ts'
import { columnsOf, insertColumnsOf } from '../db/record.ts'
import { transactionFields } from './transaction.fields.ts'

/** In the minor unit of the currency: cents, yen, fils. Sums are made of it. */
const amountMinor = () => bigint('amount_minor', { mode: 'bigint' })

/** Null where the field is masked for the role. */
const maskedColumns = () => ({
  amount: bigint('amount_scaled', { mode: 'bigint' }),
  amount_minor: amountMinor(),
  category: text('category'),
  created_by: uuid('created_by'),
  /** Fields that are masked for the role. */
  masked: text('masked').array().notNull(),
})

const transactionView = (schema: Pick<typeof api, 'table'>, name: string) =>
  schema.table(name, { ...columnsOf(transactionFields), ...maskedColumns() })

/** The caller's transactions that are not deleted, with what is masked for the role. */
export const ownTransactions = transactionView(ownViews, 'own_transactions')

/** The transactions of all users, deleted ones too; granted to admins. */
export const allTransactions = transactionView(api, 'all_transactions')

export type TransactionView = typeof ownTransactions

/** The columns of a new row that callers may set: Drizzle names every column in an insert. */
const insertView = (name: string) => {
  // The face value is generated from the minor units.
  const { amount: _, ...columns } = insertColumnsOf(transactionFields)
  return api.table(name, {
    ...columns,
    import_id: uuid('import_id'),
    amount_minor: amountMinor().notNull(),
  })
}

export const insertableOwnTransactions = insertView('own_transaction_input')
export const insertableTransactions = insertView('transaction_input')
