import type { Layout } from './layout.ts'

export const sweden: Layout[] = [
  {
    name: 'Swedbank with a line before the header and doubled currencies',
    encoding: { charset: 'iso-8859-1', declared: true },
    file: `* Transaktionsrapport Period 2026-03-01 - 2026-03-31 Skapad 2026-04-02 09:00 CET
Radnummer,Clearingnummer,Kontonummer,Produkt,Valuta,Bokföringsdag,Transaktionsdag,Valutadag,Referens,Beskrivning,Belopp,Bokfört saldo
1,83279,1234567890,Privatkonto,SEK,2026-03-31,2026-03-30,2026-03-31,KONDITORI,KONDITORI,-65.00,4935.00
2,83279,1234567890,Privatkonto,SEK,2026-03-25,2026-03-25,2026-03-25,LÖN,EXEMPEL AB,4000.00,5000.00
`,
    rows: ['2026-03-31 -65.00 SEK', '2026-03-25 4000.00 SEK'],
  },
  {
    name: 'SEB with a decimal comma and a balance',
    query: 'currency=SEK',
    file: `Bokföringsdatum;Valutadatum;Verifikationsnummer;Text;Belopp;Saldo
2026-03-31;2026-03-31;5484013213;PRESSBYRÅN  /26-03-30;-45,000;955,000
2026-03-25;2026-03-25;5484013214;LÖN;900,000;1000,000
`,
    rows: ['2026-03-31 -45.00 SEK', '2026-03-25 900.00 SEK'],
  },
  {
    name: 'Nordea with a currency column, a reserved row without a date and a blank in numbers',
    file: `Bokföringsdag;Belopp;Avsändare;Mottagare;Namn;Rubrik;Saldo;Valuta
Reserverat;-129,00;1234 56 78901;;;Kortköp BIO RIO;;SEK
2026/03/30;-1 249,50;1234 56 78901;;;Autogiro HYRA;8 750,50;SEK
2026/03/25;10 000,00;;1234 56 78901;;Lön;10 000,00;SEK
`,
    rows: ['2026-03-30 -1249.50 SEK', '2026-03-25 10000.00 SEK'],
    notBooked: 1,
  },
  {
    name: 'ICA Banken with kr in amounts',
    file: `Datum;Text;Typ;Budgetgrupp;Belopp;Saldo
2026-03-14;Matbutik Norr;Korttransaktion;Mat;-212,50 kr;1 787,50 kr
2026-03-13;Återbetalning;Insättning;Övrigt;500,00 kr;2 000,00 kr
`,
    query: 'currency=SEK',
    rows: ['2026-03-14 -212.50 SEK', '2026-03-13 500.00 SEK'],
  },
  {
    name: 'American Express Sverige: ten purchases, all positive',
    query: 'currency=SEK',
    file: `Datum,Beskrivning,Belopp
03/14/2026,MATBUTIK,"125,00"
03/15/2026,BENSIN,"640,50"
03/16/2026,KAFFE,"49,00"
03/17/2026,BIO,"150,00"
03/18/2026,APOTEK,"89,90"
03/19/2026,TÅG,"299,00"
03/20/2026,LUNCH,"119,00"
03/21/2026,SKOR,"899,00"
03/22/2026,BLOMMOR,"75,00"
03/23/2026,FRISÖR,"450,00"
`,
    asks: { option: 'positive', value: 'expense' },
    rows: [
      '2026-03-14 -125.00 SEK',
      '2026-03-15 -640.50 SEK',
      '2026-03-16 -49.00 SEK',
      '2026-03-17 -150.00 SEK',
      '2026-03-18 -89.90 SEK',
      '2026-03-19 -299.00 SEK',
      '2026-03-20 -119.00 SEK',
      '2026-03-21 -899.00 SEK',
      '2026-03-22 -75.00 SEK',
      '2026-03-23 -450.00 SEK',
    ],
  },
]

export const norway: Layout[] = [
  {
    name: 'DNB with Ut fra konto and Inn på konto',
    query: 'currency=NOK',
    file: `"Dato";"Forklaring";"Rentedato";"Ut fra konto";"Inn på konto"
"31.03.2026";"Varekjøp Bakeri Bergen";"31.03.2026";"89,00";""
"25.03.2026";"Lønn Eksempel AS";"25.03.2026";"";"25000,00"
`,
    rows: ['2026-03-31 -89.00 NOK', '2026-03-25 25000.00 NOK'],
  },
  {
    name: 'SpareBank 1 with Inn and Ut, of which Ut is negative',
    query: 'currency=NOK',
    file: `Dato;Beskrivelse;Rentedato;Inn;Ut;Til konto;Fra konto;
13.03.2026;Strøm Nord;13.03.2026;;-740,20;12345678903;12345678911;
16.03.2026;Vipps fra Ola;16.03.2026;150,00;;12345678911;;
`,
    rows: ['2026-03-13 -740.20 NOK', '2026-03-16 150.00 NOK'],
  },
]

export const denmark: Layout[] = [
  {
    name: 'Danske Bank with a status',
    encoding: { charset: 'windows-1252', declared: true },
    query: 'currency=DKK',
    file: `"Dato";"Kategori";"Underkategori";"Tekst";"Beløb";"Saldo";"Status";"Afstemt"
"13.03.2026";"Dagligvarer";"Supermarked";"Købmand Øst";"-88,50";"911,50";"Udført";"Nej"
"16.03.2026";"Indkomst";"Løn";"Eksempel ApS";"10.000,00";"10.911,50";"Udført";"Nej"
"18.03.2026";"Bolig";"Husleje";"Husleje";"-6.000,00";"";"Venter";"Nej"
`,
    rows: ['2026-03-13 -88.50 DKK', '2026-03-16 10000.00 DKK'],
    notBooked: 1,
  },
  {
    name: 'BEC banks without a header, with a balance',
    query: 'currency=DKK',
    file: `13-03-2026;Netto Nørrebro;-120,25;879,75
16-03-2026;Løn Eksempel;15.000,00;15.879,75
17-03-2026;MobilePay Anna;-50,00;15.829,75
`,
    rows: ['2026-03-13 -120.25 DKK', '2026-03-16 15000.00 DKK', '2026-03-17 -50.00 DKK'],
  },
]

export const finland: Layout[] = [
  {
    name: 'OP with a plus sign, two dates and apostrophes around the reference',
    query: 'currency=EUR',
    file: `"Kirjauspäivä";"Arvopäivä";"Määrä EUROA";"Laji";"Selitys";"Saaja/Maksaja";"Saajan tilinumero ja pankin BIC";"Viite";"Viesti";"Arkistointitunnus"
"2026-03-13";"2026-03-13";-34,90;106;"TILISIIRTO";"SÄHKÖ OY";"FI2112345600000785";"ref=13";"";"20260313/5UTH01"
"2026-03-16";"2026-03-16";+2100,00;506;"PALKKA";"ESIMERKKI OY";"";"";"Viesti: PALKKA";"20260316/5UTH02"
`,
    rows: ['2026-03-13 -34.90 EUR', '2026-03-16 2100.00 EUR'],
  },
  {
    name: 'Nordea Suomi with tabs and lines before the header',
    query: 'currency=EUR',
    file: `Tilinumero\tFI2112345600000785

Kirjauspäivä\tArvopäivä\tMaksupäivä\tMäärä\tSaaja/Maksaja\tTilinumero\tBIC\tTapahtuma\tViite\tMaksajan viite\tViesti\tKortinnumero\tKuitti
13.03.2026\t13.03.2026\t12.03.2026\t-7,20\tKAHVILA AALTO\t\t\tKorttiosto\t\t\t\t\t
16.03.2026\t16.03.2026\t16.03.2026\t40,00\tVIRTANEN MIKA\t\t\tPano\t\t\tKiitos\t\t
`,
    rows: [
      '2026-03-13 -7.20 EUR | notes: KAHVILA AALTO',
      '2026-03-16 40.00 EUR | notes: VIRTANEN MIKA',
    ],
  },
]
