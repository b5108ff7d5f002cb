import type { Layout } from './layout.ts'

export const britain: Layout[] = [
  {
    name: 'Lloyds with debit and credit columns and a comma after each row',
    query: 'currency=GBP',
    file: `Transaction Date,Transaction Type,Sort Code,Account Number,Transaction Description,Debit Amount,Credit Amount,Balance,
31/03/2026,DEB,'30-00-00,12345678,CORNER GROCER,14.20,,985.80,
27/03/2026,BGC,'30-00-00,12345678,EXAMPLE LTD,,950.00,1000.00,
26/03/2026,DD,'30-00-00,12345678,WATER BOARD,31.50,,50.00,
`,
    rows: [
      '2026-03-31 -14.20 GBP | notes: CORNER GROCER',
      '2026-03-27 950.00 GBP',
      '2026-03-26 -31.50 GBP',
    ],
  },
  {
    name: 'Barclays',
    query: 'currency=GBP',
    file: `Number,Date,Account,Amount,Subcategory,Memo
 ,31/03/2026,20-00-00 12345678,-9.50,PAYMENT,CINEMA ROYAL         ON 30 MAR BCC
 ,30/03/2026,20-00-00 12345678,1600.00,DIRECTDEP,EXAMPLE LTD          SALARY BGC
 ,28/03/2026,20-00-00 12345678,-45.00,DIRECTDEBIT,COUNCIL              9912 DDR
`,
    rows: ['2026-03-31 -9.50 GBP', '2026-03-30 1600.00 GBP', '2026-03-28 -45.00 GBP'],
  },
  {
    name: 'NatWest and Royal Bank of Scotland with blanks after commas',
    query: 'currency=GBP',
    file: `Date, Type, Description, Value, Balance, Account Name, Account Number

13/03/2026,"D/D","'POWER CO",-62.00,438.00,"'MUSTER E","'600000-12345678",
12/03/2026,"BAC","'EXAMPLE LTD","400.00",500.00,"'MUSTER E","'600000-12345678",
11/03/2026,"POS","'1234 10MAR26 , BAKERY , LEEDS GB",-3.10,100.00,"'MUSTER E","'600000-12345678",
`,
    rows: ['2026-03-13 -62.00 GBP', '2026-03-12 400.00 GBP', '2026-03-11 -3.10 GBP'],
  },
  {
    name: 'HSBC without a header',
    query: 'currency=GBP',
    file: `16/03/2026,RAILWAY TICKETS LEEDS,-23.80
15/03/2026,PAYMENT FROM E MUSTER,120.00
14/03/2026,"COFFEE HOUSE, YORK",-3.25
`,
    rows: ['2026-03-16 -23.80 GBP', '2026-03-15 120.00 GBP', '2026-03-14 -3.25 GBP'],
  },
  {
    name: 'Santander with lines before the header and amounts with a pound sign',
    encoding: { charset: 'windows-1252', declared: true },
    file: `From: 01/03/2026 to 31/03/2026

Account: XXXX XXXX XXXX 1234

Date,Description,Money In,Money Out,Balance
30/03/2026,CARD PAYMENT TO TOY SHOP,,"£1,024.00","£976.00"
17/03/2026,FASTER PAYMENTS RECEIPT FROM A AUNT,"£1,500.00",,"£2,000.00"
`,
    query: 'currency=GBP',
    rows: ['2026-03-30 -1024.00 GBP', '2026-03-17 1500.00 GBP'],
  },
  {
    name: 'Nationwide with an account name before, month names and paid out and in',
    query: 'currency=GBP',
    encoding: { charset: 'windows-1252', declared: true },
    file: `"Account Name:","FlexAccount ****12345"
"Account Balance:","£1203.50"
"Available Balance: ","£1203.50"

"Date","Transaction type","Description","Paid out","Paid in","Balance"
"02 Mar 2026","Direct debit","GYM","£25.00","","£1175.00"
"05 Mar 2026","Bank credit","A FRIEND","","£40.00","£1215.00"
"07 Mar 2026","Visa purchase","FLOWERS","£11.50","","£1203.50"
`,
    rows: ['2026-03-02 -25.00 GBP', '2026-03-05 40.00 GBP', '2026-03-07 -11.50 GBP'],
  },
  {
    name: 'first direct',
    query: 'currency=GBP',
    file: `Date,Description,Amount,Balance
20/03/2026,GARDEN CENTRE       YORK,-18.40,331.60
19/03/2026,E MUSTER            RENT,250.00,350.00
`,
    rows: ['2026-03-20 -18.40 GBP', '2026-03-19 250.00 GBP'],
  },
  {
    name: 'Monzo with a payment in a foreign currency and a transfer to a pot',
    file: `Transaction ID,Date,Time,Type,Name,Emoji,Category,Amount,Currency,Local amount,Local currency,Notes and #tags,Address,Receipt,Description,Category split,Money Out,Money In
tx_0000A1,28/02/2026,09:15:02,Card payment,Noodle Bar,🍜,Eating out,-10.00,GBP,-11.60,EUR,,1 High St,,NOODLE BAR BERLIN,,-10.00,
tx_0000A2,01/03/2026,00:10:00,Faster payment,Example Ltd,,Income,1400.00,GBP,1400.00,GBP,Salary,,,SALARY,,,1400.00
tx_0000A3,02/03/2026,18:40:21,Pot transfer,Holiday Pot,,Savings,-50.00,GBP,-50.00,GBP,,,,pot_00001,,-50.00,
`,
    rows: [
      '2026-02-28 -10.00 GBP | payee: Noodle Bar | category: Eating out',
      '2026-03-01 1400.00 GBP | payee: Example Ltd | category: Income',
      '2026-03-02 -50.00 GBP | payee: Holiday Pot | category: Savings',
    ],
  },
  {
    name: 'Starling',
    file: `Date,Counter Party,Reference,Type,Amount (GBP),Balance (GBP),Spending Category,Notes
15/03/2026,Opening Balance,,,,100.00,,
16/03/2026,Grocer Green,GROCER 22,CONTACTLESS,-12.00,88.00,GROCERIES,
17/03/2026,Example Ltd,PAY 3,FASTER PAYMENT,700.00,788.00,INCOME,
`,
    rows: [
      '2026-03-16 -12.00 GBP | payee: Grocer Green | category: GROCERIES',
      '2026-03-17 700.00 GBP | payee: Example Ltd | category: INCOME',
    ],
    notBooked: 1,
  },
  {
    name: 'American Express UK: purchases are positive, a payment is negative and says so',
    query: 'currency=GBP',
    file: `Date,Description,Card Member,Account #,Amount
29/03/2026,DEPARTMENT STORE LONDON,E MUSTER,-11001,84.00
28/03/2026,PAYMENT RECEIVED - THANK YOU,E MUSTER,-11001,-350.00
20/03/2026,PETROL STATION,E MUSTER,-11001,52.10
`,
    mayAsk: { option: 'positive', value: 'expense' },
    rows: ['2026-03-29 -84.00 GBP', '2026-03-28 350.00 GBP', '2026-03-20 -52.10 GBP'],
  },
  {
    name: 'Barclaycard without a header, with months and a category',
    query: 'currency=GBP',
    file: `16 Mar 26 , BAKERY , Visa , MR E MUSTER ,Food,,4.10
15 Mar 26 , PAYMENT THANK YOU , Visa , MR E MUSTER ,,-200.00,
`,
    mayAsk: { option: 'mapping', value: 'date:1,payee:2,category:5,credit:6,debit:7' },
    rows: ['2026-03-16 -4.10 GBP', '2026-03-15 200.00 GBP'],
  },
  {
    name: 'Co-operative Bank with money in and out',
    query: 'currency=GBP',
    file: `Date,Description,Type,Money In,Money Out,Balance
2026-03-17,VET PRACTICE,VISA PURCHASE,,48.00,152.00
2026-03-16,BACS EXAMPLE LTD,BACS,150.00,,200.00
`,
    rows: ['2026-03-17 -48.00 GBP', '2026-03-16 150.00 GBP'],
  },
]

export const ireland: Layout[] = [
  {
    name: 'AIB with posted dates of two digits and blanks before headers',
    file: `Posted Account, Posted Transactions Date, Description1, Description2, Description3, Debit Amount, Credit Amount,Balance,Posted Currency,Transaction Type,Local Currency Amount,Local Currency
"930000-12345678","13/03/26","VDP-Market Hall","","","12.40",,"487.60","EUR","Debit"," 12.40","EUR"
"930000-12345678","16/03/26","*INET PAY","Example Ltd","",,"1,512.40","2,000.00","EUR","Credit"," 1,512.40","EUR"
`,
    rows: ['2026-03-13 -12.40 EUR', '2026-03-16 1512.40 EUR'],
  },
  {
    name: 'Bank of Ireland with a balance only on the last row of a day',
    query: 'currency=EUR',
    file: `Date,Details,Debit,Credit,Balance
24/03/2026,POS TOY CORNER,15.00,,
24/03/2026,POS CAFE BLUE,4.00,,81.00
25/03/2026,EXAMPLE LTD SALARY,,919.00,1000.00
`,
    rows: ['2026-03-24 -15.00 EUR', '2026-03-24 -4.00 EUR', '2026-03-25 919.00 EUR'],
  },
]
