import type { Layout } from './layout.ts'

/** What spreadsheets, programs and people do to tables. */
export const mechanics: Layout[] = [
  {
    name: 'A line sep=; before the header',
    query: 'currency=EUR',
    file: `sep=;
Date;Payee;Amount
14/03/2026;Baker;-4,50
16/03/2026;Ada;10,00
`,
    rows: ['2026-03-14 -4.50 EUR | payee: Baker', '2026-03-16 10.00 EUR | payee: Ada'],
  },
  {
    name: 'A mark and sep=, in quotes before the header',
    query: 'currency=EUR',
    encoding: { charset: 'utf-8', declared: false, mark: true },
    file: `"sep=,"
Date,Payee,Amount
2026-03-14,Baker,-4.50
`,
    rows: ['2026-03-14 -4.50 EUR | payee: Baker'],
  },
  {
    name: 'Line ends of both kinds in one file',
    query: 'currency=EUR',
    file: 'Date,Payee,Amount\r\n2026-03-14,Baker,-4.50\n2026-03-16,Ada,10.00\r\n2026-03-17,Cinema,-9.00\n',
    rows: ['2026-03-14 -4.50 EUR', '2026-03-16 10.00 EUR', '2026-03-17 -9.00 EUR'],
  },
  {
    name: 'The header again in the middle, as in months that were joined',
    query: 'currency=EUR',
    file: `Date,Payee,Amount
2026-02-27,Baker,-4.50

Date,Payee,Amount
2026-03-16,Ada,10.00
`,
    rows: ['2026-02-27 -4.50 EUR', '2026-03-16 10.00 EUR'],
    notBooked: 'any',
  },
  {
    name: 'Blanks before quotes and around fields',
    query: 'currency=EUR',
    file: `"Date", "Payee", "Amount"
"2026-03-14", "Milk, eggs", "-4.75"
"2026-03-16",  "Ada" , "1,000.00"
`,
    rows: ['2026-03-14 -4.75 EUR | payee: Milk, eggs', '2026-03-16 1000.00 EUR | payee: Ada'],
  },
  {
    name: 'Rows that are narrower than the header',
    query: 'currency=EUR',
    file: `Date;Payee;Amount;Notes;Tags
14.03.2026;Baker;-4,50
16.03.2026;Ada;10,00;thanks
`,
    rows: ['2026-03-14 -4.50 EUR | payee: Baker', '2026-03-16 10.00 EUR | notes: thanks'],
  },
  {
    name: 'Rows with more empty fields than the header, and empty lines of delimiters',
    query: 'currency=EUR',
    file: `Date;Payee;Amount;;
14.03.2026;Baker;-4,50;;;;
;;;;
16.03.2026;Ada;10,00;;

;;
`,
    rows: ['2026-03-14 -4.50 EUR', '2026-03-16 10.00 EUR'],
  },
  {
    name: 'Minus signs of five kinds',
    query: 'currency=EUR',
    file: `Date;Payee;Amount
14.03.2026;Typeset;−12,50
15.03.2026;Behind;12,50-
16.03.2026;Accountant;(12,50)
17.03.2026;Apart;- 12,50
18.03.2026;Long dash;–12,50
19.03.2026;Income;+12,50
`,
    rows: [
      '2026-03-14 -12.50 EUR',
      '2026-03-15 -12.50 EUR',
      '2026-03-16 -12.50 EUR',
      '2026-03-17 -12.50 EUR',
      '2026-03-18 -12.50 EUR',
      '2026-03-19 12.50 EUR',
    ],
  },
  {
    name: 'Currency signs and codes before and after the amount',
    file: `Date;Payee;Amount
14.03.2026;A;-12,50 €
15.03.2026;B;€ 1.250,00
16.03.2026;C;EUR -3,20
17.03.2026;D;-€4,00
18.03.2026;E;5,00EUR
`,
    rows: [
      '2026-03-14 -12.50 EUR',
      '2026-03-15 1250.00 EUR',
      '2026-03-16 -3.20 EUR',
      '2026-03-17 -4.00 EUR',
      '2026-03-18 5.00 EUR',
    ],
  },
  {
    name: 'A currency in each cell that differs from row to row',
    file: `Date,Payee,Amount
2026-03-14,Tea,-3.20 GBP
2026-03-15,Ramen,-1200 JPY
2026-03-16,Refund,12.00 EUR
`,
    rows: ['2026-03-14 -3.20 GBP', '2026-03-15 -1200 JPY', '2026-03-16 12.00 EUR'],
  },
  {
    name: 'Thousands by blanks that do not break, narrow ones and apostrophes of print',
    query: 'currency=EUR',
    file: `Date;Payee;Amount
14.03.2026;A;-1\u00A0234,50
15.03.2026;B;1\u202F234\u202F567,00
16.03.2026;C;-2’000,00
`,
    rows: ['2026-03-14 -1234.50 EUR', '2026-03-15 1234567.00 EUR', '2026-03-16 -2000.00 EUR'],
  },
  {
    name: 'Amounts below one: a group never begins with a lone zero',
    query: 'currency=KWD',
    file: `Date,Payee,Amount
2026-03-14,Stamp,-0.250
2026-03-16,Rounding,0.001
`,
    rows: ['2026-03-14 -0.250 KWD', '2026-03-16 0.001 KWD'],
  },
  {
    name: 'One amount of three digits decides with the help of another',
    query: 'currency=EUR',
    file: `Date,Payee,Amount
2026-03-14,Sofa,-1.234
2026-03-16,Wages,"2.500,00"
`,
    rows: ['2026-03-14 -1234.00 EUR', '2026-03-16 2500.00 EUR'],
  },
  {
    name: 'A currency in brackets in the header, in words of three languages',
    file: `Datum;Omschrijving;Bedrag [SEK];Category
2026-03-14;Fika;-45,00;Food
2026-03-16;Lön;25000,00;Pay
`,
    rows: ['2026-03-14 -45.00 SEK | category: Food', '2026-03-16 25000.00 SEK | category: Pay'],
  },
  {
    name: 'A pipe between fields and the amount first',
    query: 'currency=EUR',
    file: `Amount|Date|Description
-7.10|2026-03-14|Kiosk
55.00|2026-03-16|Sale of a chair
`,
    rows: ['2026-03-14 -7.10 EUR', '2026-03-16 55.00 EUR'],
  },
  {
    name: 'The balance proves that a charge is positive',
    query: 'currency=EUR',
    file: `Date,Description,Amount,Balance
2026-03-12,Shoes,80.00,320.00
2026-03-13,Petrol,60.00,260.00
2026-03-14,Paid back,-100.00,360.00
`,
    rows: ['2026-03-12 -80.00 EUR', '2026-03-13 -60.00 EUR', '2026-03-14 100.00 EUR'],
  },
  {
    name: 'The balance proves which way unsigned amounts went, newest first, with an opening balance',
    query: 'currency=EUR',
    file: `Opening balance,0.00

Date,Description,Type,Amount,Balance
2026-03-16,Rent,Standing order,700.00,1260.00
2026-03-15,Example Ltd,Bank Giro,2000.00,1960.00
2026-03-14,Shoes,Card,40.00,-40.00
`,
    rows: ['2026-03-16 -700.00 EUR', '2026-03-15 2000.00 EUR', '2026-03-14 -40.00 EUR'],
  },
  {
    name: 'An opening and a closing balance as rows',
    query: 'currency=EUR',
    file: `Datum;Text;Betrag
28.02.2026;Anfangssaldo;100,00
13.03.2026;Laden;-20,00
16.03.2026;Lohn;1.000,00
31.03.2026;Schlusssaldo;1.080,00
`,
    rows: ['2026-03-13 -20.00 EUR', '2026-03-16 1000.00 EUR'],
    notBooked: 2,
  },
  {
    name: 'A total after the table',
    query: 'currency=USD',
    file: `Date,Payee,Amount
2026-03-13,Grocer,-20.00
2026-03-16,Example Inc,100.00
Total,,80.00
`,
    rows: ['2026-03-13 -20.00 USD', '2026-03-16 100.00 USD'],
    notBooked: 1,
  },
  {
    name: 'A line break and doubled quotes in notes',
    query: 'currency=EUR',
    file: `Date,Payee,Amount,Notes
2026-03-14,Baker,-4.50,"two ""rolls""
and a cake"
2026-03-16,Ada,10.00,
`,
    rows: ['2026-03-14 -4.50 EUR | notes: two "rolls"', '2026-03-16 10.00 EUR'],
  },
]
