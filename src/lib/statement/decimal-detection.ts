import { cached, quoteCell, type Cell, type Question } from './cells.ts'
import { decimalMarks, readNumber, readStripped, stripNumber, type DecimalMark } from './numbers.ts'

export interface DetectedDecimal {
  decimal: DecimalMark
  reason: string
}

/** Which marks can be the decimal mark of a cell, and what it is then; equal values are one. */
interface Meaning {
  marks: readonly DecimalMark[]
  isAmbiguous: boolean
}

const names: Record<DecimalMark, string> = { '.': 'point', ',': 'comma' }

/** Digits without zeros that say nothing: "1.50" and "01.5" are the same. */
function shorten(digits: string): string {
  const [whole = '', fraction = ''] = digits.split('.')
  return `${whole.replace(/^0+/, '')}.${fraction.replace(/0+$/, '')}`
}

const NO_MARK = /^[^.,]*$/

function meaningOf(text: string, hasCents: boolean): Meaning | undefined {
  const affixes = stripNumber(text)
  if (!affixes) return undefined
  if (affixes.core === '') return { marks: decimalMarks, isAmbiguous: false }
  const point = readStripped(affixes, '.')
  const comma = readStripped(affixes, ',')
  if (!point || !comma) {
    if (!point && !comma) return undefined
    return { marks: [point ? '.' : ','], isAmbiguous: false }
  }
  if (NO_MARK.test(affixes.core) || shorten(point.digits) === shorten(comma.digits)) {
    return { marks: decimalMarks, isAmbiguous: false }
  }
  // What a currency without cents groups by is not its decimal mark.
  if (!hasCents) return { marks: [comma.digits.includes('.') ? '.' : ','], isAmbiguous: false }
  return { marks: decimalMarks, isAmbiguous: true }
}

function contradiction(cells: readonly Cell[]): Question {
  return {
    issue: `${cells.map(quoteCell).join(' and ')} have different decimal marks.`,
    options: [...decimalMarks],
    lines: cells.map(({ line }) => line),
  }
}

function ambiguity(cell: Cell): Question {
  const values = decimalMarks.map((mark) => {
    const number = readNumber(cell.text, mark)!
    return `${number.negative ? '-' : ''}${number.digits}, with a decimal ${names[mark]}`
  })
  return {
    issue: `${quoteCell(cell)} is ${values.join(', or ')}.`,
    options: [...decimalMarks],
    lines: [cell.line],
  }
}

function notNumbers(example: Cell | undefined): Question {
  return {
    issue: `Most amounts are not numbers${example ? `, such as ${quoteCell(example)}` : ''}.`,
    options: [],
    lines: example ? [example.line] : [],
  }
}

/**
 * Finds the decimal mark over all amounts of a file. Cells that are not numbers are ignored here and
 * reported with their rows; most cells must be numbers or empty. `hasCents` is whether the currency
 * has digits after the decimal mark.
 */
export function detectDecimal(cells: readonly Cell[], hasCents = true): DetectedDecimal | Question {
  const read = cached((text) => meaningOf(text, hasCents))
  const proofs: Partial<Record<DecimalMark, Cell>> = {}
  let unclear: Cell | undefined
  const unread: Cell[] = []
  for (const cell of cells) {
    const meaning = read(cell.text)
    if (!meaning) {
      unread.push(cell)
    } else if (meaning.marks.length === 1) proofs[meaning.marks[0]!] ??= cell
    else if (meaning.isAmbiguous) unclear ??= cell
  }
  if (unread.length * 2 > cells.length) return notNumbers(unread[0])
  const found = decimalMarks.flatMap((mark) => proofs[mark] ?? [])
  if (found.length > 1) return contradiction(found.toSorted((a, b) => a.line - b.line))
  const proven = decimalMarks.find((mark) => proofs[mark])
  if (proven) {
    const reason = `The decimal mark is a ${names[proven]}, as in ${quoteCell(found[0]!)}.`
    return { decimal: proven, reason }
  }
  if (unclear) return ambiguity(unclear)
  return { decimal: '.', reason: 'All amounts are whole numbers.' }
}
