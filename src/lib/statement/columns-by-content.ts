import { invalidField } from '../errors.ts'
import type { Columns, StatementField } from './fields.ts'
import type { Table } from './locate-table.ts'
import { isBlank, looksLikeDate, looksLikeMoney } from './shapes.ts'

interface Shape {
  index: number
  filled: number
  dates: number
  money: number
  decimals: number
}

/** A column of nothing but one kind of value, but for one in five. */
const mostly = (count: number, { filled }: Shape) => filled > 0 && count >= filled * 0.8

function shapesOf({ sample, header }: Table): Shape[] {
  const rows = sample.filter(({ fields }) => fields.some(looksLikeDate))
  const width = Math.max(0, header?.length ?? 0, ...rows.map(({ fields }) => fields.length))
  return Array.from({ length: width }, (_, index) => {
    const cells = rows
      .map(({ fields }) => fields[index])
      .filter((cell) => !isBlank(cell)) as string[]
    const count = (test: (cell: string) => boolean) => cells.filter(test).length
    return {
      index,
      filled: cells.length,
      dates: count(looksLikeDate),
      money: count(looksLikeMoney),
      decimals: count((cell) => /[.,]\d{2}\D*$|^\D*[.,]\d{2}$/.test(cell.trim())),
    }
  })
}

const label = ({ header }: Table, index: number) =>
  header?.[index] ? `"${header[index].slice(0, 64)}"` : `column ${index + 1}`

/** Digits with a sign, to compare columns before their decimal mark is known. */
function cents(text: string | undefined): bigint | undefined {
  const digits = (text ?? '').replace(/[^\d-]/g, '')
  if (!/^-?\d+-?$/.test(digits)) return undefined
  return BigInt(digits.replaceAll('-', '')) * (digits.includes('-') ? -1n : 1n)
}

/** Whether one of two columns is the running balance of the other. */
function isBalanceOf({ sample }: Table, amount: number, balance: number): boolean {
  const rows = sample.map(({ fields }) => [cents(fields[amount]), cents(fields[balance])] as const)
  let checked = 0
  let down = 0
  let up = 0
  for (let at = 1; at < rows.length; at++) {
    const [one, other] = [rows[at - 1]!, rows[at]!]
    if ([...one, ...other].includes(undefined)) continue
    checked++
    const moved = other[1]! - one[1]!
    if (moved === other[0] || moved === -other[0]!) down++
    if (moved === -one[0]! || moved === one[0]) up++
  }
  return checked > 0 && Math.max(down, up) >= checked * 0.8
}

/** Three columns of money: debits, credits and the balance that tells them apart. */
function sidesByBalance(table: Table, columns: Columns, money: readonly Shape[]): boolean {
  const rows = table.sample.map(({ fields }) => fields)
  for (const balance of money) {
    const [one, other] = money.filter((shape) => shape !== balance)
    const isExclusive = rows.every(
      (fields) => isBlank(fields[one!.index]) || isBlank(fields[other!.index]),
    )
    if (!isExclusive || balance.filled < one!.filled + other!.filled) continue
    for (const [debit, credit] of [
      [one!, other!],
      [other!, one!],
    ] as const) {
      const proof = proveSides(table, debit.index, credit.index, balance.index)
      if (!proof) continue
      columns.debit = debit.index
      columns.credit = credit.index
      columns.balance ??= balance.index
      return true
    }
  }
  return false
}

function proveSides({ sample }: Table, debit: number, credit: number, balance: number): boolean {
  const rows = sample.map(({ fields }) => ({
    moved: (cents(fields[credit]) ?? 0n) - (cents(fields[debit]) ?? 0n),
    balance: cents(fields[balance]),
  }))
  const follows = (ordered: typeof rows) =>
    ordered.every((row, index) => {
      const before = ordered[index - 1]?.balance
      return before === undefined || row.balance === undefined || before + row.moved === row.balance
    })
  return rows.length > 1 && (follows(rows) || follows(rows.toReversed()))
}

function amountByContent(table: Table, columns: Columns, money: readonly Shape[]): void {
  const [first, second] = money
  if (!first) return
  if (!second) {
    columns.amount = first.index
    return
  }
  for (const [amount, balance] of [
    [first, second],
    [second, first],
  ] as const) {
    if (money.length === 2 && isBalanceOf(table, amount.index, balance.index)) {
      columns.amount = amount.index
      columns.balance ??= balance.index
      return
    }
  }
  if (money.length === 3 && sidesByBalance(table, columns, money)) return
  const names = money
    .slice(0, 6)
    .map(({ index }) => label(table, index))
    .join(', ')
  throw invalidField(
    'mapping',
    `Several columns can be the amount: ${names}. Choose one, such as mapping=amount:${table.header?.[first.index] || first.index + 1}, or two as mapping=debit:…,credit:….`,
  )
}

/**
 * Fills in what the header does not say from what the columns contain: the date, the amount and, where
 * there is no header, the texts.
 */
export function columnsByContent(
  table: Table,
  columns: Columns,
  wanted: (field: StatementField) => boolean,
  reasons: Record<string, string>,
): void {
  const hasAmount = [columns.amount, columns.debit, columns.credit].some(
    (index) => index !== undefined,
  )
  if (columns.date !== undefined && hasAmount && table.header) return
  const used = new Set(Object.values(columns).flat())
  const shapes = shapesOf(table).filter(({ index }) => !used.has(index))
  const dates = shapes.filter((shape) => mostly(shape.dates, shape))
  if (columns.date === undefined && wanted('date') && dates[0]) {
    columns.date = dates[0].index
    columns.otherDates = dates.slice(1).map(({ index }) => index)
    reasons['date'] = `${label(table, dates[0].index)} holds dates.`
  }
  const numbers = shapes.filter(
    (shape) => mostly(shape.money, shape) && !mostly(shape.dates, shape),
  )
  const decimal = numbers.filter(({ decimals }) => decimals > 0)
  const money = decimal.length > 0 ? decimal : numbers
  if (!hasAmount && wanted('amount')) {
    amountByContent(table, columns, money)
    if (columns.amount !== undefined)
      reasons['amount'] = `${label(table, columns.amount)} holds amounts.`
  }
  if (table.header || !wanted('notes') || columns.notes.length > 0) return
  const now = new Set(Object.values(columns).flat())
  columns.notes = shapes
    .filter(
      (shape) =>
        !now.has(shape.index) &&
        shape.filled > 0 &&
        !dates.includes(shape) &&
        !numbers.includes(shape),
    )
    .map(({ index }) => index)
}
