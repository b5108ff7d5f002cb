import { csvRecord, neutralise } from '../../lib/csv/records.ts'
import { EXPORT_COLUMNS, TRAILER_MARK } from '../csv-columns.ts'
import type { TransactionType } from '../../db/enums.ts'
import type { Transaction } from '../transactions.repository.ts'
import { totalsResponse } from '../../http/totals.schema.ts'
import { transactionResponse } from '../transactions.schema.ts'

/** Turns rows into the text of a file, piece by piece. */
export interface Writer {
  begin(): string
  rows(rows: Transaction[]): string
  end(): string
}

type Sums = Record<TransactionType, bigint> & { count: number }

/** Adds up what was written, for the last line. */
function createTally() {
  const sums = new Map<string, Sums>()
  return {
    add({ currency, type, amount_minor: amount }: Transaction) {
      const sum = sums.get(currency) ?? { income: 0n, expense: 0n, count: 0 }
      sums.set(currency, sum)
      sum[type] += amount ?? 0n
      sum.count++
    },
    count: () => [...sums.values()].reduce((all, { count }) => all + count, 0),
    totals: () =>
      [...sums]
        .toSorted(([a, one], [b, other]) => other.count - one.count || (a < b ? -1 : 1))
        .map(([currency, { income, expense, count }]) =>
          totalsResponse({ currency, income, expenses: expense, count }),
        ),
  }
}

function csvFields(row: Transaction, columns: readonly string[]): string[] {
  const { masked: _, ...fields } = transactionResponse(row)
  const values: Record<string, string | number | null> = fields
  return columns.map((name) => neutralise(String(values[name] ?? '')))
}

/**
 * With a trailer, the last record says how many there are: `#end,3` and empty fields. Columns of masked
 * fields are left out, so that no import takes an empty or shortened field for the real one.
 */
export function createCsvWriter(trailer: boolean, masked: readonly string[]): Writer {
  const tally = createTally()
  const columns = EXPORT_COLUMNS.filter((name) => !masked.includes(name))
  return {
    begin: () => csvRecord(columns),
    rows(rows) {
      rows.forEach(tally.add)
      return rows.map((row) => csvRecord(csvFields(row, columns))).join('')
    },
    end() {
      if (!trailer) return ''
      const rest = columns.slice(2).map(() => '')
      return csvRecord([TRAILER_MARK, String(tally.count()), ...rest])
    },
  }
}

/**
 * One object a line; the last one says that it is the last, how many there were and their totals, unless
 * amounts are masked.
 */
export function createNdjsonWriter(masked: readonly string[]): Writer {
  const tally = createTally()
  const totals = () => !masked.includes('amount') && { totals: tally.totals() }
  return {
    begin: () => '',
    rows(rows) {
      rows.forEach(tally.add)
      return rows.map((row) => `${JSON.stringify(transactionResponse(row))}\n`).join('')
    },
    end: () => `${JSON.stringify({ complete: true, count: tally.count(), ...totals() })}\n`,
  }
}
