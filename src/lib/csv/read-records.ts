/*
 * Reads delimited text. RFC 4180, and what banks and spreadsheets write beyond it: any mix of line
 * ends, blanks around quotes, and quotes inside quoted text that were not doubled.
 */

export const delimiters = [',', ';', '\t', '|'] as const
export type Delimiter = (typeof delimiters)[number]

export interface RawRecord {
  /** Where it begins in the file, from 1. */
  line: number
  /** As written, without quotes; with an `issue`, the only one is the whole text of the record. */
  fields: string[]
  /** Why its fields cannot be told apart; the records behind it are not affected. */
  issue?: string
}

export interface CsvIssue {
  line: number
  message: string
}

/** Where to begin: an offset in the text, and the number of its line. */
export interface Start {
  offset?: number
  line?: number
}

/** A longer line is not a record. */
const MAX_LINE_LENGTH = 256 * 1024
const MAX_QUOTED_LENGTH = 64 * 1024
const MAX_FIELDS = 1000

/** `curl --data` makes one line of a file. */
export const KEEP_LINE_BREAKS = 'With curl, use --data-binary, which keeps line breaks.'

const AMBIGUOUS = 'The quotes are ambiguous. Write each quote inside a quoted text twice.'
const LONG_LINE = `The line is too long; the maximum is ${MAX_LINE_LENGTH} characters. ${KEEP_LINE_BREAKS}`
const MANY_FIELDS = `The line is too long: it has more than ${MAX_FIELDS} fields. ${KEEP_LINE_BREAKS}`

const LF = 10
const CR = 13
const QUOTE = 34
const isBlank = (code: number) => code === 32 || code === 9 || code === 0xa0

interface Cursor {
  text: string
  delimiter: number
  at: number
  line: number
  /** Where the current line begins. */
  lineStart: number
  /** Whether the record has a field with an odd number of quotes that were not doubled. */
  odd: boolean
}

interface Field {
  text: string
  /** Where the delimiter or line break behind it is. */
  end: number
}

const isBreak = (code: number) => code === LF || code === CR

/** Length of the line break at `at`. Copying in text mode makes CR CR LF of CR LF. */
function breakLength(text: string, at: number): number {
  if (text.charCodeAt(at) === LF) return 1
  if (text.charCodeAt(at + 1) === LF) return 2
  return text.charCodeAt(at + 1) === CR && text.charCodeAt(at + 2) === LF ? 3 : 1
}

/** Whether a field ends at `at`. */
function endsField({ text, delimiter }: Cursor, at: number): boolean {
  if (at >= text.length) return true
  const code = text.charCodeAt(at)
  return code === delimiter || isBreak(code)
}

function skipBlanks({ text, delimiter }: Cursor, from: number): number {
  let at = from
  for (let code = text.charCodeAt(at); isBlank(code) && code !== delimiter;) {
    code = text.charCodeAt(++at)
  }
  return at
}

function endOfLine(text: string, from: number): number {
  let at = from
  while (at < text.length && !isBreak(text.charCodeAt(at))) at++
  return at
}

/** Moves to `end`, over the line breaks before it. */
function advance(cursor: Cursor, end: number): void {
  const { text } = cursor
  while (cursor.at < end) {
    const length = isBreak(text.charCodeAt(cursor.at)) ? breakLength(text, cursor.at) : 0
    cursor.at += length || 1
    if (length === 0) continue
    cursor.line++
    cursor.lineStart = cursor.at
  }
}

const undoubled = (text: string) => text.replaceAll('""', '"')

function hasOddQuotes(text: string, from: number): boolean {
  const end = endOfLine(text, from)
  let odd = false
  for (let at = from; at < end; at++) if (text.charCodeAt(at) === QUOTE) odd = !odd
  return odd
}

/** Whether a field may be read although one of its quotes has no counterpart: `"5" pipe"`. */
function allowsOdd(cursor: Cursor, end: number): boolean {
  if (cursor.odd || hasOddQuotes(cursor.text, end)) return false
  cursor.odd = true
  return true
}

/**
 * Reads a field whose quotes were not doubled, where only one reading makes sense: quotes inside a
 * quoted text (`"To "Anna" today"`) or a text that begins with a quoted name (`"Anna" Ltd`).
 */
function readLenient(cursor: Cursor, open: number): Field | undefined {
  const { text, delimiter } = cursor
  const closed = (quote: number, outside: boolean): Field | undefined => {
    const end = skipBlanks(cursor, quote + 1)
    if (outside && !allowsOdd(cursor, end)) return undefined
    return { text: undoubled(text.slice(open + 1, quote)), end }
  }
  let outside = false
  let delimited = false
  for (let at = open + 1; ; at++) {
    const code = text.charCodeAt(at)
    if (endsField(cursor, at)) {
      if (outside) return delimited ? undefined : { text: text.slice(open, at), end: at }
      if (code !== delimiter) return undefined
      delimited = true
    } else if (code === QUOTE) {
      const isDouble = text.charCodeAt(at + 1) === QUOTE
      if (isDouble) at++
      if (isDouble && !outside) continue
      if (endsField(cursor, skipBlanks(cursor, at + 1))) return closed(at, outside && !isDouble)
      if (!isDouble) outside = !outside
    }
  }
}

/** Reads a field in quotes; undefined where its record cannot be told apart. */
function readQuoted(cursor: Cursor, open: number): Field | CsvIssue | undefined {
  const { text, line } = cursor
  for (let quote = text.indexOf('"', open + 1); ; quote = text.indexOf('"', quote + 2)) {
    if (quote === -1 || quote - open > MAX_QUOTED_LENGTH)
      return { line, message: 'Unclosed quote.' }
    if (text.charCodeAt(quote + 1) === QUOTE) continue
    const end = skipBlanks(cursor, quote + 1)
    if (endsField(cursor, end)) return { text: undoubled(text.slice(open + 1, quote)), end }
    advance(cursor, quote)
    if (cursor.line === line) return readLenient(cursor, open)
    const where = `unexpected text after a closing quote on line ${cursor.line}`
    return { line, message: `Unclosed quote, or ${where}.` }
  }
}

function readPlain(cursor: Cursor): Field {
  const { text, delimiter, at } = cursor
  let end = at
  for (; end < text.length; end++) {
    const code = text.charCodeAt(end)
    if (code === delimiter || isBreak(code)) break
  }
  cursor.at = end
  return { text: text.slice(at, end), end }
}

function readField(cursor: Cursor): Field | CsvIssue | undefined {
  const open = skipBlanks(cursor, cursor.at)
  return cursor.text.charCodeAt(open) === QUOTE ? readQuoted(cursor, open) : readPlain(cursor)
}

function readRecord(cursor: Cursor): RawRecord | CsvIssue {
  const { text, line, at: start } = cursor
  const fields: string[] = []
  let issue: string | undefined
  cursor.odd = false
  for (;;) {
    const field = readField(cursor)
    if (field && 'message' in field) return field
    if (field) fields.push(field.text)
    else issue = AMBIGUOUS
    advance(cursor, field?.end ?? endOfLine(text, cursor.at))
    if (cursor.at - cursor.lineStart > MAX_LINE_LENGTH) {
      return { line: cursor.line, message: LONG_LINE }
    }
    if (fields.length > MAX_FIELDS) return { line, message: MANY_FIELDS }
    if (cursor.at >= text.length || text.charCodeAt(cursor.at) !== cursor.delimiter) break
    cursor.at++
  }
  const record =
    issue === undefined ? { line, fields } : { line, fields: [text.slice(start, cursor.at)], issue }
  if (cursor.at < text.length) advance(cursor, cursor.at + 1)
  return record
}

/**
 * Reads records one by one, and retains only the current one. An empty line is a record of one empty
 * field. Returns an issue where the rest cannot be read.
 */
export function* readRecords(
  text: string,
  delimiter: Delimiter,
  { offset = 0, line = 1 }: Start = {},
): Generator<RawRecord, CsvIssue | undefined> {
  const cursor = {
    text,
    delimiter: delimiter.charCodeAt(0),
    at: offset,
    line,
    lineStart: offset,
    odd: false,
  }
  while (cursor.at < text.length) {
    const record = readRecord(cursor)
    if ('message' in record) return record
    yield record
  }
  return undefined
}
