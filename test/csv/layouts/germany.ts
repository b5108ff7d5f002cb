import type { Layout } from './layout.ts'

export const germany: Layout[] = [
  {
    name: 'Sparkasse CAMT V2',
    file: `"Auftragskonto";"Buchungstag";"Valutadatum";"Buchungstext";"Verwendungszweck";"Glaeubiger ID";"Mandatsreferenz";"Kundenreferenz (End-to-End)";"Sammlerreferenz";"Lastschrift Ursprungsbetrag";"Auslagenersatz Ruecklastschrift";"Beguenstigter/Zahlungspflichtiger";"Kontonummer/IBAN";"BIC (SWIFT-Code)";"Betrag";"Waehrung";"Info"
"DE12500105170648489890";"16.03.26";"16.03.26";"FOLGELASTSCHRIFT";"Strom Abschlag Maerz";"DE98ZZZ00000123456";"M-4711";"NOTPROVIDED";"";"";"";"Stadtwerke Musterstadt";"DE02120300000000202051";"BYLADEM1001";"-84,30";"EUR";"Umsatz gebucht"
"DE12500105170648489890";"13.03.26";"13.03.26";"GUTSCHR. UEBERWEISUNG";"Gehalt 03/2026";"";"";"";"";"";"";"Beispiel GmbH";"DE02500105170137075030";"INGDDEFFXXX";"3200,00";"EUR";"Umsatz gebucht"
"DE12500105170648489890";"17.03.26";"";"KARTENZAHLUNG";"Baeckerei Kruste";"";"";"";"";"";"";"Baeckerei Kruste";"";"";"-4,75";"EUR";"Umsatz vorgemerkt"
`,
    rows: [
      '2026-03-16 -84.30 EUR | payee: Stadtwerke Musterstadt | notes: Strom Abschlag Maerz',
      '2026-03-13 3200.00 EUR | payee: Beispiel GmbH',
    ],
    notBooked: 1,
  },
  {
    name: 'Sparkasse CAMT V8 in windows-1252',
    encoding: { charset: 'windows-1252', declared: true },
    file: `Auftragskonto;Buchungstag;Valutadatum;Buchungstext;Verwendungszweck;Beguenstigter/Zahlungspflichtiger;Kontonummer;BLZ;Betrag;Waehrung;Info
DE12500105170648489890;30.03.2026;30.03.2026;DAUERAUFTRAG;Miete Größenweg 3;Müller Hausverwaltung;DE02120300000000202051;BYLADEM1001;-1.050,00;EUR;Umsatz gebucht
DE12500105170648489890;02.04.2026;02.04.2026;GUTSCHRIFT;Erstattung;Café Süß;DE02500105170137075030;INGDDEFFXXX;12,50;EUR;Umsatz gebucht
`,
    rows: [
      '2026-03-30 -1050.00 EUR | payee: Müller Hausverwaltung',
      '2026-04-02 12.50 EUR | payee: Café Süß',
    ],
  },
  {
    name: 'DKB Girokonto with lines before the header and pending rows',
    file: `"Girokonto";"DE12500105170648489890"
"Zeitraum:";"01.03.2026 - 31.03.2026"
"Kontostand vom 31.03.2026:";"2.110,95 €"
""
"Buchungsdatum";"Wertstellung";"Status";"Zahlungspflichtige*r";"Zahlungsempfänger*in";"Verwendungszweck";"Umsatztyp";"IBAN";"Betrag (€)";"Gläubiger-ID";"Mandatsreferenz";"Kundenreferenz"
"31.03.26";"";"Vorgemerkt";"ISSUER";"Kaffeehaus Linde";"VISA Debitkartenumsatz";"Ausgang";"DE96120300009005290904";"-3,80";"";"";""
"30.03.26";"30.03.26";"Gebucht";"Erika Muster";"Telefon AG";"Rechnung 778";"Ausgang";"DE02120300000000202051";"-39,99";"DE93ZZZ00000078611";"MR-1";""
"27.03.26";"27.03.26";"Gebucht";"Beispiel GmbH";"Erika Muster";"Lohn";"Eingang";"DE02500105170137075030";"2.450,00";"";"";""
`,
    rows: ['2026-03-30 -39.99 EUR | payee: Telefon AG', '2026-03-27 2450.00 EUR'],
    notBooked: 1,
  },
  {
    name: 'DKB Kreditkarte of earlier years',
    file: `"Kreditkarte:";"4998________1234";

"Von:";"01.02.2026";
"Bis:";"28.02.2026";
"Saldo:";"-61.40 EUR";
"Datum:";"28.02.2026";

"Umsatz abgerechnet und nicht im Saldo enthalten";"Wertstellung";"Belegdatum";"Beschreibung";"Betrag (EUR)";"Ursprünglicher Betrag";
"Nein";"26.02.2026";"24.02.2026";"Hotel Seeblick";"-118,00";"";
"Nein";"20.02.2026";"18.02.2026";"Tankstelle Nord";"-61,40";"-65,00 CHF";
"Ja";"15.02.2026";"15.02.2026";"Einzahlung";"118,00";"";
`,
    rows: ['2026-02-26 -118.00 EUR', '2026-02-20 -61.40 EUR', '2026-02-15 118.00 EUR'],
  },
  {
    name: 'ING with thirteen lines before the header, doubled "Währung" and a balance',
    encoding: { charset: 'iso-8859-15', declared: true },
    file: `Umsatzanzeige;Datei erstellt am: 02.04.2026 09:12

IBAN;DE12 5001 0517 0648 4898 90
Kontoname;Girokonto
Bank;ING
Kunde;Erika Muster
Zeitraum;01.03.2026 - 31.03.2026
Saldo;1.487,25;EUR

Sortierung;Datum absteigend

In der CSV-Datei finden Sie alle bereits gebuchten Umsätze. Die vorgemerkten Umsätze werden nicht aufgenommen, auch wenn sie in Ihrem Internetbanking angezeigt werden.

Buchung;Wertstellungsdatum;Auftraggeber/Empfänger;Buchungstext;Verwendungszweck;Saldo;Währung;Betrag;Währung
31.03.2026;31.03.2026;Bäckerei Kruste;Lastschrift;Kartenzahlung 30.03.;1.487,25;EUR;-12,75;EUR
27.03.2026;27.03.2026;Beispiel GmbH;Gehalt/Rente;Lohn März;1.500,00;EUR;1.900,00;EUR
02.03.2026;02.03.2026;Hausverwaltung Ost;Dauerauftrag/Terminueberweisung;Miete;-400,00;EUR;-900,00;EUR
`,
    rows: [
      '2026-03-31 -12.75 EUR | payee: Bäckerei Kruste',
      '2026-03-27 1900.00 EUR | payee: Beispiel GmbH',
      '2026-03-02 -900.00 EUR | payee: Hausverwaltung Ost',
    ],
  },
  {
    name: 'Commerzbank',
    file: `\uFEFFBuchungstag;Wertstellung;Umsatzart;Buchungstext;Betrag;Währung;IBAN Auftraggeberkonto;Kategorie
16.03.2026;16.03.2026;Lastschrift;Versicherung Nord Beitrag;-57,12;EUR;DE12500105170648489890;Versicherung
15.03.2026;15.03.2026;Gutschrift;Rueckzahlung Kaution;450,00;EUR;DE12500105170648489890;Sonstige
14.03.2026;13.03.2026;Überweisung;Verein Beitrag;-25,00;EUR;DE12500105170648489890;Freizeit
`,
    rows: [
      '2026-03-16 -57.12 EUR | category: Versicherung',
      '2026-03-15 450.00 EUR',
      '2026-03-14 -25.00 EUR | category: Freizeit',
    ],
  },
  {
    name: 'Deutsche Bank with Soll and Haben, lines before and a balance after',
    file: `Umsätze Girokonto;;;;;;;;;;;;;;;;;Kundennummer: 100 1234567
1.3.2026 - 31.3.2026
Letzter Kontostand;;;;1.000,00;EUR
Vorgemerkte und noch nicht gebuchte Umsätze sind nicht Bestandteil dieser Übersicht.
Buchungstag;Wert;Umsatzart;Begünstigter / Auftraggeber;Verwendungszweck;IBAN;BIC;Kundenreferenz;Mandatsreferenz;Gläubiger ID;Fremde Gebühren;Betrag;Abweichender Empfänger;Anzahl der Aufträge;Anzahl der Schecks;Soll;Haben;Währung
2.3.2026;2.3.2026;SEPA-Lastschrift;Gaswerk;Abschlag;DE02120300000000202051;BYLADEM1001;;M1;DE98ZZZ;;;;;;-75,00;;EUR
27.3.2026;27.3.2026;SEPA-Überweisung (Gutschrift);Beispiel GmbH;Gehalt;DE02500105170137075030;INGDDEFFXXX;;;;;;;;;;2.100,00;EUR
30.3.2026;30.3.2026;Kartenzahlung;Markthalle;Einkauf;;;;;;;;;;;-25,00;;EUR
Kontostand;31.03.2026;;;3.000,00;EUR
`,
    rows: [
      '2026-03-02 -75.00 EUR | payee: Gaswerk',
      '2026-03-27 2100.00 EUR | payee: Beispiel GmbH',
      '2026-03-30 -25.00 EUR | payee: Markthalle',
    ],
    notBooked: 1,
  },
  {
    name: 'Volksbank (Fiducia) with the balance after each row',
    file: `Bezeichnung Auftragskonto;IBAN Auftragskonto;BIC Auftragskonto;Bankname Auftragskonto;Buchungstag;Valutadatum;Name Zahlungsbeteiligter;IBAN Zahlungsbeteiligter;BIC (SWIFT-Code) Zahlungsbeteiligter;Buchungstext;Verwendungszweck;Betrag;Waehrung;Saldo nach Buchung;Bemerkung;Gekennzeichneter Umsatz;Glaeubiger ID;Mandatsreferenz
Girokonto;DE12500105170648489890;GENODEF1XXX;Volksbank Musterland;10.03.2026;10.03.2026;Drogerie Am Markt;;;Kartenzahlung girocard;EC 1234;-8,45;EUR;491,55;;;;
Girokonto;DE12500105170648489890;GENODEF1XXX;Volksbank Musterland;09.03.2026;09.03.2026;Erika Muster;DE02120300000000202051;BYLADEM1001;Überweisungsgutschr.;Umbuchung;200,00;EUR;500,00;;;;
Girokonto;DE12500105170648489890;GENODEF1XXX;Volksbank Musterland;05.03.2026;05.03.2026;Theater;;;Basislastschrift;Abo;-50,00;EUR;300,00;;;;
`,
    rows: [
      '2026-03-10 -8.45 EUR | payee: Drogerie Am Markt',
      '2026-03-09 200.00 EUR | payee: Erika Muster',
      '2026-03-05 -50.00 EUR | payee: Theater',
    ],
  },
  {
    name: 'Volksbank of earlier years: S and H beside unsigned amounts, two headers, balances after',
    file: `"Volksbank Musterland eG"

"Umsatzanzeige"

"BLZ:";"10090000";;"Datum:";"02.04.2026"
"Konto:";"1234567890";;"Uhrzeit:";"10:11:12"
"Abfrage von:";"Erika Muster";;"Kontoinhaber:";"Erika Muster"

"Zeitraum:";"Alle Umsätze";"von:";"01.03.2026";"bis:";"31.03.2026"
"Betrag in Euro:";"Alle Beträge";"von:";;"bis:";
"Primanotanummer:";;"Textschlüssel:";
"Buchungstag";"Valuta";"Auftraggeber/Zahlungsempfänger";"Empfänger/Zahlungspflichtiger";"Konto-Nr.";"IBAN";"BLZ";"BIC";"Vorgang/Verwendungszweck";"Kundenreferenz";"Währung";"Umsatz";" "
"03.03.2026";"03.03.2026";"Erika Muster";"Buchladen Blatt";;;;;"Lastschrift";;"EUR";"19,90";"S"
"24.03.2026";"24.03.2026";"Erika Muster";"Beispiel GmbH";;;;;"Gehalt";;"EUR";"1.819,90";"H"

"01.03.2026";;;;;;;;;"Anfangssaldo";"EUR";"200,00";"H"
"31.03.2026";;;;;;;;;"Endsaldo";"EUR";"2.000,00";"H"
`,
    rows: ['2026-03-03 -19.90 EUR', '2026-03-24 1819.90 EUR'],
    notBooked: 2,
  },
  {
    name: 'comdirect with a header, a footer of the old balance and pending rows without a date',
    encoding: { charset: 'windows-1252', declared: true },
    file: `;
"Umsätze Girokonto";"Zeitraum: 30 Tage";
"Neuer Kontostand";"1.254,40 EUR";

"Buchungstag";"Wertstellung (Valuta)";"Vorgang";"Buchungstext";"Umsatz in EUR";
"offen";"--";"Visa-Umsatz";" Buchungstext: Kiosk Ost";"-6,20";
"31.03.2026";"31.03.2026";"Lastschrift / Belastung";"Auftraggeber: Fitness GmbH Buchungstext: Beitrag";"-29,90";
"30.03.2026";"30.03.2026";"Übertrag / Überweisung";"Auftraggeber: Erika Muster Buchungstext: Sparen";"284,30";

"Alter Kontostand";"1.000,00 EUR";
`,
    rows: ['2026-03-31 -29.90 EUR', '2026-03-30 284.30 EUR'],
    notBooked: 2,
  },
  {
    name: 'Postbank',
    file: `Umsätze
Konto;Filialnummer;Kontonummer;IBAN;Währung
Giro plus;100;1234567 00;DE12500105170648489890;EUR

1.2.2026 - 28.2.2026
Letzter Kontostand;;;;912,30;EUR
Vorgemerkte und noch nicht gebuchte Umsätze sind nicht Bestandteil dieser Übersicht.
Buchungstag;Wert;Umsatzart;Begünstigter / Auftraggeber;Verwendungszweck;IBAN / Kontonummer;BIC;Kundenreferenz;Mandatsreferenz;Gläubiger ID;Fremde Gebühren;Betrag;Abweichender Empfänger;Anzahl der Aufträge;Anzahl der Schecks;Soll;Haben;Währung
27.2.2026;27.2.2026;SEPA Lastschrift;Wasserwerk Süd;Abschlag 02;DE02120300000000202051;BYLADEM1001;;M-9;DE55ZZZ;;-87,70;;;;-87,70;;EUR
26.2.2026;26.2.2026;Gutschrift;Beispiel GmbH;Lohn;DE02500105170137075030;INGDDEFFXXX;;;;;1.000,00;;;;;1.000,00;EUR
Kontostand;28.2.2026;;;912,30;EUR
`,
    rows: [
      '2026-02-27 -87.70 EUR | payee: Wasserwerk Süd',
      '2026-02-26 1000.00 EUR | payee: Beispiel GmbH',
    ],
    notBooked: 1,
  },
  {
    name: 'Consorsbank',
    file: `Buchung;Valuta;Sender / Empfänger;IBAN;BIC;Buchungstext;Verwendungszweck;Betrag in EUR
31.03.2026;31.03.2026;Blumen Rosa;DE02120300000000202051;BYLADEM1001;LASTSCHRIFT;Strauss;-24,90
30.03.2026;30.03.2026;Erika Muster;DE02500105170137075030;INGDDEFFXXX;GUTSCHRIFT;Rest Urlaub;110,00
`,
    rows: [
      '2026-03-31 -24.90 EUR | payee: Blumen Rosa | notes: Strauss',
      '2026-03-30 110.00 EUR | payee: Erika Muster',
    ],
  },
  {
    name: 'Barclays card with a currency sign behind the amount',
    file: `Referenznummer;Transaktionsdatum;Buchungsdatum;Betrag;Beschreibung;Typ;Status;Kartennummer;Originalbetrag;Mögliche Zahlpläne;Land;Name des Karteninhabers;Kartennetzwerk;Kontaktlose Bezahlung
ARN0001;20.03.2026;21.03.2026;-45,20 €;Gasthof Post;Kreditkartenumsatz;Berechnet;**** 1234;-45,20 €;;DE;ERIKA MUSTER;Visa;Ja
ARN0002;18.03.2026;19.03.2026;-9,99 €;Musikdienst;Kreditkartenumsatz;Berechnet;**** 1234;-9,99 €;;SE;ERIKA MUSTER;Visa;Nein
ARN0003;17.03.2026;17.03.2026;300,00 €;Zahlung erhalten;Gutschrift;Berechnet;**** 1234;300,00 €;;DE;ERIKA MUSTER;Visa;Nein
`,
    rows: [
      '2026-03-21 -45.20 EUR | notes: Gasthof Post',
      '2026-03-19 -9.99 EUR',
      '2026-03-17 300.00 EUR',
    ],
  },
  {
    name: 'HypoVereinsbank in UTF-16 with a byte order mark',
    encoding: { charset: 'utf-16le', declared: false, mark: true },
    file: `Kontonummer;Buchungsdatum;Valuta;Empfaenger 1;Empfaenger 2;Verwendungszweck;Betrag;Waehrung
DE12500105170648489890;13.03.2026;13.03.2026;Optik Klar;;SEPA-Basislastschrift Brille;-179,00;EUR
DE12500105170648489890;16.03.2026;16.03.2026;Beispiel GmbH;;Bonus;500,00;EUR
`,
    rows: ['2026-03-13 -179.00 EUR', '2026-03-16 500.00 EUR'],
  },
]
