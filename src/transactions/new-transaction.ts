import { v7 as uuidv7 } from 'uuid'
import { can } from '../access/permissions.ts'
import type { Caller } from '../db/client.ts'
import type { NewRecord } from '../db/record.ts'
import { AppError, invalidField } from '../lib/errors.ts'
import { amountIssueMessages, scaledToMinor } from '../lib/money/amounts.ts'
import type { transactionFields } from './transaction.fields.ts'
import type { NewTransaction } from './transactions.repository.ts'

/** A transaction to be created. */
export type TransactionInput = NewRecord<typeof transactionFields>

/**
 * The row of a new transaction, with an id.
 * @throws AppError if it is for another user, or the currency has fewer digits than the amount
 */
export function newTransaction(caller: Caller, input: TransactionInput): NewTransaction {
  const { user_id = caller.userId, amount, currency } = input
  if (user_id !== caller.userId && !can(caller.role, 'transactions:create_for_others')) {
    throw new AppError('forbidden', {
      detail: 'Your role can only create transactions for yourself.',
    })
  }
  const minor = scaledToMinor(amount, currency)
  if (typeof minor === 'string') throw invalidField('amount', amountIssueMessages[minor])
  return { ...input, id: uuidv7(), user_id }
}
