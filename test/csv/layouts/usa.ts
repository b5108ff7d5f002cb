import type { Layout } from './layout.ts'

export const usa: Layout[] = [
  {
    name: 'Chase checking with a comma after each row but not after the header',
    query: 'currency=USD',
    file: `Details,Posting Date,Description,Amount,Type,Balance,Check or Slip #
DEBIT,03/31/2026,"CORNER DELI NEW YORK NY 03/30",-12.50,DEBIT_CARD,987.50,,
CREDIT,03/27/2026,"EXAMPLE INC PAYROLL",950.00,ACH_CREDIT,1000.00,,
CHECK,03/26/2026,"CHECK 101",-100.00,CHECK_PAID,50.00,101,
`,
    rows: ['2026-03-31 -12.50 USD', '2026-03-27 950.00 USD', '2026-03-26 -100.00 USD'],
  },
  {
    name: 'Chase card: Type is Sale, Payment, Return and Fee, and the sign decides',
    query: 'currency=USD',
    file: `Transaction Date,Post Date,Description,Category,Type,Amount,Memo
03/30/2026,03/31/2026,SUSHI PLACE,Food & Drink,Sale,-41.20,
03/28/2026,03/29/2026,OUTDOOR STORE,Shopping,Return,60.00,
03/20/2026,03/20/2026,Payment Thank You-Mobile,,Payment,500.00,
03/19/2026,03/19/2026,LATE FEE,Fees & Adjustments,Fee,-29.00,
`,
    rows: [
      '2026-03-31 -41.20 USD | category: Food & Drink',
      '2026-03-29 60.00 USD | category: Shopping',
      '2026-03-20 500.00 USD',
      '2026-03-19 -29.00 USD',
    ],
  },
  {
    name: 'Bank of America with a summary, a second header and the beginning balance as a row',
    query: 'currency=USD',
    file: `Description,,Summary Amt.
Beginning balance as of 03/01/2026,,"1,000.00"
Total credits,,"2,500.00"
Total debits,,"-175.25"
Ending balance as of 03/31/2026,,"3,324.75"

Date,Description,Amount,Running Bal.
03/01/2026,Beginning balance as of 03/01/2026,,"1,000.00"
03/13/2026,"ELECTRIC CO DES:BILL PAY","-175.25","824.75"
03/16/2026,"EXAMPLE INC DES:PAYROLL","2,500.00","3,324.75"
`,
    rows: ['2026-03-13 -175.25 USD', '2026-03-16 2500.00 USD'],
    notBooked: 1,
  },
  {
    name: 'Wells Fargo without a header, with an asterisk and an empty column',
    query: 'currency=USD',
    file: `"03/31/2026","-23.40","*","","HARDWARE STORE SEATTLE WA"
"03/27/2026","1800.00","*","","EXAMPLE INC PAYROLL"
"03/26/2026","-60.00","*","1204","CHECK # 1204"
`,
    rows: ['2026-03-31 -23.40 USD', '2026-03-27 1800.00 USD', '2026-03-26 -60.00 USD'],
  },
  {
    name: 'Citi card with a status, debit, and credit that is negative',
    query: 'currency=USD',
    file: `Status,Date,Description,Debit,Credit,Member Name
Cleared,03/30/2026,"PARKING GARAGE",18.00,,E SAMPLE
Cleared,03/25/2026,"ONLINE PAYMENT, THANK YOU",,-250.00,E SAMPLE
Pending,03/31/2026,"COFFEE CART",4.50,,E SAMPLE
`,
    rows: ['2026-03-30 -18.00 USD', '2026-03-25 250.00 USD'],
    notBooked: 1,
  },
  {
    name: 'Capital One card with debit and credit',
    query: 'currency=USD',
    file: `Transaction Date,Posted Date,Card No.,Description,Category,Debit,Credit
2026-03-30,2026-03-31,1234,GAS STATION 12,Gas/Automotive,38.10,
2026-03-27,2026-03-27,1234,CAPITAL ONE AUTOPAY PYMT,Payment/Credit,,420.00
`,
    rows: ['2026-03-31 -38.10 USD | category: Gas/Automotive', '2026-03-27 420.00 USD'],
  },
  {
    name: 'Capital One 360 with a type of Debit and Credit beside unsigned amounts, and years of two digits',
    query: 'currency=USD',
    file: `Account Number,Transaction Description,Transaction Date,Transaction Type,Transaction Amount,Balance
1234,Withdrawal to WATER DISTRICT,03/31/26,Debit,45.5,1954.5
1234,Deposit from EXAMPLE INC,03/27/26,Credit,2000,2000
`,
    rows: ['2026-03-31 -45.50 USD', '2026-03-27 2000.00 USD'],
  },
  {
    name: 'Discover card: purchases are positive and payments are called so in Category',
    query: 'currency=USD',
    file: `Trans. Date,Post Date,Description,Amount,Category
03/28/2026,03/29/2026,"PIZZERIA",24.10,"Restaurants"
03/26/2026,03/26/2026,"INTERNET PAYMENT - THANK YOU",-310.00,"Payments and Credits"
03/22/2026,03/23/2026,"GROCER",88.45,"Supermarkets"
03/21/2026,03/21/2026,"TRANSIT",33.00,"Travel/ Entertainment"
`,
    mayAsk: { option: 'positive', value: 'expense' },
    rows: [
      '2026-03-29 -24.10 USD | category: Restaurants',
      '2026-03-26 310.00 USD',
      '2026-03-23 -88.45 USD',
      '2026-03-21 -33.00 USD',
    ],
  },
  {
    name: 'American Express: twelve rows, eleven of them positive',
    query: 'currency=USD',
    file: `Date,Description,Amount
03/31/2026,BAKERY,7.20
03/30/2026,GROCER,64.11
03/29/2026,STREAMING,15.99
03/28/2026,DRUG STORE,21.05
03/27/2026,AIRLINE,312.40
03/26/2026,TAXI,18.90
03/25/2026,ONLINE PAYMENT - THANK YOU,-500.00
03/24/2026,DINER,27.35
03/23/2026,SHOES,89.00
03/22/2026,GYM,40.00
03/21/2026,CLEANERS,22.75
03/20/2026,FLORIST,35.00
`,
    mayAsk: { option: 'positive', value: 'expense' },
    rows: [
      '2026-03-31 -7.20 USD',
      '2026-03-30 -64.11 USD',
      '2026-03-29 -15.99 USD',
      '2026-03-28 -21.05 USD',
      '2026-03-27 -312.40 USD',
      '2026-03-26 -18.90 USD',
      '2026-03-25 500.00 USD',
      '2026-03-24 -27.35 USD',
      '2026-03-23 -89.00 USD',
      '2026-03-22 -40.00 USD',
      '2026-03-21 -22.75 USD',
      '2026-03-20 -35.00 USD',
    ],
  },
  {
    name: 'Charles Schwab with withdrawal and deposit, dollar signs and a total',
    query: 'currency=USD',
    file: `"Transactions  for Checking account ...123 as of 04/02/2026 09:00:00 AM ET"
"Date","Status","Type","CheckNumber","Description","Withdrawal","Deposit","RunningBalance"
"03/31/2026","Posted","VISA","","BIKE SHOP","$140.00","","$2,360.00"
"03/27/2026","Posted","ACH","","EXAMPLE INC PAYROLL","","$2,500.00","$2,500.00"
"Transactions Total","","","","","$140.00","$2,500.00",""
`,
    rows: ['2026-03-31 -140.00 USD', '2026-03-27 2500.00 USD'],
    notBooked: 1,
  },
  {
    name: 'PNC with withdrawals and deposits that have dollar signs',
    query: 'currency=USD',
    file: `Date,Description,Withdrawals,Deposits,Category,Balance
03/17/2026,POS PURCHASE TOYS,$25.99,,Shopping,$474.01
03/16/2026,DIRECT DEPOSIT EXAMPLE,,$500.00,Paychecks,$500.00
`,
    rows: ['2026-03-17 -25.99 USD', '2026-03-16 500.00 USD'],
  },
  {
    name: 'A credit union with lines before the header and debits in parentheses',
    query: 'currency=USD',
    file: `Account Name : Share Draft
Account Number : 12345S0070
Date Range : 03/01/2026-03/31/2026
Transaction Number,Date,Description,Memo,Amount Debit,Amount Credit,Balance,Check Number,Fees
"20260331000001",03/31/2026,"Point Of Sale Withdrawal","PET SHOP",-32.10,,467.90,,
"20260327000002",03/27/2026,"Deposit","EXAMPLE INC",,500.00,500.00,,
`,
    rows: ['2026-03-31 -32.10 USD', '2026-03-27 500.00 USD'],
  },
  {
    name: 'Apple Card',
    file: `Transaction Date,Clearing Date,Description,Merchant,Category,Type,Amount (USD),Purchased By
03/30/2026,03/31/2026,"NOODLES 12 MAIN ST","Noodle House",Restaurants,Purchase,16.40,E Sample
03/29/2026,03/30/2026,"ACH DEPOSIT INTERNET TRANSFER FROM ACCOUNT ENDING IN 1234","Ach Deposit",Payment,Payment,-200.00,E Sample
03/28/2026,03/28/2026,"OUTLET RETURN","Outlet",Shopping,Credit,-35.00,E Sample
`,
    mayAsk: { option: 'positive', value: 'expense' },
    rows: [
      '2026-03-31 -16.40 USD | payee: Noodle House | category: Restaurants',
      '2026-03-30 200.00 USD',
      '2026-03-28 35.00 USD | payee: Outlet',
    ],
  },
  {
    name: 'Ally Bank with blanks before headers and a time in a column of its own',
    query: 'currency=USD',
    file: `Date, Time, Amount, Type, Description
2026-03-30,04:17:02,-55.00,Withdrawal,UTILITY AUTOPAY
2026-03-27,02:01:44,1.87,Deposit,Interest Paid
`,
    rows: ['2026-03-30 -55.00 USD', '2026-03-27 1.87 USD'],
  },
  {
    name: 'U.S. Bank',
    query: 'currency=USD',
    file: `"Date","Transaction","Name","Memo","Amount"
"2026-03-30","DEBIT","DEBIT PURCHASE -VISA COFFEE BAR","Download from usbank.com.","-5.25"
"2026-03-27","CREDIT","ELECTRONIC DEPOSIT EXAMPLE INC","Download from usbank.com.","750.00"
`,
    rows: ['2026-03-30 -5.25 USD', '2026-03-27 750.00 USD'],
  },
  {
    name: 'Parentheses and dollar signs, as an accountant writes them',
    query: 'currency=USD',
    file: `Date,Description,Amount
3/13/2026,Office chairs,"($1,250.00)"
3/16/2026,Client payment,"$3,400.50"
3/17/2026,Stamps,($.75)
`,
    rows: ['2026-03-13 -1250.00 USD', '2026-03-16 3400.50 USD', '2026-03-17 -0.75 USD'],
  },
]
