import { isCurrency } from '../../money/currencies.ts'
import { currencySigns } from './currencies.ts'
import { fold, foldings } from './fold.ts'
import { de } from './headers/de.ts'
import { cs, hu, ja, pl, zh } from './headers/eastern.ts'
import { en } from './headers/en.ts'
import { da, fi, nb, nl, sv } from './headers/northern.ts'
import { es, fr, it, pt } from './headers/romance.ts'
import { entriesOf } from './table.ts'

/*
 * The words are in headers/, one line of `role: word | word` per role and language. A number behind
 * the role is the rank: `date 3` are dates that are there beside a booking date.
 */
const tables = { en, de, fr, es, it, nl, pt, pl, sv, da, nb, fi, cs, hu, ja, zh }

export const roles = [
  'date',
  'value_date',
  'amount',
  'debit',
  'credit',
  'amount_in',
  'amount_out',
  /** A column that says whether money came in or went out. */
  'direction',
  /** Kinds of transactions, which may be directions. */
  'type_text',
  'currency',
  'balance',
  'payee',
  'counter_account',
  'notes',
  'category',
  'external_id',
  'reference',
  'account',
  'fee',
  'status',
  'original_amount',
  'original_currency',
  'exchange_rate',
  'time',
  'number',
  'tax',
] as const

export type Role = (typeof roles)[number]

export interface HeaderRole {
  role: Role
  /** From 1 to 100: exact words above contained ones, booking dates above other dates. */
  strength: number
  /** The code of the currency that the header of an amount names. */
  currency?: string
  /** What the word means in other languages: "Valuta" is a date in German, a currency in Dutch. */
  others?: Role[]
}

const moneyRoles: ReadonlySet<Role> = new Set<Role>([
  'amount',
  'debit',
  'credit',
  'amount_in',
  'amount_out',
  'balance',
  'fee',
  'tax',
  'original_amount',
])

interface Meaning {
  role: Role | 'ignore'
  rank: number
}

function readTables(): ReadonlyMap<string, Meaning[]> {
  const words = new Map<string, Meaning[]>()
  for (const { name, word } of entriesOf(tables)) {
    const [role = '', rank = '1'] = name.split(' ')
    for (const folded of foldings(word).filter((form) => form !== '')) {
      const meanings = words.get(folded) ?? []
      if (!meanings.some((meaning) => meaning.role === role)) {
        meanings.push({ role: role as Meaning['role'], rank: Number(rank) })
        words.set(folded, meanings)
      }
    }
  }
  for (const meanings of words.values()) meanings.sort((a, b) => a.rank - b.rank)
  return words
}

let known: ReadonlyMap<string, Meaning[]> | undefined
const words = () => (known ??= readTables())

const signs: ReadonlyMap<string, string> = new Map(
  [...entriesOf(currencySigns)].map(({ name, word }) => [word.toLowerCase(), name]),
)

const MAX_LENGTH = 100
const TOKEN = /[^\s()[\]{},:;_-]+/g
const prepositions = new Set(['in', 'i', 'en', 'w', 'em', 'v', 'di', 'of'])

/** Words such as "top" are codes only where the whole name is in small letters: "amount_usd". */
function currencyOf(token: string, isLower: boolean): string | undefined {
  if (token.length === 1 && !/\p{Sc}/u.test(token)) return undefined
  const code = isLower ? token.toUpperCase() : token
  return signs.get(token.toLowerCase()) ?? (isCurrency(code) ? code : undefined)
}

/** Takes the currency out of "Betrag (EUR)", "Kwota [PLN]", "£ Amount" and "Betrag in Euro". */
function withoutCurrency(name: string): { rest: string; currency?: string } {
  const short = name.slice(0, MAX_LENGTH)
  const tokens = short.replace(/[€£₹]/g, ' $& ').match(TOKEN) ?? []
  const isLower = short === short.toLowerCase()
  const found = tokens.map((token) => currencyOf(token, isLower))
  const rest = tokens.filter((token, index) => {
    // In brackets the currency stands alone: "Paid In (RON)".
    const isPreposition =
      prepositions.has(token.toLowerCase()) && found[index + 1] !== undefined && !/[([]/.test(name)
    return found[index] === undefined && !isPreposition
  })
  const currency = found.find((code) => code !== undefined && code !== 'several')
  return { rest: rest.join(' '), ...(currency !== undefined && { currency }) }
}

const EXACT = 100
const BEGINNING = 60
const CONTAINED = 40
const RANK = 10
/** Shorter words are too common in other names. */
const MIN_CONTAINED = 4
/** Within a longer name these say little: "Credit limit", "Debit card number", "Total fees". */
const exactOnly: ReadonlySet<string> = new Set<Role>([
  'debit',
  'credit',
  'amount_in',
  'amount_out',
  'direction',
  'number',
  'time',
  'tax',
  'fee',
  'status',
])

function roleOf(meanings: readonly Meaning[], strength: number): HeaderRole | undefined {
  const [first, ...rest] = meanings
  if (!first || first.role === 'ignore') return undefined
  const others = rest.flatMap(({ role }) => (role === 'ignore' ? [] : [role]))
  return {
    role: first.role,
    strength: strength - RANK * (first.rank - 1),
    ...(others.length > 0 && { others }),
  }
}

/** Weak words for persons are prepositions: "From", "To". */
const isExactOnly = ({ role, rank }: Meaning) =>
  exactOnly.has(role) || (role === 'payee' && rank > 2)

/** The longest known words within a name, the first of them. */
function contained(folded: string): HeaderRole | undefined {
  const parts = folded.split(' ')
  for (let length = parts.length - 1; length > 0; length -= 1) {
    for (let start = 0; start + length <= parts.length; start += 1) {
      const part = parts.slice(start, start + length).join(' ')
      const meanings = part.length >= MIN_CONTAINED ? words().get(part) : undefined
      if (meanings && (length > 1 || !isExactOnly(meanings[0]!))) {
        return roleOf(meanings, start === 0 ? BEGINNING : CONTAINED)
      }
    }
  }
  return undefined
}

/** Ends of compounds, where the table does not have the whole word: "Verfügungsbetrag". */
const endings: [ending: RegExp, role: Role][] = [
  [/(?:datum|dato|paiva)$/, 'date'],
  [/(?:betrag|bedrag|belopp|belob|belop)$/, 'amount'],
  [/saldo$/, 'balance'],
  [/(?:wahrung|waehrung)$/, 'currency'],
]

/** Parts of names of columns that say nothing here. */
const ignoredParts = new Set(['bic', 'swift', 'blz', 'email', 'mail', 'zip', 'url', 'logo'])

const PLUS_MINUS = /^\s*(?:\+ ?\/? ?[-−]|±)\s*$/

const MAX_STRENGTH_OF_ENDING = 20

function roleOfName(whole: string, withoutUnit: string): HeaderRole | undefined {
  const exact = words().get(whole)
  if (exact) return roleOf(exact, EXACT)
  const stripped = words().get(withoutUnit)
  if (stripped) return roleOf(stripped, EXACT - 1)
  // "Description3", "Libellé 2"
  const numbered = words().get(whole.replace(/ ?\d{1,2}$/, ''))
  if (numbered?.[0]?.role === 'notes') return roleOf(numbered, EXACT - 1)
  if (whole.split(' ').some((part) => ignoredParts.has(part))) return undefined
  const found = contained(withoutUnit)
  if (found) return found
  const ending = endings.find(([pattern]) => pattern.test(withoutUnit))
  return ending && { role: ending[1], strength: MAX_STRENGTH_OF_ENDING }
}

/** What a column with this header probably has. */
export function headerRole(name: string): HeaderRole | undefined {
  if (PLUS_MINUS.test(name)) return { role: 'direction', strength: EXACT }
  const { rest, currency } = withoutCurrency(name)
  // "CAD$" alone is the name of an amount.
  if (rest === '' && currency !== undefined)
    return { role: 'amount', strength: CONTAINED, currency }
  const found = roleOfName(fold(name), fold(rest))
  if (!found || currency === undefined || !moneyRoles.has(found.role)) return found
  return { ...found, currency }
}
