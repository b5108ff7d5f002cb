import type { ExpectedRow } from './statements.ts'

/* Files such as banks and apps write, with what they mean; the data is invented. */

export interface FieldFile {
  name: string
  file: BodyInit
  query: string
  type?: string
  rows: ExpectedRow[]
}

const eur = 'currency=EUR&category=Bank'
const inEncoding = (...parts: (string | number[])[]) =>
  new Uint8Array(
    parts.flatMap((part) =>
      typeof part === 'string' ? [...new TextEncoder().encode(part)] : part,
    ),
  )

const afBij =
  '"Datum";"Naam";"Af Bij";"Bedrag (EUR)"\n' +
  '"20260314";"Bakker";"Af";"4,75"\n"20260315";"Werk";"Bij";"1800,00"\n'
const afBijRows: ExpectedRow[] = [
  ['2026-03-14 expense 4.75 EUR [Bank]', 'Bakker'],
  ['2026-03-15 income 1800.00 EUR [Bank]', 'Werk'],
]
export const debitAndCredit =
  'Date,Description,Debit,Credit\n14/03/2026,Shop,4.75,0.00\n15/03/2026,Pay,,1800.00\n'
const debitAndCreditRows: ExpectedRow[] = [
  ['2026-03-14 expense 4.75 EUR [Bank]', 'Shop'],
  ['2026-03-15 income 1800.00 EUR [Bank]', 'Pay'],
]
const exportHeader = [
  ...['id', 'date', 'type', 'amount', 'currency', 'category', 'notes', 'external_id', 'source'],
  ...['user_id', 'import_id', 'version', 'created_by', 'created_at', 'updated_at', 'deleted_at'],
]
/** An export of another user that a spreadsheet has saved again. */
export const savedAgain = (date: string, amount: string, currency: string) => {
  const somebody = '0192e1ce-80e0-7666-83b4-db0014910764'
  const cells = ['01a1fef6-7695-7838-8374-82b165eb1b07', date, 'expense', amount, currency, 'Food']
  const rest = ['x', '', '', somebody, '', '1', somebody, '', '', '']
  return `${exportHeader.join(';')}\r\n${[...cells, ...rest].join(';')}\r\n`
}

const oneExpense = (name: string, file: BodyInit, query = eur, text = ''): FieldFile => ({
  name,
  file,
  query,
  rows: [['2026-03-14 expense 1.25 EUR [Bank]', text]],
})

const dated = (date: string): FieldFile =>
  oneExpense(`a date such as ${date}`, `Date,Description,Amount\n${date},Shop,-1.25\n`, eur, 'Shop')

/** Files that are read right with nothing but these options. */
export const readable: FieldFile[] = [
  {
    name: '08: a column "Transaction Type" with debit and credit',
    file: 'Date,Description,Amount,Transaction Type,Category\n3/14/2026,Corner Shop,23.40,debit,Food\n3/15/2026,Wages,1800.00,credit,Pay\n',
    query: 'currency=USD',
    rows: [
      ['2026-03-14 expense 23.40 USD [Food]', 'Corner Shop'],
      ['2026-03-15 income 1800.00 USD [Pay]', 'Wages'],
    ],
  },
  {
    name: '09: a column "Af Bij" that the mapping does not mention',
    file: afBij,
    query: `${eur}&mapping=amount:Bedrag%20(EUR),notes:Naam`,
    rows: afBijRows,
  },
  {
    name: '09: a column "Af Bij" that is mapped to the type',
    file: afBij,
    query: `${eur}&mapping=amount:Bedrag%20(EUR),notes:Naam,type:Af%20Bij`,
    rows: afBijRows,
  },
  { name: '09: a column "Af Bij" without a mapping', file: afBij, query: eur, rows: afBijRows },
  {
    name: '10: a column "Soll/Haben" with S and H',
    file: 'Buchungstag;Betrag;Soll/Haben\n14.03.2026;4,75;S\n15.03.2026;5,75;H\n',
    query: eur,
    rows: [['2026-03-14 expense 4.75 EUR [Bank]'], ['2026-03-15 income 5.75 EUR [Bank]']],
  },
  {
    name: '12: debit and credit in two columns, with 0.00 or nothing in the other one',
    file: debitAndCredit,
    query: eur,
    rows: debitAndCreditRows,
  },
  {
    name: '12: debit and credit in two columns, with a dash in the other one',
    file: debitAndCredit.replace('0.00', '-').replace(',,', ',-,'),
    query: eur,
    rows: debitAndCreditRows,
  },
  {
    name: '12: debit and credit in two columns that the mapping names',
    file: debitAndCredit,
    query: `${eur}&mapping=debit:Debit,credit:Credit`,
    rows: debitAndCreditRows,
  },
  {
    name: '14: a column "Typ" that is not a direction, beside signed amounts',
    file: 'Datum;Typ;Betrag\n14.03.2026;Lastschrift;-4,75\n15.03.2026;Gutschrift;5,75\n',
    query: eur,
    rows: [['2026-03-14 expense 4.75 EUR [Bank]'], ['2026-03-15 income 5.75 EUR [Bank]']],
  },
  oneExpense(
    '15: lines before the header',
    'Konto:;DE00 1234\nZeitraum:;01.03.2026 - 31.03.2026\n\nBuchungstag;Betrag;Verwendungszweck\n14.03.2026;-1,25;Brot\n',
    eur,
    'Brot',
  ),
  oneExpense(
    '17: a header twice',
    'Buchung;Saldo;Währung;Betrag;Währung\n14.03.2026;100,00;EUR;-1,25;EUR\n',
    `${eur}&mapping=date:Buchung`,
  ),
  oneExpense(
    '18: a date with its time',
    'Completed Date,Description,Amount,Currency\n2026-03-14 05:25:00,Kiosk,-1.25,EUR\n',
    'category=Bank&mapping=date:Completed%20Date',
    'Kiosk',
  ),
  ...['14 Mar 2026', '14-Mar-26', '2026.03.14.', '2026 03 14'].map((date) => {
    const file = dated(date)
    return { ...file, name: `19: ${file.name}` }
  }),
  {
    name: '20: parentheses, a minus behind the amount, and a currency sign',
    file: 'date;amount\n2026-03-14;(12,50)\n2026-03-14;12,50-\n2026-03-14;-12,50 €\n2026-03-15;1,25\n',
    query: eur,
    rows: [
      ...[1, 2, 3].map((): ExpectedRow => ['2026-03-14 expense 12.50 EUR [Bank]']),
      ['2026-03-15 income 1.25 EUR [Bank]'],
    ],
  },
  {
    name: '20: lakh groups',
    file: 'date,amount\n2026-03-14,"1,00,000.00"\n2026-03-15,1.25\n',
    query: 'currency=INR&category=Bank',
    rows: [['2026-03-14 income 100000.00 INR [Bank]'], ['2026-03-15 income 1.25 INR [Bank]']],
  },
  oneExpense(
    '21: rows longer than the header',
    'date,amount,notes\n2026-03-14,-1.25,x,\n',
    eur,
    'x',
  ),
  oneExpense(
    '21: a header longer than the rows',
    'date,amount,notes,\n2026-03-14,-1.25,x\n',
    eur,
    'x',
  ),
  oneExpense(
    '22: blanks before quotes',
    '"date", "amount", "notes"\n"2026-03-14", "-1.25", "Milk, eggs"\n',
    eur,
    'Milk, eggs',
  ),
  {
    name: '25: the year 99, which is 1999',
    file: 'date;amount\n31.12.99;-1,25\n',
    query: `${eur}&date_format=DD.MM.YY`,
    rows: [['1999-12-31 expense 1.25 EUR [Bank]']],
  },
  {
    name: '26: an own export with the dates and decimal commas of a spreadsheet',
    file: savedAgain('14.03.2026', '84,30', 'EUR'),
    query: '',
    rows: [['2026-03-14 expense 84.30 EUR [Food]', 'x']],
  },
  {
    name: '27: "#end" in the first column of a file that is not an own export',
    file: 'notes,date,amount\nx,2026-03-14,-1.25\n#end,2026-03-15,-1.25\n',
    query: eur,
    rows: [
      ['2026-03-14 expense 1.25 EUR [Bank]', 'x'],
      ['2026-03-15 expense 1.25 EUR [Bank]', '#end'],
    ],
  },
  ...['latin1', 'cp1252'].map((charset) => ({
    ...oneExpense(
      `28: the character set ${charset}`,
      inEncoding('date;amount;notes\n14.03.2026;-1,25;Caf', [0xe9, 0x0a]),
      eur,
      'Café',
    ),
    type: `text/csv; charset=${charset}`,
  })),
  {
    name: '28: the character set shift_jis',
    file: inEncoding(
      'date,amount,notes\n2026-03-14,-125,',
      [0x83, 0x4a, 0x83, 0x74, 0x83, 0x46, 10],
    ),
    query: 'currency=JPY&category=Bank',
    type: 'text/csv; charset=shift_jis',
    rows: [['2026-03-14 expense 125 JPY [Bank]', 'カフェ']],
  },
  oneExpense(
    '28: the character set that an option names',
    inEncoding('date;amount;notes\n14.03.2026;-1,25;Caf', [0xe9, 0x0a]),
    `${eur}&charset=iso-8859-15`,
    'Café',
  ),
]
