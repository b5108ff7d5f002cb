import { equalColumns, type Named } from './named-columns.ts'
import type { Table } from './locate-table.ts'

const cents = (text: string | undefined) =>
  Number((text ?? '').replace(/[^\d-]/g, '') || Number.NaN)

/** The amount that the bank counts, where a fee stands between two: amount − fee = net. */
export function netOf(
  table: Table,
  amounts: readonly Named[],
  fee: Named | undefined,
): Named | undefined {
  if (!fee || amounts.length < 2) return undefined
  const isNet = (gross: Named, net: Named) =>
    table.sample.every(({ fields }) => {
      const [whole, less, rest] = [gross, fee, net].map(({ index }) => cents(fields[index]))
      return (
        Number.isNaN(whole) ||
        Number.isNaN(rest) ||
        whole! - Math.abs(Number.isNaN(less) ? 0 : less!) === rest
      )
    })
  return amounts.find((net) =>
    amounts.some(
      (gross) =>
        gross.index !== net.index &&
        !equalColumns(table, gross.index, net.index) &&
        isNet(gross, net),
    ),
  )
}
