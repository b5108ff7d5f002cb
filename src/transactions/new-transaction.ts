import { v7 as uuidv7 } from 'uuid'
import { can } from '../access/permissions.ts'
import type { Caller } from '../db/client.ts'
import type { TransactionType } from '../db/enums.ts'
import { AppError, invalidField } from '../lib/errors.ts'
import { amountIssueMessages, scaledToMinor } from '../lib/money/amounts.ts'
import type { NewTransaction } from './transactions.repository.ts'

/** What somebody wants to enter. */
export interface TransactionInput {
  userId?: string | undefined
  type: TransactionType
  amountScaled: bigint
  currency: string
  category: string
  date: string
  notes: string | null
  externalId?: string | null | undefined
  source?: string | null | undefined
}

/**
 * The row of a new transaction, with an id.
 * @throws AppError where it is for somebody else, or the currency has fewer digits than the amount
 */
export function newTransaction(caller: Caller, input: TransactionInput): NewTransaction {
  const { userId = caller.userId, amountScaled, ...rest } = input
  if (userId !== caller.userId && !can(caller.role, 'transactions:create_for_others')) {
    throw new AppError('forbidden', {
      detail: 'Your role can only create transactions for yourself.',
    })
  }
  const amountMinor = scaledToMinor(amountScaled, input.currency)
  if (typeof amountMinor === 'string') {
    throw invalidField('amount', amountIssueMessages[amountMinor])
  }
  return { ...rest, id: uuidv7(), userId, amountMinor }
}
