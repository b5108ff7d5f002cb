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
      sum[type] += amount
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

function csvFields(row: Transaction): string[] {
  const values: Record<string, string | number | null> = transactionResponse(row)
  return EXPORT_COLUMNS.map((name) => neutralise(String(values[name] ?? '')))
}

/** With a trailer, the last record says how many there are: `#end,3` and empty fields. */
export function createCsvWriter(trailer: boolean): Writer {
  const tally = createTally()
  return {
    begin: () => csvRecord(EXPORT_COLUMNS),
    rows(rows) {
      rows.forEach(tally.add)
      return rows.map((row) => csvRecord(csvFields(row))).join('')
    },
    end() {
      if (!trailer) return ''
      const rest = EXPORT_COLUMNS.slice(2).map(() => '')
      return csvRecord([TRAILER_MARK, String(tally.count()), ...rest])
    },
  }
}

/** One object a line; the last one says that it is the last, how many there were and their totals. */
export function createNdjsonWriter(): Writer {
  const tally = createTally()
  return {
    begin: () => '',
    rows(rows) {
      rows.forEach(tally.add)
      return rows.map((row) => `${JSON.stringify(transactionResponse(row))}\n`).join('')
    },
    end: () =>
      `${JSON.stringify({ complete: true, count: tally.count(), totals: tally.totals() })}\n`,
  }
}
