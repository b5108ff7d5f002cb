import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dateFormats, readDate, type DateFormat } from '../../src/lib/csv/dates.ts'
import { cellsOf, detectWay } from '../../src/lib/csv/detect.ts'
import { decimalMarks, readNumber } from '../../src/lib/csv/numbers.ts'

describe('A date in a file', () => {
  const written = (format: DateFormat, [year, month, day]: string[]) =>
    format
      .replace('YYYY', year!)
      .replace('YY', year!.slice(2))
      .replace('MM', month!)
      .replace('DD', day!)

  it.each(dateFormats)('is read in the format %s', (format) => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 36_523 }), (day) => {
        const date = new Date(Date.UTC(2000, 0, 1 + day)).toISOString().slice(0, 10)
        const text = written(format, date.split('-'))
        expect(readDate(text, format)).toBe(date)
        expect(readDate(` ${text} `, format)).toBe(date)
        expect(readDate(`${text}x`, format)).toBeUndefined()
        expect(readDate(`x${text}`, format)).toBeUndefined()
      }),
    )
  })

  it.each([
    ['1.2.2026', 'DD.MM.YYYY', '2026-02-01'],
    ['1.2.26', 'DD.MM.YY', '2026-02-01'],
    ['2026-2-1', 'YYYY-MM-DD', '2026-02-01'],
    ['30.02.2026', 'DD.MM.YYYY', undefined],
    ['01/13/2026', 'DD/MM/YYYY', undefined],
    ['1x2x2026', 'DD.MM.YYYY', undefined],
    ['2026021', 'YYYYMMDD', undefined],
    ['1900-01-01', 'YYYY-MM-DD', '1900-01-01'],
    ['1899-12-31', 'YYYY-MM-DD', undefined],
    ['2200-12-31', 'YYYY-MM-DD', '2200-12-31'],
    ['2201-01-01', 'YYYY-MM-DD', undefined],
    ['31.12.99', 'DD.MM.YY', '2099-12-31'],
    ['', 'YYYY-MM-DD', undefined],
  ] as const)('"%s" in the format %s is %s', (text, format, date) => {
    expect(readDate(text, format)).toBe(date)
  })
})

describe('A number in a file', () => {
  it('has a point or a comma as its decimal mark', () => {
    expect(decimalMarks).toEqual(['.', ','])
  })

  it.each(['.', ','] as const)(
    'has the decimal mark "%s", and groups of three digits or none',
    (mark) => {
      const other = mark === '.' ? ',' : '.'
      fc.assert(
        fc.property(
          fc.bigInt(0n, 10n ** 15n),
          fc.option(fc.stringMatching(/^\d{1,4}$/)),
          fc.constantFrom('', other, "'", '’', ' ', '\u00a0', '\u202f'),
          fc.constantFrom('', '-', '−', '+', '- '),
          (whole, fraction, group, sign) => {
            const digits = whole.toString()
            const grouped = digits.replaceAll(/\B(?=(\d{3})+$)/g, group)
            const text = sign + grouped + (fraction === null ? '' : mark + fraction)
            expect(readNumber(text, mark)).toEqual({
              negative: sign.startsWith('-') || sign === '−',
              digits: digits + (fraction === null ? '' : `.${fraction}`),
            })
          },
        ),
      )
    },
  )

  it.each(['', '-', '--1', '1-', '1,23,456.00', '12,34', '1.2.3', 'a', '1 2', '1e5', '1,234,56'])(
    '"%s" is refused with a point',
    (text) => expect(readNumber(text, '.')).toBeUndefined(),
  )
})

describe('The format of a column', () => {
  const cells = (...texts: string[]) => texts.map((text, index) => ({ line: index + 2, text }))
  const detect = (...texts: string[]) => detectWay(cells(...texts), dateFormats, readDate)

  it('reads every cell that any format reads', () => {
    expect(detect('31.12.2026', '01.02.2026')).toEqual({ way: 'DD.MM.YYYY' })
    expect(detect('01/02/2026', '12/31/2026')).toEqual({ way: 'MM/DD/YYYY' })
    expect(detect('nonsense', '2026-01-02')).toEqual({ way: 'YYYY-MM-DD' })
  })

  it('is the first one where all mean the same', () => {
    expect(detect()).toEqual({ way: 'YYYY-MM-DD' })
    expect(detect('nonsense')).toEqual({ way: 'YYYY-MM-DD' })
    expect(detect('02/02/2026')).toEqual({ way: 'DD/MM/YYYY' })
  })

  it('has to be specified where two would mean something else', () => {
    expect(detect('02/02/2026', '01/02/2026')).toEqual({
      issue: '"01/02/2026" on line 3 is ambiguous: DD/MM/YYYY or MM/DD/YYYY.',
    })
  })

  it('has to be specified where no format reads all, and the two that differ are named', () => {
    expect(detect('31/12/2026', '01/02/2026', '12/31/2026')).toEqual({
      issue: '"31/12/2026" on line 2 and "12/31/2026" on line 4 have different formats.',
    })
    expect(detect('02/02/2026', '31/12/2026', '2026-01-01')).toEqual({
      issue: '"31/12/2026" on line 3 and "2026-01-01" on line 4 have different formats.',
    })
    expect(detect('2026-01-02', '2026-01-03', '1.2.2026')).toEqual({
      issue: '"2026-01-02" on line 2 and "1.2.2026" on line 4 have different formats.',
    })
  })

  it('is quoted with at most forty characters of a cell', () => {
    const long = `2026-01-02${' '.repeat(40)}`
    expect(detect(long, '1.2.2026')).toEqual({
      issue: `"${long.slice(0, 40)}" on line 2 and "1.2.2026" on line 3 have different formats.`,
    })
  })

  it('is that of its cells that are not blank', () => {
    const records = [
      { line: 2, width: 2, fields: ['a', ' '] },
      { line: 3, width: 1, fields: ['b', undefined] },
      { line: 4, width: 2, fields: ['', 'c'] },
    ]
    expect(cellsOf(records, 0)).toEqual([
      { line: 2, text: 'a' },
      { line: 3, text: 'b' },
    ])
    expect(cellsOf(records, 1)).toEqual([{ line: 4, text: 'c' }])
  })
})
