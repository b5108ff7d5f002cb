import type { Layout } from './layout.ts'

const POSITIVE_ROWS = `2026-03-01,SHOP A,11.00
2026-03-02,SHOP B,12.00
2026-03-03,SHOP C,13.00
2026-03-04,SHOP D,14.00
2026-03-05,SHOP E,15.00
2026-03-06,SHOP F,16.00
2026-03-07,SHOP G,17.00
2026-03-08,SHOP H,18.00
2026-03-09,SHOP I,19.00
2026-03-10,SHOP J,20.00
`

/** The days and amounts of these rows, with a sign. */
const positiveRows = (sign: string) =>
  Array.from(
    { length: 10 },
    (_, at) => `2026-03-${String(at + 1).padStart(2, '0')} ${sign}${at + 11}.00 USD`,
  )

/** What a careful person could not know either. */
export const questions: Layout[] = [
  {
    name: 'Slashes and every day and month below 13, read with the day first',
    query: 'currency=EUR',
    file: `Date,Payee,Amount
03/04/2026,Baker,-4.50
05/04/2026,Ada,10.00
`,
    asks: { option: 'date_format', value: 'DD/MM/YYYY' },
    rows: ['2026-04-03 -4.50 EUR', '2026-04-05 10.00 EUR'],
  },
  {
    name: 'Slashes and every day and month below 13, read with the month first',
    query: 'currency=USD',
    file: `Date,Payee,Amount
03/04/2026,Baker,-4.50
05/04/2026,Ada,10.00
`,
    asks: { option: 'date_format', value: 'MM/DD/YYYY' },
    rows: ['2026-03-04 -4.50 USD', '2026-05-04 10.00 USD'],
  },
  {
    name: 'Dashes and every day and month below 13',
    query: 'currency=EUR',
    file: `Datum;Naam;Bedrag
01-02-2026;Bakker;-4,50
02-02-2026;Ada;10,00
`,
    asks: { option: 'date_format', value: 'DD-MM-YYYY' },
    rows: ['2026-02-01 -4.50 EUR', '2026-02-02 10.00 EUR'],
  },
  {
    name: 'Years of two digits with every part below 13',
    query: 'currency=EUR',
    file: `Date,Payee,Amount
01/02/06,Baker,-4.50
03/02/06,Ada,10.00
`,
    asks: { option: 'date_format', value: 'DD/MM/YY' },
    rows: ['2006-02-01 -4.50 EUR', '2006-02-03 10.00 EUR'],
  },
  {
    name: 'A booking date that repeats, with a value date that would be decided',
    query: 'currency=EUR',
    file: `Booking date,Value date,Payee,Amount
04/05/2026,14/05/2026,Baker,-4.50
05/05/2026,15/05/2026,Ada,10.00
`,
    mayAsk: { option: 'date_format', value: 'DD/MM/YYYY' },
    rows: ['2026-05-04 -4.50 EUR', '2026-05-05 10.00 EUR'],
  },
  {
    name: 'Serial numbers of a spreadsheet for dates',
    query: 'currency=EUR',
    file: `Date,Payee,Amount
46095,Baker,-4.50
46097,Ada,10.00
`,
    asks: { option: 'date_format', value: 'serial' },
    rows: ['2026-03-14 -4.50 EUR', '2026-03-16 10.00 EUR'],
  },
  {
    name: 'Three digits after a dot and nothing else, meant as thousands',
    query: 'currency=EUR',
    file: `Date;Payee;Amount
2026-03-14;Baker;-1.234
2026-03-16;Ada;2.500
`,
    asks: { option: 'decimal', value: ',' },
    rows: ['2026-03-14 -1234.00 EUR', '2026-03-16 2500.00 EUR'],
  },
  {
    name: 'Three digits after a dot and nothing else, meant as decimals',
    query: 'currency=KWD',
    file: `Date;Payee;Amount
2026-03-14;Baker;-1.234
2026-03-16;Ada;2.500
`,
    asks: { option: 'decimal', value: '.' },
    rows: ['2026-03-14 -1.234 KWD', '2026-03-16 2.500 KWD'],
  },
  {
    name: 'Three digits after a comma and nothing else',
    query: 'currency=USD',
    file: `Date,Payee,Amount
2026-03-14,Baker,"-1,234"
2026-03-16,Ada,"2,500"
`,
    asks: { option: 'decimal', value: '.' },
    rows: ['2026-03-14 -1234.00 USD', '2026-03-16 2500.00 USD'],
  },
  {
    name: 'Ten positive rows of a card',
    query: 'currency=USD',
    file: `Date,Description,Amount\n${POSITIVE_ROWS}`,
    asks: { option: 'positive', value: 'expense' },
    rows: positiveRows('-'),
  },
  {
    name: 'Ten positive rows of a shop that sells',
    query: 'currency=USD',
    file: `Date,Description,Amount\n${POSITIVE_ROWS}`,
    asks: { option: 'positive', value: 'income' },
    rows: positiveRows(''),
  },
  {
    name: 'A file that does not say its currency',
    file: `Date,Payee,Amount
2026-03-14,Baker,-4.50
2026-03-16,Ada,10.00
`,
    asks: { option: 'currency', value: 'EUR' },
    rows: ['2026-03-14 -4.50 EUR', '2026-03-16 10.00 EUR'],
  },
  {
    name: 'Headers in a language that is not known',
    query: 'currency=GEL',
    file: `თარიღი,აღწერა,თანხა
2026-03-14,Baker,-4.50
2026-03-16,Ada,10.00
`,
    mayAsk: { option: 'mapping', value: 'date:თარიღი,notes:აღწერა,amount:თანხა' },
    rows: ['2026-03-14 -4.50 GEL', '2026-03-16 10.00 GEL'],
  },
  {
    name: 'A number of the row beside the amount, in headers that do not say which',
    query: 'currency=EUR',
    file: `When,What,X,Y
2026-03-14,Baker,101,-4.50
2026-03-16,Ada,102,10.00
`,
    mayAsk: { option: 'mapping', value: 'date:When,notes:What,amount:Y' },
    rows: ['2026-03-14 -4.50 EUR', '2026-03-16 10.00 EUR'],
  },
]
