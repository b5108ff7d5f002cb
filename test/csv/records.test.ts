import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { delimiters, parseCsv, type CsvFile, type Plan } from '../../src/lib/csv/parse.ts'
import { csvRecord, neutralise, restoreText } from '../../src/lib/csv/records.ts'

const all = (header: string[]): Plan => ({ picked: header.map((_, index) => index) })
const parse = (text: string, most = 100, given?: CsvFile<Plan>['delimiter']) =>
  parseCsv(text, most, all, given)

/** The header and the records, or the line and the message of what is wrong. */
function read(text: string, most?: number) {
  const file = parse(text, most)
  if ('message' in file) return `${file.line}: ${file.message}`
  return [file.header, ...file.records.map(({ fields }) => fields)]
}
const lines = (text: string) => {
  const file = parse(text)
  if ('message' in file) throw new Error(file.message)
  return file.records.map(({ line }) => line)
}

const field = fc.string({ unit: fc.constantFrom(...`ab1",;\t\r\n '=+-@ä`), maxLength: 8 })
const row = fc.array(field, { minLength: 3, maxLength: 3 })
const isBlank = (fields: string[]) => fields.every((each) => each.trim() === '')

describe('A record of a CSV file', () => {
  it('is read as it was written, whatever is in it', () => {
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 6 }), (rows) => {
        const written = rows.filter((fields) => !isBlank(fields))
        const text = csvRecord(['one', 'two', 'three']) + written.map(csvRecord).join('')
        const file = parse(text, 100, ',')
        if ('message' in file) throw new Error(file.message)
        expect(file.records.map(({ fields }) => fields)).toEqual(written)
        expect(file.records.every(({ width }) => width === 3)).toBe(true)
      }),
      { numRuns: 300 },
    )
  })

  it('is written with quotes where it has to be', () => {
    expect(csvRecord(['a', 'b c', '', '1.50'])).toBe('a,b c,,1.50\r\n')
    for (const text of ['a,b', 'a;b', 'a\tb', 'a\nb', 'a\rb', ' a', 'a ']) {
      expect(csvRecord([text])).toBe(`"${text}"\r\n`)
    }
    expect(csvRecord(['say "hi"'])).toBe('"say ""hi"""\r\n')
  })

  it('has an apostrophe before a formula, which is taken away again', () => {
    for (const text of ['=1', '+1', '-1', '@a', '＝1', 'a;=1', 'a\t-1', 'a\n@1', '"=1', "'=1"]) {
      expect(neutralise(text)).toBe(text.replace(/(?=[=+\-@＝])/, "'"))
      expect(restoreText(neutralise(text))).toBe(text)
    }
    for (const text of ['1-1', 'a=b', 'a@b.c', 'plain', "it's", '']) {
      expect([neutralise(text), restoreText(text)]).toEqual([text, text])
    }
  })

  it.each(['\n', '\r\n', '\r'])('knows its line in the file, with the line ends %j', (end) => {
    const text = ['a,b', '1,2', '', '"x', 'y",3', ' , ', '4,5', ''].join(end)
    expect(lines(text)).toEqual([2, 4, 7])
    expect(lines(end + text)).toEqual([3, 5, 8])
  })

  it('has the fields of the plan, and undefined where it is too short', () => {
    const file = parseCsv('a,b,c\n1,2\n3,4,5,6\n', 100, () => ({ picked: [2, 0] }))
    if ('message' in file) throw new Error(file.message)
    expect(file.records).toEqual([
      { line: 2, width: 2, fields: [undefined, '1'] },
      { line: 3, width: 4, fields: ['5', '3'] },
    ])
  })
})

describe('The header of a CSV file', () => {
  it('has names without blanks around them, in one form of Unicode', () => {
    expect(read(' a , e\u0301 \n1,2\n')).toEqual([
      ['a', 'é'],
      ['1', '2'],
    ])
  })

  it.each(delimiters)('says which delimiter the file has: %j', (delimiter) => {
    const other = delimiter === ',' ? ';' : ','
    const file = parse(`a${delimiter}"b${other}${other}c"${delimiter}d\n1${delimiter}2${other}3\n`)
    expect(file).toMatchObject({ delimiter, header: ['a', `b${other}${other}c`, 'd'] })
    expect(file).toMatchObject({ records: [{ fields: ['1', `2${other}3`, undefined] }] })
  })

  it.each([
    ['more of another delimiter in the rows', 'a;b\n1,2,3,4\n5,6,7,8\n'],
    ['empty lines before it', '\n\r\na;b\n1,2,3,4\n'],
    ['a quote inside of a name', 'a";b\n1,2,3,4\n5,6,7,8\n'],
  ])('says which delimiter the file has, with %s', (_, text) => {
    expect(parse(text)).toMatchObject({ delimiter: ';', header: { length: 2 } })
  })

  it('with one name has a comma as its delimiter', () => {
    expect(parse('a\n1\n')).toMatchObject({ delimiter: ',', header: ['a'] })
  })

  it('is read with the delimiter that is given', () => {
    expect(parse('a;b,c\n1;2,3\n', 9, ';')).toMatchObject({ header: ['a', 'b,c'] })
    // A quote opens a name behind that delimiter, and behind no other.
    const quoted = parse('a;"b\nc"\r\n1;2\r\n', 9, ';')
    expect(quoted).toMatchObject({ header: ['a', 'b\nc'], records: [{ fields: ['1', '2'] }] })
    const rows = '1;2\n'.repeat(5000)
    expect(parse(`a,"b;c\n${rows}x";y\n`, 9999, ';')).toMatchObject({ header: ['a,"b', 'c'] })
  })

  it('may have line breaks in quotes, and a quote inside of a name', () => {
    expect(read('"a\nb",c"d\r\n1,2\r\n')).toEqual([
      ['a\nb', 'c"d'],
      ['1', '2'],
    ])
    expect(read('c,"a\nb"\r\n1,2\r\n')).toEqual([
      ['c', 'a\nb'],
      ['1', '2'],
    ])
    expect(read('"a""\nb",c\r\n1,2\r\n')).toEqual([
      ['a"\nb', 'c'],
      ['1', '2'],
    ])
  })

  it('may have 16,384 characters, and not more', () => {
    const of = (length: number) => `${'a'.repeat(length - 2)},b\n1,2\n`
    expect(read(of(16_384))).toHaveLength(2)
    expect(read(`${'\n'.repeat(9000)}${of(9000)}`, 9999)).toHaveLength(2)
    expect(read(of(16_385))).toMatch(/^1: The header is too long; the maximum is 16384 characters/)
    expect(read(`\n\n${of(16_385)}`)).toMatch(/^3: The header is too long/)
    const unended = of(16_385).replace('\n1,2\n', '')
    expect(read(unended)).toMatch(/^1: The header is too long.*--data-binary/)
  })

  it('is refused when a name is not stream-safe', () => {
    expect(read(`a${'\u0301'.repeat(31)},b\n1,2\n`)).toMatch(
      /^1: A name in the header is not valid/,
    )
    expect(read(`a${'\u0301'.repeat(30)},b\n1,2\n`)).toHaveLength(2)
  })
})

describe('A CSV file', () => {
  it.each(['', '\n\n', '\r\n', ' , \n'])('without anything in it is empty: %j', (text) => {
    expect(parse(text)).toEqual({ line: 1, message: 'The file is empty.' })
  })

  it('is read as far as one record behind the maximum', () => {
    const file = parse(`a\n${'1\n'.repeat(50)}`, 10)
    expect(file).toMatchObject({ records: { length: 11 } })
    expect(parse(`a\n${'1\n'.repeat(10)}`, 10)).toMatchObject({ records: { length: 10 } })
  })

  it('may have as many empty rows as records, and the line break at its end', () => {
    expect(read(`a,b\n${',\n'.repeat(10)}1,2\n`, 10)).toEqual([
      ['a', 'b'],
      ['1', '2'],
    ])
    expect(read(`a,b\n${',\n'.repeat(11)}1,2\n`, 10)).toBe(
      '12: The file has more than 10 empty rows. Remove them.',
    )
    expect(read(`a,b\n1,2\n${'\n'.repeat(10)}`, 10)).toHaveLength(2)
    expect(read(`a,b\n1,2\n${'\n'.repeat(11)}`, 10)).toMatch(/^13: .*more than 10 empty rows/)
  })

  it('may have lines of 262,144 characters, and not more', () => {
    const of = (length: number) => `a,b\n1,2\n${'x'.repeat(length - 2)},3\n4,5\n`
    expect(read(of(262_144))).toHaveLength(4)
    expect(read(of(262_145))).toBe('3: The line is too long.')
    expect(read(of(262_144).trimEnd().replace('3\n4,5', '3'))).toHaveLength(3)
    expect(read(`\n\n${of(262_145)}`)).toBe('5: The line is too long.')
    expect(read(of(262_145).trimEnd().replace('\n4,5', ''))).toBe('3: The line is too long.')
    const blank = `a,b\n${'y'.repeat(262_140)}\n\n${'x'.repeat(262_145)}\n`
    expect(read(blank)).toBe('4: The line is too long.')
    const many = `a,b\n${`${'y'.repeat(99)}\n`.repeat(6000)}`
    expect(read(many, 9999)).toHaveLength(6001)
    expect(read(`${many}${'x'.repeat(262_145)}\n`, 9999)).toBe('6002: The line is too long.')
    expect(read(of(262_145).replaceAll('\n', '\r'))).toBe('3: The line is too long.')
  })

  it.each([
    ['a,b\n"1,2\n3,4\n', '2: Unclosed quote.'],
    ['"a,b\n1,2\n', '1: Unclosed quote.'],
    ['\r\r"a,b\r1,2\r', '3: Unclosed quote.'],
    ['a,b\n1,"2"\n3,"4""\n', '3: Unclosed quote.'],
    ['a|b\n1|2\n"3"x|4\n', '3: Unexpected text after a closing quote.'],
    ['a,b\n"1"x,2\n', '2: Unexpected text after a closing quote.'],
    ['a,b\n"1",2\n"3\n4","5" x\n', '4: Unexpected text after a closing quote.'],
  ])('with a quote that does not close as it should says where: %j', (text, said) => {
    expect(read(text)).toBe(said)
  })

  it.each([
    ['a,b\n"1" ,"2" \n', ['1', '2']],
    ['a,b\n1"2,3"\n', ['1"2', '3"']],
    ['a,b\n"1","2"', ['1', '2']],
    ['a|b\n"1|"|"2"\n', ['1|', '2']],
    ['a,b\r\n"1\n","2"\r\n', ['1\n', '2']],
    ['a,b\n"","2"\n', ['', '2']],
    ['a,b\n"""","2"\n', ['"', '2']],
  ])('may have quotes in it: %j', (text, fields) => {
    expect(read(text)).toEqual([['a', 'b'], fields])
  })
})
