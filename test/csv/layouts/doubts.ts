import type { Layout } from './layout.ts'

/** Files of which one part has two meanings, and files whose other parts take the doubt away. */
export const doubts: Layout[] = [
  {
    name: 'Dates of six digits without separators',
    query: 'currency=SEK',
    file: 'Datum;Beskrivning;Belopp\n260301;ICA;-12,50\n260315;Lön;1000,00\n',
    asks: { option: 'date_format', value: 'YYMMDD' },
    rows: ['2026-03-01 -12.50 SEK', '2026-03-15 1000.00 SEK'],
  },
  {
    name: 'A column that says yes or no to booked, in Italian',
    file: 'Data;Operazione;Contabilizzazione;Valuta;Importo\n01/03/2026;BAR;SI;EUR;-12,50\n15/03/2026;STIPENDIO;SI;EUR;1.500,00\n16/03/2026;EDICOLA;NO;EUR;-3,00\n',
    rows: ['2026-03-01 -12.50 EUR', '2026-03-15 1500.00 EUR'],
    notBooked: 1,
  },
  {
    name: 'A column that says yes or no to booked, in German',
    query: 'currency=EUR',
    file: 'Datum;Text;Gebucht;Betrag\n01.03.2026;Bar;ja;-12,50\n16.03.2026;Kiosk;nein;-3,00\n',
    rows: ['2026-03-01 -12.50 EUR'],
    notBooked: 1,
  },
  {
    name: 'A column that says whether a row is pending',
    query: 'currency=USD',
    file: 'Date,Name,Amount,Pending\n2026-03-01,Bar,-12.50,false\n2026-03-16,Kiosk,-3.00,true\n',
    rows: ['2026-03-01 -12.50 USD'],
    notBooked: 1,
  },
  {
    name: 'A row that is not cleared is booked all the same',
    query: 'currency=USD',
    file: 'Date,Name,Amount,Cleared\n2026-03-01,Bar,-12.50,Yes\n2026-03-16,Kiosk,-3.00,No\n',
    rows: ['2026-03-01 -12.50 USD', '2026-03-16 -3.00 USD'],
  },
  {
    name: 'A card that marks what was paid to it with CR, and nothing else',
    query: 'currency=GBP',
    file: 'Date,Details,Amount\n13 Mar 26,GROCER,12.50\n14 Mar 26,PAYMENT RECEIVED,100.00CR\n15 Mar 26,STATIONER,9.99\n',
    rows: ['2026-03-13 -12.50 GBP', '2026-03-14 100.00 GBP', '2026-03-15 -9.99 GBP'],
  },
  {
    name: 'A plus before money received, and nothing before money spent',
    query: 'currency=EUR',
    file: 'Datum;Empfänger;Betrag\n14.03.2026;Laden;12,50\n15.03.2026;Chef;+2.000,00\n',
    rows: ['2026-03-14 -12.50 EUR', '2026-03-15 2000.00 EUR'],
  },
  {
    name: 'The balance that is owed on a card, which rises with purchases',
    query: 'currency=USD',
    file: 'Date,Description,Amount,Balance\n2026-03-13,Shop,10.00,110.00\n2026-03-14,Fuel,20.00,130.00\n2026-03-15,PAYMENT THANK YOU,-100.00,30.00\n',
    asks: { option: 'positive', value: 'expense' },
    rows: ['2026-03-13 -10.00 USD', '2026-03-14 -20.00 USD', '2026-03-15 100.00 USD'],
  },
  {
    name: 'A fee only in the row before which there is no balance',
    file: 'Completed Date,Description,Amount,Fee,Currency,Balance\n2026-03-14 11:00:00,Shop,-10.00,0.50,EUR,89.50\n2026-03-14 12:00:00,Top-Up,50.00,0.00,EUR,139.50\n',
    asks: { option: 'mapping', value: 'fee:Fee' },
    rows: ['2026-03-14 -10.50 EUR', '2026-03-14 50.00 EUR'],
  },
  {
    name: 'A balance with a gap',
    query: 'currency=EUR',
    file: 'Datum;Betrag;Saldo\n13.03.2026;-10,00;90,00\n14.03.2026;-5,00;85,00\n16.03.2026;-5,00;70,00\n17.03.2026;-1,00;69,00\n',
    asks: { option: 'mapping', value: 'balance:-' },
    rows: [
      '2026-03-13 -10.00 EUR',
      '2026-03-14 -5.00 EUR',
      '2026-03-16 -5.00 EUR',
      '2026-03-17 -1.00 EUR',
    ],
  },
  {
    name: 'Balances of one day in another order than its rows',
    query: 'currency=EUR',
    file: 'Datum;Betrag;Saldo\n17.03.2026;1,00;81,00\n14.03.2026;-5,00;80,00\n14.03.2026;-5,00;85,00\n13.03.2026;-10,00;90,00\n',
    rows: [
      '2026-03-17 1.00 EUR',
      '2026-03-14 -5.00 EUR',
      '2026-03-14 -5.00 EUR',
      '2026-03-13 -10.00 EUR',
    ],
  },
  {
    name: 'Both sides of each transaction, as GnuCash exports them',
    file: 'Date,Transaction ID,Description,Commodity/Currency,Account Name,Amount Num.\n2026-03-14,abc,Shop,CURRENCY::EUR,Bank,-12.50\n2026-03-14,abc,Shop,CURRENCY::EUR,Food,12.50\n',
    refused: true,
  },
  {
    name: 'A second table that begins with the columns of the first',
    query: 'currency=EUR',
    file: 'Date,Amount\n2026-03-13,-10.00\n\nDate,Amount,Balance\n2026-03-14,-10.00,3\n',
    refused: true,
  },
]
