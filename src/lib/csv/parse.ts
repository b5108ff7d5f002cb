import { isStreamSafe, NOT_STREAM_SAFE } from '../stream-safe.ts'
import Papa from 'papaparse'

export const delimiters = [',', ';', '\t', '|'] as const
export type Delimiter = (typeof delimiters)[number]

export interface CsvRecord {
  /** Where it begins in the file, from 1. */
  line: number
  /** How many fields it has. */
  width: number
  /** Those that the plan picks, in its order; undefined where the record has no such one. */
  fields: (string | undefined)[]
}

/** Indexes of the fields to retain; the others would only take memory. */
export interface Plan {
  picked: readonly number[]
}

export interface CsvIssue {
  line: number
  message: string
}

export interface CsvFile<P extends Plan> {
  delimiter: Delimiter
  header: string[]
  plan: P
  records: CsvRecord[]
}

/** A longer line is not a record, and splitting it would need a lot of memory. */
const MAX_LINE_LENGTH = 256 * 1024
const MAX_HEADER_LENGTH = 16 * 1024
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
 * Start of the first record that is not blank, and how it ends: by the first line break outside
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
  // A quote that never closes is reported by the parser, whatever its line breaks.
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
  for (let start = 0; text.length - start > MAX_LINE_LENGTH;) {
    const end = text.lastIndexOf(lineBreak, start + MAX_LINE_LENGTH)
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

const escaped = (delimiter: Delimiter) => (delimiter === '|' ? '\\|' : delimiter)

/**
 * The first field whose quotes do not close as they should. It is looked for beforehand, because the
 * parser goes on behind a wrong quote and notes every other one: half of a file may be quotes.
 */
function findQuoteIssue(
  text: string,
  delimiter: Delimiter,
  newline: Newline,
): { at: number; message: string } | undefined {
  const behind = new RegExp(`\\s*?(?:${escaped(delimiter)}|${newline}|$)`, 'y')
  let next = 0
  for (let at = text.indexOf('"'); at !== -1; at = text.indexOf('"', next)) {
    next = at + 1
    const opens =
      at === 0 || text[at - 1] === delimiter || text.startsWith(newline, at - newline.length)
    if (!opens) continue
    const closed = closingQuote(text, at)
    if (closed === undefined) return { at, message: 'Unclosed quote.' }
    behind.lastIndex = closed
    if (!behind.test(text)) return { at, message: 'Unexpected text after a closing quote.' }
    next = behind.lastIndex
  }
  return undefined
}

/** `curl --data` makes one line of a file. */
export const KEEP_LINE_BREAKS = 'With curl, use --data-binary, which keeps line breaks.'

const longHeader = (line: number): CsvIssue => ({
  line,
  message: `The header is too long; the maximum is ${MAX_HEADER_LENGTH} characters. ${KEEP_LINE_BREAKS}`,
})

const normalized = (name: string) => name.normalize('NFC').trim()

interface Limits<P extends Plan> {
  maxRecords: number
  lineBreak: string
  plan: (header: string[]) => P
}

/** Collects records until there is an issue or there are too many. */
function createCollector<P extends Plan>(text: string, { maxRecords, lineBreak, plan }: Limits<P>) {
  const records: CsvRecord[] = []
  let found: { header: string[]; plan: P } | undefined
  let issue: CsvIssue | undefined
  let line = 1
  let from = 0
  let empty = 0

  function keep(data: string[], cursor: number): void {
    if (found) {
      const fields = found.plan.picked.map((index) => data[index])
      records.push({ line, width: data.length, fields })
    } else if (text.slice(from, cursor).trimEnd().length > MAX_HEADER_LENGTH) {
      issue = longHeader(line)
    } else if (!data.every(isStreamSafe)) {
      issue = { line, message: `A name in the header is not valid. ${NOT_STREAM_SAFE}` }
    } else {
      const header = data.map(normalized)
      found = { header, plan: plan(header) }
    }
  }

  return {
    result: () => issue ?? (found && { ...found, records }),
    /** Whether there may be more. */
    take(data: string[], cursor: number): boolean {
      // Lines of nothing but delimiters are how spreadsheets write empty rows.
      if (data.some((field) => field.trim() !== '')) keep(data, cursor)
      // Behind the last line break there is no row any more.
      else if (from < text.length && ++empty > maxRecords) {
        issue = { line, message: `The file has more than ${maxRecords} empty rows. Remove them.` }
      }
      line += countBreaks(text, lineBreak, from, cursor)
      from = cursor
      return issue === undefined && records.length <= maxRecords
    },
  }
}

/**
 * Splits a text into a header and records, each with its line; stops behind `maxRecords` records, and
 * refuses a text with more empty ones. `plan` is made from the header.
 */
export function parseCsv<P extends Plan>(
  text: string,
  maxRecords: number,
  plan: (header: string[]) => P,
  given?: Delimiter,
): CsvFile<P> | CsvIssue {
  const { start, end, newline } = findHeader(text, given === undefined ? delimiters : [given])
  const lineBreak = newline === '\r' ? '\r' : '\n'
  const lineOf = (at: number) => 1 + countBreaks(text, lineBreak, 0, at)
  const long = findLongLine(text, lineBreak)
  if (long !== undefined) return { line: long, message: 'The line is too long.' }
  // One that goes on to the end of the text has a quote that never closes: that is said below.
  if (end - start > MAX_HEADER_LENGTH && end < text.length) return longHeader(lineOf(start))
  const delimiter =
    given ?? detectDelimiter(text.slice(start, Math.min(end, start + MAX_HEADER_LENGTH)))
  const quotes = findQuoteIssue(text, delimiter, newline)
  if (quotes) return { line: lineOf(quotes.at), message: quotes.message }
  const collector = createCollector(text, { maxRecords, lineBreak, plan })
  Papa.parse<string[]>(text, {
    delimiter,
    newline,
    // The fast mode would split the whole text before the first step.
    fastMode: false,
    step({ data, meta }, parser) {
      if (!collector.take(data, meta.cursor)) parser.abort()
    },
  })
  const result = collector.result() ?? { line: 1, message: 'The file is empty.' }
  return 'message' in result ? result : { delimiter, ...result }
}
