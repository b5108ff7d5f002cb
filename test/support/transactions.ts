import type { Actor } from './actors.ts'

export interface TransactionBody {
  type: 'income' | 'expense'
  amount: string
  currency: string
  category: string
  date: string
  notes?: string | null
  user_id?: string
}

export const someTransaction: TransactionBody = {
  type: 'expense',
  amount: '84.30',
  currency: 'EUR',
  category: 'Groceries',
  date: '2026-03-14',
  notes: 'Weekly shopping',
}

/** Enters a transaction through the API and returns it. */
export async function enter(actor: Actor, body: Partial<TransactionBody> = {}) {
  const response = await actor.post('/v1/transactions', { ...someTransaction, ...body })
  if (response.status !== 201)
    throw new Error(`Create answered ${response.status}: ${response.text}`)
  return response.body
}
