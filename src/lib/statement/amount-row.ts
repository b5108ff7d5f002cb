export type Sign = 1 | -1

/** The money of one row, before it is known which way it went. Face values in ten-thousandths. */
export interface AmountRow {
  line: number
  size: bigint
  /** Written with a minus, in parentheses or the like. */
  isNegative: boolean
  /** Which of two columns it is in. */
  side?: 'debit' | 'credit' | undefined
  /** Written with a plus. */
  plus?: true | undefined
  /** Beside the number in the cell: DR or CR. */
  mark?: 'in' | 'out' | undefined
  /** What the column of directions says. */
  word?: string | undefined
  fee: bigint
  balance: bigint | undefined
  group: string
  time: string
  /** Who was paid and what for, to recognise payments to a card. */
  text: string
}
