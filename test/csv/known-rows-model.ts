import fc from 'fast-check'

/* Statements in which equal rows occur, files with some of their rows, and how many a user then has. */

export interface StatementRow {
  date: string
  amount: string
  text: string
  account: string
  externalId: string
}

/** How a file says which account a row belongs to: by a column, by `source` of the call, not at all. */
export type AccountFrom = 'column' | 'source' | 'nothing'

export interface Statement {
  accountFrom: AccountFrom
  withIds: boolean
  rows: StatementRow[]
}

const accounts = ['DE02120300000000202051', 'DE02500105170137075030']
export const dates = ['2026-03-13', '2026-03-14', '2026-03-15']
const amounts = ['-3.50', '-4.50', '12.00']

export const statements: fc.Arbitrary<Statement> = fc
  .record({
    accountFrom: fc.constantFrom<AccountFrom>('column', 'source', 'nothing'),
    withIds: fc.boolean(),
    rows: fc.array(
      fc.record({
        date: fc.constantFrom(...dates),
        amount: fc.constantFrom(...amounts),
        text: fc.constantFrom('Coffee at A', 'Bakery B'),
        account: fc.constantFrom(...accounts),
      }),
      { minLength: 1, maxLength: 14 },
    ),
  })
  .map(({ rows, ...rest }) => ({
    ...rest,
    rows: rows.map((row, n) => ({ ...row, externalId: rest.withIds ? `T-${n}` : '' })),
  }))

/** Which rows of a statement a file has, and in which order. */
export interface Piece {
  from: number
  length: number
  order: 'same' | 'reversed' | 'shuffled'
  shuffle: number
}

export const pieces: fc.Arbitrary<Piece> = fc.record({
  from: fc.nat(13),
  length: fc.integer({ min: 1, max: 14 }),
  order: fc.constantFrom('same', 'reversed', 'shuffled'),
  shuffle: fc.nat(),
})

export const whole: Piece = { from: 0, length: 14, order: 'same', shuffle: 0 }

export function rowsOf({ rows }: Statement, { from, length, order, shuffle }: Piece) {
  const start = from % rows.length
  const chosen = rows.slice(start, start + length)
  if (order === 'reversed') return chosen.toReversed()
  return order === 'same' ? chosen : shuffled(chosen, shuffle)
}

export const shuffled = <Item>(items: readonly Item[], by: number): Item[] =>
  items
    .map((item, n) => ({ item, at: Math.sin(by + n * 7919) }))
    .toSorted((one, other) => one.at - other.at)
    .map(({ item }) => item)

/** What makes rows equal. */
export const keyOf = (row: StatementRow, { accountFrom }: Statement) =>
  [
    row.date,
    row.amount,
    row.text,
    accountFrom === 'nothing' ? '' : row.account,
    row.externalId,
  ].join()

export interface Call {
  file: string
  query: string
  rows: StatementRow[]
}

/** The calls that bring rows: one for each account where the call names it. */
export function callsFor(statement: Statement, rows: readonly StatementRow[]): Call[] {
  const groups =
    statement.accountFrom === 'source'
      ? accounts.map((account) => rows.filter((row) => row.account === account))
      : [[...rows]]
  return groups.filter(({ length }) => length > 0).map((group) => callFor(statement, group))
}

function callFor({ accountFrom, withIds }: Statement, rows: StatementRow[]): Call {
  const columns = [
    ['Date', 'date:Date', 'date'],
    ['Amount', 'amount:Amount', 'amount'],
    ['Description', 'notes:Description', 'text'],
    ...(accountFrom === 'column' ? [['Account', 'account:Account', 'account'] as const] : []),
    ...(withIds ? [['Transaction ID', 'external_id:Transaction ID', 'externalId'] as const] : []),
  ] as const
  const lines = rows.map((row) => columns.map(([, , field]) => row[field]).join())
  const query = new URLSearchParams({
    ...{ currency: 'EUR', category: 'Bank' },
    ...{ date_format: 'YYYY-MM-DD', decimal: '.', positive: 'income' },
    mapping: columns.map(([, mapping]) => mapping).join(),
    ...(accountFrom === 'source' && { source: rows[0]!.account }),
  })
  return {
    file: `${columns.map(([header]) => header).join()}\n${lines.join('\n')}\n`,
    query: query.toString(),
    rows,
  }
}

/** How many of each row a user has brought. Edits and deletions of the records change nothing. */
export class KnownRows {
  readonly #counts = new Map<string, number>()

  /** Notes the rows of one file, and returns how many of them are new. */
  add(statement: Statement, rows: readonly StatementRow[], createAll: boolean): number {
    const before = this.#total()
    const inFile = Map.groupBy(rows, (row) => keyOf(row, statement))
    for (const [key, { length }] of inFile) {
      const known = this.#counts.get(key) ?? 0
      // An external id stays unique, whatever the call says.
      const all = createAll && !statement.withIds
      this.#counts.set(key, all ? known + length : Math.max(known, length))
    }
    return this.#total() - before
  }

  readonly #total = () => [...this.#counts.values()].reduce((sum, count) => sum + count, 0)
}
