import { bigint, uuid } from 'drizzle-orm/pg-core'
import { api } from '../db/api-schema.ts'
import { columnsOf, insertColumnsOf } from '../db/record.ts'
import { transactionFields } from './transaction.fields.ts'

/** In the minor unit of the currency: cents, yen, fils. Sums are made of it. */
const amountMinor = () => bigint('amount_minor', { mode: 'bigint' }).notNull()

const transactionView = (name: string) =>
  api.table(name, { ...columnsOf(transactionFields), amount_minor: amountMinor() })

/** The caller's transactions that are not deleted. */
export const ownTransactions = transactionView('own_transactions')

/** The transactions of all users, deleted ones too; granted to admins. */
export const allTransactions = transactionView('all_transactions')

export type TransactionView = typeof ownTransactions

/** The columns of a new row that callers may set: Drizzle names every column in an insert. */
const insertView = (name: string) => {
  // The face value is generated from the minor units.
  const { amount: _, ...columns } = insertColumnsOf(transactionFields)
  return api.table(name, {
    ...columns,
    import_id: uuid('import_id'),
    amount_minor: amountMinor(),
  })
}

export const insertableOwnTransactions = insertView('own_transaction_input')
export const insertableTransactions = insertView('transaction_input')
