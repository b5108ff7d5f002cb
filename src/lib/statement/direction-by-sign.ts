import { invalidField } from '../errors.ts'
import type { AmountRow, Sign } from './amount-row.ts'
import type { Proof } from './balance.ts'
import { suspectCard } from './card-signs.ts'
import { isProven } from './direction-by-balance.ts'
import { askPositive, type DirectionOptions, type Directions } from './direction-options.ts'

/** From so many rows on, a file without money spent is rather one whose signs are turned. */
const MANY = 10
const MANY_SHARE = 0.8

/** What an amount without a mark is, where others have one: "12.50 CR" beside "12.50". */
function unmarkedSign(rows: readonly AmountRow[]): Sign | undefined {
  const marks = new Set(rows.map(({ mark }) => mark).filter((mark) => mark !== undefined))
  if (marks.size !== 1 || rows.some(({ isNegative }) => isNegative)) return undefined
  return marks.has('in') ? -1 : 1
}

/** Where only a plus is ever written, it is what tells money received. */
const isPlusOnly = (rows: readonly AmountRow[]) =>
  rows.some(({ plus }) => plus) &&
  rows.some(({ plus }) => !plus) &&
  rows.every(({ isNegative }) => !isNegative)

/** Signs as the file writes them: by the column, the mark, the minus or the plus of an amount. */
export function writtenSigns(rows: readonly AmountRow[]): (row: AmountRow) => Sign {
  const mostlyNegative = (side: 'debit' | 'credit') => {
    const own = rows.filter((row) => row.side === side)
    return own.filter(({ isNegative }) => isNegative).length * 2 > own.length
  }
  const usual = { debit: mostlyNegative('debit'), credit: mostlyNegative('credit') }
  const unmarked = unmarkedSign(rows)
  const hasPlus = isPlusOnly(rows)
  return ({ side, mark, isNegative, plus }) => {
    if (side) {
      const base: Sign = side === 'credit' ? 1 : -1
      // A debit with the other sign than the rest is a reversal.
      return isNegative === usual[side] ? base : base === 1 ? -1 : 1
    }
    if (mark) return (mark === 'in') === isNegative ? -1 : 1
    if (unmarked) return unmarked
    if (hasPlus) return plus ? 1 : -1
    return isNegative ? -1 : 1
  }
}

export const hasSides = (rows: readonly AmountRow[]) =>
  rows.some(({ side, mark }) => side !== undefined || mark !== undefined)

const oneSided = (positive: number, all: number): string[] => {
  if (all === 0 || (positive > 0 && positive < all)) return []
  return [
    positive === 0
      ? 'All amounts have a minus, so all rows are expenses.'
      : 'No amount has a minus, so all rows are income. Pass positive=expense if they are purchases.',
  ]
}

/** @throws AppError with a question where signs may be turned, and nothing proves them */
function refuseDoubt(rows: readonly AmountRow[], positive: number, isHeaderKnown: boolean): void {
  if (rows.length >= MANY && positive > rows.length * MANY_SHARE) {
    throw askPositive(
      `${positive} of ${rows.length} amounts have no minus, and neither a column nor a balance tells their direction.`,
    )
  }
  if (!isHeaderKnown && rows.length > 0 && positive === rows.length) {
    throw invalidField(
      'mapping',
      'No amount has a minus, and the names of the columns are not known, so one of them may tell the direction. Map it, as in mapping=type:Header or mapping=debit:Header,credit:Header, or pass positive=income or positive=expense.',
    )
  }
}

/** Directions by the signs of amounts, or by the column they are in. */
export function bySign(
  rows: readonly AmountRow[],
  proof: Proof | undefined,
  options: DirectionOptions,
): Directions {
  const written = writtenSigns(rows)
  const turned = (isTurned: boolean, reason: string, remarks: string[] = []): Directions => ({
    signOf: (row) => (isTurned ? (written(row) === 1 ? -1 : 1) : written(row)),
    hasFees: false,
    positive: isTurned ? 'expense' : 'income',
    reason,
    remarks,
  })
  if (hasSides(rows)) {
    return isProven(proof) && proof.sign === -1
      ? turned(true, 'The balance shows that debits are money received.')
      : turned(false, 'Each amount is in the column of its direction, or marked with it.')
  }
  if (options.positive) return turned(options.positive === 'expense', 'As requested.')
  if (isPlusOnly(rows)) return turned(false, 'An amount with a plus is income, and others are not.')
  if (options.knownPositive !== undefined && !(isProven(proof) && proof.sign === 1)) {
    return turned(true, `${options.knownPositive} writes expenses without a minus.`)
  }
  const positive = rows.filter(({ isNegative }) => !isNegative).length
  const suspicion = suspectCard(rows, options.isCard)
  if (isProven(proof) && !(suspicion && proof.sign === 1)) {
    return turned(proof.sign === -1, 'The balance proves the signs.')
  }
  if (suspicion) throw askPositive(suspicion)
  if (rows.every(({ plus, isNegative }) => isNegative || plus === true)) {
    return turned(false, 'Each amount has a sign.', oneSided(positive, rows.length))
  }
  refuseDoubt(rows, positive, options.isHeaderKnown)
  return turned(false, 'An amount with a minus is an expense.', oneSided(positive, rows.length))
}
