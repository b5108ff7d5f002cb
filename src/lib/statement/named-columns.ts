import { invalidField } from '../errors.ts'
import type { StatementField } from './fields.ts'
import type { Table } from './locate-table.ts'
import { isBlank, looksLikeAccount, looksLikeDate, looksLikeMoney } from './shapes.ts'
import { directionsOf } from './words/directions.ts'
import { headerRole, type HeaderRole, type Role } from './words/headers.ts'

/** A column whose name is known. */
export interface Named {
  index: number
  name: string
  role: Role
  strength: number
  currency?: string | undefined
}

export const quoted = (name: string) => `"${name.slice(0, 64)}"`

export const cellsOf = ({ sample }: Table, index: number): string[] =>
  sample.map(({ fields }) => fields[index] ?? '').filter((cell) => !isBlank(cell))

export const equalColumns = ({ sample }: Table, one: number, other: number) =>
  sample.every(({ fields }) => (fields[one] ?? '').trim() === (fields[other] ?? '').trim())

/** Candidates for a role: those with values first, then the plainest name, then the first. */
export function candidates(table: Table, named: readonly Named[], roles: readonly Role[]): Named[] {
  const fits = named.filter(({ role }) => roles.includes(role))
  const filled = (index: number) => (cellsOf(table, index).length > 0 ? 1 : 0)
  return fits.toSorted(
    (a, b) =>
      filled(b.index) - filled(a.index) ||
      roles.indexOf(a.role) - roles.indexOf(b.role) ||
      b.strength - a.strength ||
      a.index - b.index,
  )
}

/** Two columns that could both be meant are a question, unless they say the same. */
export function only(
  table: Table,
  field: StatementField,
  found: readonly Named[],
): Named | undefined {
  const [first, second] = found
  if (!first || !second) return first
  const isTie = first.role === second.role && first.strength === second.strength
  if (!isTie || cellsOf(table, second.index).length === 0) return first
  if (equalColumns(table, first.index, second.index)) return first
  const ties = found.filter(
    ({ role, strength }) => role === first.role && strength === first.strength,
  )
  const hasTwice = new Set(ties.map(({ name }) => name.toLowerCase())).size < ties.length
  const names = ties.map(({ name, index }) => (hasTwice ? `column ${index + 1}` : quoted(name)))
  const example = hasTwice ? String(first.index + 1) : first.name
  throw invalidField(
    'mapping',
    `Several columns can be the ${field}: ${names.join(' or ')}. Choose one, such as mapping=${field}:${example}.`,
  )
}

/** What the words of a column say about directions: all of them strictly, most of them, or nothing. */
function wordsOf(table: Table, index: number): 'strict' | 'soft' | undefined {
  const cells = cellsOf(table, index)
  const { directions } = directionsOf(cells)
  if (cells.length > 0 && cells.every((cell) => directions.get(cell)?.strict)) return 'strict'
  return cells.filter((cell) => directions.has(cell)).length * 2 > cells.length ? 'soft' : undefined
}

const MONEY: ReadonlySet<Role> = new Set<Role>([
  'amount',
  'debit',
  'credit',
  'balance',
  'fee',
  'amount_in',
  'amount_out',
])

/** A name with several meanings has the first one that its values allow: "Valuta" is a date or a currency. */
function fittingRole(table: Table, index: number, { role, others = [] }: HeaderRole): Role {
  const cells = cellsOf(table, index)
  const fits = (each: Role) => {
    if (cells.length === 0) return true
    const share = (test: (cell: string) => boolean) => cells.filter(test).length * 2 >= cells.length
    if (each === 'date' || each === 'value_date')
      return share((cell) => /\d/.test(cell) && !looksLikeMoney(cell)) || cells.some(looksLikeDate)
    if (MONEY.has(each)) return share(looksLikeMoney)
    if (each === 'payee') return !share(looksLikeAccount)
    if (each === 'direction') return !share(looksLikeMoney)
    if (each === 'currency') return share((cell) => /^(\p{L}{3}|\p{Sc})$/u.test(cell.trim()))
    return !share(looksLikeDate) || each === 'time'
  }
  const fallbacks: Partial<Record<Role, Role>> = { payee: 'counter_account', direction: 'amount' }
  const fallback = fallbacks[role]
  return [role, ...others].find(fits) ?? fallback ?? role
}

export function nameColumns(table: Table, header: readonly string[]): Named[] {
  return header.flatMap((name, index): Named[] => {
    const found = name === '' ? undefined : headerRole(name)
    if (!found) return []
    const column = { index, name, ...found, role: fittingRole(table, index, found) }
    if (column.role !== 'type_text') return [column]
    // A Type can tell directions; with words that are not strict it remains a text.
    const words = wordsOf(table, index)
    if (words === undefined) return [column]
    const direction: Named = { ...column, role: 'direction', strength: words === 'strict' ? 1 : 0 }
    return words === 'strict' ? [direction] : [direction, column]
  })
}

/** A column with the role of an amount may still hold anything. */
export const holdsMoney = (table: Table, { index }: Named) => {
  const cells = cellsOf(table, index)
  return cells.length === 0 || cells.filter(looksLikeMoney).length >= cells.length / 2
}
export const holdsDates = (table: Table, { index }: Named) => {
  const cells = cellsOf(table, index)
  return (
    cells.length === 0 ||
    cells.some(looksLikeDate) ||
    cells.some((cell) => /^\d{5,8}$/.test(cell.trim()))
  )
}
