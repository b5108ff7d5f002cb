import type { AmountRow, Sign } from './amount-row.ts'
import { invalidField } from '../errors.ts'

export interface DirectionOptions {
  positive?: 'income' | 'expense' | undefined
  /** Name of the column of directions. */
  typeColumn?: string | undefined
  /** Whether the caller mapped that column. */
  isTypeMapped: boolean
  isFeeMapped: boolean
  /** Balance before the first row, where the file says it. */
  opening?: bigint | undefined
  /** Who writes files with this header, in which expenses have no minus. */
  knownPositive?: string | undefined
  /** Whether the names of the columns are understood. */
  isHeaderKnown: boolean
  /** Whether the header has columns that only cards have. */
  isCard: boolean
}

/** What is wrong with the direction of a row. */
export interface RowIssue {
  column: 'type' | 'amount'
  message: string
}

export interface Directions {
  /** The sign, or what is wrong with the row. */
  signOf: (row: AmountRow) => Sign | RowIssue
  hasFees: boolean
  positive: 'income' | 'expense'
  reason: string
  remarks: string[]
  /** Whether the differences of balances tell the direction of each row. */
  isByBalance?: true
}

export const askPositive = (message: string) =>
  invalidField(
    'positive',
    `${message} Pass positive=income if an amount without a minus is money received, or positive=expense if it is money spent.`,
  )
