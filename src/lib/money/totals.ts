/** What transactions of one currency add up to, in minor units. */
export interface CurrencyTotals {
  currency: string
  income: bigint
  expenses: bigint
  count: number
}
