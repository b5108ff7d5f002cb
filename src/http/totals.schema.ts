import { z } from '@hono/zod-openapi'
import { formatMinor } from '../lib/money/amounts.ts'
import type { CurrencyTotals } from '../lib/money/totals.ts'
import { currency, decimal } from './schemas.ts'

export const totalsSchema = z
  .object({
    currency,
    income: decimal,
    expenses: decimal,
    net: decimal,
    count: z.int().openapi({ description: 'Number of transactions.' }),
  })
  .openapi('CurrencyTotals', {
    example: { currency: 'EUR', income: '3200.00', expenses: '2145.30', net: '1054.70', count: 61 },
  })

export const totalsResponse = (row: CurrencyTotals) => ({
  currency: row.currency,
  income: formatMinor(row.income, row.currency),
  expenses: formatMinor(row.expenses, row.currency),
  net: formatMinor(row.income - row.expenses, row.currency),
  count: row.count,
})
