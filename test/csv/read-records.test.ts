import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { detectDelimiter, readSepLine } from '../../src/lib/csv/detect-delimiter.ts'
import {
  delimiters,
  readRecords,
  type CsvIssue,
  type Delimiter,
  type RawRecord,
} from '../../src/lib/csv/read-records.ts'
import { iterations, seed } from '../support/iterations.ts'

const numRuns = iterations(500, 20_000)

function read(text: string, delimiter: Delimiter = ',') {
  const records: RawRecord[] = []
  let issue: CsvIssue | undefined
  const reader = readRecords(text, delimiter)
  for (let next = reader.next(); ; next = reader.next()) {
    if (next.done) {
      issue = next.value
      break
    }
    records.push(next.value)
  }
  return { records, issue }
}

const fieldsOf = (text: string, delimiter?: Delimiter) =>
  read(text, delimiter).records.map(({ fields }) => fields)

describe('Records', () => {
  const breaks = ['\n', '\r\n', '\r']
  const field = fc.string({
    unit: fc.constantFrom('a', '5', ',', ';', '\t', '|', '"', '\n', '\r', ' ', '\u00a0', 'ü', '🦄'),
    maxLength: 6,
  })

  it('are read as RFC 4180 writes them, whatever their line ends', () => {
    const record = fc.tuple(
      fc.array(field, { minLength: 1, maxLength: 4 }),
      fc.constantFrom(...breaks),
    )
    const needsQuotes = /[",;\t|\r\n]|^\s|\s$/
    fc.assert(
      fc.property(fc.array(record), fc.constantFrom(...delimiters), (records, delimiter) => {
        const written = records.map(
          ([fields, end]) =>
            fields
              .map((text) =>
                needsQuotes.test(text) || text === '' ? `"${text.replaceAll('"', '""')}"` : text,
              )
              .join(delimiter) + end,
        )
        let line = 1
        const lines = written.map((text) => {
          const begins = line
          line += text.match(/\r\r\n|\r\n|\r|\n/g)!.length
          return begins
        })
        const found = read(written.join(''), delimiter)
        expect(found.issue).toBeUndefined()
        expect(found.records).toEqual(
          records.map(([fields], index) => ({ line: lines[index], fields })),
        )
      }),
      { ...seed, numRuns },
    )
  })

  it('never lose a letter of any text, or say from which line on it cannot be read', () => {
    const letters = (text: string) => text.replaceAll(/[^a-z]/g, '')
    const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c', '"', '"', ',', '\n', '\r', ' ') })
    fc.assert(
      fc.property(text, (file) => {
        const { records, issue } = read(file)
        const found = letters(records.flatMap(({ fields }) => fields).join(''))
        if (!issue) expect(found).toBe(letters(file))
        else expect(letters(file).startsWith(found)).toBe(true)
        expect(issue?.line ?? 1).toBeLessThanOrEqual(file.split(/\r\n?|\n/).length)
      }),
      { ...seed, numRuns },
    )
  })

  it('may end in different ways in one file, and have their lines counted as an editor counts', () => {
    expect(read('a,b\r\nc,"d\r\ne"\rf\n\ng,\r\r\nh').records).toEqual([
      { line: 1, fields: ['a', 'b'] },
      { line: 2, fields: ['c', 'd\r\ne'] },
      { line: 4, fields: ['f'] },
      { line: 5, fields: [''] },
      { line: 6, fields: ['g', ''] },
      { line: 7, fields: ['h'] },
    ])
  })

  it('are read from any offset, with the lines of the whole file', () => {
    expect([...readRecords('x\na,b\n', ',', { offset: 2, line: 2 })]).toEqual([
      { line: 2, fields: ['a', 'b'] },
    ])
  })

  it.each<[string, string[]]>([
    ['"date", "amount" ,\u00a0"Milk, eggs"\t', ['date', 'amount', 'Milk, eggs']],
    [' a , b', [' a ', ' b']],
    ['5" pipe,"6"" pipe"', ['5" pipe', '6" pipe']],
    ['"",x,""', ['', 'x', '']],
    ['"To "Anna" today",-4', ['To "Anna" today', '-4']],
    ['"To "Anna"",-4', ['To "Anna"', '-4']],
    ['""Anna" shop",-4', ['"Anna" shop', '-4']],
    ['"Miller, "Bob" Inc",-4', ['Miller, "Bob" Inc', '-4']],
    ['"5" pipe",-4', ['5" pipe', '-4']],
    ['"Zum Hirsch" GmbH,"ok",-4', ['"Zum Hirsch" GmbH', 'ok', '-4']],
  ])('have the fields that a person sees: %s', (text, fields) => {
    expect(read(`${text}\nnext,row`)).toEqual({
      records: [
        { line: 1, fields },
        { line: 2, fields: ['next', 'row'] },
      ],
      issue: undefined,
    })
  })

  it('may be separated by tabs, which do not count as blanks then', () => {
    expect(fieldsOf('"a"\t"b"\t\t"c"', '\t')).toEqual([['a', 'b', '', 'c']])
  })

  it.each(['"To "Anna", Berlin",-4', '"a, b" c,-4', '"5" a,"6" b","7" c"'])(
    'with ambiguous quotes are a problem of their own, and the rest is read: %s',
    (text) => {
      expect(read(`x,"\n"\n${text}\nnext,row`)).toEqual({
        records: [
          { line: 1, fields: ['x', '\n'] },
          { line: 3, fields: [text], issue: expect.stringContaining('quotes are ambiguous') },
          { line: 4, fields: ['next', 'row'] },
        ],
        issue: undefined,
      })
    },
  )

  it.each([
    ['"A,\nB,"c"\n', 'Unclosed quote, or unexpected text after a closing quote on line 4.'],
    ['"A""\nB', 'Unclosed quote.'],
    ['"A,\nB\n', 'Unclosed quote.'],
    [`"${'a'.repeat(70_000)}\n"`, 'Unclosed quote.'],
    ['a,'.repeat(1001), /more than 1000 fields/],
    ['a'.repeat(262_145), /line is too long.*--data-binary/],
    [`"\n",${'a'.repeat(262_145)}`, /line is too long/],
  ])('end with an issue that names the line: %.20j', (text, message) => {
    const { records, issue } = read(`a,b\n\n${text}`)
    expect(records).toHaveLength(2)
    expect(issue?.line).toBe(text.startsWith('"\n"') ? 4 : 3)
    expect(issue?.message).toMatch(message)
  })
})

describe('The delimiter', () => {
  it.each<[Delimiter, string]>([
    [';', 'Datum;Betrag\n14.03.2026;-84,30\n'],
    [';', '14.03.2026;-84,30\n15.03.2026;-4,30'],
    [
      ';',
      'Konto: 1, 2, 3\nStand, heute\n\nDatum;Betrag;Text\n14.03.2026;1,50;A\n15.03.2026;1,50;B',
    ],
    [';', 'Text;Betrag\nRewe, Berlin;1,50\nAldi, Berlin;2,50'],
    [';', '"Text;lang","x"\n1;2;3\n1;2;3\n'],
    [',', 'date,amount\n2026-03-14,5\n'],
    [',', 'Account;name\n\ndate,amount,text\n2026-03-14,5,"a;b"\n2026-03-15,6,c'],
    [',', '20260314,84.30,Shop\n20260315,1.00,Shop'],
    [',', '1,2,3\n4,5,6'],
    [',', 'date,amount,tags\n2026-03-14,5,a|b\n2026-03-14,5,a|b'],
    ['\t', 'date\tamount\n2026-03-14\t2,50'],
    ['|', 'date|amount\n2026-03-14|2,50'],
    [',', 'nothing'],
    [',', ''],
  ])('is %j where most lines say so: %j', (delimiter, text) => {
    expect(detectDelimiter(text)).toBe(delimiter)
  })

  it('is what a first line such as sep=; says, which belongs to no record', () => {
    expect(readSepLine('sep=;\r\na,b,c\r\n')).toEqual({
      delimiter: ';',
      start: { offset: 7, line: 2 },
    })
    expect(detectDelimiter('"sep=|"\na,b\nc,d')).toBe('|')
    expect(readSepLine('separator=;\n')).toBeUndefined()
    expect(readSepLine('sep=x\n')).toBeUndefined()
  })
})
