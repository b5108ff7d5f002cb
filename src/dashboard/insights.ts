import { changePercent, shares } from '../lib/money/percentages.ts'
import { net, type CategoryRow, type TotalsRow } from './figures.ts'

/* Insights per currency. Amounts are in minor units. */

export type Insight =
  | { kind: 'savings_rate'; currency: string; percent: string }
  | {
      kind: 'largest_expense_category'
      currency: string
      category: string
      amount: bigint
      share: string
    }
  | {
      kind: 'largest_increase' | 'largest_decrease'
      currency: string
      category: string
      amount: bigint
      previousAmount: bigint
      change: string | null
    }

const expensesOf = (rows: readonly CategoryRow[], currency: string) =>
  rows.filter((row) => row.currency === currency && row.type === 'expense')

function savingsRate(totals: TotalsRow): Insight[] {
  if (totals.income === 0n) return []
  // The unspent part of the income; negative if more was spent than earned.
  const percent = changePercent(totals.income, totals.income + net(totals))!
  return [{ kind: 'savings_rate', currency: totals.currency, percent }]
}

function largestExpense(expenses: readonly CategoryRow[]): Insight[] {
  const percents = shares(expenses.map(({ total }) => total))
  const [largest] = expenses
    .map((row, index) => ({ ...row, share: percents[index]! }))
    .toSorted((a, b) => Number(b.total - a.total))
  if (!largest) return []
  const { currency, category, total: amount, share } = largest
  return [{ kind: 'largest_expense_category', currency, category, amount, share }]
}

/** The expense categories with the largest increase and decrease, by amount. */
function largestChanges(
  currency: string,
  now: readonly CategoryRow[],
  before: readonly CategoryRow[],
): Insight[] {
  if (before.length === 0) return []
  const amountIn = (rows: readonly CategoryRow[], category: string) =>
    rows.find((row) => row.category === category)?.total ?? 0n
  const categories = [...new Set([...now, ...before].map(({ category }) => category))].toSorted()
  const changes = categories.map((category) => ({
    category,
    amount: amountIn(now, category),
    previousAmount: amountIn(before, category),
  }))
  const difference = (change: (typeof changes)[number]) => change.amount - change.previousAmount
  changes.sort((a, b) => Number(difference(b) - difference(a)))
  const rise = changes.at(0)
  const fall = changes.at(-1)
  const insight = (
    kind: 'largest_increase' | 'largest_decrease',
    change: typeof rise,
  ): Insight[] =>
    change
      ? [{ kind, currency, ...change, change: changePercent(change.previousAmount, change.amount) }]
      : []
  return [
    ...(rise && difference(rise) > 0n ? insight('largest_increase', rise) : []),
    ...(fall && difference(fall) < 0n ? insight('largest_decrease', fall) : []),
  ]
}

export function findInsights(
  totals: readonly TotalsRow[],
  categories: readonly CategoryRow[],
  previous: readonly CategoryRow[],
): Insight[] {
  return totals.flatMap((row) => {
    const now = expensesOf(categories, row.currency)
    const before = expensesOf(previous, row.currency)
    return [
      ...savingsRate(row),
      ...largestExpense(now),
      ...largestChanges(row.currency, now, before),
    ]
  })
}
