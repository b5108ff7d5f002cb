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
const QUOTED = /"(?:[^"]|"")*"/g

/** The delimiter that the first line has most of, outside of quotes. */
function detectDelimiter(text: string, lineBreak: string): Delimiter {
  const end = text.indexOf(lineBreak)
  const line = text.slice(0, end === -1 ? LONGEST_LINE : end).replace(QUOTED, '')
  const counts = delimiters.map((each) => line.split(each).length)
  return delimiters[counts.indexOf(Math.max(...counts))] ?? ','
}

function findLongLine(text: string, lineBreak: string): number | undefined {
  let line = 1
  for (let start = 0; start < text.length; line++) {
    const end = text.indexOf(lineBreak, start)
    if ((end === -1 ? text.length : end) - start > LONGEST_LINE) return line
    if (end === -1) return undefined
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

/** Splits a text into a header and records, each with its line; stops behind `most` records. */
export function parseCsv(text: string, most: number, given?: Delimiter): CsvFile | CsvFault {
  const lineBreak = text.includes('\n') ? '\n' : '\r'
  const long = findLongLine(text, lineBreak)
  if (long !== undefined) return { line: long, message: 'The line is too long to be a record.' }
  const delimiter = given ?? detectDelimiter(text, lineBreak)
  const records: CsvRecord[] = []
  let fault: CsvFault | undefined
  let line = 1
  let from = 0
  Papa.parse<string[]>(text, {
    delimiter,
    step({ data, errors, meta }, parser) {
      // Lines of nothing but delimiters are how spreadsheets write empty rows.
      const isEmpty = data.every((field) => field.trim() === '')
      if (!isEmpty) records.push({ line, fields: data })
      const faults = errors.filter(({ type }) => type === 'Quotes')
      // What follows a wrong quote cannot be trusted: it may be part of a text.
      if (faults.length > 0) fault = { line, message: quoteFault(faults) }
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
