import type { Layout } from './layout.ts'

export const wallets: Layout[] = [
  {
    name: 'Revolut with a fee that the balance counts, a reverted row and one that is pending',
    file: `Type,Product,Started Date,Completed Date,Description,Amount,Fee,Currency,State,Balance
TOPUP,Current,2026-03-12 08:00:01,2026-03-12 08:00:05,Payment from E Sample,500.00,0.00,EUR,COMPLETED,500.00
CARD_PAYMENT,Current,2026-03-13 17:52:23,2026-03-14 05:25:00,Pharmacy,-42.00,0.00,EUR,COMPLETED,458.00
ATM,Current,2026-03-14 12:00:00,2026-03-15 09:00:00,Cash at Corner Bank,-100.00,2.00,EUR,COMPLETED,356.00
CARD_PAYMENT,Current,2026-03-15 10:10:10,,Hotel,-200.00,0.00,EUR,REVERTED,
CARD_PAYMENT,Current,2026-03-16 19:19:19,,Cinema,-12.00,0.00,EUR,PENDING,
`,
    rows: [
      '2026-03-12 500.00 EUR',
      '2026-03-14 -42.00 EUR | notes: Pharmacy',
      '2026-03-15 -102.00 EUR',
    ],
    notBooked: 2,
  },
  {
    name: 'Revolut in two currencies with exchanges',
    file: `Type,Product,Started Date,Completed Date,Description,Amount,Fee,Currency,State,Balance
TRANSFER,Current,2026-03-12 08:00:01,2026-03-12 08:00:05,From Ada,300.00,0.00,EUR,COMPLETED,300.00
EXCHANGE,Current,2026-03-13 09:00:00,2026-03-13 09:00:00,Exchanged to USD,-100.00,0.00,EUR,COMPLETED,200.00
EXCHANGE,Current,2026-03-13 09:00:00,2026-03-13 09:00:00,Exchanged to USD,108.50,0.00,USD,COMPLETED,108.50
CARD_PAYMENT,Current,2026-03-14 10:00:00,2026-03-15 10:00:00,Diner,-8.50,0.00,USD,COMPLETED,100.00
`,
    rows: [
      '2026-03-12 300.00 EUR',
      '2026-03-13 -100.00 EUR',
      '2026-03-13 108.50 USD',
      '2026-03-15 -8.50 USD',
    ],
  },
  {
    name: 'Revolut of earlier years with the currency in headers, blanks and semicolons',
    file: `Completed Date ; Description ; Paid Out (RON) ; Paid In (RON) ; Exchange Out; Exchange In; Balance (RON); Category; Notes
24 Mar 2026 ; Premium plan fee  ; 29.99 ;  ;  ;  ; 470.01; services;
20 Mar 2026 ; From Ada  ;  ; 500.00 ;  ;  ; 500.00; transfers;
`,
    rows: ['2026-03-24 -29.99 RON | category: services', '2026-03-20 500.00 RON'],
  },
  {
    name: 'Wise: total fees are told, and rows of their own count them',
    file: `"TransferWise ID",Date,Amount,Currency,Description,"Payment Reference","Running Balance","Exchange From","Exchange To","Exchange Rate","Payer Name","Payee Name","Payee Account Number",Merchant,"Card Last Four Digits","Card Holder Full Name",Attachment,Note,"Total fees"
FEE-TRANSFER-900000002,16-03-2026,-0.61,EUR,Wise Charges for: TRANSFER-900000002,,349.39,,,,,,,,,,,,0
TRANSFER-900000002,16-03-2026,-150.00,EUR,Sent money to Ada Bell,rent,350.00,EUR,GBP,0.86000,,Ada Bell,12345678,,,,,,0.61
TRANSFER-900000001,13-03-2026,500.00,EUR,Received money from Example Ltd,pay,500.00,,,,Example Ltd,,,,,,,,0.00
`,
    rows: ['2026-03-16 -0.61 EUR', '2026-03-16 -150.00 EUR', '2026-03-13 500.00 EUR'],
  },
  {
    name: 'Wise transaction history with a direction, two amounts and a cancelled one',
    file: `ID,Status,Direction,"Created on","Finished on","Source fee amount","Source fee currency","Target fee amount","Target fee currency","Source name","Source amount (after fees)","Source currency","Target name","Target amount (after fees)","Target currency","Exchange rate",Reference,Batch
CARD-3000000001,COMPLETED,OUT,"2026-03-13 10:00:00","2026-03-13 10:00:02",0.00,EUR,,,"E Sample",12.30,EUR,"Bistro",12.30,EUR,1.0,,
CARD-3000000002,CANCELLED,OUT,"2026-03-14 10:00:00","2026-03-14 10:00:02",0.00,EUR,,,"E Sample",90.00,EUR,"Hotel",90.00,EUR,1.0,,
TRANSFER-3000000003,COMPLETED,IN,"2026-03-16 10:00:00","2026-03-16 10:00:09",,,0.00,EUR,"Example Ltd",700.00,EUR,"E Sample",700.00,EUR,1.0,pay,
`,
    mayAsk: {
      option: 'mapping',
      value:
        'date:Finished on,type:Direction,amount:Source amount (after fees),currency:Source currency,status:Status',
    },
    rows: ['2026-03-13 -12.30 EUR', '2026-03-16 700.00 EUR'],
    notBooked: 1,
  },
  {
    name: 'PayPal in English: the balance counts the net',
    file: `"Date","Time","TimeZone","Name","Type","Status","Currency","Gross","Fee","Net","From Email Address","To Email Address","Transaction ID","Item Title","Balance"
"03/13/2026","10:11:12","PDT","Ada Bell","Website Payment","Completed","USD","100.00","-3.20","96.80","ada@example.com","me@example.com","1AA00000AA0000001","Lamp","196.80"
"03/14/2026","11:00:00","PDT","Mug Shop","Express Checkout Payment","Completed","USD","-20.00","0.00","-20.00","me@example.com","mugs@example.com","1AA00000AA0000002","Mug","176.80"
"03/15/2026","12:00:00","PDT","Tent Shop","Express Checkout Payment","Denied","USD","-80.00","0.00","-80.00","me@example.com","tents@example.com","1AA00000AA0000003","Tent","176.80"
`,
    rows: ['2026-03-13 96.80 USD | payee: Ada Bell', '2026-03-14 -20.00 USD | payee: Mug Shop'],
    notBooked: 1,
  },
  {
    name: 'PayPal in German with a conversion and a decimal comma between commas',
    file: `"Datum","Uhrzeit","Zeitzone","Name","Typ","Status","Währung","Brutto","Gebühr","Netto","Absender E-Mail-Adresse","Empfänger E-Mail-Adresse","Transaktionscode","Guthaben"
"13.03.2026","10:11:12","Europe/Berlin","","Bankgutschrift auf PayPal-Konto","Abgeschlossen","EUR","9,40","0,00","9,40","","","2BB00000BB0000001","9,40"
"13.03.2026","10:11:12","Europe/Berlin","","Allgemeine Währungsumrechnung","Abgeschlossen","EUR","-9,40","0,00","-9,40","","","2BB00000BB0000002","0,00"
"13.03.2026","10:11:12","Europe/Berlin","","Allgemeine Währungsumrechnung","Abgeschlossen","USD","10,00","0,00","10,00","","","2BB00000BB0000003","10,00"
"13.03.2026","10:11:12","Europe/Berlin","Font Foundry","PayPal Express-Zahlung","Abgeschlossen","USD","-10,00","0,00","-10,00","me@example.com","fonts@example.com","2BB00000BB0000004","0,00"
`,
    rows: [
      '2026-03-13 9.40 EUR',
      '2026-03-13 -9.40 EUR',
      '2026-03-13 10.00 USD',
      '2026-03-13 -10.00 USD | payee: Font Foundry',
    ],
  },
  {
    name: 'N26 with an original amount in another currency',
    file: `"Booking Date","Value Date","Partner Name","Partner Iban","Type","Payment Reference","Account Name","Amount (EUR)","Original Amount","Original Currency","Exchange Rate"
"2026-03-13","2026-03-13","Ramen House","","Presentment","","Main Account","-11.20","-12.10","USD","1.08"
"2026-03-16","2026-03-16","Beispiel GmbH","DE02500105170137075030","Credit Transfer","Lohn","Main Account","2000.00","","",""
`,
    rows: [
      '2026-03-13 -11.20 EUR | payee: Ramen House',
      '2026-03-16 2000.00 EUR | payee: Beispiel GmbH',
    ],
  },
  {
    name: 'N26 of earlier years in German',
    file: `"Datum","Empfänger","Kontonummer","Transaktionstyp","Verwendungszweck","Kategorie","Betrag (EUR)","Betrag (Fremdwährung)","Fremdwährung","Wechselkurs"
"2026-03-13","Kino","","MasterCard Zahlung","","Freizeit","-14.0","-14.0","EUR","1.0"
"2026-03-16","Beispiel GmbH","DE02500105170137075030","Gutschrift","Lohn","Einkommen","1950.0","","",""
`,
    rows: [
      '2026-03-13 -14.00 EUR | payee: Kino | category: Freizeit',
      '2026-03-16 1950.00 EUR | category: Einkommen',
    ],
  },
  {
    name: 'Stripe balance: net is what the balance gets',
    file: `id,Type,Source,Amount,Fee,Net,Currency,Created (UTC),Available On (UTC),Description
txn_0001,charge,ch_0001,50.00,1.75,48.25,usd,2026-03-13 10:00:00,2026-03-15 00:00:00,Order 1
txn_0002,refund,re_0001,-20.00,0.00,-20.00,usd,2026-03-14 10:00:00,2026-03-14 00:00:00,Refund of order 0
txn_0003,payout,po_0001,-28.25,0.00,-28.25,usd,2026-03-16 10:00:00,2026-03-17 00:00:00,STRIPE PAYOUT
`,
    mayAsk: { option: 'mapping', value: 'date:Created (UTC),amount:Net' },
    rows: ['2026-03-13 48.25 USD', '2026-03-14 -20.00 USD', '2026-03-16 -28.25 USD'],
  },
  {
    name: 'Venmo with lines before, signs apart from amounts, a balance before and one after',
    query: 'currency=USD',
    file: `Account Statement - (@E-Sample) ,,,,,,,,,,
Account Activity,,,,,,,,,,
,ID,Datetime,Type,Status,Note,From,To,Amount (total),Beginning Balance,Ending Balance
,,,,,,,,,$100.00,
,3990000000000000001,2026-03-13T18:00:00,Payment,Complete,Tacos,E Sample,Ada Bell,- $12.50,,
,3990000000000000002,2026-03-16T09:30:00,Payment,Complete,Rent,Bo Lee,E Sample,+ $450.00,,
,,,,,,,,,,$537.50
`,
    rows: ['2026-03-13 -12.50 USD', '2026-03-16 450.00 USD'],
    notBooked: 2,
  },
  {
    name: 'Cash App with a zone after the time, a fee of nothing and a declined payment',
    file: `Transaction ID,Date,Transaction Type,Currency,Amount,Fee,Net Amount,Asset Type,Status,Notes,Name of sender/receiver,Account
aaa111,2026-03-16 10:11:12 EDT,Received P2P,USD,$40.00,$0.00,$40.00,,COMPLETE,Movie,Ada Bell,Your Cash
bbb222,2026-03-15 08:00:00 EDT,Cash Card Debit,USD,-$9.75,$0.00,-$9.75,,COMPLETE,,Sandwich Shop,Visa Debit 1234
ccc333,2026-03-14 07:00:00 EDT,Cash Card Debit,USD,-$60.00,$0.00,-$60.00,,DECLINED,,Fuel Stop,Visa Debit 1234
`,
    rows: ['2026-03-16 40.00 USD', '2026-03-15 -9.75 USD'],
    notBooked: 1,
  },
  {
    name: 'bunq in English with a thousands comma',
    query: 'currency=EUR',
    file: `"Date","Interest Date","Amount","Account","Counterparty","Name","Description"
"2026-03-30","2026-03-30","-1,150.00","NL63BUNQ2031783591","NL02ABNA0123456789","Landlord","Rent"
"2026-03-31","2026-03-31","0.40","NL63BUNQ2031783591","NL58BUNQ4490788981","J. Smith",""
`,
    rows: ['2026-03-30 -1150.00 EUR | payee: Landlord', '2026-03-31 0.40 EUR | payee: J. Smith'],
  },
  {
    name: 'Skrill with columns [-] and [+] and the time between words',
    query: 'currency=EUR',
    file: `ID,Time (CET),Type,Transaction Details,[-],[+],Status,Balance,Reference
5001,13 Mar 26 10:02,Send Money,to shop@example.com,15.00,,processed,85.00,A1
5002,16 Mar 26 11:30,Receive Money,from ada@example.com,,40.00,processed,125.00,A2
`,
    mayAsk: { option: 'mapping', value: 'date:Time (CET),debit:[-],credit:[+],balance:Balance' },
    rows: ['2026-03-13 -15.00 EUR', '2026-03-16 40.00 EUR'],
  },
]
