import type { Layout } from './layout.ts'

export const moreApps: Layout[] = [
  {
    name: 'Spendee',
    file: `"Date","Wallet","Type","Category name","Amount","Currency","Note","Labels","Author"
"2026-03-13T12:00:00+00:00","Cash","Expense","Food","-8.50","EUR","soup","","E Sample"
"2026-03-16T12:00:00+00:00","Cash","Income","Gifts","40","EUR","","","E Sample"
`,
    rows: ['2026-03-13 -8.50 EUR | notes: soup', '2026-03-16 40.00 EUR'],
  },
  {
    name: 'Money Lover with semicolons',
    file: `Id;Note;Amount;Category;Account;Currency;Date;Event;Exclude report
2;Bus;-2.40;Transport;Wallet;EUR;16/03/2026;;0
1;;900;Salary;Wallet;EUR;13/03/2026;;0
`,
    rows: ['2026-03-16 -2.40 EUR | category: Transport', '2026-03-13 900.00 EUR'],
  },
  {
    name: 'Money Manager by Realbyte: unsigned amounts, doubled Account, and Exp.',
    file: `Date,Account,Category,Subcategory,Note,USD,Income/Expense,Description,Amount,Currency,Account
03/13/2026 12:10:00,Cash,Food,,Lunch,11.2,Exp.,,11.2,USD,11.2
03/16/2026 09:00:00,Bank,Salary,,March,2000,Income,,2000,USD,2000
`,
    rows: ['2026-03-13 -11.20 USD | category: Food', '2026-03-16 2000.00 USD | category: Salary'],
  },
  {
    name: '1Money with a type and two amounts',
    file: `"DATE","TYPE","FROM ACCOUNT","TO ACCOUNT / TO CATEGORY","AMOUNT","CURRENCY","AMOUNT 2","CURRENCY 2","TAGS","NOTES"
"3/13/26","Expense","Cash","Groceries","12.30","EUR","12.30","EUR","",""
"3/16/26","Income","Salary","Bank","1500.00","EUR","1500.00","EUR","",""
`,
    rows: ['2026-03-13 -12.30 EUR', '2026-03-16 1500.00 EUR'],
  },
  {
    name: 'Bluecoins',
    file: `(1)Type,(2)Date,(3)Item or Payee,(4)Amount,(5)Currency,(6)ConversionRate,(7)Parent Category,(8)Category,(9)Account Type,(10)Account,(11)Notes,(12) Label,(13) Status,(14) Split
Expense,2026-03-13 10:00:00,Bakery,-3.3,EUR,1.0,Daily,Food,Cash,Purse,,,Reconciled,
Income,2026-03-16 10:00:00,Example Ltd,1750,EUR,1.0,Work,Salary,Bank,Giro,,,None,
`,
    mayAsk: {
      option: 'mapping',
      value: 'date:(2)Date,payee:(3)Item or Payee,amount:(4)Amount,currency:(5)Currency',
    },
    rows: ['2026-03-13 -3.30 EUR', '2026-03-16 1750.00 EUR'],
  },
  {
    name: 'HomeBank with numbers for the way of payment',
    query: 'currency=EUR',
    file: `date;paymode;info;payee;wording;amount;category;tags
2026-03-13;6;;Grocer;weekly;-41.20;Food:Home;
2026-03-16;4;;Example Ltd;pay;1850.00;Income;
`,
    rows: [
      '2026-03-13 -41.20 EUR | payee: Grocer | category: Food:Home',
      '2026-03-16 1850.00 EUR | payee: Example Ltd | category: Income',
    ],
  },
  {
    name: 'Quicken register with a title, an empty first column, balances and a total',
    query: 'currency=USD',
    file: `Register Report
3/1/26 through 3/31/26

,Date,Account,Num,Description,Memo,Category,Tag,Clr,Amount
BALANCE 2/28/26,,,,,,,,,"1,000.00"
,3/13/26,Checking,101,Plumber,,Home:Repair,,R,-120.00
,3/16/26,Checking,DEP,Example Inc,,Salary,,,"2,400.00"
BALANCE 3/31/26,,,,,,,,,"3,280.00"
`,
    rows: ['2026-03-13 -120.00 USD | category: Home:Repair', '2026-03-16 2400.00 USD'],
    notBooked: 2,
  },
  {
    name: 'Xero statement with an asterisk at what is required',
    query: 'currency=NZD',
    file: `*Date,*Amount,Payee,Description,Reference,Cheque Number
13/03/2026,-66.00,Printer Shop,Toner,INV-12,
16/03/2026,880.00,Client Ltd,Invoice 7,,
`,
    rows: ['2026-03-13 -66.00 NZD | payee: Printer Shop', '2026-03-16 880.00 NZD'],
  },
  {
    name: 'QuickBooks with credit and debit',
    query: 'currency=USD',
    file: `Date,Description,Credit,Debit
03/13/2026,Office rent,,1100.00
03/16/2026,Invoice 12,3400.00,
`,
    rows: ['2026-03-13 -1100.00 USD', '2026-03-16 3400.00 USD'],
  },
  {
    name: 'Empower',
    query: 'currency=USD',
    file: `Date,Account,Description,Category,Tags,Amount
2026-03-16,Checking - Ending in 1234,Example Inc,Paychecks/Salary,,2500.00
2026-03-13,Card - Ending in 9876,Bistro,Restaurants,,-27.10
`,
    rows: ['2026-03-16 2500.00 USD', '2026-03-13 -27.10 USD | category: Restaurants'],
  },
  {
    name: 'Tiller with an empty first header, dollar signs and days of months and weeks',
    query: 'currency=USD',
    file: `,Date,Description,Category,Amount,Account,Account #,Institution,Month,Week,Transaction ID,Account ID,Check Number,Full Description,Date Added
,3/16/2026,Example Inc,Paycheck,"$2,200.00",Checking,xxxx1234,Example Bank,3/1/2026,3/15/2026,aaa1,acc1,,EXAMPLE INC PAYROLL,3/17/26
,3/13/2026,Grocer,Groceries,-$61.75,Checking,xxxx1234,Example Bank,3/1/2026,3/8/2026,aaa2,acc1,,GROCER 12,3/14/26
`,
    rows: ['2026-03-16 2200.00 USD', '2026-03-13 -61.75 USD | category: Groceries'],
  },
  {
    name: 'Goodbudget with envelopes and a status that means cleared',
    query: 'currency=USD',
    file: `Date,Envelope,Account,Name,Notes,Amount,Status,Details
03/13/2026,Groceries,Checking,Grocer,,-32.00,CLR,
03/16/2026,[Available],Checking,Example Inc,,"1,900.00",CLR,
`,
    rows: ['2026-03-13 -32.00 USD', '2026-03-16 1900.00 USD'],
  },
  {
    name: 'Buxfer with a type that agrees with signs and a status',
    file: `Date,Description,Currency,Amount,Type,Tags,Account,Status,Memo
2026-03-16,Example Ltd,EUR,1600,income,salary,Giro,cleared,
2026-03-13,Kiosk,EUR,-4.2,expense,food,Giro,cleared,
`,
    rows: ['2026-03-16 1600.00 EUR', '2026-03-13 -4.20 EUR'],
  },
  {
    name: 'A sheet of a person with Einnahmen and Ausgaben and a sum',
    query: 'currency=EUR',
    file: `Datum;Was;Einnahmen;Ausgaben
13.03.2026;Einkauf;;45,10
16.03.2026;Lohn;2.000,00;
Summe;;2.000,00;45,10
`,
    rows: ['2026-03-13 -45.10 EUR', '2026-03-16 2000.00 EUR'],
    notBooked: 1,
  },
]
