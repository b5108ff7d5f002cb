import Papa from 'papaparse'

export const delimiters = [',', ';', '\t', '|'] as const
export type Delimiter = (typeof delimiters)[number]

export interface CsvRecord {
  /** Where it begins in the file, from 1. */
  line: number
  fields: string[]
}

export interface CsvFault {
  line: number
  message: string
}

export interface CsvFile {
  delimiter: Delimiter
  header: string[]
  records: CsvRecord[]
}

/** Longer ones are no lines of records, and splitting them would need much memory. */
const LONGEST_LINE = 256 * 1024
const LONGEST_HEADER = 16 * 1024
const QUOTED = /"(?:[^"]|"")*"/g

type Newline = '\r\n' | '\n' | '\r'

/** Behind the quote that closes the one at `from`, or undefined where none does. */
function closingQuote(text: string, from: number): number | undefined {
  for (let at = text.indexOf('"', from + 1); at !== -1; at = text.indexOf('"', at + 2)) {
    if (text[at + 1] !== '"') return at + 1
  }
  return undefined
}

/**
 * Where the first record that is not blank stands, and how it ends: by the first line break outside
 * of quotes. Quotes open a text at the beginning of a field only.
 */
function findHeader(text: string, between: readonly string[]) {
  const start = Math.max(text.search(/[^\r\n]/), 0)
  const next = /\r\n?|\n|"/g
  next.lastIndex = start
  for (let found = next.exec(text); found; found = next.exec(text)) {
    const { index, 0: what } = found
    if (what !== '"') return { start, end: index, newline: what as Newline }
    if (index > start && !between.includes(text[index - 1]!)) continue
    const closed = closingQuote(text, index)
    if (closed === undefined) break
    next.lastIndex = closed
  }
  // A quote that never closes is reported by the parser, whichever line breaks it is told.
  const newline = (/\r\n?|\n/.exec(text)?.[0] ?? '\n') as Newline
  return { start, end: text.length, newline }
}

/** The delimiter that the header has most of, outside of quotes. */
function detectDelimiter(header: string): Delimiter {
  const line = header.replace(QUOTED, '')
  const counts = delimiters.map((each) => line.split(each).length)
  return delimiters[counts.indexOf(Math.max(...counts))] ?? ','
}

function findLongLine(text: string, lineBreak: string): number | undefined {
  for (let start = 0; text.length - start > LONGEST_LINE;) {
    const end = text.lastIndexOf(lineBreak, start + LONGEST_LINE)
    if (end < start) return 1 + countBreaks(text, lineBreak, 0, start)
    start = end + 1
  }
  return undefined
}

function countBreaks(text: string, lineBreak: string, from: number, to: number): number {
  let count = 0
  let at = text.indexOf(lineBreak, from)
  while (at !== -1 && at < to) {
    count++
    at = text.indexOf(lineBreak, at + 1)
  }
  return count
}

const quoteFault = (errors: Papa.ParseError[]) =>
  errors.some(({ code }) => code === 'MissingQuotes')
    ? 'The quotes that open here never close.'
    : 'There is text behind a closing quote.'

const longHeader = (line: number): CsvFault => ({
  line,
  message: `The header is too long: ${LONGEST_HEADER} characters are the most.`,
})

/**
 * Splits a text into a header and records, each with its line; stops behind `most` records, and
 * refuses a text with more empty ones.
 */
export function parseCsv(text: string, most: number, given?: Delimiter): CsvFile | CsvFault {
  const { start, end, newline } = findHeader(text, given === undefined ? delimiters : [given])
  const lineBreak = newline === '\r' ? '\r' : '\n'
  const long = findLongLine(text, lineBreak)
  if (long !== undefined) return { line: long, message: 'The line is too long to be a record.' }
  // One that goes on to the end of the text has a quote that never closes: that is said below.
  if (end - start > LONGEST_HEADER && end < text.length) {
    return longHeader(1 + countBreaks(text, lineBreak, 0, start))
  }
  const delimiter =
    given ?? detectDelimiter(text.slice(start, Math.min(end, start + LONGEST_HEADER)))
  const records: CsvRecord[] = []
  let fault: CsvFault | undefined
  let line = 1
  let from = 0
  let empty = 0
  Papa.parse<string[]>(text, {
    delimiter,
    newline,
    // The fast mode would split the whole text before the first step.
    fastMode: false,
    step({ data, errors, meta }, parser) {
      // Lines of nothing but delimiters are how spreadsheets write empty rows.
      const isEmpty = data.every((field) => field.trim() === '')
      if (isEmpty) empty++
      else records.push({ line, fields: data })
      const faults = errors.filter(({ type }) => type === 'Quotes')
      // What follows a wrong quote cannot be trusted: it may be part of a text.
      if (faults.length > 0) fault = { line, message: quoteFault(faults) }
      else if (records.length === 1 && !isEmpty && meta.cursor - from > LONGEST_HEADER) {
        fault = longHeader(line)
      } else if (empty > most) {
        fault = { line, message: `The file has more than ${most} empty rows: leave them out.` }
      }
      line += countBreaks(text, lineBreak, from, meta.cursor)
      from = meta.cursor
      if (fault || records.length > most + 1) parser.abort()
    },
  })
  if (fault) return fault
  const [header, ...rest] = records
  if (!header) return { line: 1, message: 'The file is empty.' }
  return {
    delimiter,
    header: header.fields.map((name) => name.normalize('NFC').trim()),
    records: rest,
  }
}
