import { invalidField } from '../errors.ts'
import { directionsByBalance, proveByBalance, type BalanceRow, type Proof } from './balance.ts'
import { readWords, type WordReading } from './direction-words.ts'
import { suspectCard } from './card-signs.ts'

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

export interface Directions {
  /** The sign, or what is wrong with the row. */
  signOf: (row: AmountRow) => Sign | string
  hasFees: boolean
  positive: 'income' | 'expense'
  reason: string
  remarks: string[]
}

const MANY = 10

const signed = (row: AmountRow, sign: Sign) => (sign === 1 ? row.size : -row.size)
const asBalanceRow = (row: AmountRow, sign: Sign): BalanceRow => ({
  line: row.line,
  amount: signed(row, sign),
  fee: row.fee,
  balance: row.balance,
  group: row.group,
  time: row.time,
})

/** Signs as the file writes them: by its column, its mark or its minus. */
function writtenSigns(rows: readonly AmountRow[]): (row: AmountRow) => Sign {
  const mostlyNegative = (side: 'debit' | 'credit') => {
    const own = rows.filter((row) => row.side === side)
    return own.filter(({ isNegative }) => isNegative).length * 2 > own.length
  }
  const usual = { debit: mostlyNegative('debit'), credit: mostlyNegative('credit') }
  // Where only a plus is ever written, it is what tells money received.
  const hasPlus = rows.some(({ plus }) => plus) && rows.every(({ isNegative }) => !isNegative)
  const isPlusOnly = hasPlus && rows.some(({ plus }) => !plus)
  return ({ side, mark, isNegative, plus }) => {
    if (isPlusOnly && !side && !mark) return plus ? 1 : -1
    if (side) {
      const base: Sign = side === 'credit' ? 1 : -1
      // A debit with the other sign than the rest is a reversal.
      return isNegative === usual[side] ? base : base === 1 ? -1 : 1
    }
    if (mark) return (mark === 'in') === isNegative ? -1 : 1
    return isNegative ? -1 : 1
  }
}

const isProven = (proof: Proof | undefined): proof is Proof =>
  proof !== undefined && proof.matched === proof.total

/** A balance that follows half of the rows and not the others says that something is missing or wrong. */
function refuseContradiction(proof: Proof | undefined): void {
  if (!proof?.contradiction || proof.matched * 3 < proof.total) return
  const [before, after] = proof.contradiction
  throw invalidField(
    'mapping',
    `The balance on line ${after} does not follow from the one on line ${before} and the amounts between them: a row is missing, changed or out of order. Check these lines, or pass mapping=balance:- to ignore the balance.`,
  )
}

function feesOf(rows: readonly AmountRow[], proof: Proof | undefined, isMapped: boolean): boolean {
  const first = rows.find(({ fee }) => fee !== 0n)
  if (!first || isMapped) return first !== undefined
  if (isProven(proof) && rows.some(({ fee, balance }) => fee !== 0n && balance !== undefined)) {
    return proof.hasFees
  }
  throw invalidField(
    'mapping',
    `The file has fees in a column of their own (line ${first.line}), and no balance says whether the amounts include them. Map the column, as in mapping=fee:Fee, to subtract them, or pass mapping=fee:- if they are included.`,
  )
}

const askPositive = (message: string) =>
  invalidField(
    'positive',
    `${message} Pass positive=income if an amount without a minus is money received, or positive=expense if it is money spent.`,
  )

function unsignedByBalance(
  rows: readonly AmountRow[],
  { opening, positive }: DirectionOptions,
): Directions | undefined {
  const known = directionsByBalance(
    rows.map((row) => asBalanceRow(row, 1)),
    opening,
  )
  if (!known) return undefined
  const byWord = new Map<string, Set<Sign>>()
  for (const { line, word } of rows) {
    const sign = known.get(line)
    if (word && sign) byWord.set(word, (byWord.get(word) ?? new Set()).add(sign))
  }
  for (const { line, word } of rows) {
    const same = word === undefined ? undefined : byWord.get(word)
    if (!known.has(line) && same?.size === 1) known.set(line, [...same][0]!)
    if (known.has(line)) continue
    if (positive) known.set(line, positive === 'income' ? 1 : -1)
    else {
      throw askPositive(
        `The balance tells the direction of the other rows, and there is none before line ${line}.`,
      )
    }
  }
  return {
    signOf: ({ line }) => known.get(line)!,
    hasFees: false,
    positive: positive ?? 'income',
    reason: 'The differences of the balances tell the direction of each row.',
    remarks: [],
  }
}

function byWords(
  words: WordReading,
  rows: readonly AmountRow[],
  options: DirectionOptions,
): Directions {
  // A sign that all amounts have, whatever their direction, says nothing.
  const negative = rows.filter(({ isNegative }) => isNegative).length
  const hasSigns =
    negative > 0 && (negative < rows.length || rows.every(({ word }) => words.signOf(word) !== 1))
  const signOf = (row: AmountRow): Sign | string => {
    const sign = words.signOf(row.word)
    if (sign === undefined) {
      return row.word?.trim()
        ? `Unknown direction "${row.word.slice(0, 40)}". Use words such as income and expense, debit and credit.`
        : 'The direction is missing.'
    }
    if (hasSigns && row.isNegative !== (sign === -1)) {
      return `The amount ${row.isNegative ? 'has a minus' : 'has no minus'}, and "${row.word}" says the opposite. Correct one of them, or pass mapping=type:- to go by the sign.`
    }
    return sign
  }
  return {
    signOf,
    hasFees: false,
    positive: 'income',
    reason: `The words in "${options.typeColumn}" tell the direction.`,
    remarks: [],
  }
}

/** A column with a sign, or a file whose amounts are all positive. */
function bySign(
  rows: readonly AmountRow[],
  proof: Proof | undefined,
  options: DirectionOptions,
): Directions {
  const written = writtenSigns(rows)
  const hasSides = rows.some(({ side, mark }) => side !== undefined || mark !== undefined)
  const flipped = (isFlipped: boolean, reason: string, remarks: string[] = []): Directions => ({
    signOf: (row) => (isFlipped ? (written(row) === 1 ? -1 : 1) : written(row)),
    hasFees: false,
    positive: isFlipped ? 'expense' : 'income',
    reason,
    remarks,
  })
  if (hasSides) {
    const isFlipped = isProven(proof) && proof.sign === -1
    return flipped(
      isFlipped,
      isFlipped
        ? 'The balance shows that the column of debits is money received.'
        : 'Each amount is in the column of its direction.',
    )
  }
  if (options.positive) return flipped(options.positive === 'expense', 'As requested.')
  if (rows.some(({ plus }) => plus) && rows.every(({ isNegative }) => !isNegative)) {
    return flipped(false, 'An amount with a plus is income.')
  }
  const positive = rows.filter(({ isNegative }) => !isNegative)
  if (options.knownPositive !== undefined && !(isProven(proof) && proof.sign === 1)) {
    return flipped(true, `${options.knownPositive} writes expenses without a minus.`)
  }
  const suspicion = suspectCard(rows, options.isCard)
  if (isProven(proof) && !(suspicion && proof.sign === 1)) {
    return flipped(proof.sign === -1, 'The balance proves the signs.')
  }
  if (suspicion) throw askPositive(suspicion)
  if (rows.length >= MANY && positive.length > rows.length * 0.8) {
    throw askPositive(
      `${positive.length} of ${rows.length} amounts have no minus, and neither a column nor a balance tells their direction.`,
    )
  }
  if (!options.isHeaderKnown && rows.length > 0 && positive.length === rows.length) {
    throw invalidField(
      'mapping',
      'No amount has a minus, and the names of the columns are not known, so one of them may tell the direction. Map it, as in mapping=type:Header or mapping=debit:Header,credit:Header, or pass positive=income or positive=expense.',
    )
  }
  const isOneSided = rows.length > 0 && (positive.length === rows.length || positive.length === 0)
  const remarks = isOneSided
    ? [
        positive.length === 0
          ? 'All amounts have a minus, so all rows are expenses.'
          : 'No amount has a minus, so all rows are income. Pass positive=expense if they are purchases.',
      ]
    : []
  return flipped(false, 'An amount with a minus is an expense.', remarks)
}

function decide(
  rows: readonly AmountRow[],
  proof: Proof | undefined,
  options: DirectionOptions,
): Directions {
  const hasSides = rows.some(({ side, mark }) => side !== undefined || mark !== undefined)
  const words =
    options.typeColumn === undefined || hasSides ? undefined : readWords(rows, options.isTypeMapped)
  if (words?.kind === 'strict') return byWords(words, rows, options)
  const isUnsigned = !hasSides && rows.length > 0 && rows.every(({ isNegative }) => !isNegative)
  const hasPlus = isUnsigned && rows.some(({ plus }) => plus)
  if (isUnsigned && !hasPlus) {
    const known = unsignedByBalance(rows, options)
    if (known) return known
    if (words && !options.positive) {
      throw invalidField(
        'mapping',
        `The amounts have no sign, and ${words.doubt} in "${options.typeColumn}" is not certain to be a direction. Pass mapping=type:${options.typeColumn} if this column tells the direction, or mapping=type:- with positive=income or positive=expense.`,
      )
    }
  }
  return bySign(rows, proof, options)
}

/** Decides which way the money of each row went. @throws AppError with a question where nothing tells */
export function decideDirections(
  rows: readonly AmountRow[],
  options: DirectionOptions,
): Directions {
  const written = writtenSigns(rows)
  const words = options.typeColumn === undefined ? undefined : readWords(rows, options.isTypeMapped)
  const signs = (row: AmountRow) =>
    (words?.kind === 'strict' ? words.signOf(row.word) : undefined) ?? written(row)
  const proof = proveByBalance(
    rows.map((row) => asBalanceRow(row, signs(row))),
    options.opening,
  )
  const decided = decide(rows, proof, options)
  const isByBalance = decided.reason.startsWith('The differences')
  if (!isByBalance) refuseContradiction(proof)
  const remarks = [...decided.remarks]
  if (proof && !isProven(proof) && !isByBalance) {
    remarks.push('The balances do not follow from the amounts, so they prove nothing.')
  }
  return { ...decided, remarks, hasFees: feesOf(rows, proof, options.isFeeMapped) }
}
