import { isCurrency } from '../money/currencies.ts'
import { plain } from './cells.ts'
import { currencySigns } from './words/currencies.ts'
import { entriesOf } from './words/table.ts'

export const decimalMarks = ['.', ','] as const
export type DecimalMark = (typeof decimalMarks)[number]

export interface ReadNumber {
  negative: boolean
  /** Digits with a point, as amounts are written here. */
  digits: string
  /** Whether the cell says "+", which some files use for what comes in. */
  plus?: true
  /** Where the cell names it without doubt: "€", "zł", "EUR", but not "$" or "kr". */
  currency?: string
  /** What "CR" or "DR" beside the number says; `negative` does not depend on it. */
  mark?: 'in' | 'out'
}

/** Longer texts are not numbers. */
const MAX_LENGTH = 100

/** "12,-" and "12.--": no cents. */
const NO_CENTS = '[.,](?:-{1,2}|[−–—])'
const BLANKS = "'’ʼ´` "

function patternOf(decimal: DecimalMark): RegExp {
  const [mark, other] = decimal === '.' ? [String.raw`\.`, ','] : [',', '.']
  const separator = `[${BLANKS}${other}]`
  // A group never begins with a lone zero: there are no thousands in "0,123".
  const thousands = String.raw`[1-9]\d{0,2}(?<separator>${separator})\d{3}(?:\k<separator>\d{3})*`
  const lakhs = decimal === '.' ? String.raw`|[1-9]\d?(?:,\d{2})+,\d{3}` : ''
  const whole = String.raw`(?<whole>${thousands}${lakhs}|\d+)`
  return new RegExp(String.raw`^${whole}?(?:${mark}(?<fraction>\d+)|(?<=\d)(?:${NO_CENTS})?)$`)
}

const patterns: Record<DecimalMark, RegExp> = { '.': patternOf('.'), ',': patternOf(',') }

const signs: ReadonlyMap<string, string> = new Map(
  [...entriesOf({ signs: currencySigns['signs']! })].map(({ name, word }) => [
    word.toLowerCase(),
    name,
  ]),
)

const marks: Record<string, 'in' | 'out'> = {
  cr: 'in',
  c: 'in',
  h: 'in',
  dr: 'out',
  db: 'out',
  d: 'out',
  s: 'out',
}

/** What is beside the digits. */
export interface Affixes {
  /** Digits with their marks; empty where the cell has none. */
  core: string
  sign?: string
  isBracketed?: true
  currency?: string
  mark?: 'in' | 'out'
}

/** The hyphen is last, since this is also part of a pattern. */
const SIGNS = '+−–—‐‑﹣-'
const WORD = String.raw`[^\d\s.,()'’ʼ´${'`'}+−–—‐‑﹣-]+(?:\.(?!\d))?`
const WORD_BEFORE = new RegExp(`^${WORD}`)
const WORD_BEHIND = new RegExp(`(?<=^|[\\d\\s)${SIGNS}])${WORD}$`)
/** "12,-" has no cents; "12-" is negative. */
const ENDS_WITHOUT_CENTS = new RegExp(`${NO_CENTS}$`)

/** Takes note of a word beside a number: a currency or a mark, each once. */
function note(word: string, affixes: Affixes): boolean {
  const name = word.toLowerCase()
  const letters = name.endsWith('.') ? name.slice(0, -1) : name
  const code = letters.toUpperCase()
  const currency = signs.get(name) ?? signs.get(letters) ?? (isCurrency(code) ? code : undefined)
  if (currency !== undefined) {
    if (affixes.currency !== undefined && affixes.currency !== currency) return false
    affixes.currency = currency
    return true
  }
  const mark = Object.hasOwn(marks, letters) ? marks[letters] : undefined
  if (mark === undefined || affixes.mark !== undefined) return false
  affixes.mark = mark
  return true
}

type Taken = 'taken' | 'absent' | 'refused'

function takeSign(affixes: Affixes): Taken {
  const { core } = affixes
  const isBefore = core !== '' && SIGNS.includes(core[0]!)
  const isBehind = core !== '' && SIGNS.includes(core.at(-1)!) && !ENDS_WITHOUT_CENTS.test(core)
  if (!isBefore && !isBehind) return 'absent'
  if (affixes.sign !== undefined) return 'refused'
  affixes.sign = isBefore ? core[0]! : core.at(-1)!
  affixes.core = (isBefore ? core.slice(1) : core.slice(0, -1)).trim()
  return 'taken'
}

function takeBrackets(affixes: Affixes): Taken {
  const { core } = affixes
  if (!core.startsWith('(') || !core.endsWith(')')) return 'absent'
  if (affixes.isBracketed) return 'refused'
  affixes.isBracketed = true
  affixes.core = core.slice(1, -1).trim()
  return 'taken'
}

function takeWord(affixes: Affixes): Taken {
  const { core } = affixes
  const word = (WORD_BEFORE.exec(core) ?? WORD_BEHIND.exec(core))?.[0]
  if (word === undefined) return 'absent'
  if (!note(word, affixes)) return 'refused'
  const rest = core.startsWith(word) ? core.slice(word.length) : core.slice(0, -word.length)
  affixes.core = rest.trim()
  return 'taken'
}

const DIGITS_ONLY = /^[\d.,]+$/

/** Takes signs, brackets, currencies and marks away; undefined where there is other text. */
export function stripNumber(text: string): Affixes | undefined {
  if (text.length > MAX_LENGTH) return undefined
  const affixes: Affixes = { core: plain(text) }
  while (!DIGITS_ONLY.test(affixes.core)) {
    let taken: Taken = takeSign(affixes)
    if (taken === 'absent') taken = takeBrackets(affixes)
    if (taken === 'absent') taken = takeWord(affixes)
    if (taken === 'refused') return undefined
    if (taken === 'absent') break
  }
  return affixes
}

/** Whether a cell of amounts is empty: blanks, a dash, perhaps with a currency. */
export function isEmptyAmount(text: string): boolean {
  if (text === '') return true
  const affixes = stripNumber(text)
  return affixes?.core === '' && affixes.mark === undefined
}

/** Reads what is left of a number without its affixes. */
export function readStripped(affixes: Affixes, decimal: DecimalMark): ReadNumber | undefined {
  const groups = patterns[decimal].exec(affixes.core)?.groups
  const { sign, isBracketed = false, currency, mark } = affixes
  if (!groups || (isBracketed && sign !== undefined)) return undefined
  const whole = groups['whole']?.replace(/\D/g, '') ?? '0'
  const fraction = groups['fraction']
  return {
    negative: isBracketed || (sign !== undefined && sign !== '+'),
    digits: fraction === undefined ? whole : `${whole}.${fraction}`,
    ...(sign === '+' && { plus: true as const }),
    ...(currency !== undefined && currency !== 'several' && { currency }),
    ...(mark && { mark }),
  }
}

/** Reads "-1,234.50 €" with a decimal point, or "1.234,50- EUR" with a decimal comma. */
export function readNumber(text: string, decimal: DecimalMark): ReadNumber | undefined {
  const affixes = stripNumber(text)
  return affixes && readStripped(affixes, decimal)
}
