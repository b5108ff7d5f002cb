/** German, by role. */
export const de = `
  date: Buchungstag | Buchungsdatum | Buchung | Datum Buchung | Gebucht am | Buch.-Tag | Buchungs-Datum | Verbuchungsdatum | Abrechnungsdatum
  date: Verbucht am | Datum der Buchung | Buchungszeitpunkt | Datum abgeschlossen | Buchungstag/Datum | Verrechnungsdatum
  date 2: Datum | Umsatztag | Umsatz getätigt am | Datum und Uhrzeit
  date 3: Transaktionsdatum | Abschlussdatum | Kaufdatum | Umsatzdatum | Beleg | Belegtag | Einkaufsdatum | Zahlungsdatum | Ausführungsdatum | Auftragsdatum | Tag
  date 3: Transaktionstag | Datum Beginn | Beauftragt am | Autorisierungsdatum | Durchführungsdatum | Datum des Einkaufs | Erstellungsdatum | Vorgangsdatum
  value_date 2: Belegdatum
  value_date: Valuta | Wertstellung | Valutadatum | Wertstellungsdatum | Wertstellungstag | Wert | Datum Valuta | Wertstellung (Valuta) | Valuta-Datum | Wertdatum
  amount: Betrag | Umsatz | Buchungsbetrag | Umsatzbetrag | Zahlungsbetrag | Betrag Netto | Netto | Transaktionsbetrag | Betrag in Kontowährung | Summe | Umsätze
  amount: Abrechnungsbetrag | Betrag (Kontowährung) | Einzelbetrag | Umsatz in Kontowährung
  amount 3: Brutto | Preis | Geldbetrag | Total
  debit: Soll | Belastung | Lastschrift | Lastschriften | Belastungen | Belastungsbetrag | Sollbetrag | Soll-Betrag | Sollumsatz | Betrag Soll | Umsatz Soll | Last
  credit: Haben | Gutschrift | Gutschriften | Gutschriftsbetrag | Habenbetrag | Haben-Betrag | Habenumsatz | Betrag Haben | Umsatz Haben
  amount_out: Ausgabe | Ausgaben | Ausgang | Auszahlung | Auszahlungen | Ausgänge | Abgang | Abgänge | Aufwand | Abbuchung | Zahlungsausgang
  amount_in: Einnahme | Einnahmen | Eingang | Einzahlung | Einzahlungen | Eingänge | Zugang | Zugänge | Ertrag | Zahlungseingang
  direction: Soll/Haben | S/H | Soll-/Haben-Kennzeichen | Soll/Haben-Kennzeichen | Soll-Haben | SH | Belastung/Gutschrift | Lastschrift/Gutschrift | Einnahme/Ausgabe
  direction: Ein-/Ausgang | Richtung | Vorzeichen | Umsatz Soll/Haben | Ausgabe/Einnahme | Eingang/Ausgang | Zahlungsrichtung | SHK | Auswirkung auf Guthaben
  type_text: Buchungstext | Typ | Art | Umsatzart | Umsatztyp | Vorgang | Transaktionstyp | Zahlungsart | Buchungsart | Transaktionsart | Vorgangsart | Auftragsart
  type_text: Geschäftsvorfall | Textschlüssel | Buchungsschlüssel | Vorgang/Verwendungszweck | Bewegungsart | Bewegungstyp | Zahlungstyp | Buchungstyp
  currency: Währung | Buchungswährung | Kontowährung | Whg | Whg. | Devise | Abrechnungswährung | Währungscode | Transaktionswährung
  balance: Saldo | Kontostand | Saldo nach Buchung | Saldo danach | Neuer Saldo | Guthaben | Saldo nach Umsatz | Endsaldo | Laufender Saldo | Aktueller Saldo | Buchungssaldo
  payee: Empfänger | Auftraggeber | Begünstigter | Beguenstigter/Zahlungspflichtiger | Begünstigter / Auftraggeber | Auftraggeber / Begünstigter | Auftraggeber/Empfänger
  payee: Empfänger/Auftraggeber | Zahlungsempfänger | Zahlungsempfänger*in | Zahlungspflichtige*r | Zahlungspflichtiger | Name Zahlungsbeteiligter | Partnername | Gegenpartei
  payee: Händler | Händlername | Zahlungsbeteiligter | Auftraggeber/Zahlungsempfänger | Empfänger/Zahlungspflichtiger | Name des Partners | Auftraggeber/Begünstigter | Empfängername
  payee: Zahlungspartner | Kontrahent | Begünstigter/Absender | Empfänger/Absender | Auftraggeber/in | Name Gegenkonto | Gegenpartei Name | Name Empfänger | Beteiligter
  payee 2: Name | Absender | Partner | Name des Gegenkontos | Unternehmen | Absender / Empfänger | Geschäft
  counter_account: Kontonummer/IBAN | Gegenkonto | IBAN Zahlungsbeteiligter | IBAN des Begünstigten | Partner IBAN | IBAN Empfänger | Gegenkonto IBAN | Kontonummer Gegenkonto
  counter_account: IBAN Gegenkonto | Kontonummer Empfänger | Gegenkontonummer | IBAN / Kontonummer | IBAN Auftraggeber/Empfänger | Empfängerkonto | Partnerkonto | IBAN Gegenseite | Partner Kontonummer
  notes: Verwendungszweck | Beschreibung | Buchungsdetails | Zahlungsreferenz | Zweck | Mitteilung | Bemerkung | Notiz | Notizen | Text | Betreff | Hinweis | Anmerkung
  notes: Details | Transaktionsbeschreibung | Avisierungstext | Buchungs-Info | Umsatztext | Vorgangstext | Kommentar
  notes: Fussnoten | Zahlungszweck | Zahlungsgrund | Erläuterung | Buchungsinformation | Mitteilungen | Nachricht | Verwendungszweckzeile 1 | Transaktionsdetails | Umsatzbeschreibung
  notes 2: Info | Weitere Informationen | Erweiterte Details | Transaktionsbeschreibung Zusatz | Artikelbezeichnung | Adresse | Ort | Land | Zusatzinformationen | Branche | Sektor | Beschreibung des Umsatzes
  category: Kategorie | Kategorien | Hauptkategorie | Umsatzkategorie | Ausgabenkategorie
  category 2: Unterkategorie | Oberkategorie | Kategoriegruppe | Budget | Kategorie-Pfad
  external_id: Transaktionsnummer | Transaktions-ID | Transaktionscode | Umsatz-ID | Buchungs-ID | Transaktions-Nr. | Eindeutige ID | Transaktionsnr
  reference: Referenz | Referenznummer | Kundenreferenz | Kundenreferenz (End-to-End) | Mandatsreferenz | Gläubiger-ID | Glaeubiger ID | Bankreferenz | Buchungsreferenz | Zahlungsreferenznummer
  reference: Sammlerreferenz | End-to-End-Referenz | Mandat | Gläubiger ID | Belegnummer | Zugehöriger Transaktionscode | Rechnungsnummer | Empfangsnummer | Ihre Referenz | Creditor ID | Mandatsreferenz-Nr
  account: Auftragskonto | Konto | Kontonummer | Kontoname | Kartennummer | Eigenes Konto | IBAN Auftragskonto | Bezeichnung Auftragskonto | Auftraggeberkonto | IBAN Auftraggeberkonto
  account: Karte | Karteninhaber | Kontobezeichnung | Konto-Nr. | Auftraggeber-Konto | Produkt | IBAN | Kreditkarte | Kreditkartennummer | Konto Auftraggeber | Umsatz getätigt von | Absenderkonto
  fee: Gebühr | Gebühren | Entgelt | Spesen | Entgelte | Auslandsentgelt | Auslagenersatz Ruecklastschrift | Kommission | Gebührenbetrag
  status: Status | Buchungsstatus | Zustand | Umsatzstatus | Transaktionsstatus | Gebucht | Vorgemerkt
  original_amount: Originalbetrag | Ursprungsbetrag | Lastschrift Ursprungsbetrag | Betrag Fremdwährung | Betrag (Fremdwährung) | Betrag in Fremdwährung | Fremdwährungsbetrag | Ursprünglicher Betrag | Ausgangsbetrag
  original_currency: Originalwährung | Fremdwährung | Ursprungswährung | Ausgangswährung | Typ Fremdwährung
  exchange_rate: Wechselkurs | Umrechnungskurs | Kurs | Devisenkurs
  time: Uhrzeit | Abschlusszeit | Zeit | Zeitzone | Buchungszeit
  number: Schecknummer | Scheck-Nr. | Nummer | Nr | Nr. | Laufende Nummer | Lfd. Nr. | Lfd Nr | Auszugsnummer | Belegnr
  tax: Steuer | MwSt | MwSt. | USt | Mehrwertsteuer | Umsatzsteuer | Steuersatz
`
