import { invalidField } from '../errors.ts'
import type { AmountRow, Sign } from './amount-row.ts'
import { directionsByBalance, type BalanceRow, type Proof } from './balance.ts'
import { askPositive, type DirectionOptions, type Directions } from './direction-options.ts'

const signed = (row: AmountRow, sign: Sign) => (sign === 1 ? row.size : -row.size)

export const asBalanceRow = (row: AmountRow, sign: Sign): BalanceRow => ({
  line: row.line,
  amount: signed(row, sign),
  fee: row.fee,
  balance: row.balance,
  group: row.group,
  time: row.time,
})

export const isProven = (proof: Proof | undefined): proof is Proof =>
  proof !== undefined && proof.matched === proof.total

/** A balance that follows a third of the rows and not the others says that something is missing or wrong. */
export function refuseContradiction(proof: Proof | undefined): void {
  if (!proof?.contradiction || proof.matched * 3 < proof.total) return
  const [before, after] = proof.contradiction
  throw invalidField(
    'mapping',
    `The balance on line ${after} does not follow from the one on line ${before} and the amounts between them: a row is missing, changed or out of order. Check these lines, or pass mapping=balance:- to ignore the balance.`,
  )
}

/** Whether fees in a column of their own are to be subtracted. @throws AppError with a question where the balance does not say */
export function feesOf(
  rows: readonly AmountRow[],
  proof: Proof | undefined,
  isMapped: boolean,
): boolean {
  const first = rows.find(({ fee }) => fee !== 0n)
  if (!first || isMapped) return first !== undefined
  if (isProven(proof) && !proof.isFeeUnclear) return proof.hasFees
  throw invalidField(
    'mapping',
    `The file has fees in a column of their own (line ${first.line}), and no balance says whether the amounts include them. Map the column, as in mapping=fee:Fee, to subtract them, or pass mapping=fee:- if they are included.`,
  )
}

/** Words on rows whose direction is known tell that of others with the same word. */
function learnWords(rows: readonly AmountRow[], known: Map<number, Sign>): void {
  const byWord = new Map<string, Set<Sign>>()
  for (const { line, word } of rows) {
    const sign = known.get(line)
    if (word && sign) byWord.set(word, (byWord.get(word) ?? new Set()).add(sign))
  }
  for (const { line, word } of rows) {
    const [sign, ...others] = byWord.get(word ?? '') ?? []
    if (!known.has(line) && sign && others.length === 0) known.set(line, sign)
  }
}

/** Directions of amounts without any sign, by the differences of balances. */
export function unsignedByBalance(
  rows: readonly AmountRow[],
  { opening, positive }: DirectionOptions,
): Directions | undefined {
  const known = directionsByBalance(
    rows.map((row) => asBalanceRow(row, 1)),
    opening,
  )
  if (!known) return undefined
  learnWords(rows, known)
  for (const { line } of rows) {
    if (known.has(line)) continue
    if (!positive) {
      throw askPositive(
        `The balance tells the direction of the other rows, and there is none before line ${line}.`,
      )
    }
    known.set(line, positive === 'income' ? 1 : -1)
  }
  return {
    signOf: ({ line }) => known.get(line)!,
    hasFees: false,
    positive: positive ?? 'income',
    reason: 'The differences of the balances tell the direction of each row.',
    remarks: [],
    isByBalance: true,
  }
}
