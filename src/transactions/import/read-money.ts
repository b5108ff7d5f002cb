import { parseScaled, amountIssueMessages } from '../../lib/money/amounts.ts'
import { isCurrency } from '../../lib/money/currencies.ts'
import type { Columns } from '../../lib/statement/fields.ts'
import type { DecimalMark } from '../../lib/statement/numbers.ts'
import { readNumber } from '../../lib/statement/numbers.ts'
import { isBlank, withoutMark } from '../../lib/statement/shapes.ts'
import type { Writing } from './detect-writing.ts'
import type { FileRow } from './collect-rows.ts'
import { RowError } from './row-error.ts'

export interface Money {
  /** Face value in ten-thousandths. */
  size: bigint
  isNegative: boolean
  plus?: true | undefined
  mark?: 'in' | 'out' | undefined
  currency?: string | undefined
}

/** Reads a cell; undefined where it is blank. @throws RowError where it is not an amount */
export function readMoney(
  text: string,
  decimal: DecimalMark,
  column: 'amount' | 'debit' | 'credit' | 'fee' | 'balance',
): Money | undefined {
  if (isBlank(text)) return undefined
  const number = readNumber(withoutMark(text), decimal)
  if (!number) {
    throw new RowError(column, `Must be an amount with "${decimal}" as the decimal mark.`)
  }
  const size = parseScaled(number.digits)
  if (typeof size === 'string') throw new RowError(column, amountIssueMessages[size])
  const { negative: isNegative, plus, mark, currency } = number
  return {
    size,
    isNegative,
    plus,
    mark,
    currency: currency && isCurrency(currency) ? currency : undefined,
  }
}

export interface RowMoney extends Money {
  side?: 'debit' | 'credit' | undefined
  fee: bigint
  balance: bigint | undefined
}

/** Balances and fees help where they can be read; they never make a row invalid. */
function helper(text: string | undefined, decimal: DecimalMark, column: 'fee' | 'balance') {
  if (text === undefined) return undefined
  try {
    return readMoney(text, decimal, column)
  } catch (error) {
    if (error instanceof RowError) return undefined
    throw error
  }
}

/** The amount of a row from one column, or from those of debits and credits. */
function amountOf(
  cell: (index?: number) => string | undefined,
  columns: Columns,
  decimal: DecimalMark,
) {
  if (columns.amount !== undefined) {
    const money = readMoney(cell(columns.amount) ?? '', decimal, 'amount')
    return money && { ...money, side: undefined }
  }
  const debit = readMoney(cell(columns.debit) ?? '', decimal, 'debit')
  const credit = readMoney(cell(columns.credit) ?? '', decimal, 'credit')
  if (debit?.size && credit?.size) {
    throw new RowError(
      'amount',
      'There is an amount in both columns, debit and credit. Leave one of them empty.',
    )
  }
  if (debit && (debit.size !== 0n || !credit)) return { ...debit, side: 'debit' as const }
  return credit && { ...credit, side: 'credit' as const }
}

/** The money of a row; undefined where all its cells are blank. @throws RowError */
export function moneyOf(
  { cells }: FileRow,
  columns: Columns,
  { decimal, balanceDecimal }: Pick<Writing, 'decimal' | 'balanceDecimal'>,
): RowMoney | undefined {
  const cell = (index?: number) => (index === undefined ? undefined : cells[index])
  const amount = amountOf(cell, columns, decimal)
  if (!amount) return undefined
  const balance = helper(cell(columns.balance), balanceDecimal, 'balance')
  const isOwed = balance && (balance.mark ? balance.mark === 'out' : balance.isNegative)
  return {
    ...amount,
    fee: helper(cell(columns.fee), decimal, 'fee')?.size ?? 0n,
    balance: balance && (isOwed ? -balance.size : balance.size),
  }
}
