import type { Layout } from './layout.ts'

/** Files of which nothing may be read in silence: a question, a refusal, or problems only. */
export const refusals: Layout[] = [
  {
    name: 'A day first and a month first in one file',
    query: 'currency=EUR',
    file: `Date,Payee,Amount
13/03/2026,Baker,-4.50
03/14/2026,Ada,10.00
`,
    refused: true,
  },
  {
    name: 'A decimal dot and a decimal comma in one file',
    query: 'currency=EUR',
    file: `Date;Payee;Amount
2026-03-14;Baker;-4,50
2026-03-16;Ada;10.25
`,
    refused: true,
  },
  {
    name: 'Words of direction that are not understood beside unsigned amounts',
    query: 'currency=EUR',
    file: `Date,Payee,Direction,Amount
2026-03-14,Baker,Blorp,4.50
2026-03-16,Ada,Zing,10.00
2026-03-17,Cinema,Blorp,9.00
`,
    refused: true,
  },
  {
    name: 'Soft words beside unsigned amounts, without a balance',
    query: 'currency=EUR',
    file: `Date,Payee,Type,Amount
2026-03-14,Baker,Sale,4.50
2026-03-16,Ada,Payment,10.00
2026-03-17,Cinema,Transfer,9.00
`,
    refused: true,
  },
  {
    name: 'A strict word that every sign contradicts',
    query: 'currency=EUR',
    file: `Date,Payee,Debit/Credit,Amount
2026-03-14,Baker,Credit,-4.50
2026-03-16,Ada,Debit,10.00
`,
    refused: true,
  },
  {
    name: 'A balance that contradicts the amounts',
    query: 'currency=EUR',
    file: `Date,Payee,Amount,Balance
2026-03-14,Baker,-4.50,95.50
2026-03-15,Grocer,-20.00,115.50
2026-03-16,Ada,10.00,85.50
2026-03-17,Cinema,-9.00,76.50
`,
    refused: true,
  },
  {
    name: 'Fees in a column, without a balance that says whether they count',
    query: 'currency=EUR',
    file: `Date,Payee,Amount,Fee
2026-03-14,Cash machine,-100.00,2.50
2026-03-16,Ada,50.00,0.00
`,
    refused: true,
  },
  {
    name: 'Two amounts of which neither is said to be the one',
    query: 'currency=EUR',
    file: `Date,Payee,Amount,Amount
2026-03-14,Baker,-4.50,-45.00
2026-03-16,Ada,10.00,100.00
`,
    refused: true,
  },
  {
    name: 'Two tables in one file',
    query: 'currency=EUR',
    file: `Date,Payee,Amount
2026-03-14,Baker,-4.50
2026-03-16,Ada,10.00

Amount,Currency,Date,Payee
7.00,USD,2026-03-18,Cinema
-3.00,USD,2026-03-19,Kiosk
`,
    refused: true,
  },
  {
    name: 'A table without dates',
    query: 'currency=EUR',
    file: `Name,Amount
Baker,-4.50
Ada,10.00
`,
    refused: true,
  },
  {
    name: 'A table without amounts',
    query: 'currency=EUR',
    file: `Date,Name
2026-03-14,Baker
2026-03-16,Ada
`,
    refused: true,
  },
  {
    name: 'Only a header',
    query: 'currency=EUR',
    file: `Date,Payee,Amount
`,
    refused: true,
  },
  {
    name: 'The page on which a bank asks to log in',
    query: 'currency=EUR',
    file: `<!DOCTYPE html>
<html><head><title>Log in, please</title></head>
<body><form action="/login"><input name="user"><input name="code"></form></body></html>
`,
    refused: true,
  },
  {
    name: 'A PDF',
    query: 'currency=EUR',
    file: `%PDF-1.4
1 0 obj
<< /Type /Catalog /Pages 2 0 R >>
endobj
`,
    refused: true,
  },
  {
    name: 'A quote that is never closed',
    query: 'currency=EUR',
    file: `Date,Payee,Amount
2026-03-14,"Baker,-4.50
2026-03-16,Ada,10.00
`,
    refused: true,
  },
  {
    name: 'Amounts without a digit',
    query: 'currency=EUR',
    file: `Date,Payee,Amount
2026-03-14,Baker,n/a
2026-03-16,Ada,see above
`,
    refused: true,
  },
  {
    name: 'Days that do not exist',
    query: 'currency=EUR',
    file: `Date,Payee,Amount
2026-02-30,Baker,-4.50
2026-13-01,Ada,10.00
`,
    refused: true,
  },
]

/** Files with single rows that need a person, beside rows that are right. */
export const problems: Layout[] = [
  {
    name: 'One strict word that its sign contradicts',
    query: 'currency=EUR',
    file: `Date,Payee,Debit/Credit,Amount
2026-03-14,Baker,Debit,-4.50
2026-03-16,Ada,Credit,10.00
2026-03-17,Cinema,Debit,9.00
`,
    rows: ['2026-03-14 -4.50 EUR', '2026-03-16 10.00 EUR'],
    problems: 1,
  },
  {
    name: 'A row with a debit and a credit, and one with neither',
    query: 'currency=EUR',
    file: `Date,Payee,Debit,Credit
2026-03-14,Baker,4.50,
2026-03-15,Both,1.00,2.00
2026-03-16,Ada,,10.00
2026-03-17,Neither,,
`,
    rows: ['2026-03-14 -4.50 EUR', '2026-03-16 10.00 EUR'],
    problems: 2,
  },
  {
    name: 'A day that does not exist among days that do',
    query: 'currency=EUR',
    file: `Buchungstag;Betrag;Verwendungszweck
13.03.2026;-84,30;Supermarkt
31.03.2026;3.200,00;Gehalt
32.03.2026;1,00;Tippfehler
`,
    rows: ['2026-03-13 -84.30 EUR', '2026-03-31 3200.00 EUR'],
    problems: 1,
  },
  {
    name: 'A date like the trailer of an export in a file of another program',
    query: 'currency=EUR',
    file: `note,date,amount
#end,2026-03-14,-4.50
#end,2026-03-15,-5.50
`,
    rows: ['2026-03-14 -4.50 EUR', '2026-03-15 -5.50 EUR'],
  },
  {
    name: 'More decimals than the currency has',
    query: 'currency=EUR',
    file: `Date,Payee,Amount
2026-03-14,Baker,-4.505
2026-03-16,Ada,10.00
`,
    rows: ['2026-03-16 10.00 EUR'],
    problems: 1,
  },
]
