import { columnNamed } from './column-named.ts'
import { columnsByContent } from './columns-by-content.ts'
import { columnsByValues } from './columns-by-values.ts'
import { LEFT_OUT, splitNames, type Columns, type Mapping, type StatementField } from './fields.ts'
import type { Table } from './locate-table.ts'
import {
  candidates,
  cellsOf,
  holdsDates,
  holdsMoney,
  nameColumns,
  only,
  quoted,
  type Named,
} from './named-columns.ts'
import { netOf } from './net-amount.ts'
import { requireColumns } from './require-columns.ts'
import type { Role } from './words/headers.ts'

export interface AssignedColumns {
  columns: Columns
  /** Why a column was chosen, by option or field. */
  reasons: Record<string, string>
  /** The currency that the header of the amount names. */
  currency?: string | undefined
  /** Columns whose values are neither texts of the transaction nor their fingerprint. */
  apart: Set<number>
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

/** What is known of the columns while they are assigned. */
interface Draft {
  table: Table
  named: readonly Named[]
  /** Those that the caller maps, and fields that it leaves out. */
  mapped: Map<StatementField, number>
  /** Several columns that the caller maps to the notes. */
  notes: readonly number[]
  leftOut: Set<StatementField>
  columns: Columns
  reasons: Record<string, string>
}

const isWanted = ({ mapped, leftOut }: Draft, field: StatementField) =>
  !mapped.has(field) && !leftOut.has(field)

/** Columns with one of these roles that the caller does not map, the best first. */
function found({ table, named, mapped, notes }: Draft, ...roles: Role[]): Named[] {
  const taken = new Set([...mapped.values(), ...notes])
  return candidates(
    table,
    named.filter(({ index }) => !taken.has(index)),
    roles,
  )
}

/** Those with fitting values; where there are none, the named ones, whose values are then reported. */
function fitting(draft: Draft, test: typeof holdsMoney, ...roles: Role[]): Named[] {
  const all = found(draft, ...roles)
  const fits = all.filter((each) => test(draft.table, each))
  return fits.length > 0 ? fits : all
}

const money = (draft: Draft, ...roles: Role[]) => fitting(draft, holdsMoney, ...roles)

/** Assigns a field, unless the caller did; two columns that could both be meant are a question. */
function assign(
  draft: Draft,
  field: Exclude<StatementField, 'notes'>,
  choices: readonly (Named | undefined)[],
): Named | undefined {
  if (!isWanted(draft, field)) return undefined
  const known = choices.filter((each) => each !== undefined)
  const chosen = only(draft.table, field, known)
  if (chosen) draft.columns[field] = chosen.index
  return chosen
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

function begin(table: Table, mapping: Mapping): Draft {
  const mapped = new Map<StatementField, number>()
  const leftOut = new Set<StatementField>()
  const notes: number[] = []
  for (const [field, name] of mapping) {
    if (name === LEFT_OUT) leftOut.add(field)
    else if (field === 'notes')
      notes.push(...splitNames(name).map((each) => columnNamed(table, each)))
    else mapped.set(field, columnNamed(table, name))
  }
  const named = nameColumns(table, table.header ?? [])
  // `mapping=amount:Debit` means the column of the debits.
  const amount = mapped.get('amount')
  const meant = sideOf(named.find(({ index }) => index === amount)?.role)
  if (amount !== undefined && meant) {
    mapped.delete('amount')
    mapped.set(meant, amount)
    leftOut.add('amount')
  }
  const columns: Columns = { notes: [], otherDates: [], otherPayees: [] }
  if (notes[0] !== undefined) mapped.set('notes', notes[0])
  return { table, named, mapped, notes, leftOut, columns, reasons: {} }
}

/** The booking date; that there are others is said. */
function assignDate(draft: Draft): void {
  const { table, columns, reasons } = draft
  const dates = fitting(draft, holdsDates, 'date', 'value_date')
  const [first, ...others] = dates
  const equal = dates.filter(({ name }) => simple(name) === simple(first?.name ?? ''))
  const chosen = assign(draft, 'date', equal)
  columns.otherDates = dates.map(({ index }) => index).filter((index) => index !== columns.date)
  const filled = others.filter(({ index }) => cellsOf(table, index).length > 0)
  if (!chosen || filled.length === 0) return
  const names = filled.map(({ name }) => quoted(name)).join(', ')
  reasons['date'] = `${quoted(chosen.name)} is taken, and not ${names}.`
}

/** One column of amounts, or two of debits and credits; with fees and the balance. */
function assignMoney(draft: Draft): void {
  const { table, named, mapped, leftOut, columns } = draft
  const side = (field: 'debit' | 'credit') =>
    money(draft, field, field === 'debit' ? 'amount_out' : 'amount_in')
  const sides = (['debit', 'credit'] as const).filter(
    (field) => !leftOut.has(field) && (mapped.has(field) || side(field).length > 0),
  )
  const amounts = money(draft, 'amount')
  const hasSides = !mapped.has('amount') && sides.length > (amounts.length > 0 ? 1 : 0)
  const all = named.filter(({ role }) => role === 'amount')
  const net = netOf(table, all, found(draft, 'fee')[0])
  if (hasSides) for (const field of sides) assign(draft, field, side(field))
  else assign(draft, 'amount', net ? [net] : amounts)
  // A net amount has the fee in it already.
  const isNet = net !== undefined && net.index === (mapped.get('amount') ?? columns.amount)
  if (!isNet) assign(draft, 'fee', money(draft, 'fee').slice(0, 1))
  assign(draft, 'balance', money(draft, 'balance').slice(0, 1))
}

function assignPayee(draft: Draft): void {
  const { columns } = draft
  if (!isWanted(draft, 'payee')) return
  const payees = found(draft, 'payee')
  const [first, ...others] = payees
  if (first) columns.payee = first.index
  columns.otherPayees = others.map(({ index }) => index)
  const payer = payees.find(({ name }) => PAYER.test(name) && !RECIPIENT.test(name))
  const recipient = payees.find(({ name }) => RECIPIENT.test(name) && !PAYER.test(name))
  if (!payer || !recipient) return
  columns.payer = payer.index
  columns.recipient = recipient.index
}

function assignOthers(draft: Draft): void {
  const { table, columns } = draft
  assign(draft, 'type', [found(draft, 'direction').find(({ strength }) => strength > 0)])
  assign(draft, 'external_id', found(draft, 'external_id'))
  for (const field of ['status', 'currency', 'category', 'account'] as const) {
    assign(draft, field, found(draft, field).slice(0, 1))
  }
  const source = (table.header ?? []).findIndex((name) => name.toLowerCase() === 'source')
  if (source !== -1 && isWanted(draft, 'source')) columns.source = source
  assignPayee(draft)
  if (!isWanted(draft, 'notes')) return
  const texts = found(draft, 'notes', 'type_text', 'reference')
  columns.notes = texts.map(({ index }) => index).toSorted((a, b) => a - b)
}

function takeMapped({ mapped, notes, columns }: Draft): void {
  for (const [field, index] of mapped) {
    if (field === 'notes') columns.notes = [...notes]
    else columns[field] = index
  }
  if (columns.amount !== undefined && columns.amount === columns.balance) delete columns.balance
}

/** Columns whose values say nothing about who was paid and what for. */
function apartOf({ named, columns }: Draft): Set<number> {
  const { date, amount, debit, credit, fee, balance, status } = columns
  const own = [date, amount, debit, credit, fee, balance, status]
  const byName = named.filter(({ role }) => APART.has(role)).map(({ index }) => index)
  return new Set([...byName, ...own.filter((index) => index !== undefined)])
}

/**
 * Which column says what: by the mapping, the header, and what the columns contain.
 * @throws AppError with a question where that is not clear
 */
export function assignColumns(table: Table, mapping: Mapping): AssignedColumns {
  const draft = begin(table, mapping)
  const { columns, named, reasons } = draft
  assignDate(draft)
  assignMoney(draft)
  assignOthers(draft)
  takeMapped(draft)
  const wanted = (field: StatementField) => isWanted(draft, field)
  columnsByContent(table, columns, wanted, reasons)
  requireColumns(table, columns)
  const foreign = named.filter(({ role }) => role === 'original_currency')
  columnsByValues(table, columns, wanted, {
    apart: apartOf(draft),
    foreign: new Set(foreign.map(({ index }) => index)),
  })
  // Softer words tell the direction only where nothing else does.
  if (columns.type === undefined) assign(draft, 'type', found(draft, 'direction').slice(0, 1))
  const amount = columns.amount ?? columns.debit ?? columns.credit
  const currency = named.find(({ index }) => index === amount)?.currency
  return { columns, reasons, apart: apartOf(draft), currency }
}
