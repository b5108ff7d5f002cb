import type { Layout } from './layout.ts'

export const netherlands: Layout[] = [
  {
    name: 'ING with Af and Bij, semicolons and a balance',
    file: `"Datum";"Naam / Omschrijving";"Rekening";"Tegenrekening";"Code";"Af Bij";"Bedrag (EUR)";"Mutatiesoort";"Mededelingen";"Saldo na mutatie";"Tag"
"20260331";"Bakker Bart";"NL69INGB0123456789";"";"BA";"Af";"4,75";"Betaalautomaat";"Pasvolgnr: 001 30-03-2026 17:02";"1795,25";""
"20260327";"Voorbeeld BV";"NL69INGB0123456789";"NL02ABNA0123456789";"OV";"Bij";"1800,00";"Overschrijving";"Salaris";"1800,00";""
`,
    rows: [
      '2026-03-31 -4.75 EUR | payee: Bakker Bart',
      '2026-03-27 1800.00 EUR | payee: Voorbeeld BV',
    ],
  },
  {
    name: 'ING in English with Debit/credit, commas and a decimal comma, without a balance',
    file: `"Date","Name / Description","Account","Counterparty","Code","Debit/credit","Amount (EUR)","Transaction type","Notifications"
"20260313","Supermarkt Zuid","NL69INGB0123456789","","BA","Debit","23,10","Payment terminal","Card sequence no.: 001"
"20260316","Voorbeeld BV","NL69INGB0123456789","NL02ABNA0123456789","OV","Credit","500,00","Transfer","Bonus"
`,
    rows: [
      '2026-03-13 -23.10 EUR | payee: Supermarkt Zuid',
      '2026-03-16 500.00 EUR | payee: Voorbeeld BV',
    ],
  },
  {
    name: 'Rabobank with a plus sign and Saldo na trn',
    encoding: { charset: 'windows-1252', declared: true },
    file: `"IBAN/BBAN","Munt","BIC","Volgnr","Datum","Rentedatum","Bedrag","Saldo na trn","Tegenrekening IBAN/BBAN","Naam tegenpartij","Naam uiteindelijke partij","Naam initiërende partij","BIC tegenpartij","Code","Batch ID","Transactiereferentie","Machtigingskenmerk","Incassant ID","Betalingskenmerk","Omschrijving-1","Omschrijving-2","Omschrijving-3","Reden retour","Oorspr bedrag","Oorspr munt","Koers"
"NL44RABO0123456789","EUR","RABONL2U","000000000000000101","2026-03-16","2026-03-16","-12,50","+487,50","","Café Het Anker","","","","bc","","","","","","Betaalautomaat 20:01","","","","","",""
"NL44RABO0123456789","EUR","RABONL2U","000000000000000102","2026-03-17","2026-03-17","+1512,50","+2000,00","NL02ABNA0123456789","Voorbeeld BV","","","","cb","","","","","","Salaris"," maart","","","","",""
`,
    rows: [
      '2026-03-16 -12.50 EUR | payee: Café Het Anker',
      '2026-03-17 1512.50 EUR | payee: Voorbeeld BV',
    ],
  },
  {
    name: 'Rabobank of earlier years without a header, with D and C',
    file: `"NL44RABO0123456789","EUR","20260313","D","8.95","NL02ABNA0123456789","Drogist Van Dam","20260313","ba","","Betaalautomaat","","","","","","","",""
"NL44RABO0123456789","EUR","20260316","C","250.00","NL02ABNA0123456789","J de Vries","20260316","cb","","Terugbetaling","","","","","","","",""
`,
    mayAsk: { option: 'mapping', value: 'account:1,currency:2,date:3,type:4,amount:5,payee:7' },
    rows: ['2026-03-13 -8.95 EUR', '2026-03-16 250.00 EUR'],
  },
  {
    name: 'ABN AMRO with tabs, without a header, with balances before and after',
    file: `123456789\tEUR\t20260313\t1000,00\t987,60\t20260313\t-12,40\tBEA, Betaalpas  Groenteman UTRECHT
123456789\tEUR\t20260316\t987,60\t2487,60\t20260316\t1500,00\tSEPA Overboeking Voorbeeld BV Salaris
123456789\tEUR\t20260317\t2487,60\t1737,60\t20260317\t-750,00\tSEPA Periodieke overb. Verhuurder Huur
`,
    mayAsk: { option: 'mapping', value: 'account:1,currency:2,date:3,balance:5,amount:7,notes:8' },
    rows: ['2026-03-13 -12.40 EUR', '2026-03-16 1500.00 EUR', '2026-03-17 -750.00 EUR'],
  },
  {
    name: 'bunq with a decimal comma and semicolons',
    query: 'currency=EUR',
    file: `"Datum";"Rentedatum";"Bedrag";"Rekening";"Tegenrekening";"Naam";"Omschrijving"
"2026-03-30";"2026-03-30";"-1.204,00";"NL63BUNQ2031783591";"NL02ABNA0123456789";"Verhuurder";"Huur"
"2026-03-31";"2026-03-31";"0,40";"NL63BUNQ2031783591";"NL58BUNQ4490788981";"J. Jansen";""
`,
    rows: ['2026-03-30 -1204.00 EUR | payee: Verhuurder', '2026-03-31 0.40 EUR | payee: J. Jansen'],
  },
  {
    name: 'SNS Bank without a header, with dates of dashes and a balance before',
    file: `13-03-2026,NL86SNSB0123456789,NL02ABNA0123456789,voorbeeld bv,,,,EUR,1000.00,EUR,-25.00,13-03-2026,13-03-2026,9710,INC,4710,,'Incasso sportclub',3
16-03-2026,NL86SNSB0123456789,NL02ABNA0123456789,j de vries,,,,EUR,975.00,EUR,125.00,16-03-2026,16-03-2026,9710,OVB,4711,,'Terug',3
17-03-2026,NL86SNSB0123456789,,,,,,EUR,1100.00,EUR,-11.00,17-03-2026,17-03-2026,9710,BEA,4712,,'Snackbar',3
`,
    mayAsk: { option: 'mapping', value: 'date:1,account:2,currency:10,amount:11,notes:18' },
    rows: ['2026-03-13 -25.00 EUR', '2026-03-16 125.00 EUR', '2026-03-17 -11.00 EUR'],
  },
  {
    name: 'ASN Bank in words of Dutch for booking and value date',
    file: `Boekingsdatum;Opdrachtgeversrekening;Tegenrekeningnummer;Naam tegenrekening;Valutasoort rekening;Saldo rekening voor mutatie;Valutasoort mutatie;Transactiebedrag;Journaaldatum;Valutadatum;Omschrijving
14-03-2026;NL86ASNB0123456789;;Kringloop Oost;EUR;300,00;EUR;-15,00;14-03-2026;14-03-2026;Stoel
16-03-2026;NL86ASNB0123456789;NL02ABNA0123456789;Voorbeeld BV;EUR;285,00;EUR;115,00;16-03-2026;16-03-2026;Reiskosten
`,
    rows: [
      '2026-03-14 -15.00 EUR | payee: Kringloop Oost',
      '2026-03-16 115.00 EUR | payee: Voorbeeld BV',
    ],
  },
]
