import type { Layout } from './layout.ts'

export const cards: Layout[] = [
  {
    name: 'Bank of America card: purchases are negative',
    query: 'currency=USD',
    file: `Posted Date,Reference Number,Payee,Address,Amount
03/30/2026,24000000000000000000001,"BISTRO 12","NEW YORK      NY ",-41.00
03/27/2026,24000000000000000000002,"PAYMENT - THANK YOU","",300.00
`,
    rows: ['2026-03-30 -41.00 USD | payee: BISTRO 12', '2026-03-27 300.00 USD'],
  },
  {
    name: 'Barclays US: the category is DEBIT or CREDIT, and signs agree',
    query: 'currency=USD',
    file: `Barclays Bank Delaware
Account Number: XXXXXXXXXXXX1234
Account Balance as of March 31 2026:    $161.10

Transaction Date,Description,Category,Amount
03/29/2026,"PARKING","DEBIT",-12.00
03/25/2026,"Payment Received","CREDIT",250.00
`,
    rows: ['2026-03-29 -12.00 USD', '2026-03-25 250.00 USD'],
  },
  {
    name: 'USAA with a status of Posted and Pending',
    query: 'currency=USD',
    file: `Date,Description,Original Description,Category,Amount,Status
2026-03-31,"Coffee Hut","COFFEE HUT 7","Fast Food",-4.10,Pending
2026-03-30,"Drug Store","DRUG STORE 12","Pharmacy",-15.20,Posted
2026-03-27,"USAA Payment","USAA CREDIT CARD PAYMENT","Credit Card Payment",200.00,Posted
`,
    rows: ['2026-03-30 -15.20 USD | category: Pharmacy', '2026-03-27 200.00 USD'],
    notBooked: 1,
  },
  {
    name: 'American Express in German: purchases are positive',
    query: 'currency=EUR',
    file: `Datum,Beschreibung,Karteninhaber,Konto #,Betrag
31/03/2026,HOTEL AM SEE,E MUSTER,-11001,"212,00"
28/03/2026,ZAHLUNG ERHALTEN. BESTEN DANK.,E MUSTER,-11001,"-400,00"
20/03/2026,BAHNTICKET,E MUSTER,-11001,"59,90"
`,
    mayAsk: { option: 'positive', value: 'expense' },
    rows: ['2026-03-31 -212.00 EUR', '2026-03-28 400.00 EUR', '2026-03-20 -59.90 EUR'],
  },
  {
    name: 'Tesco Bank card with a flag of D and C and pounds',
    query: 'currency=GBP',
    file: `Transaction Date,Posting Date,Billing Amount,Merchant,Merchant City,Merchant State,Merchant Zip,Reference Number,Debit/Credit Flag,SICMCC Code,
28/03/2026,30/03/2026,£21.50,Petrol Stop,Leeds,,LS1,='1',D,5541,
27/03/2026,27/03/2026,£150.00,PAYMENT RECEIVED,,,,='2',C,,
`,
    rows: ['2026-03-30 -21.50 GBP | payee: Petrol Stop', '2026-03-27 150.00 GBP'],
  },
  {
    name: 'Halifax card: purchases are positive',
    query: 'currency=GBP',
    file: `Date,Date entered,Reference,Description,Amount,
27/03/2026,28/03/2026,10000001,GARDEN SHOP,35.00,
25/03/2026,25/03/2026,10000002,DIRECT DEBIT PAYMENT - THANK YOU,-120.00,
20/03/2026,21/03/2026,10000003,CINEMA,18.50,
`,
    mayAsk: { option: 'positive', value: 'expense' },
    rows: ['2026-03-28 -35.00 GBP', '2026-03-25 120.00 GBP', '2026-03-21 -18.50 GBP'],
  },
  {
    name: 'Curve with an amount in two currencies, all positive',
    file: `Date (YYYY-MM-DD as UTC),Merchant,Txn Amount (Funding Card),Txn Currency (Funding Card),Txn Amount (Foreign Spend),Txn Currency (Foreign Spend),Card Name,Card Last 4 Digits,Type,Category,Notes
2026-03-13,Tapas Bar,25.80,GBP,30.00,EUR,Debit,1234,Spend,Eating Out,
2026-03-14,Museum,12.00,GBP,,,Debit,1234,Spend,Culture,
`,
    mayAsk: { option: 'positive', value: 'expense' },
    rows: ['2026-03-13 -25.80 GBP | payee: Tapas Bar', '2026-03-14 -12.00 GBP | payee: Museum'],
  },
  {
    name: 'A card with charges and payments in columns of their own',
    query: 'currency=USD',
    file: `Date,Merchant,Charges,Payments
03/13/2026,Diner,24.00,
03/16/2026,Payment,,100.00
`,
    mayAsk: { option: 'mapping', value: 'date:Date,payee:Merchant,debit:Charges,credit:Payments' },
    rows: ['2026-03-13 -24.00 USD | payee: Diner', '2026-03-16 100.00 USD'],
  },
  {
    name: 'A German card of a savings bank with two amounts and two currencies',
    encoding: { charset: 'windows-1252', declared: true },
    file: `"Umsatz getätigt von";"Belegdatum";"Buchungsdatum";"Originalbetrag";"Originalwährung";"Umrechnungskurs";"Buchungsbetrag";"Buchungswährung";"Transaktionsbeschreibung";"Transaktionsbeschreibung Zusatz";"Buchungsreferenz";"Gebührenschlüssel";"Länderkennzeichen";"BAR-Entgelt+Buchungsreferenz";"AEE+Buchungsreferenz";"Abrechnungskennzeichen"
"1234********5678";"12.03.26";"13.03.26";"-20,00";"CHF";"1,05";"-21,00";"EUR";"Bergbahn";"";"REF1";"";"CH";"";"";""
"1234********5678";"16.03.26";"16.03.26";"100,00";"EUR";"";"100,00";"EUR";"Lastschrift";"";"REF2";"";"";"";"";""
`,
    rows: ['2026-03-13 -21.00 EUR', '2026-03-16 100.00 EUR'],
  },
  {
    name: 'A prepaid card in Dutch with unsigned amounts and Uitgave and Inkomst',
    query: 'currency=EUR',
    file: `Datum;Omschrijving;Soort;Bedrag
13-03-2026;Bakker;Uitgave;4,75
16-03-2026;Opladen;Inkomst;50,00
`,
    mayAsk: { option: 'mapping', value: 'date:Datum,notes:Omschrijving,type:Soort,amount:Bedrag' },
    rows: ['2026-03-13 -4.75 EUR', '2026-03-16 50.00 EUR'],
  },
]
