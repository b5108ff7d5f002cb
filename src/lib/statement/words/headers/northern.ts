/** Dutch, Swedish, Danish, Norwegian and Finnish, by role. */

export const nl = `
  date: Boekdatum | Boekingsdatum | Uitvoeringsdatum | Datum boeking | Transactiedatum boeking | Verwerkingsdatum | Datum verrichting | Journaaldatum | Boekdag
  date 2: Datum | Dag | Datum en tijd
  date 3: Transactiedatum | Aankoopdatum | Datum transactie | Betaaldatum | Begindatum
  value_date: Rentedatum | Valutadatum | Datum valuta | Valuta datum | Valutadag
  amount: Bedrag | Transactiebedrag | Bedrag in EUR | Bedrag v/d verrichting | Nettobedrag | Netto | Mutatiebedrag | Bedrag transactie
  amount 3: Bruto | Prijs | Totaal
  debit: Debet | Bedrag af | Debetbedrag | Af | Debiteringen
  credit: Credit | Bedrag bij | Creditbedrag | Bij
  amount_out: Uitgave | Uitgaven | Uit | Uitgaand | Opname | Opnames
  amount_in: Inkomst | Inkomsten | In | Inkomend | Storting | Stortingen
  direction: Af Bij | Af/Bij | Bij/Af | Bij Af | Debet/Credit | D/C | Credit/Debet | Debet Credit | Debit/Credit indicator | BY_AF_CODE | Boeksoort
  type_text: Mutatiesoort | Code | Type | Soort | Type verrichting | Transactietype | Transactiecode | Type transactie | Mutatietype | Betaalwijze | Soort transactie | Rubrieknaam
  currency: Munt | Devies | Valuta | Muntsoort | Valuta rekening | Munteenheid | Valutacode
  balance: Saldo | Saldo na mutatie | Saldo na trn | Saldo na boeking | Eindsaldo | Nieuw saldo | Rekeningsaldo | Saldo na transactie
  payee: Naam tegenpartij | Naam / Omschrijving | Tegenpartij | Begunstigde | Naam tegenrekening | Naam tegenpartij bevat | Tegenrekeninghouder | Naam van de tegenpartij
  payee: Ontvanger | Winkel | Opdrachtgever | Handelaar | Naam begunstigde | Naam ontvanger
  payee 2: Naam | Afzender
  counter_account: Tegenrekening | Tegenrekening IBAN/BBAN | Tegenrekeningnummer | Rekening tegenpartij | Rekeningnummer tegenpartij | IBAN tegenpartij | Rekening begunstigde
  notes: Omschrijving | Mededeling | Mededelingen | Details | Transactie omschrijving | Notitie | Notities | Opmerking | Memo
  notes: Vrije mededeling | Gestructureerde mededeling | Bericht | Detail van de omzet | Transactie | Details van de beweging | Opmerkingen | Tekst | Onderwerp | Beschrijving
  notes 2: Straat en nummer | Postcode en plaats | Adres tegenpartij | Tag | Locatie
  category: Categorie | Categorieën
  category 2: Subcategorie
  external_id: Transactie-ID | Transactienummer | Unieke code
  reference: Transactiereferentie | Referentie | Machtigingskenmerk | Kenmerk | Betalingskenmerk | Incassant ID | Referte | Batch ID | Refertenummer
  account: Rekening | Rekeningnummer | IBAN/BBAN | Eigen rekening | Kaartnummer | Rekeningnaam | Naam rekening | Mijn rekening | Opdrachtgever rekening
  fee: Kosten | Transactiekosten | Provisie
  status: Status
  original_amount: Oorspr bedrag | Oorspronkelijk bedrag | Bedrag in vreemde valuta | Origineel bedrag
  original_currency: Oorspr munt | Oorspronkelijke valuta | Originele valuta
  ignore: BIC tegenpartij | Landcode | Reden retour
  exchange_rate: Koers | Wisselkoers
  time: Tijd | Tijdzone | Tijdstip
  number: Volgnr | Volgnummer | Afschriftnummer | Rekeninguittrekselnummer | Uittrekselnummer | Nummer | Chequenummer | Reeksnummer
  tax: BTW
`

export const sv = `
  date: Bokföringsdag | Bokföringsdatum | Bokförd | Bokfört datum | Bokf. datum | Reskontradatum | Bokfört | Datum bokfört
  date 2: Datum | Dag
  date 3: Transaktionsdag | Transaktionsdatum | Köpdatum | Betalningsdag | Inköpsdatum | Affärsdag
  value_date: Valutadag | Valutadatum | Räntedag | Räntedatum
  amount: Belopp | Transaktionsbelopp | Summa | Belopp SEK | Netto | Insättning/Uttag | Belopp i SEK | Belopp i kronor
  amount 3: Brutto | Totalt | Pris
  debit: Debet | Debiteringar
  credit: Kredit | Krediteringar
  amount_out: Ut | Uttag | Utgift | Utgifter | Uttag/Betalningar | Utbetalning
  amount_in: In | Insättning | Insättningar | Inkomst | Inkomster | Inbetalning
  direction: Debet/Kredit | Kredit/Debet | Uttag/insättning | Riktning | In/Ut
  type_text: Typ | Transaktionstyp | Typ av transaktion | Betalningstyp | Verifikationstyp | Händelse
  currency: Valuta | Valutakod | Kontovaluta
  balance: Saldo | Bokfört saldo | Kontosaldo | Saldo efter transaktion | Behållning | Tillgängligt belopp
  payee: Mottagare | Avsändare | Betalare | Butik | Motpart | Mottagarens namn | Mottagare/Avsändare | Namn på motpart | Avsändare/mottagare | Betalningsmottagare
  payee 2: Namn
  counter_account: Motkonto | Mottagarens kontonummer | Till konto | Mottagarkonto
  notes: Beskrivning | Rubrik | Text | Specifikation | Meddelande | Referens | Transaktion | Transaktionstext | Notering | Anteckning | Egen anteckning | Kommentar | Detaljer | Kontohändelse | Ändamål
  notes 2: Ort | Utgiftens ort | Information
  category: Kategori | Kategorier
  category 2: Underkategori
  external_id: Transaktions-id | Arkiveringskod | Transaktions-ID
  reference: Verifikationsnummer | Referensnummer | OCR | OCR-nummer | Bankreferens
  account: Konto | Kontonummer | Kontonamn | Kortnummer | Kort | Produkt | Från konto | Clearingnummer
  fee: Avgift | Avgifter
  status: Status
  original_amount: Utländskt belopp | Originalbelopp | Belopp i utländsk valuta | Utl. belopp
  original_currency: Utländsk valuta | Originalvaluta | Utl. valuta
  exchange_rate: Kurs | Växelkurs | Valutakurs
  time: Tid | Tidszon
  number: Radnummer | Radnr | Nummer | Löpnummer
  tax: Moms
`

export const da = `
  date: Bogføringsdato | Bogført dato | Bogført | Posteringsdato | Bogført den
  date 2: Dato | Dag
  date 3: Transaktionsdato | Købsdato | Betalingsdato
  value_date: Valørdato | Rentedato | Valør | Valutadato
  amount: Beløb | Beløb i DKK | Beløb DKK | Beløb i kr. | Netto
  debit: Debet
  credit: Kredit
  amount_out: Ud | Udgift | Udgifter | Hævet | Beløb ud | Udbetaling
  amount_in: Ind | Indtægt | Indtægter | Indsat | Beløb ind | Indbetaling
  direction: Debet/Kredit | Retning | Ind/Ud
  type_text: Type | Transaktionstype | Posteringstype
  currency: Valuta
  balance: Saldo | Bogført saldo | Saldo DKK
  payee: Modtager | Afsender | Butik | Modpart | Navn | Modtager/afsender | Navn på modpart
  counter_account: Modkonto | Til konto | Modtagers konto
  notes: Tekst | Beskrivelse | Besked | Meddelelse | Notat | Kommentar | Posteringstekst | Supplerende tekst | Egen tekst | Note
  category: Kategori | Hovedkategori
  category 2: Underkategori
  external_id: Transaktions-id
  reference: Reference | Referencenummer | Bilagsnummer
  account: Konto | Kontonummer | Kontonavn | Fra konto | Kort
  fee: Gebyr | Gebyrer
  status: Status | Afstemt
  original_amount: Oprindeligt beløb | Beløb i valuta | Udenlandsk beløb
  original_currency: Oprindelig valuta
  exchange_rate: Kurs | Valutakurs
  time: Tid | Tidspunkt
  tax: Moms
`

export const nb = `
  date: Bokføringsdato | Bokført dato | Bokført | Utført dato | Dato bokført
  date 2: Dato
  date 3: Transaksjonsdato | Kjøpsdato | Betalingsdato
  value_date: Rentedato | Valuteringsdato | Valutadato
  amount: Beløp | Beløp i NOK | Beløp NOK | Netto
  debit: Debet | Belastet
  credit: Kredit | Godskrevet
  amount_out: Ut | Ut fra konto | Ut av konto | Beløp ut | Utgift | Utgifter | Uttak
  amount_in: Inn | Inn på konto | Beløp inn | Inntekt | Inntekter | Innskudd
  direction: Debet/Kredit | Retning | Inn/Ut
  type_text: Type | Transaksjonstype | Betalingstype | Undertype
  currency: Valuta
  balance: Saldo | Bokført saldo
  payee: Mottaker | Avsender | Butikk | Navn | Motpart | Betalt til | Mottakernavn
  counter_account: Til konto | Mottakerkonto | Motkonto | Til kontonummer
  notes: Forklaring | Tekst | Beskrivelse | Melding | Melding/KID/Fakt.nr | Spesifikasjon | Kommentar | Notat | Fritekst
  category: Kategori
  category 2: Underkategori
  external_id: Arkivref | Arkivreferanse | Transaksjons-id | Numref
  reference: Referanse | KID | Referansenummer
  account: Konto | Kontonummer | Fra konto | Kontonavn | Fra kontonummer | Kort
  fee: Gebyr
  status: Status
  original_amount: Opprinnelig beløp | Valutabeløp | Beløp i valuta
  original_currency: Opprinnelig valuta
  exchange_rate: Kurs | Valutakurs
  time: Tid | Klokkeslett
  tax: MVA
`

export const fi = `
  date: Kirjauspäivä | Kirjauspvm | Kirjaus
  date 2: Päivä | Päivämäärä | Pvm
  date 3: Maksupäivä | Tapahtumapäivä | Ostopäivä
  value_date: Arvopäivä
  amount: Summa | Määrä | Määrä EUROA | Rahamäärä
  debit: Debet | Veloitus
  credit: Kredit | Hyvitys
  amount_out: Menot | Otto | Maksut
  amount_in: Tulot | Pano | Talletus
  type_text: Tapahtumalaji | Laji | Tyyppi | Selitys | Tapahtumatyyppi
  currency: Valuutta
  balance: Saldo
  payee: Saaja/Maksaja | Saaja | Maksaja | Saajan nimi | Nimi
  counter_account: Saajan tilinumero | Saajan tili | Saajan tilinumero ja pankin BIC
  notes: Viesti | Kuvaus | Selite | Muistiinpano | Otsikko
  category: Kategoria | Luokka
  external_id: Arkistointitunnus
  reference: Viite | Viitenumero
  account: Tili | Tilinumero | Maksajan tili
  fee: Palvelumaksu
  status: Tila
  exchange_rate: Kurssi
  time: Aika
  tax: ALV
`
