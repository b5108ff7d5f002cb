/** What a column can be mapped to: the fields of a transaction that an import reads, and what helps to read them. */
export const statementFields = [
  'date',
  'type',
  'amount',
  'debit',
  'credit',
  'fee',
  'balance',
  'status',
  'currency',
  'category',
  'payee',
  'notes',
  'external_id',
  'source',
  'account',
] as const

export type StatementField = (typeof statementFields)[number]

/** Names or numbers of columns by field; `-` leaves the field out. */
export type Mapping = ReadonlyMap<StatementField, string>

export const LEFT_OUT = '-'

/** Between the names of several columns of notes. */
export const AND = ' + '

export const splitNames = (names: string) => names.split(AND)

/** Columns of our own exports that are looked at beside. */
export type OwnField = 'id' | 'user_id' | 'deleted_at'

/** Indexes of columns. */
export interface Columns extends Partial<
  Record<Exclude<StatementField, 'notes'> | OwnField, number>
> {
  /** Several texts together become the notes. */
  notes: number[]
  /** Dates that were not chosen; a row with only one of them is not booked yet. */
  otherDates: number[]
  /** More columns of payees, for rows where the first is empty. */
  otherPayees: number[]
  /** Who pays and who is paid, where these are two columns: one of them is the owner. */
  payer?: number
  recipient?: number
}
