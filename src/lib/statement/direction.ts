import { invalidField } from '../errors.ts'
import type { AmountRow, Sign } from './amount-row.ts'
import { proveByBalance, type Proof } from './balance.ts'
import {
  asBalanceRow,
  feesOf,
  isProven,
  refuseContradiction,
  unsignedByBalance,
} from './direction-by-balance.ts'
import { bySign, hasSides, writtenSigns } from './direction-by-sign.ts'
import type { DirectionOptions, Directions, RowIssue } from './direction-options.ts'
import { hasSigns, readWords, type WordReading } from './direction-words.ts'

/** What is wrong with a row whose word and sign do not agree, or undefined. */
function signIssue(row: AmountRow, sign: Sign, isSigned: boolean): RowIssue | undefined {
  const word = `"${row.word?.trim().slice(0, 40)}"`
  if (!isSigned && row.isNegative) {
    return {
      column: 'amount',
      message: `The amount has a minus beside ${word}, and other amounts have none. Remove the minus, or correct the type.`,
    }
  }
  if (!isSigned || row.isNegative === (sign === -1)) return undefined
  return {
    column: 'amount',
    message: `The amount has ${row.isNegative ? 'a' : 'no'} minus, and ${word} says the opposite. Correct one of them, or pass mapping=type:- to go by the sign.`,
  }
}

function byWords(
  words: WordReading,
  rows: readonly AmountRow[],
  options: DirectionOptions,
): Directions {
  const isEverywhere = rows.every(({ isNegative }) => isNegative)
  const isSigned = hasSigns(rows, ({ word }) => words.directionOf(word))
  const signOf = (row: AmountRow): Sign | RowIssue => {
    const direction = words.directionOf(row.word)
    if (direction !== undefined) {
      const sign = direction === 'in' ? 1 : -1
      // A minus that all amounts have, whatever their direction, says nothing.
      return (isEverywhere && !isSigned ? undefined : signIssue(row, sign, isSigned)) ?? sign
    }
    const message = row.word?.trim()
      ? `Unknown direction "${row.word.trim().slice(0, 40)}". Use words such as income and expense, or debit and credit.`
      : 'The direction is missing.'
    return { column: 'type', message }
  }
  return {
    signOf,
    hasFees: false,
    positive: 'income',
    reason: `The words in "${options.typeColumn}" tell the direction.`,
    remarks: [],
  }
}

/** Words that say the opposite of the balance are a question. */
function refuseTurnedWords(proof: Proof | undefined, column: string | undefined): void {
  if (!isProven(proof) || proof.sign === 1) return
  throw invalidField(
    'mapping',
    `The words in "${column}" say the opposite of the balance. Pass mapping=type:- to go by the balance, or mapping=balance:- to go by the words.`,
  )
}

function decide(
  rows: readonly AmountRow[],
  proof: Proof | undefined,
  words: WordReading | undefined,
  options: DirectionOptions,
): Directions {
  if (words?.kind === 'strict') {
    refuseTurnedWords(proof, options.typeColumn)
    return byWords(words, rows, options)
  }
  const isUnsigned = rows.every(({ isNegative, plus }) => !isNegative && !plus)
  if (hasSides(rows) || rows.length === 0 || !isUnsigned) return bySign(rows, proof, options)
  const known = unsignedByBalance(rows, options)
  if (known) return known
  if (words && !options.positive) {
    throw invalidField(
      'mapping',
      `The amounts have no sign, and ${words.doubt} in "${options.typeColumn}" is not certain to be a direction. Pass mapping=type:${options.typeColumn} if this column tells the direction, or mapping=type:- with positive=income or positive=expense.`,
    )
  }
  return bySign(rows, proof, options)
}

const signs = { in: 1, out: -1, unknown: undefined } as const

/** Decides which way the money of each row went. @throws AppError with a question where nothing tells */
export function decideDirections(
  rows: readonly AmountRow[],
  options: DirectionOptions,
): Directions {
  const written = writtenSigns(rows)
  const words =
    options.typeColumn === undefined || hasSides(rows)
      ? undefined
      : readWords(rows, options.isTypeMapped)
  const signOf = (row: AmountRow): Sign =>
    (words?.kind === 'strict' ? signs[words.directionOf(row.word) ?? 'unknown'] : undefined) ??
    written(row)
  const proof = proveByBalance(
    rows.map((row) => asBalanceRow(row, signOf(row))),
    options.opening,
  )
  const decided = decide(rows, proof, words, options)
  if (decided.isByBalance) return decided
  refuseContradiction(proof)
  const isUseless = proof !== undefined && !isProven(proof)
  const remarks = isUseless
    ? [...decided.remarks, 'The balances do not follow from the amounts, so they prove nothing.']
    : decided.remarks
  return { ...decided, remarks, hasFees: feesOf(rows, proof, options.isFeeMapped) }
}
