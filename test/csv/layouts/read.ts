import { AppError, invalidField } from '../../../src/lib/errors.ts'
import { decodeText } from '../../../src/lib/csv/decode.ts'
import { formatFaceValue } from '../../../src/lib/money/amounts.ts'
import { readOptions } from '../../../src/transactions/import/import-query.ts'
import { importQuerySchema } from '../../../src/transactions/import/imports.schema.ts'
import { readFile } from '../../../src/transactions/import/read-file.ts'
import { encode } from './encode.ts'
import type { Layout } from './layout.ts'

interface Row {
  line: number
  date: string
  type: 'income' | 'expense'
  amount: bigint
  currency: string
  category: string
  payee?: string | null
  notes?: string | null
}

/** What is read of a file, as far as the layouts say what is right. */
interface Outcome {
  rows: Row[]
  notBooked?: readonly unknown[]
  problems: readonly { line: number; message: string }[]
}

type Field = 'payee' | 'category' | 'notes'

const withOtherLineEnds = (file: string) =>
  file.includes('\r\n') ? file.replaceAll('\r\n', '\n') : file.replaceAll('\n', '\r\n')

/** A file is read the same whatever its lines end with. */
export const variants: [name: string, change: (file: string) => string][] = [
  ['as it is', (file) => file],
  ['with other line ends', withOtherLineEnds],
  ['without the last line end', (file) => file.replace(/\r?\n$/, '')],
]

export function bytesOf({ encoding }: Layout, file: string): Uint8Array<ArrayBuffer> {
  const text = encoding?.mark ? `\uFEFF${file}` : file
  return new Uint8Array(encode(text, encoding?.charset ?? 'utf-8'))
}

function read({ encoding }: Layout, bytes: Uint8Array, query: string): Outcome {
  const { charset, ...parameters } = Object.fromEntries(new URLSearchParams(query))
  const declared = encoding?.declared ? encoding.charset : undefined
  const decoded = decodeText(bytes, charset ?? declared)
  if (!('text' in decoded)) throw invalidField('charset', decoded.message)
  const options = importQuerySchema.parse(parameters)
  const upload = { fileName: undefined, charset: decoded.charset, charsetReason: decoded.reason }
  const file: Outcome = readFile(decoded.text, readOptions(options, upload))
  return { ...file, rows: file.rows.toSorted((a, b) => a.line - b.line) }
}

const questionOf = ({ errors, detail }: AppError) => {
  const [first] = errors ?? []
  const option = (first?.location ?? first?.field ?? '').replace(/^query\./, '')
  return { option, message: first?.message ?? detail ?? '' }
}

/** The fields that an expected row names beside date, amount and currency. */
const namedFields = (expected: string) =>
  expected
    .split(' | ')
    .slice(1)
    .map((part) => [part.split(': ')[0] as Field, part.replace(/^\w+: /, '')] as const)

function rowText(row: Row, expected = ''): string {
  const sign = row.type === 'expense' ? '-' : ''
  const amount = `${sign}${formatFaceValue(row.amount, row.currency)}`
  const named = namedFields(expected).map(([field, right]) => {
    const value = row[field] ?? ''
    const texts = `${row.payee ?? ''}\n${row.notes ?? ''}`
    return ` | ${field}: ${field === 'notes' && texts.includes(right) ? right : value}`
  })
  return `${row.date} ${amount} ${row.currency}${named.join('')}`
}

/** What should come out, one line each. */
export function expectedOf({ rows = [], notBooked = 0, problems = 0 }: Layout): string[] {
  return [...rows, `not booked: ${notBooked}`, `problems: ${problems}`]
}

/** What comes out, one line each. */
export function actualOf(layout: Layout, bytes: Uint8Array, query = ''): string[] {
  try {
    const { rows, notBooked, problems } = read(layout, bytes, query)
    const count = layout.notBooked === 'any' ? 'any' : (notBooked?.length ?? 0)
    const messages = problems.slice(0, 2).map(({ line, message }) => ` (line ${line}: ${message})`)
    const expected = layout.problems === problems.length ? [] : messages
    return [
      ...rows.map((row, index) => rowText(row, layout.rows?.[index])),
      `not booked: ${count}`,
      `problems: ${problems.length}${expected.join('')}`,
    ]
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    const { option, message } = questionOf(error)
    return [`question about ${option}`, message]
  }
}
