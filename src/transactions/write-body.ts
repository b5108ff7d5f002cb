import type { z } from '@hono/zod-openapi'
import type { TransactionChanges } from './transactions.repository.ts'
import type { newTransactionSchema, transactionPatchSchema } from './transactions.schema.ts'
import type { TransactionInput } from './new-transaction.ts'

/* The bodies of writes, as the service knows them. Empty notes are no notes. */

export function toInput(body: z.output<typeof newTransactionSchema>): TransactionInput {
  const { amount, user_id: userId, external_id: externalId, notes, ...rest } = body
  return { ...rest, amountScaled: amount, userId, externalId, notes: notes || null }
}

export function toPatch(body: z.output<typeof transactionPatchSchema>): TransactionChanges {
  const { amount, external_id: externalId, notes, ...rest } = body
  return {
    ...rest,
    ...(amount !== undefined && { amountScaled: amount }),
    ...(externalId !== undefined && { externalId }),
    ...(notes !== undefined && { notes: notes || null }),
  }
}
