import type { Layout } from './layout.ts'

export const canada: Layout[] = [
  {
    name: 'TD Canada Trust without a header, with debit, credit and balance',
    query: 'currency=CAD',
    file: `03/31/2026,BAKERY TORONTO,6.50,,1493.50
03/27/2026,EXAMPLE INC PAY,,1200.00,1500.00
03/26/2026,HYDRO BILL PYMT,80.00,,300.00
`,
    rows: ['2026-03-31 -6.50 CAD', '2026-03-27 1200.00 CAD', '2026-03-26 -80.00 CAD'],
  },
  {
    name: 'Royal Bank of Canada with CAD$ and USD$',
    file: `"Account Type","Account Number","Transaction Date","Cheque Number","Description 1","Description 2","CAD$","USD$"
Chequing,01234-1234567,3/13/2026,,"CONTACTLESS INTERAC PURCHASE","GROCER",-42.10,,
Chequing,01234-1234567,3/16/2026,,"PAYROLL DEPOSIT","EXAMPLE INC",1400.00,,
`,
    mayAsk: { option: 'mapping', value: 'date:Transaction Date,amount:CAD$' },
    rows: ['2026-03-13 -42.10 CAD', '2026-03-16 1400.00 CAD'],
  },
  {
    name: 'Bank of Montreal with a sentence before the header and dates of eight digits',
    query: 'currency=CAD',
    file: `Following data is valid as of 20260402091500 (Year/Month/Day/Hour/Minute/Second)

First Bank Card,Transaction Type,Date Posted, Transaction Amount,Description

'500766000000000',DEBIT,20260313,-21.75,[PR]PHARMACY
'500766000000000',CREDIT,20260316,640.00,[DN]EXAMPLE INC PAY/PAY
`,
    rows: ['2026-03-13 -21.75 CAD', '2026-03-16 640.00 CAD'],
  },
  {
    name: 'CIBC without a header, with a card number at the end',
    query: 'currency=CAD',
    file: `2026-03-31,"Point of Sale - Interac RETAIL PURCHASE FLORIST",31.00,
2026-03-27,"Electronic Funds Transfer PAY EXAMPLE INC",,1100.00
2026-03-26,"Internet Banking E-TRANSFER",45.00,
`,
    mayAsk: { option: 'mapping', value: 'date:1,notes:2,debit:3,credit:4' },
    rows: ['2026-03-31 -31.00 CAD', '2026-03-27 1100.00 CAD', '2026-03-26 -45.00 CAD'],
  },
  {
    name: 'Desjardins in French with retrait and dépôt',
    encoding: { charset: 'windows-1252', declared: true },
    query: 'currency=CAD',
    file: `Date,Description,Retrait,Dépôt,Solde
2026/03/13,"Achat / ÉPICERIE",54.20,,445.80
2026/03/16,"Dépôt direct / EXEMPLE INC",,700.00,1145.80
`,
    rows: ['2026-03-13 -54.20 CAD', '2026-03-16 700.00 CAD'],
  },
]

export const australia: Layout[] = [
  {
    name: 'Commonwealth Bank without a header, with plus signs',
    query: 'currency=AUD',
    file: `31/03/2026,"-12.00","TRAM TICKET MELBOURNE","+988.00"
27/03/2026,"+900.00","Salary EXAMPLE PTY","+1000.00"
26/03/2026,"-40.00","PHONE CO","+100.00"
`,
    rows: ['2026-03-31 -12.00 AUD', '2026-03-27 900.00 AUD', '2026-03-26 -40.00 AUD'],
  },
  {
    name: 'NAB with month names and years of two digits',
    query: 'currency=AUD',
    file: `Date,Amount,Account Number,,Transaction Type,Transaction Details,Balance,Category,Merchant Name
31 Mar 26,-18.40,123456789,,EFTPOS DEBIT,CHEMIST SYDNEY,181.60,Health,Chemist
27 Mar 26,120.00,123456789,,INTER-BANK CREDIT,J CITIZEN,200.00,Transfers in,
`,
    rows: ['2026-03-31 -18.40 AUD | payee: Chemist | category: Health', '2026-03-27 120.00 AUD'],
  },
  {
    name: 'Westpac with debit and credit amounts',
    query: 'currency=AUD',
    file: `Bank Account,Date,Narrative,Debit Amount,Credit Amount,Balance,Categories,Serial
032000123456,31/03/2026,EFTPOS PURCHASE NURSERY,22.00,,878.00,PAYMENT,
032000123456,27/03/2026,DEPOSIT EXAMPLE PTY,,800.00,900.00,DEP,
`,
    rows: ['2026-03-31 -22.00 AUD', '2026-03-27 800.00 AUD'],
  },
  {
    name: 'ING Australia with a debit column that is negative',
    query: 'currency=AUD',
    file: `Date,Description,Credit,Debit,Balance
31/03/2026,Visa Purchase - BUTCHER,,-36.50,463.50
27/03/2026,Salary Deposit - EXAMPLE PTY,500.00,,500.00
`,
    rows: ['2026-03-31 -36.50 AUD', '2026-03-27 500.00 AUD'],
  },
  {
    name: 'Up with a settled date, fees and totals in columns of their own',
    file: `Time,BSB / Account Number,Transaction Type,Payee,Description,Category,Tags,Subtotal (AUD),Currency,Subtotal (Transaction Currency),Round Up (AUD),Total (AUD),Payment Method,Settled Date
2026-03-30T18:11:05+11:00,633-123 / 123456789,Purchase,Burger Shed,BURGER SHED,Takeaway,,-14.50,AUD,-14.50,-0.50,-15.00,Apple Pay,2026-03-30
2026-03-27T00:04:00+11:00,633-123 / 123456789,Salary,Example Pty,EXAMPLE PTY,,,1500.00,AUD,1500.00,,1500.00,,2026-03-27
`,
    mayAsk: { option: 'mapping', value: 'amount:Total (AUD)' },
    rows: [
      '2026-03-30 -15.00 AUD | payee: Burger Shed | category: Takeaway',
      '2026-03-27 1500.00 AUD | payee: Example Pty',
    ],
  },
]

export const newZealand: Layout[] = [
  {
    name: 'ANZ with particulars, code and reference',
    query: 'currency=NZD',
    file: `Type,Details,Particulars,Code,Reference,Amount,Date,ForeignCurrencyAmount,ConversionCharge
Visa Purchase,4835-****-****-1234  Df,Dairy,,,-6.80,31/03/2026,,
Salary,Example Ltd,Salary,0326,,1320.00,27/03/2026,,
`,
    rows: ['2026-03-31 -6.80 NZD', '2026-03-27 1320.00 NZD'],
  },
  {
    name: 'ASB with lines before the header, a unique id and amounts of a balance in them',
    query: 'currency=NZD',
    file: `Created date / time : 2 April 2026 / 09:15:00
Bank 12; Branch 3456; Account 1234567-50 (Streamline)
From date 20260301
To date 20260331
Avail Bal : 488.00 as of 20260331
Ledger Balance : 488.00 as of 20260402
Date,Unique Id,Tran Type,Cheque Number,Payee,Memo,Amount

2026/03/13,2026031301,EFTPOS,,"HARDWARE BARN","CARD 1234",-12.00
2026/03/16,2026031602,D/C,,"D/C FROM EXAMPLE LTD","WAGES",500.00
`,
    rows: [
      '2026-03-13 -12.00 NZD | payee: HARDWARE BARN',
      '2026-03-16 500.00 NZD | payee: D/C FROM EXAMPLE LTD',
    ],
  },
]
