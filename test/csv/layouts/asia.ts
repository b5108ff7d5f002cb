import type { Layout } from './layout.ts'

export const india: Layout[] = [
  {
    name: 'HDFC with blanks around every field, two-digit years and 0.00 in the other column',
    query: 'currency=INR',
    file: `
  Date     ,Narration                                                                                                                ,Value Dat,Debit Amount       ,Credit Amount      ,Chq/Ref Number   ,Closing Balance
  13/03/26  ,UPI-TEA STALL-TEASTALL@UPI                                                                                               ,13/03/26 ,          40.00      ,           0.00      ,0000607211112222       ,         99960.00  
  16/03/26  ,NEFT CR-EXAMPLE PVT LTD-SALARY                                                                                           ,16/03/26 ,           0.00      ,      100000.00      ,N075260000001          ,        199960.00  
`,
    rows: ['2026-03-13 -40.00 INR', '2026-03-16 100000.00 INR'],
  },
  {
    name: 'ICICI with lakh groups and lines before the header',
    query: 'currency=INR',
    file: `DETAILED STATEMENT,,,,,,,
Search,,,,,,,
Account Number,0012XXXXXX34 ( INR )  - E SAMPLE,,,,,,
Transaction Period,01/03/2026 - 31/03/2026,,,,,,
,,,,,,,
S No.,Value Date,Transaction Date,Cheque Number,Transaction Remarks,Withdrawal Amount(INR),Deposit Amount(INR),Balance(INR)
1,13/03/2026,13/03/2026,-,UPI/GROCER,"1,250.00",0,"1,48,750.00"
2,16/03/2026,16/03/2026,-,NEFT-EXAMPLE PVT,0,"1,00,000.00","2,48,750.00"
`,
    rows: ['2026-03-13 -1250.00 INR', '2026-03-16 100000.00 INR'],
  },
  {
    name: 'State Bank of India with months, quotes and a dash for nothing',
    query: 'currency=INR',
    file: `Txn Date,Value Date,Description,Ref No./Cheque No.,Debit,Credit,Balance
13 Mar 2026,13 Mar 2026,TO TRANSFER-UPI/DR/PHARMACY--,TRANSFER TO 4897,320.50,-,"9,679.50"
1 Apr 2026,1 Apr 2026,BY TRANSFER-NEFT EXAMPLE--,TRANSFER FROM 3199,-,"50,000.00","59,679.50"
`,
    rows: ['2026-03-13 -320.50 INR', '2026-04-01 50000.00 INR'],
  },
  {
    name: 'Kotak with Dr and Cr in a column after the amount and after the balance',
    query: 'currency=INR',
    file: `Sl. No.,Transaction Date,Value Date,Description,Chq / Ref No.,Amount,Dr / Cr,Balance,Dr / Cr
1,31-03-2026,31-03-2026,UPI/METRO CARD,UPI-1,200.00,DR,"9,800.00",CR
2,27-03-2026,27-03-2026,NEFT EXAMPLE PVT LTD,NEFT-2,"6,000.00",CR,"10,000.00",CR
`,
    rows: ['2026-03-31 -200.00 INR', '2026-03-27 6000.00 INR'],
  },
  {
    name: 'Axis Bank with Cr and Dr behind each amount',
    query: 'currency=INR',
    file: `Tran Date,Particulars,Amount,Balance
13-03-2026,ATM CASH WITHDRAWAL,"2,000.00 DR","18,000.00 CR"
16-03-2026,SALARY EXAMPLE PVT LTD,"30,000.00 CR","48,000.00 CR"
`,
    rows: ['2026-03-13 -2000.00 INR', '2026-03-16 30000.00 INR'],
  },
  {
    name: 'Slices of rupees without a leading zero',
    query: 'currency=INR',
    file: `Date,Details,Amount
14-03-2026,Rounding,.75
16-03-2026,Fee,-1.00
17-03-2026,Interest,₹ 12.40
`,
    rows: ['2026-03-14 0.75 INR', '2026-03-16 -1.00 INR', '2026-03-17 12.40 INR'],
  },
]

export const eastAsia: Layout[] = [
  {
    name: 'MUFG in Shift_JIS with 支払い金額 and 預かり金額',
    encoding: { charset: 'shift_jis', declared: true },
    query: 'currency=JPY',
    file: `"日付","摘要","摘要内容","支払い金額","預かり金額","差引残高","メモ","未資金化区分","入払区分"
"2026/3/13","カード","コンビニ","1,250","","98,750","","","振替支払い"
"2026/3/16","給料","サンプル（カ","","300,000","398,750","","","給料"
`,
    mayAsk: {
      option: 'mapping',
      value: 'date:日付,debit:支払い金額,credit:預かり金額,notes:摘要内容',
    },
    rows: ['2026-03-13 -1250 JPY', '2026-03-16 300000 JPY'],
  },
  {
    name: 'Rakuten Bank in Shift_JIS with one signed amount and a balance',
    encoding: { charset: 'shift_jis', declared: true },
    query: 'currency=JPY',
    file: `取引日,入出金(円),取引後残高(円),入出金内容
20260313,-1200,98800,カード支払い
20260316,250000,348800,給与
20260331,-65000,283800,家賃
`,
    mayAsk: { option: 'mapping', value: 'date:取引日,amount:入出金(円),notes:入出金内容' },
    rows: ['2026-03-13 -1200 JPY', '2026-03-16 250000 JPY', '2026-03-31 -65000 JPY'],
  },
  {
    name: 'Alipay in GB18030 with lines before the header, directions in Chinese and a footer',
    encoding: { charset: 'gb18030', declared: true },
    query: 'currency=CNY',
    file: `支付宝交易记录明细查询
账号:[sample@example.com]
起始日期:[2026-03-01 00:00:00]    终止日期:[2026-04-01 00:00:00]
交易时间,交易分类,交易对方,商品说明,收/支,金额,收/付款方式,交易状态,
2026-03-16 08:12:10,餐饮美食,早餐店,豆浆,支出,6.50,余额宝,交易成功,
2026-03-15 20:00:00,转账红包,小王,红包,收入,88.00,余额,交易成功,
`,
    mayAsk: {
      option: 'mapping',
      value: 'date:交易时间,category:交易分类,payee:交易对方,type:收/支,amount:金额',
    },
    rows: [
      '2026-03-16 -6.50 CNY | category: 餐饮美食',
      '2026-03-15 88.00 CNY | category: 转账红包',
    ],
  },
  {
    name: 'DBS and POSB with lines before the header and a comma after each row',
    query: 'currency=SGD',
    file: `Account Details For:,POSB Savings 123-45678-9
Statement as at:,02 Apr 2026
Available Balance:,3250.5

Transaction Date,Reference,Debit Amount,Credit Amount,Transaction Ref1,Transaction Ref2,Transaction Ref3

31 Mar 2026,POS,5.40, ,HAWKER CENTRE SGP 29MAR,4628-xxxx,,
27 Mar 2026,SAL, ,3000.00,EXAMPLE PTE LTD,,,
`,
    rows: ['2026-03-31 -5.40 SGD', '2026-03-27 3000.00 SGD'],
  },
  {
    name: 'OCBC with Withdrawals (SGD) and Deposits (SGD) and details on a line of their own',
    file: `Account details for:,360 Account 123-456789-001
Available Balance,"1,490.00"
Ledger Balance,"1,490.00"

Transaction History
Transaction date,Value date,Description,Withdrawals (SGD),Deposits (SGD)
30/03/2026,30/03/2026,NETS,10.00,
,,KOPITIAM,,
27/03/2026,27/03/2026,GIRO,,"1,500.00"
,,EXAMPLE PTE LTD,,
`,
    rows: ['2026-03-30 -10.00 SGD', '2026-03-27 1500.00 SGD'],
    notBooked: 'any',
  },
  {
    name: 'Kasikornbank with years of two digits and a time of its own',
    query: 'currency=THB',
    file: `Date,Time,Descriptions,Withdrawal,Deposit,Outstanding Balance,Channel,Details
13-03-26,12:01,Transfer Withdrawal,120.00,,880.00,K PLUS,To Noodle Shop
16-03-26,09:30,Transfer Deposit,,"5,000.00","5,880.00",Internet,From Example Co
`,
    rows: ['2026-03-13 -120.00 THB', '2026-03-16 5000.00 THB'],
  },
  {
    name: 'BCA with CR and DB beside amounts and lines after the table',
    query: 'currency=IDR',
    file: `Informasi Rekening - Mutasi Rekening
No. rekening : 1234567890
Nama : ERICA SAMPLE
Periode : 01/03/2026 - 31/03/2026
Kode Mata Uang : Rp

Tanggal Transaksi,Keterangan,Cabang,Jumlah,Saldo
'13/03/2026,TRSF E-BANKING DB WARUNG MAKAN,'0000,"50,000.00 DB","950,000.00"
'16/03/2026,KR OTOMATIS EXAMPLE PT,'0998,"5,000,000.00 CR","5,950,000.00"

Saldo Awal : 1,000,000.00
Mutasi Debet : 50,000.00
Mutasi Kredit : 5,000,000.00
Saldo Akhir : 5,950,000.00
`,
    mayAsk: {
      option: 'mapping',
      value: 'date:Tanggal Transaksi,notes:Keterangan,amount:Jumlah,balance:Saldo',
    },
    rows: ['2026-03-13 -50000.00 IDR', '2026-03-16 5000000.00 IDR'],
    notBooked: 'any',
  },
]

export const africaAndMiddleEast: Layout[] = [
  {
    name: 'South Africa: FNB with lines before the header and dates 2026/03/13',
    query: 'currency=ZAR',
    file: `ACCOUNT TRANSACTION HISTORY

Name:, E, Sample
Account:, 62123456789, [Cheque]
Balance:, 4380.00, 4380.00

Date, Amount, Balance, Description
2026/03/16, -120.00, 4380.00, POS Purchase Butchery
2026/03/15, 4000.00, 4500.00, Magtape Credit Example Ltd
2026/03/13, -75.50, 500.00, Debit Order Insurance
`,
    rows: ['2026-03-16 -120.00 ZAR', '2026-03-15 4000.00 ZAR', '2026-03-13 -75.50 ZAR'],
  },
  {
    name: 'South Africa: Absa with dates of eight digits',
    query: 'currency=ZAR',
    file: `Date,Description,Amount,Balance
20260313,POS PURCHASE GROCER,-99.95,900.05
20260316,ACB CREDIT EXAMPLE,1500.00,2400.05
`,
    rows: ['2026-03-13 -99.95 ZAR', '2026-03-16 1500.00 ZAR'],
  },
  {
    name: 'South Africa: Capitec with money in, money out and a fee that the balance counts',
    query: 'currency=ZAR',
    file: `Nr,Account,Posting Date,Transaction Date,Description,Original Description,Parent Category,Category,Money In,Money Out,Fee,Balance
1,1234567890,2026-03-13,2026-03-12,Cash Withdrawal,ATM,Cash,Cash,,-500.00,-10.00,490.00
2,1234567890,2026-03-16,2026-03-16,Salary,EXAMPLE,Income,Salary,6000.00,,,6490.00
3,1234567890,2026-03-18,2026-03-18,Rent,LANDLORD,Home,Rent,,-1000.00,-1.50,5488.50
`,
    mayAsk: { option: 'mapping', value: 'debit:Money Out,credit:Money In,fee:Fee,balance:Balance' },
    rows: ['2026-03-13 -510.00 ZAR', '2026-03-16 6000.00 ZAR', '2026-03-18 -1001.50 ZAR'],
  },
  {
    name: 'Kenya: M-PESA with lines before the header, a status and times',
    query: 'currency=KES',
    file: `Receipt No.,Completion Time,Details,Transaction Status,Paid In,Withdrawn,Balance
TCD4AAAA01,2026-03-16 18:20:11,Pay Merchant Charge to DUKA,Completed,,-150.00,850.00
TCD4AAAA02,2026-03-15 08:00:59,Funds received from SAMPLE,Completed,1000.00,,1000.00
`,
    rows: ['2026-03-16 -150.00 KES', '2026-03-15 1000.00 KES'],
  },
  {
    name: 'Emirates: debit and credit with blanks for nothing and months in capitals',
    query: 'currency=AED',
    file: `Date,Narration,Debit,Credit,Running Balance
13-MAR-2026,POS CARREFOUR DUBAI,85.25, ,914.75
16-MAR-2026,SALARY EXAMPLE LLC, ,"9,000.00","9,914.75"
`,
    rows: ['2026-03-13 -85.25 AED', '2026-03-16 9000.00 AED'],
  },
  {
    name: 'Israel: חובה and זכות in windows-1255',
    encoding: { charset: 'windows-1255', declared: true },
    query: 'currency=ILS',
    file: `תאריך,תיאור,חובה,זכות,יתרה
13/03/2026,מאפייה,24.00,,976.00
16/03/2026,משכורת,,8000.00,8976.00
`,
    mayAsk: { option: 'mapping', value: 'date:תאריך,notes:תיאור,debit:חובה,credit:זכות' },
    rows: ['2026-03-13 -24.00 ILS', '2026-03-16 8000.00 ILS'],
  },
]
