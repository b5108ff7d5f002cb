import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FIRST_DATE, LAST_DATE, addDays, dateOfDay, dayNumber } from '../../src/lib/calendar.ts'
import type { Cell } from '../../src/lib/statement/cells.ts'
import { detectDateFormat } from '../../src/lib/statement/date-detection.ts'
import { dateFormats, orderOf, readDate, type DateFormat } from '../../src/lib/statement/dates.ts'
import { iterations, seed } from '../support/iterations.ts'

const TODAY = '2026-11-26'

const cells = (...texts: string[]): Cell[] =>
  texts.map((text, index) => ({ line: index + 2, text }))
const detect = (...texts: string[]) => detectDateFormat(cells(...texts), TODAY)

describe('a date', () => {
  it.each([
    ['2026-03-14T23:59:59Z', 'YYYY-MM-DD'],
    ['2026-03-14T23:59:59.123+01:00[Europe/Berlin]', 'YYYY-MM-DD'],
    ['2026-03-14 10:22:01.123456 +0000', 'YYYY-MM-DD'],
    ['2026-03-14 14:05:33 UTC', 'YYYY-MM-DD'],
    ['2026-03-14-12.30.15.123456', 'YYYY-MM-DD'],
    ['2026-03-14 +01:00', 'YYYY-MM-DD'],
    ['14.03.2026 09:12', 'DD.MM.YYYY'],
    ['14.03.2026 um 09:12 Uhr', 'DD.MM.YYYY'],
    ['03/14/2026 09:12 AM', 'MM/DD/YYYY'],
    ['3/14/26 9:05 p.m.', 'MM/DD/YY'],
    ['14/03/2026, 10:11', 'DD/MM/YYYY'],
    ['Mar 14 2026 10:22AM', 'MM/DD/YYYY'],
    ['Sat, 14 Mar 2026 10:00:00 +0100', 'DD MMM YYYY'],
    ['20260314120000[-5:EST]', 'YYYYMMDD'],
    ['20260314120000.000[-5:EST]', 'YYYYMMDD'],
    ['20260314T120000Z', 'YYYYMMDD'],
    ['260314', 'YYMMDD'],
    ['140326', 'DDMMYY'],
    ['031426', 'MMDDYY'],
  ] as const)('is the calendar day as written, without the time: %s', (text, format) => {
    expect(readDate(text, format, TODAY)).toBe('2026-03-14')
  })

  it.each([
    ['14. März 2026', 'DD MMM YYYY'],
    ['14 sept. 2026', 'DD MMM YYYY', '2026-09-14'],
    ['1er août 2026', 'DD MMM YYYY', '2026-08-01'],
    ['14 de março de 2026', 'DD MMM YYYY'],
    ['14 marca 2026', 'DD MMM YYYY'],
    ['14 mrt. 2026', 'DD MMM YYYY'],
    ['14-Mar-26', 'DD MMM YY'],
    ['14MAR2026', 'DD MMM YYYY'],
    ["14 Mar '26", 'DD MMM YY'],
    ['Mar 14, 2026', 'MMM DD YYYY'],
    ['14th March 2026', 'DD MMM YYYY'],
    ['2026 Mar 14', 'YYYY MMM DD'],
    ['2026. márc. 14.', 'YYYY MMM DD'],
  ] as [string, DateFormat, string?][])(
    'may name its month: %s',
    (text, format, date = '2026-03-14') => {
      expect(readDate(text, format, TODAY)).toBe(date)
    },
  )

  it.each([
    ['2019.04.19.', 'YYYY.MM.DD', '2019-04-19'],
    ['2019. 04. 19.', 'YYYY.MM.DD', '2019-04-19'],
    ['2019 10 11', 'YYYY MM DD', '2019-10-11'],
    ['14. 3. 2026', 'DD.MM.YYYY', '2026-03-14'],
    ['Samstag, 14.03.2026', 'DD.MM.YYYY', '2026-03-14'],
    ['mar. 14/03/2026', 'DD/MM/YYYY', '2026-03-14'],
    ['14.03.2026 Sa', 'DD.MM.YYYY', '2026-03-14'],
    ['2026年3月14日', 'YYYY-MM-DD', '2026-03-14'],
    ['2026/03/14(土)', 'YYYY/MM/DD', '2026-03-14'],
    ['２０２６/０３/１４', 'YYYY/MM/DD', '2026-03-14'],
    ['14032026', 'DDMMYYYY', '2026-03-14'],
    ['03142026', 'MMDDYYYY', '2026-03-14'],
  ] as const)('is read with dots, blanks, weekdays and wide digits: %s', (text, format, date) => {
    expect(readDate(text, format, TODAY)).toBe(date)
  })

  it.each([
    ['31.12.99', '1999-12-31'],
    ['31.12.28', '1928-12-31'],
    ['31.12.27', '2027-12-31'],
    ['31.12.26', '2026-12-31'],
    ['01.01.00', '2000-01-01'],
  ])('with a year of two digits is not later than next year: %s', (text, date) => {
    expect(readDate(text, 'DD.MM.YY', TODAY)).toBe(date)
  })

  it('with a year of two digits may be in the next century when that has come', () => {
    expect(readDate('31.12.00', 'DD.MM.YY', '2099-06-01')).toBe('2100-12-31')
    expect(readDate('31.12.01', 'DD.MM.YY', '2099-06-01')).toBe('2001-12-31')
  })

  it.each([
    ['46095', '2026-03-14'],
    ['46095.75', '2026-03-14'],
    ['1', '1900-01-01'],
    ['59', '1900-02-28'],
    ['60', undefined],
    ['61', '1900-03-01'],
    ['0', undefined],
    ['999999', undefined],
  ])('may be the day number of a spreadsheet, where that is asked for: %s', (text, date) => {
    expect(readDate(text, 'serial', TODAY)).toBe(date)
    expect(readDate(text, 'YYYY-MM-DD', TODAY)).toBeUndefined()
  })

  it.each([
    ['0026-03-14', 'YYYY-MM-DD'],
    ['2026-02-30', 'YYYY-MM-DD'],
    ['31 June 2026', 'DD MMM YYYY'],
    ['2026-13-01', 'YYYY-MM-DD'],
    ['1899-12-31', 'YYYY-MM-DD'],
    ['2201-01-01', 'YYYY-MM-DD'],
    ['٢٠٢٦-٠٣-١٤', 'YYYY-MM-DD'],
    ['2026-03-1⁴', 'YYYY-MM-DD'],
    ['14 мар 2026', 'DD MMM YYYY'],
    ['12.3.2026 - 14.3.2026', 'DD.MM.YYYY'],
    ['14.03.2026 Rent', 'DD.MM.YYYY'],
    ['Rent 14.03.2026', 'DD.MM.YYYY'],
    ['14.03.', 'DD.MM.YYYY'],
    ['March 2026', 'MMM DD YYYY'],
    ['1.2.3', 'DD.MM.YYYY'],
    ['14.03.026', 'DD.MM.YYYY'],
    ['2026-073', 'YYYY-MM-DD'],
    ['', 'YYYY-MM-DD'],
    [`14.03.2026 10:10 ${'A'.repeat(60)}!`, 'DD.MM.YYYY'],
  ] as const)('is not %s', (text, format) => {
    expect(readDate(text, format, TODAY)).toBeUndefined()
  })

  it('is not a long text', () => {
    expect(readDate(`14.03.2026 ${'A '.repeat(40_000)}`, 'DD.MM.YYYY', TODAY)).toBeUndefined()
  })

  it('in another order than that of the format is refused', () => {
    expect(readDate('2026-03-14', 'DD.MM.YYYY', TODAY)).toBeUndefined()
    expect(readDate('14.03.2026', 'YYYY-MM-DD', TODAY)).toBeUndefined()
    expect(readDate('26-03-14', 'YYYY-MM-DD', TODAY)).toBeUndefined()
    expect(readDate('31/12/2026', 'MM/DD/YYYY', TODAY)).toBeUndefined()
  })
})

const ENGLISH = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ')

function write(date: string, format: DateFormat): string {
  const [year, month, day] = date.split('-') as [string, string, string]
  return format
    .replace('YYYY', year)
    .replace('YY', year.slice(2))
    .replace('MMM', '#')
    .replace('MM', month)
    .replace('DD', day)
    .replace('#', ENGLISH[Number(month) - 1]!)
}

const days = fc
  .integer({ min: dayNumber(FIRST_DATE), max: dayNumber(LAST_DATE) })
  .map((day) => dateOfDay(day))
const recentDays = fc.integer({ min: 0, max: 36_000 }).map((age) => addDays('2027-12-31', -age))
const written = dateFormats.filter((format) => format !== 'serial')

describe('every format', () => {
  it('reads each storable date that is written in it', () => {
    fc.assert(
      fc.property(days, recentDays, fc.constantFrom(...written), (any, recent, format) => {
        const date = format.includes('YYYY') ? any : recent
        expect(readDate(write(date, format), format, TODAY)).toBe(date)
      }),
      { ...seed, numRuns: iterations(2_000, 50_000) },
    )
  })

  it('reads nothing that is not a storable date', () => {
    const noise = fc.string({
      unit: fc.constantFrom(...'0123456789./- :TZ年MarchAug'),
      maxLength: 24,
    })
    fc.assert(
      fc.property(noise, fc.constantFrom(...dateFormats), (text, format) => {
        const date = readDate(text, format, TODAY)
        if (date === undefined) return
        expect(date >= FIRST_DATE && date <= LAST_DATE).toBe(true)
        expect(dateOfDay(dayNumber(date))).toBe(date)
      }),
      { ...seed, numRuns: iterations(3_000, 100_000) },
    )
  })
})

describe('the format of a column', () => {
  it.each([
    [['01/02/2026', '31/12/2026'], 'DD/MM/YYYY'],
    [['01/02/2026', '12/31/2026'], 'MM/DD/YYYY'],
    [['1/2/26', '3/14/26'], 'MM/DD/YY'],
    [['03.04.2026', '05.06.2026'], 'DD.MM.YYYY'],
    [['03.04.26'], 'DD.MM.YY'],
    [['05/05/2026'], 'DD/MM/YYYY'],
    [['2026-03-14', '2026-03-15 10:00:00'], 'YYYY-MM-DD'],
    [['14.03.2026', '14/03/2026', '14-03-26'], 'DD.MM.YYYY'],
    [['14 Mar 2026', 'Mar 15, 2026'], 'DD MMM YYYY'],
    [['14 Mar 2026', '2026-03-15'], 'YYYY-MM-DD'],
    [['20260314'], 'YYYYMMDD'],
    [['14032026'], 'DDMMYYYY'],
    [['260314', '260315', '260317', '260319', '260321'], 'YYMMDD'],
    [['140326', '150326', '310326'], 'DDMMYY'],
    [['031426', '031526'], 'MMDDYY'],
    [['2019.04.19.'], 'YYYY.MM.DD'],
    [['2019 10 11'], 'YYYY MM DD'],
    [['2026年3月14日'], 'YYYY-MM-DD'],
    [['14-Mar-26'], 'DD MMM YY'],
    [['14-03-26'], 'DD-MM-YY'],
    [['20-03-26', '21-03-26'], 'DD-MM-YY'],
    [['26-03-14', '26-03-15', '26-03-17', '26-03-19', '26-03-21'], 'YY-MM-DD'],
  ])('%j is %s', (texts, format) => {
    expect(detect(...texts)).toMatchObject({ format, reason: expect.stringMatching(/\.$/) })
  })

  it('names the cell that proves it', () => {
    expect(detect('01/02/2026', '31/12/2026')).toMatchObject({
      reason: 'The day comes first: "31/12/2026" on line 3 has no other meaning.',
    })
  })

  it('is a question with both meanings, where days and months could change places', () => {
    expect(detect('05/05/2026', '03/04/2026')).toStrictEqual({
      issue: '"03/04/2026" on line 3 is 3 April 2026 (DD/MM/YYYY) or 4 March 2026 (MM/DD/YYYY).',
      options: ['DD/MM/YYYY', 'MM/DD/YYYY'],
      lines: [3],
    })
  })

  it('is a question where a year of two digits could be at either end', () => {
    expect(detect('26-03-14')).toMatchObject({ options: ['DD-MM-YY', 'YY-MM-DD'] })
    expect(detect('20-03-26')).toMatchObject({ options: ['DD-MM-YY', 'YY-MM-DD'] })
    expect(detect('26/03/14')).toMatchObject({ options: ['DD/MM/YY', 'YY/MM/DD'] })
  })

  it('is a question that names two lines, where they contradict each other', () => {
    expect(detect('1/1/2026', '31/12/2026', '12/31/2026')).toStrictEqual({
      issue: '"31/12/2026" on line 3 and "12/31/2026" on line 4 have different formats.',
      options: ['DD/MM/YYYY', 'MM/DD/YYYY'],
      lines: [3, 4],
    })
    expect(detect('31/12/2026', '2026-01-01')).toMatchObject({ lines: [2, 3] })
  })

  it('ignores single cells that are not dates, and is a question where most are none', () => {
    expect(detect('pending', '31.12.2026', '01.02.2026')).toMatchObject({ format: 'DD.MM.YYYY' })
    expect(detect('a', 'b', '2026-01-01')).toStrictEqual({
      issue: 'Most values are not dates, such as "a" on line 2.',
      options: [],
      lines: [2],
    })
    expect(detect()).toHaveProperty('issue')
  })

  it('is never the day number of a spreadsheet, but the question names it', () => {
    expect(detect('46095', '46096')).toMatchObject({ options: ['serial'], lines: [2] })
  })

  it('either reads every date of the column as it was written, or is a question', () => {
    // Two-digit years in front, and months in front of a dot, are too rare to be asked for.
    const usual = written.filter(
      (format) => orderOf(format) !== 'short' && !format.startsWith('MM.'),
    )
    const column = fc.array(recentDays, { minLength: 1, maxLength: 30 })
    fc.assert(
      fc.property(column, fc.constantFrom(...usual), (dates, format) => {
        const texts = dates.map((date) => write(date, format))
        const found = detect(...texts)
        if ('issue' in found) expect(found.options).toContain(format)
        else expect(texts.map((text) => readDate(text, found.format, TODAY))).toStrictEqual(dates)
      }),
      { ...seed, numRuns: iterations(1_000, 20_000) },
    )
  })
})
