/** Totals of one currency, in minor units. */
export interface CurrencyTotals {
  currency: string
  income: bigint
  expenses: bigint
  count: number
}
