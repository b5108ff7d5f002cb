import type { Layout } from './layout.ts'

const months = (name: string, dates: string[], days: string[]): Layout => ({
  name: `Dates in ${name}`,
  query: 'currency=EUR',
  file: `Date;Description;Amount\n${dates.map((date, at) => `${date};Row ${at};${at % 2 ? '' : '-'}${at + 1},50`).join('\n')}\n`,
  rows: days.map((day, at) => `${day} ${at % 2 ? '' : '-'}${at + 1}.50 EUR`),
})

/** Dates as banks write them: names of months in nine languages, and numbers in unusual orders. */
export const dates: Layout[] = [
  months(
    'English, in short and in full',
    ['14-Mar-26', '01-May-26', '30-Sep-26', '02-Dec-26'],
    ['2026-03-14', '2026-05-01', '2026-09-30', '2026-12-02'],
  ),
  months(
    'English, before the day',
    ['Mar 14, 2026', 'May 1, 2026', 'Sep 30, 2026', 'Oct 2, 2026'],
    ['2026-03-14', '2026-05-01', '2026-09-30', '2026-10-02'],
  ),
  months(
    'English, in full',
    ['14 March 2026', '1 August 2026', '2 October 2026'],
    ['2026-03-14', '2026-08-01', '2026-10-02'],
  ),
  months(
    'German',
    ['14. März 2026', '1. Mai 2026', '31. Oktober 2026', '2. Dezember 2026'],
    ['2026-03-14', '2026-05-01', '2026-10-31', '2026-12-02'],
  ),
  months(
    'German, in short',
    ['14. Mrz 2026', '01. Mai 2026', '31. Okt 2026', '02. Dez 2026'],
    ['2026-03-14', '2026-05-01', '2026-10-31', '2026-12-02'],
  ),
  months(
    'French',
    ['14 févr. 2026', '1 avril 2026', '31 août 2026', '2 déc. 2026'],
    ['2026-02-14', '2026-04-01', '2026-08-31', '2026-12-02'],
  ),
  months(
    'Spanish',
    ['14 ene 2026', '1 abr 2026', '31 ago 2026', '2 dic 2026'],
    ['2026-01-14', '2026-04-01', '2026-08-31', '2026-12-02'],
  ),
  months(
    'Italian',
    ['14 gennaio 2026', '1 maggio 2026', '30 giugno 2026', '2 ott 2026'],
    ['2026-01-14', '2026-05-01', '2026-06-30', '2026-10-02'],
  ),
  months(
    'Dutch',
    ['14 maart 2026', '1 mei 2026', '31 oktober 2026', '2 mrt 2026'],
    ['2026-03-14', '2026-05-01', '2026-10-31', '2026-03-02'],
  ),
  months(
    'Portuguese',
    ['14 de março de 2026', '1 de maio de 2026', '30 de setembro de 2026', '2 de dez de 2026'],
    ['2026-03-14', '2026-05-01', '2026-09-30', '2026-12-02'],
  ),
  months(
    'Polish',
    ['14 marca 2026', '1 maja 2026', '31 października 2026', '2 gru 2026'],
    ['2026-03-14', '2026-05-01', '2026-10-31', '2026-12-02'],
  ),
  months(
    'Swedish',
    ['14 mars 2026', '1 maj 2026', '31 oktober 2026', '2 aug 2026'],
    ['2026-03-14', '2026-05-01', '2026-10-31', '2026-08-02'],
  ),
  months(
    'numbers, with the year first and blanks',
    ['2026 03 14', '2026 05 01', '2026 10 11'],
    ['2026-03-14', '2026-05-01', '2026-10-11'],
  ),
  months(
    'numbers, with a dot at the end',
    ['2026.03.14.', '2026.05.01.', '2026.10.11.'],
    ['2026-03-14', '2026-05-01', '2026-10-11'],
  ),
  months(
    'numbers, with a blank after each dot',
    ['14. 3. 2026', '1. 5. 2026', '11. 10. 2026'],
    ['2026-03-14', '2026-05-01', '2026-10-11'],
  ),
  months(
    'numbers, with years of two digits that are not ahead',
    ['14.03.26', '31.12.99', '01.05.25'],
    ['2026-03-14', '1999-12-31', '2025-05-01'],
  ),
  months(
    'numbers, with T, times and zones',
    ['2026-03-14T23:30:00Z', '2026-05-01T00:00:00+09:00', '2026-10-11T07:05:59.123+02:00'],
    ['2026-03-14', '2026-05-01', '2026-10-11'],
  ),
  months(
    'numbers, with a time and a zone after blanks',
    ['2026-03-14 23:30:00 +0000', '2026-05-01 00:00:00 +0100', '2026-10-11 07:05:59 +0100'],
    ['2026-03-14', '2026-05-01', '2026-10-11'],
  ),
  months(
    'numbers, with hours and minutes after a comma',
    ['14.03.2026, 23:30', '01.05.2026, 00:00', '11.10.2026, 07:05'],
    ['2026-03-14', '2026-05-01', '2026-10-11'],
  ),
  months(
    'numbers, with a time in the American way',
    ['3/14/2026 11:30 PM', '5/1/2026 12:00 AM', '10/31/2026 9:05 AM'],
    ['2026-03-14', '2026-05-01', '2026-10-31'],
  ),
]
