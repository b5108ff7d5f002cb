import type { Layout } from './layout.ts'

export const apps: Layout[] = [
  {
    name: 'Firefly III: all amounts are negative, and the type says which way money went',
    file: `user_id,group_id,journal_id,created_at,updated_at,group_title,type,currency_code,amount,foreign_currency_code,foreign_amount,description,date,source_name,source_iban,source_type,destination_name,destination_iban,destination_type,reconciled,category,budget,bill,tags,notes
1,11,21,2026-03-13T10:00:00+01:00,2026-03-13T10:00:00+01:00,,Withdrawal,EUR,-12.500000000000,,,Lunch,2026-03-13T00:00:00+01:00,Giro,,"Asset account",Canteen,,"Expense account",0,Food,,,,
1,12,22,2026-03-16T10:00:00+01:00,2026-03-16T10:00:00+01:00,,Deposit,EUR,-2100.000000000000,,,Wages,2026-03-16T00:00:00+01:00,"Example Ltd",,"Revenue account",Giro,,"Asset account",0,Salary,,,,
`,
    rows: ['2026-03-13 -12.50 EUR | category: Food', '2026-03-16 2100.00 EUR | category: Salary'],
  },
  {
    name: 'Firefly III, where deposits are positive',
    file: `user_id,group_id,journal_id,created_at,updated_at,group_title,type,currency_code,amount,foreign_currency_code,foreign_amount,primary_currency_code,pc_amount,pc_foreign_amount,description,date,source_name,source_iban,source_type,destination_name,destination_iban,destination_type,reconciled,category,budget,bill,tags,notes
1,11,21,2026-03-13T10:00:00+01:00,2026-03-13T10:00:00+01:00,,Withdrawal,EUR,-8.20,,,EUR,,,Soap,2026-03-13T00:00:00+01:00,Giro,,"Asset account",Drugstore,,"Expense account",,Household,,,,
1,12,22,2026-03-16T10:00:00+01:00,2026-03-16T10:00:00+01:00,,Deposit,EUR,30.00,,,EUR,,,Refund,2026-03-16T00:00:00+01:00,Drugstore,,"Revenue account",Giro,,"Asset account",,Household,,,,
`,
    rows: ['2026-03-13 -8.20 EUR | category: Household', '2026-03-16 30.00 EUR'],
  },
  {
    name: 'Actual, with rows that are not cleared',
    query: 'currency=EUR',
    file: `Account,Date,Payee,Notes,Category,Amount,Cleared
Checking,2026-03-13,Corner Market,milk,Food,-6.4,Cleared
Checking,2026-03-14,Power Co,,Bills,-80,Not cleared
Checking,2026-03-16,Example Ltd,,Income,1900,Reconciled
`,
    rows: [
      '2026-03-13 -6.40 EUR | payee: Corner Market | category: Food',
      '2026-03-14 -80.00 EUR | category: Bills',
      '2026-03-16 1900.00 EUR | category: Income',
    ],
  },
  {
    name: 'YNAB register with euro signs and 0.00 in the other column',
    file: `"Account","Flag","Date","Payee","Category Group/Category","Category Group","Category","Memo","Outflow","Inflow","Cleared"
"Giro","","13/03/2026","Baker","Everyday: Groceries","Everyday","Groceries","",€4.75,€0.00,"Cleared"
"Giro","","16/03/2026","Example Ltd","Inflow: Ready to Assign","Inflow","Ready to Assign","pay",€0.00,€1900.00,"Uncleared"
`,
    rows: [
      '2026-03-13 -4.75 EUR | payee: Baker | category: Groceries',
      '2026-03-16 1900.00 EUR | payee: Example Ltd',
    ],
  },
  {
    name: 'YNAB 4 register with dollar signs and the master category in front',
    query: 'currency=USD',
    file: `"Account","Flag","Check Number","Date","Payee","Category","Master Category","Sub Category","Memo","Outflow","Inflow","Cleared","Running Balance"
"Checking","","","03/13/2026","Dairy Queen","Food:Eating Out","Food","Eating Out","",$6.25,$0.00,"C",$93.75
"Checking","","","03/16/2026","Example Inc","Income:Available this month","Income","Available this month","",$0.00,"$1,500.00","U","$1,593.75"
`,
    rows: ['2026-03-13 -6.25 USD | payee: Dairy Queen', '2026-03-16 1500.00 USD'],
  },
  {
    name: 'Lunch Money: expenses are positive',
    file: `date,payee,amount,currency,category,tags,notes,account_name,status
2026-03-13,Noodle Bar,14.20,usd,Restaurants,,,Checking,cleared
2026-03-14,Grocer,55.10,usd,Groceries,,,Checking,cleared
2026-03-16,Example Inc,-2000.00,usd,Salary,,,Checking,cleared
`,
    mayAsk: { option: 'positive', value: 'expense' },
    rows: [
      '2026-03-13 -14.20 USD | payee: Noodle Bar | category: Restaurants',
      '2026-03-14 -55.10 USD',
      '2026-03-16 2000.00 USD | category: Salary',
    ],
  },
  {
    name: 'Monarch',
    query: 'currency=USD',
    file: `Date,Merchant,Category,Account,Original Statement,Notes,Amount,Tags
2026-03-16,Example Inc,Paychecks,Checking (...1234),EXAMPLE INC PAYROLL,,2100.00,
2026-03-13,Hardware Barn,Home Improvement,Card (...9876),HARDWARE BARN 12,,-38.40,
`,
    rows: [
      '2026-03-16 2100.00 USD | payee: Example Inc | category: Paychecks',
      '2026-03-13 -38.40 USD | payee: Hardware Barn | category: Home Improvement',
    ],
  },
  {
    name: 'MoneyMoney',
    file: `Datum;Wertstellung;Kategorie;Name;Verwendungszweck;Konto;Bank;Betrag;Währung
13.03.26;13.03.26;"Lebenshaltung\\Essen";"Wochenmarkt";"Kartenzahlung";"DE12500105170648489890";"Musterbank";-22,40;EUR
16.03.26;16.03.26;"Einnahmen\\Gehalt";"Beispiel GmbH";"Lohn";"DE12500105170648489890";"Musterbank";2.400,00;EUR
`,
    rows: [
      '2026-03-13 -22.40 EUR | payee: Wochenmarkt',
      '2026-03-16 2400.00 EUR | payee: Beispiel GmbH',
    ],
  },
  {
    name: 'GnuCash, simple layout, with amounts that have a symbol and amounts that do not',
    query: 'currency=EUR',
    file: `"Date","Account Name","Number","Description","Full Category Name","Reconcile","Amount With Sym","Amount Num.","Value With Sym","Value Num.","Rate/Price"
"13/03/2026","Current Account","","Stationer","Expenses:Office","n","-€12.50","-12.50","-€12.50","-12.50","1.00"
"16/03/2026","Current Account","","Example Ltd","Income:Salary","n","€1,800.00","1,800.00","€1,800.00","1,800.00","1.00"
`,
    rows: [
      '2026-03-13 -12.50 EUR | category: Expenses:Office',
      '2026-03-16 1800.00 EUR | category: Income:Salary',
    ],
  },
  {
    name: 'Wallet by BudgetBakers with two amounts and a type that agrees with the sign',
    file: `account;category;currency;amount;ref_currency_amount;type;payment_type;payment_type_local;note;date;gps_latitude;gps_longitude;gps_accuracy_in_meters;warranty_in_month;transfer;payee;labels;envelope_id;custom_category
Cash;Groceries;EUR;-14.30;-14.30;Expenses;CASH;Cash;fruit;2026-03-13T08:21:33.000Z;;;;0;false;Market;;1000;false
Card;Rental income;CHF;450.00;468.00;Income;TRANSFER;Transfer;;2026-03-16T10:00:00.000Z;;;;0;false;;;10001;false
`,
    rows: [
      '2026-03-13 -14.30 EUR | category: Groceries | payee: Market',
      '2026-03-16 450.00 CHF | category: Rental income',
    ],
  },
  {
    name: 'Money Manager Ex with Withdrawal and Deposit beside unsigned amounts',
    file: `"ID","Date","Status","Type","Account","Payee","Category","Amount","Currency","Number","Notes"
"1","2026-03-13","R","Withdrawal","Giro","Optician","Health:Glasses","99.00","EUR","",""
"2","2026-03-16","","Deposit","Giro","Example Ltd","Income:Salary","1700.00","EUR","",""
`,
    rows: [
      '2026-03-13 -99.00 EUR | payee: Optician | category: Health:Glasses',
      '2026-03-16 1700.00 EUR | payee: Example Ltd',
    ],
  },
  {
    name: 'Mint with debit and credit beside unsigned amounts',
    query: 'currency=USD',
    file: `"Date","Description","Original Description","Amount","Transaction Type","Category","Account Name","Labels","Notes"
"3/14/2026","Corner Shop","CORNER SHOP 0042","23.40","debit","Groceries","Checking","",""
"3/16/2026","Example Inc","EXAMPLE INC PPD","1800.00","credit","Paycheck","Checking","",""
`,
    rows: [
      '2026-03-14 -23.40 USD | category: Groceries',
      '2026-03-16 1800.00 USD | category: Paycheck',
    ],
  },
  {
    name: 'Sure and Maybe: expenses are positive',
    file: `date,account_name,amount,name,category,tags,notes,currency
2026-03-13,Checking,18.9,Taxi,Transport,,,USD
2026-03-14,Checking,6.1,Kiosk,Food,,,USD
2026-03-16,Checking,-2500.0,Example Inc,Income,,,USD
`,
    mayAsk: { option: 'positive', value: 'expense' },
    rows: [
      '2026-03-13 -18.90 USD | category: Transport',
      '2026-03-14 -6.10 USD',
      '2026-03-16 2500.00 USD | category: Income',
    ],
  },
  {
    name: 'Copilot: expenses are positive, income has a type, and one row is pending',
    query: 'currency=USD',
    file: `date,name,amount,status,category,parent category,excluded,tags,type,account,account mask,note,recurring
2026-03-16,Example Inc,-3000,posted,,,false,,income,Checking,1234,,
2026-03-13,Pizza Place,31.5,posted,Restaurants,Food,false,,regular,Card,9876,,
2026-03-12,Garage,120,posted,Car,Transport,false,,regular,Card,9876,,
2026-03-17,Cafe,4.5,pending,Coffee,Food,false,,regular,Card,9876,,
`,
    mayAsk: { option: 'positive', value: 'expense' },
    rows: [
      '2026-03-16 3000.00 USD',
      '2026-03-13 -31.50 USD | category: Restaurants',
      '2026-03-12 -120.00 USD',
    ],
    notBooked: 1,
  },
  {
    name: 'Rocket Money: expenses are positive',
    query: 'currency=USD',
    file: `Date,Original Date,Account Type,Account Name,Account Number,Institution Name,Name,Custom Name,Amount,Description,Category,Note,Ignored From,Tax Deductible
2026-03-13,2026-03-12,Credit Card,Card,9876,Example Bank,Diner,,22.75,DINER 77,Dining & Drinks,,,
2026-03-14,2026-03-14,Credit Card,Card,9876,Example Bank,Grocer,,64.00,GROCER 1,Groceries,,,
2026-03-16,2026-03-16,Cash,Checking,1234,Example Bank,Example Inc,,-2100.00,EXAMPLE INC PAYROLL,Income,,,
`,
    mayAsk: { option: 'positive', value: 'expense' },
    rows: ['2026-03-13 -22.75 USD', '2026-03-14 -64.00 USD', '2026-03-16 2100.00 USD'],
  },
  {
    name: 'Toshl with columns of expense and income',
    file: `"Date","Account","Category","Tags","Expense amount","Income amount","Currency","In main currency","Main currency","Description"
"2026-03-13","Cash","Food & Drinks","lunch","9.80","0","EUR","9.80","EUR",""
"2026-03-16","Bank","Salary","","0","2,050.00","EUR","2,050.00","EUR","March"
`,
    rows: [
      '2026-03-13 -9.80 EUR | category: Food & Drinks',
      '2026-03-16 2050.00 EUR | category: Salary',
    ],
  },
]
