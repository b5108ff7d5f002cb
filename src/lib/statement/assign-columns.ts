import { AppError, invalidField } from '../errors.ts'
import { LEFT_OUT, type Columns, type Mapping, type StatementField } from './fields.ts'
import type { Table } from './locate-table.ts'
import { columnsByContent } from './columns-by-content.ts'
import { columnsByValues } from './columns-by-values.ts'
import { isBlank, looksLikeAccount, looksLikeDate, looksLikeMoney } from './shapes.ts'
import { directionOf } from './words/directions.ts'
import { headerRole, type HeaderRole, type Role } from './words/headers.ts'

export interface AssignedColumns {
  columns: Columns
  /** Why a column was chosen, by option or field. */
  reasons: Record<string, string>
  /** The currency that the header of the amount names. */
  currency?: string | undefined
  /** Columns whose values are neither texts of the transaction nor their fingerprint. */
  apart: Set<number>
}

interface Named {
  index: number
  name: string
  role: Role
  strength: number
  currency?: string | undefined
}

const quoted = (name: string) => `"${name.slice(0, 64)}"`

/** The index of a column by its name, else by its number from 1. */
function columnNamed(table: Table, name: string): number {
  const header = table.header ?? []
  const lower = name.toLowerCase()
  const index = header.findIndex((each) => each.toLowerCase() === lower)
  if (index !== -1) return index
  const width = Math.max(header.length, ...table.sample.map(({ fields }) => fields.length))
  const number = /^[1-9]\d{0,3}$/.test(name) ? Number(name) : 0
  if (number >= 1 && number <= width) return number - 1
  const known =
    table.header === undefined
      ? `The file has no header; pass the number of a column, from 1 to ${width}.`
      : `The columns are ${header.filter(Boolean).slice(0, 30).map(quoted).join(', ')}.`
  throw invalidField('mapping', `The file has no column ${quoted(name)}. ${known}`)
}

const cellsOf = ({ sample }: Table, index: number): string[] =>
  sample.map(({ fields }) => fields[index] ?? '').filter((cell) => !isBlank(cell))

const equalColumns = ({ sample }: Table, one: number, other: number) =>
  sample.every(({ fields }) => (fields[one] ?? '').trim() === (fields[other] ?? '').trim())

/** Candidates for a role: those with values first, then the plainest name, then the first. */
function candidates(table: Table, named: readonly Named[], roles: readonly Role[]): Named[] {
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
function only(table: Table, field: StatementField, found: readonly Named[]): Named | undefined {
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
  const found = cellsOf(table, index).map((cell) => directionOf(cell))
  if (found.length > 0 && found.every((word) => word?.strict === true)) return 'strict'
  return found.filter((word) => word !== undefined).length * 2 > found.length ? 'soft' : undefined
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

function nameColumns(table: Table, header: readonly string[]): Named[] {
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
const holdsMoney = (table: Table, { index }: Named) => {
  const cells = cellsOf(table, index)
  return cells.length === 0 || cells.filter(looksLikeMoney).length >= cells.length / 2
}
const holdsDates = (table: Table, { index }: Named) => {
  const cells = cellsOf(table, index)
  return (
    cells.length === 0 ||
    cells.some(looksLikeDate) ||
    cells.some((cell) => /^\d{5,8}$/.test(cell.trim()))
  )
}

const APART: ReadonlySet<Role> = new Set<Role>([
  'date',
  'value_date',
  'time',
  'amount',
  'debit',
  'credit',
  'amount_in',
  'amount_out',
  'balance',
  'fee',
  'status',
  'original_amount',
  'exchange_rate',
  'currency',
  'account',
  'direction',
  'original_currency',
])

function assignNamed(table: Table, named: readonly Named[], taken: ReadonlySet<number>) {
  const free = named.filter(({ index }) => !taken.has(index))
  const of = (...roles: Role[]) => candidates(table, free, roles)
  // Where no column has such values, the named one is read, and its values are reported.
  const fitting = (found: Named[], test: (table: Table, named: Named) => boolean) => {
    const fits = found.filter((each) => test(table, each))
    return fits.length > 0 ? fits : found
  }
  const money = (...roles: Role[]) => fitting(of(...roles), holdsMoney)
  const dates = fitting(of('date', 'value_date'), holdsDates)
  const columns: Columns = { notes: [], otherDates: [], otherPayees: [] }
  const set = (field: Exclude<StatementField, 'notes'>, found: readonly Named[]) => {
    const chosen = only(table, field, found)
    if (chosen) columns[field] = chosen.index
    return chosen
  }
  return { columns, set, of, money, dates }
}

/** Names of columns for one side of a payment. */
const PAYER =
  /zahlungspflichtig|auftraggeber|payer|sender|absender|ordonnateur|^from$|source.?name|ordenante|ordinante|opdrachtgever|avs[äa]ndare|nadawca|zleceniodawca/i
const RECIPIENT =
  /empf[aä]nger|beg[uü]nstigt|benefi?ciar|recipient|receiver|^to$|destination.?name|begunstigde|ontvanger|mottagare|odbiorca|b[ée]n[ée]ficiaire/i

const simple = (name: string) => name.toLowerCase().replace(/[\s_-]/g, '')

const sideOf = (role: Role | undefined): 'debit' | 'credit' | undefined =>
  role === 'debit' || role === 'amount_out'
    ? 'debit'
    : role === 'credit' || role === 'amount_in'
      ? 'credit'
      : undefined

/** Which column says what, by the mapping, the header, and what the columns contain. @throws AppError where that is not clear */
export function assignColumns(table: Table, mapping: Mapping): AssignedColumns {
  const mapped = new Map<StatementField, number>()
  const leftOut = new Set<StatementField>()
  for (const [field, name] of mapping) {
    if (name === LEFT_OUT) leftOut.add(field)
    else mapped.set(field, columnNamed(table, name))
  }
  const taken = new Set(mapped.values())
  const named = nameColumns(table, table.header ?? [])
  const reasons: Record<string, string> = {}
  const { columns, set, of, money, dates } = assignNamed(table, named, taken)
  const wanted = (field: StatementField) => !mapped.has(field) && !leftOut.has(field)
  // `mapping=amount:Debit` means the column of the debits.
  const amountColumn = mapped.get('amount')
  const meant = sideOf(named.find(({ index }) => index === amountColumn)?.role)
  if (amountColumn !== undefined && meant) {
    mapped.delete('amount')
    mapped.set(meant, amountColumn)
    leftOut.add('amount')
  }
  if (wanted('date')) {
    const chosen = set('date', dates.filter(({ name }) => simple(name) === simple(dates[0]!.name)))
    if (chosen && dates.length > 1 && cellsOf(table, dates[1]!.index).length > 0) {
      reasons['date'] = `${quoted(chosen.name)} is taken, and not ${dates
        .slice(1)
        .map(({ name }) => quoted(name))
        .join(', ')}.`
    }
  }
  columns.otherDates = dates.map(({ index }) => index).filter((index) => index !== columns.date)
  const side = (field: 'debit' | 'credit') =>
    money(field, field === 'debit' ? 'amount_out' : 'amount_in')
  const sides = (['debit', 'credit'] as const).filter(
    (field) => !leftOut.has(field) && (mapped.has(field) || side(field).length > 0),
  )
  const hasSides =
    !mapped.has('amount') &&
    (sides.length === 2 || (sides.length === 1 && money('amount').length === 0))
  if (hasSides) for (const field of sides) if (wanted(field)) set(field, side(field))
  const amounts = money('amount')
  const net = netOf(
    table,
    named.filter(({ role }) => role === 'amount'),
    of('fee')[0],
  )
  if (!hasSides && wanted('amount')) set('amount', net ? [net] : amounts)
  const isNet = net !== undefined && net.index === (mapped.get('amount') ?? columns.amount)
  if (wanted('fee') && !isNet) set('fee', money('fee').slice(0, 1))
  if (wanted('balance')) set('balance', money('balance').slice(0, 1))
  if (wanted('type'))
    set(
      'type',
      of('direction')
        .filter(({ strength }) => strength > 0)
        .slice(0, 1),
    )
  for (const field of ['status', 'currency', 'category', 'account'] as const) {
    if (wanted(field)) set(field, of(field).slice(0, 1))
  }
  const own = (table.header ?? []).findIndex((name) => name.toLowerCase() === 'source')
  if (wanted('source') && own !== -1 && !taken.has(own)) columns.source = own
  if (wanted('external_id')) set('external_id', of('external_id').slice(0, 1))
  if (wanted('payee')) {
    const [first, ...others] = of('payee')
    if (first) columns.payee = first.index
    columns.otherPayees = others.map(({ index }) => index)
    const payer = of('payee').find(({ name }) => PAYER.test(name) && !RECIPIENT.test(name))
    const recipient = of('payee').find(({ name }) => RECIPIENT.test(name) && !PAYER.test(name))
    if (payer && recipient)
      Object.assign(columns, { payer: payer.index, recipient: recipient.index })
  }
  if (wanted('notes')) {
    const texts = [...of('notes', 'type_text', 'reference')]
    columns.notes = texts.map(({ index }) => index).toSorted((a, b) => a - b)
  }
  for (const [field, index] of mapped) {
    if (field === 'notes') columns.notes = [index]
    else columns[field] = index
  }
  if (columns.amount !== undefined && columns.amount === columns.balance) delete columns.balance
  columnsByContent(table, columns, wanted, reasons)
  requireColumns(table, columns)
  const indexes = (test: (role: Role) => boolean) =>
    new Set(named.filter(({ role }) => test(role)).map(({ index }) => index))
  columnsByValues(
    table,
    columns,
    wanted,
    indexes((role) => APART.has(role)),
    indexes((role) => role === 'original_currency'),
  )
  // Softer words tell the direction only where nothing else does.
  if (wanted('type') && columns.type === undefined) set('type', of('direction').slice(0, 1))
  const isMoney = new Set([
    columns.date,
    columns.amount,
    columns.debit,
    columns.credit,
    columns.fee,
    columns.balance,
    columns.status,
  ])
  const apart = indexes((role) => APART.has(role))
  for (const index of isMoney) if (index !== undefined) apart.add(index)
  const amountIndex = columns.amount ?? columns.debit ?? columns.credit
  return {
    columns,
    reasons,
    apart,
    currency: named.find(({ index }) => index === amountIndex)?.currency,
  }
}

const cents = (text: string | undefined) =>
  Number((text ?? '').replace(/[^\d-]/g, '') || Number.NaN)

/** The amount that the bank counts, where a fee stands between two: amount − fee = net. */
function netOf(
  { sample }: Table,
  amounts: readonly Named[],
  fee: Named | undefined,
): Named | undefined {
  if (!fee || amounts.length < 2) return undefined
  const isNet = (gross: Named, net: Named) =>
    sample.every(({ fields }) => {
      const [whole, less, rest] = [gross, fee, net].map(({ index }) => cents(fields[index]))
      return Number.isNaN(whole) || Number.isNaN(rest) || whole! - Math.abs(less || 0) === rest
    })
  return amounts.find((net) =>
    amounts.some(
      (gross) =>
        gross.index !== net.index &&
        !equalColumns({ sample } as Table, gross.index, net.index) &&
        isNet(gross, net),
    ),
  )
}

function requireColumns(table: Table, columns: Columns): void {
  const missing: string[] = []
  if (columns.date === undefined) missing.push('date')
  const hasAmount = [columns.amount, columns.debit, columns.credit].some(
    (index) => index !== undefined,
  )
  if (!hasAmount) missing.push('amount')
  if (missing.length === 0) return
  const where =
    table.header === undefined
      ? `The table begins on line ${table.startLine} and has no header. Map its columns by number`
      : `The header was taken from line ${table.startLine}: ${table.header.filter(Boolean).slice(0, 12).map(quoted).join(', ')}. Map its columns`
  const example =
    table.header === undefined ? 'mapping=date:1,amount:2' : 'mapping=date:Header,amount:Header'
  throw new AppError('validation_failed', {
    detail: `${where} with ${example}, or pass skip_lines if the table begins elsewhere.`,
    errors: missing.map((field) => ({
      field: 'mapping',
      message: `No column for ${field}. ${where} with ${example}.`,
    })),
  })
}
