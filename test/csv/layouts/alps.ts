import type { Layout } from './layout.ts'

export const austria: Layout[] = [
  {
    name: 'Raiffeisen ELBA without a header, with six columns and a time of recording',
    file: `13.03.2026;Bezahlung Karte Tankstelle West;13.03.2026;-61,20;EUR;13.03.2026 11:02:45:123
16.03.2026;Gutschrift Beispiel GmbH Gehalt;16.03.2026;2.310,00;EUR;16.03.2026 03:12:09:001
17.03.2026;Lastschrift Rundfunk;17.03.2026;-15,30;EUR;17.03.2026 04:00:00:400
`,
    rows: ['2026-03-13 -61.20 EUR', '2026-03-16 2310.00 EUR', '2026-03-17 -15.30 EUR'],
  },
  {
    name: 'George (Erste Bank) in UTF-16 with two columns that name an account',
    encoding: { charset: 'utf-16le', declared: false, mark: true },
    file: `Buchungsdatum;Partnername;Partner IBAN;BIC/SWIFT;Partner Kontonummer;Bankleitzahl;Betrag;Währung;Buchungs-Details;Buchungsreferenz;Kategorie;Notiz
30.03.2026;Konditorei Wien;;;;;-18,60;EUR;Konditorei Wien 1010;230012603300001;Essen;
31.03.2026;Beispiel GmbH;AT611904300234573201;;;;1.980,00;EUR;Lohn;230012603310002;Einkommen;
`,
    rows: [
      '2026-03-30 -18.60 EUR | payee: Konditorei Wien | category: Essen',
      '2026-03-31 1980.00 EUR | payee: Beispiel GmbH | category: Einkommen',
    ],
  },
  {
    name: 'easybank without a header',
    file: `AT611904300234573201;Bezahlung Karte MC/000004711|POS 1234 Supermarkt Ost;14.03.2026;13.03.2026;-27,45;EUR
AT611904300234573201;Miete Hausverwaltung MC/000004712;31.03.2026;31.03.2026;-720,00;EUR
AT611904300234573201;Gehalt Beispiel GmbH FE/000004713;31.03.2026;31.03.2026;+2.500,00;EUR
`,
    rows: ['2026-03-14 -27.45 EUR', '2026-03-31 -720.00 EUR', '2026-03-31 2500.00 EUR'],
  },
  {
    name: 'Bank Austria with an amount that has a blank between groups',
    file: `Buchungsdatum;Valutadatum;Buchungstext;Interne Notiz;Währung;Betrag;Belegdaten;Belegnummer;Auftraggebername;Auftraggeberkonto;Auftraggeber BLZ;Empfängername;Empfängerkonto;Empfänger BLZ;Zahlungsgrund
19.03.2026;19.03.2026;ÜBERWEISUNG;;EUR;-1 250,00;;1;Erika Muster;;;Autohaus Süd;;;Reparatur
20.03.2026;20.03.2026;GUTSCHRIFT;;EUR;1 300,50;;2;Beispiel GmbH;;;Erika Muster;;;Prämie
`,
    rows: ['2026-03-19 -1250.00 EUR', '2026-03-20 1300.50 EUR'],
  },
]

export const switzerland: Layout[] = [
  {
    name: 'UBS with lines before the header, apostrophes in numbers and a balance per day',
    encoding: { charset: 'utf-8', declared: false, mark: true },
    file: `Kontonummer:;0234 00123456.40;
IBAN:;CH93 0076 2011 6238 5295 7;
Von:;2026-03-01;
Bis:;2026-03-31;
Anfangssaldo:;1'000.00;
Schlusssaldo:;3'150.50;
Bewertet in:;CHF;
Anzahl Transaktionen in diesem Zeitraum:;3;

Abschlussdatum;Abschlusszeit;Buchungsdatum;Valutadatum;Währung;Belastung;Gutschrift;Einzelbetrag;Saldo;Transaktions-Nr.;Beschreibung1;Beschreibung2;Beschreibung3;Fussnoten;
2026-03-30;;2026-03-31;2026-03-31;CHF;-1'249.50;;;3'150.50;9930709LK1;"Immobilien AG;Miete";E-Banking;"Zahlungsgrund: April";;
2026-03-25;;2026-03-25;2026-03-25;CHF;;3'600.00;;4'400.00;9930709LK2;"Muster AG";Lohn;;;
2026-03-12;14:02:11;2026-03-13;2026-03-12;CHF;-200.00;;;800.00;9930709LK3;"Bancomat";Bezug;;;
`,
    rows: ['2026-03-31 -1249.50 CHF', '2026-03-25 3600.00 CHF', '2026-03-13 -200.00 CHF'],
  },
  {
    name: 'PostFinance with credit and debit in CHF and a note about the law at the end',
    encoding: { charset: 'iso-8859-1', declared: true },
    file: `Datum von:;01.03.2026
Datum bis:;31.03.2026
Buchungsart:;Alle
Konto:;CH9300762011623852957
Währung:;CHF

Buchungsdatum;Avisierungstext;Gutschrift in CHF;Lastschrift in CHF;Valuta;Saldo in CHF
31.03.2026;KAUF/DIENSTLEISTUNG VOM 30.03.2026 BÄCKEREI;;-7.80;31.03.2026;2492.20
25.03.2026;GUTSCHRIFT MUSTER AG LOHN;2000;;25.03.2026;2500
02.03.2026;LASTSCHRIFT KRANKENKASSE;;-300;02.03.2026;500

Disclaimer:
Der Dokumentinhalt wurde durch Filtereinstellungen der Kundin generiert.
`,
    rows: ['2026-03-31 -7.80 CHF', '2026-03-25 2000.00 CHF', '2026-03-02 -300.00 CHF'],
    notBooked: 'any',
  },
  {
    name: 'Zürcher Kantonalbank with details of collective orders that have no date',
    file: `"Datum";"Buchungstext";"Whg";"Betrag Detail";"ZKB-Referenz";"Referenznummer";"Belastung CHF";"Gutschrift CHF";"Valuta";"Saldo CHF"
"27.03.2026";"Belastungen eBill (2)";"";"";"Z260860000001";"";"150.00";"";"27.03.2026";"850.00"
"";"Telefon AG";"CHF";"60.00";"";"";"";"";"";""
"";"Strom AG";"CHF";"90.00";"";"";"";"";"";""
"25.03.2026";"Gutschrift Muster AG";"";"";"Z260840000002";"";"";"600.00";"25.03.2026";"1000.00"
`,
    rows: ['2026-03-27 -150.00 CHF', '2026-03-25 600.00 CHF'],
    notBooked: 'any',
  },
  {
    name: 'Raiffeisen Schweiz with IBAN first, a date with time and a lone second line',
    file: `IBAN;Booked At;Text;Credit/Debit Amount;Balance;Valuta Date
CH9300762011623852957;2026-03-16 00:00:00.0;Einkauf Dorfladen 14.03.2026, 17:22;-32.5;467.5;2026-03-14 00:00:00.0
CH9300762011623852957;2026-03-17 00:00:00.0;Gutschrift Muster AG;1000;1467.5;2026-03-17 00:00:00.0
`,
    query: 'currency=CHF',
    rows: ['2026-03-16 -32.50 CHF', '2026-03-17 1000.00 CHF'],
  },
  {
    name: 'Viseca card with positive purchases, a payment and their words in Type',
    file: `TransactionID,Date,Merchant,Amount,Currency,Type,Category
AUT1,2026-03-14T10:11:12,Kiosk Bahnhof,4.20,CHF,debit,Shopping
AUT2,2026-03-15T12:00:00,Ihre Zahlung - Danke,350.00,CHF,credit,Payment
AUT3,2026-03-16T19:30:59,Pizzeria Sole,38.50,CHF,debit,Restaurants
`,
    rows: [
      '2026-03-14 -4.20 CHF | payee: Kiosk Bahnhof | category: Shopping',
      '2026-03-15 350.00 CHF',
      '2026-03-16 -38.50 CHF',
    ],
  },
]
