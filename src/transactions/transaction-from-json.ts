import { rowFromJson } from '../db/record.ts'
import { minorToScaled } from '../lib/money/amounts.ts'
import type { Transaction } from './transactions.repository.ts'
import { ownTransactions } from './transactions.views.ts'

/** A transaction out of the JSON that the audit log and stored responses have of it. */
export function transactionFromJson(json: unknown): Transaction {
  const row = rowFromJson(ownTransactions, json)
  const { amount_minor: minor, currency } = row
  // As a number of JSON the face value may be larger than a double holds exactly.
  return {
    ...row,
    amount: minor === null ? null : minorToScaled(minor, currency),
    masked: row.masked ?? [],
  }
}
