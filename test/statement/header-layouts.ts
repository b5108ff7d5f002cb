/** Headers of banks, cards and apps, and what their columns have; "-" is nothing that is known. */
export const layouts = `
Sparkasse
  Auftragskonto;Buchungstag;Valutadatum;Buchungstext;Verwendungszweck;Glaeubiger ID;Mandatsreferenz;Kundenreferenz (End-to-End);Sammlerreferenz;Lastschrift Ursprungsbetrag;Auslagenersatz Ruecklastschrift;Beguenstigter/Zahlungspflichtiger;Kontonummer/IBAN;BIC (SWIFT-Code);Betrag;Waehrung;Info
  account;date;value_date;type_text;notes;reference;reference;reference;reference;original_amount;fee;payee;counter_account;-;amount;currency;notes
DKB
  Buchungsdatum;Wertstellung;Status;Zahlungspflichtige*r;Zahlungsempfänger*in;Verwendungszweck;Umsatztyp;IBAN;Betrag (€);Gläubiger-ID;Mandatsreferenz;Kundenreferenz
  date;value_date;status;payee;payee;notes;type_text;account;amount;reference;reference;reference
DKB, before 2023
  Buchungstag;Wertstellung;Buchungstext;Auftraggeber / Begünstigter;Verwendungszweck;Kontonummer;BLZ;Betrag (EUR);Gläubiger-ID;Mandatsreferenz;Kundenreferenz
  date;value_date;type_text;payee;notes;account;-;amount;reference;reference;reference
ING Germany
  Buchung;Wertstellungsdatum;Auftraggeber/Empfänger;Buchungstext;Verwendungszweck;Saldo;Währung;Betrag;Währung
  date;value_date;payee;type_text;notes;balance;currency;amount;currency
comdirect
  Buchungstag;Wertstellung (Valuta);Vorgang;Buchungstext;Umsatz in EUR
  date;value_date;type_text;type_text;amount
Commerzbank
  Buchungstag;Wertstellung;Umsatzart;Buchungstext;Betrag;Währung;IBAN Kontoinhaber;Kategorie
  date;value_date;type_text;type_text;amount;currency;account;category
N26
  Booking Date;Value Date;Partner Name;Partner Iban;Type;Payment Reference;Account Name;Amount (EUR);Original Amount;Original Currency;Exchange Rate
  date;value_date;payee;counter_account;type_text;notes;account;amount;original_amount;original_currency;exchange_rate
Revolut
  Type;Product;Started Date;Completed Date;Description;Amount;Fee;Currency;State;Balance
  type_text;account;date;date;notes;amount;fee;currency;status;balance
Wise
  TransferWise ID;Date;Amount;Currency;Description;Payment Reference;Running Balance;Exchange From;Exchange To;Exchange Rate;Payer Name;Payee Name;Payee Account Number;Merchant;Card Last Four Digits;Card Holder Full Name;Attachment;Note;Total fees
  external_id;date;amount;currency;notes;notes;balance;-;-;exchange_rate;payee;payee;counter_account;payee;account;-;-;notes;fee
Wise, transfers
  ID;Status;Direction;Created on;Finished on;Source fee amount;Source fee currency;Target fee amount;Target fee currency;Source name;Source amount (after fees);Source currency;Target name;Target amount (after fees);Target currency;Exchange rate;Reference;Batch;Created by;Category;Note
  external_id;status;direction;date;date;fee;original_currency;fee;original_currency;payee;amount;currency;payee;original_amount;original_currency;exchange_rate;reference;-;-;category;notes
PayPal
  Date;Time;TimeZone;Name;Type;Status;Currency;Gross;Fee;Net;From Email Address;To Email Address;Transaction ID;Item Title;Reference Txn ID;Balance
  date;time;time;payee;type_text;status;currency;amount;fee;amount;-;-;external_id;notes;reference;balance
PayPal in German
  Datum;Uhrzeit;Zeitzone;Beschreibung;Währung;Brutto;Entgelt;Netto;Guthaben;Transaktionscode;Absender E-Mail-Adresse;Name;Zugehöriger Transaktionscode
  date;time;time;notes;currency;amount;fee;amount;balance;external_id;-;payee;reference
Monzo
  Transaction ID;Date;Time;Type;Name;Emoji;Category;Amount;Currency;Local amount;Local currency;Notes and #tags;Address;Receipt;Description;Category split;Money Out;Money In
  external_id;date;time;type_text;payee;-;category;amount;currency;original_amount;original_currency;notes;notes;number;notes;-;amount_out;amount_in
Starling
  Date;Counter Party;Reference;Type;Amount (GBP);Balance (GBP);Spending Category;Notes
  date;payee;reference;type_text;amount;balance;category;notes
Barclays
  Number;Date;Account;Amount;Subcategory;Memo
  number;date;account;amount;category;notes
Lloyds
  Transaction Date;Transaction Type;Sort Code;Account Number;Transaction Description;Debit Amount;Credit Amount;Balance
  date;type_text;-;account;notes;debit;credit;balance
NatWest
  Date;Type;Description;Value;Balance;Account Name;Account Number
  date;type_text;notes;amount;balance;account;account
Nationwide
  Date;Transaction type;Description;Paid out;Paid in;Balance
  date;type_text;notes;amount_out;amount_in;balance
Chase card
  Transaction Date;Post Date;Description;Category;Type;Amount;Memo
  date;date;notes;category;type_text;amount;notes
Chase checking
  Details;Posting Date;Description;Amount;Type;Balance;Check or Slip #
  notes;date;notes;amount;type_text;balance;number
Bank of America
  Date;Description;Amount;Running Bal.
  date;notes;amount;balance
American Express US
  Date;Description;Card Member;Account #;Amount;Extended Details;Appears On Your Statement As;Address;City/State;Zip Code;Country;Reference;Category
  date;notes;account;account;amount;notes;payee;notes;-;-;-;reference;category
American Express Germany
  Datum;Beschreibung;Betrag;Erweiterte Details;Erscheint auf Ihrer Abrechnung als;Adresse;Stadt;PLZ;Land;Betreff
  date;notes;amount;notes;-;notes;-;-;notes;notes
Capital One
  Transaction Date;Posted Date;Card No.;Description;Category;Debit;Credit
  date;date;account;notes;category;debit;credit
Citi
  Status;Date;Description;Debit;Credit;Member Name
  status;date;notes;debit;credit;account
Discover
  Trans. Date;Post Date;Description;Amount;Category
  date;date;notes;amount;category
Apple Card
  Transaction Date;Clearing Date;Description;Merchant;Category;Type;Amount (USD);Purchased By
  date;date;notes;payee;category;type_text;amount;-
Boursorama
  dateOp;dateVal;label;category;categoryParent;supplierFound;amount;comment;accountNum;accountLabel;accountbalance
  date;value_date;notes;category;category;payee;amount;notes;account;account;balance
Crédit Agricole
  Date;Libellé;Débit euros;Crédit euros;
  date;notes;debit;credit;-
Société Générale
  Date de l'opération;Libellé;Détail de l'écriture;Montant de l'opération;Devise
  date;notes;notes;amount;currency
La Banque Postale
  Date;Libellé;Montant(EUROS);Montant(FRANCS)
  date;notes;amount;amount
BBVA
  F.Valor;Fecha;Concepto;Movimiento;Importe;Divisa;Disponible;Divisa;Observaciones
  value_date;date;notes;type_text;amount;currency;balance;currency;notes
CaixaBank
  Fecha;Fecha valor;Movimiento;Más datos;Importe;Saldo
  date;value_date;type_text;notes;amount;balance
Santander Spain
  FECHA OPERACIÓN;FECHA VALOR;CONCEPTO;IMPORTE EUR;SALDO
  date;value_date;notes;amount;balance
Intesa Sanpaolo
  Data;Operazione;Dettagli;Conto o carta;Contabilizzazione;Categoria ;Valuta;Importo
  date;type_text;notes;account;status;category;value_date;amount
UniCredit
  Data Registrazione;Data valuta;Descrizione;Importo (EUR);
  date;value_date;notes;amount;-
Fineco
  Data_Operazione;Data_Valuta;Entrate;Uscite;Descrizione;Descrizione_Completa;Stato;Moneymap
  date;value_date;amount_in;amount_out;notes;notes;status;type_text
Rabobank
  IBAN/BBAN;Munt;BIC;Volgnr;Datum;Rentedatum;Bedrag;Saldo na trn;Tegenrekening IBAN/BBAN;Naam tegenpartij;Naam uiteindelijke partij;Naam initiërende partij;BIC tegenpartij;Code;Batch ID;Transactiereferentie;Machtigingskenmerk;Incassant ID;Betalingskenmerk;Omschrijving-1;Omschrijving-2;Omschrijving-3;Reden retour;Oorspr bedrag;Oorspr munt;Koers
  account;currency;-;number;date;value_date;amount;balance;counter_account;payee;payee;payee;-;type_text;reference;reference;reference;reference;reference;notes;notes;notes;-;original_amount;original_currency;exchange_rate
ING Netherlands
  Datum;Naam / Omschrijving;Rekening;Tegenrekening;Code;Af Bij;Bedrag (EUR);Mutatiesoort;Mededelingen;Saldo na mutatie;Tag
  date;payee;account;counter_account;type_text;direction;amount;type_text;notes;balance;notes
Belfius
  Rekening;Boekingsdatum;Rekeninguittrekselnummer;Transactienummer;Rekening tegenpartij;Naam tegenpartij bevat;Straat en nummer;Postcode en plaats;Transactie;Valutadatum;Bedrag;Devies;BIC;Landcode;Mededelingen
  account;date;number;external_id;counter_account;payee;notes;notes;notes;value_date;amount;currency;-;-;notes
mBank
  #Data operacji;#Data księgowania;#Opis operacji;#Tytuł;#Nadawca/Odbiorca;#Numer konta;#Kwota;#Saldo po operacji
  date;date;type_text;notes;payee;account;amount;balance
PKO BP
  Data operacji;Data waluty;Typ transakcji;Kwota;Waluta;Saldo po transakcji;Opis transakcji
  date;value_date;type_text;amount;currency;balance;notes
ING Poland
  Data transakcji;Data księgowania;Dane kontrahenta;Tytuł;Nr rachunku;Nazwa banku;Szczegóły;Nr transakcji;Kwota transakcji (waluta rachunku);Waluta;Kwota blokady/zwolnienie blokady;Waluta;Kwota płatności w walucie;Waluta;Konto;Saldo po transakcji;Waluta
  date;date;payee;notes;account;-;notes;external_id;amount;currency;-;currency;original_amount;currency;account;balance;currency
SEB
  Bokföringsdatum;Valutadatum;Verifikationsnummer;Text;Belopp;Saldo
  date;value_date;reference;notes;amount;balance
Handelsbanken
  Reskontradatum;Transaktionsdatum;Text;Belopp;Saldo
  date;date;notes;amount;balance
Nordea Sweden
  Bokföringsdag;Belopp;Avsändare;Mottagare;Namn;Rubrik;Saldo;Valuta
  date;amount;payee;payee;payee;notes;balance;value_date
DNB
  Dato;Forklaring;Rentedato;Ut fra konto;Inn på konto
  date;notes;value_date;amount_out;amount_in
Danske
  Dato;Tekst;Beløb;Saldo;Status;Afstemt
  date;notes;amount;balance;status;status
OP
  Kirjauspäivä;Arvopäivä;Määrä EUROA;Laji;Selitys;Saaja/Maksaja;Saajan tilinumero ja pankin BIC;Viite;Viesti;Arkistointitunnus
  date;value_date;amount;type_text;type_text;payee;counter_account;reference;notes;external_id
Zürcher Kantonalbank
  Datum;Buchungstext;Whg;Betrag Detail;ZKB-Referenz;Referenznummer;Belastung CHF;Gutschrift CHF;Valuta;Saldo CHF;Zahlungszweck
  date;type_text;currency;amount;reference;reference;debit;credit;value_date;balance;notes
PostFinance
  Datum;Bewegungstyp;Avisierungstext;Gutschrift in CHF;Lastschrift in CHF;Label;Kategorie;Valuta;Saldo in CHF
  date;type_text;notes;credit;debit;notes;category;value_date;balance
UBS
  Abschlussdatum;Abschlusszeit;Buchungsdatum;Valutadatum;Währung;Belastung;Gutschrift;Einzelbetrag;Saldo;Transaktions-Nr.;Beschreibung1;Beschreibung2;Beschreibung3;Fussnoten
  date;time;date;value_date;currency;debit;credit;amount;balance;external_id;notes;notes;notes;notes
Erste
  Buchungsdatum;Partnername;Partner IBAN;BIC/SWIFT;Partner Kontonummer;Bankleitzahl;Betrag;Währung;Buchungs-Info;Buchungsreferenz;Notiz;Valutadatum
  date;payee;counter_account;-;counter_account;-;amount;currency;notes;reference;notes;value_date
Fio
  ID operace;Datum;Objem;Měna;Protiúčet;Název protiúčtu;Kód banky;KS;VS;SS;Poznámka;Zpráva pro příjemce;Typ
  external_id;date;amount;currency;counter_account;payee;-;reference;reference;reference;notes;notes;type_text
HDFC
  Date;Narration;Value Dat;Debit Amount;Credit Amount;Chq/Ref Number;Closing Balance
  date;notes;value_date;debit;credit;number;balance
HDFC statement
  Date;Narration;Chq./Ref.No.;Value Dt;Withdrawal Amt.;Deposit Amt.;Closing Balance
  date;notes;reference;value_date;amount_out;amount_in;balance
ICICI
  S No.;Value Date;Transaction Date;Cheque Number;Transaction Remarks;Withdrawal Amount (INR );Deposit Amount (INR );Balance (INR )
  number;value_date;date;number;notes;amount_out;amount_in;balance
SBI
  Txn Date;Value Date;Description;Ref No./Cheque No.;Debit;Credit;Balance
  date;value_date;notes;reference;debit;credit;balance
Axis
  Tran Date;CHQNO;PARTICULARS;DR;CR;BAL;SOL
  date;number;notes;debit;credit;balance;-
Nubank
  Data;Valor;Identificador;Descrição
  date;amount;external_id;notes
Rakuten Card
  利用日;利用店名・商品名;利用者;支払方法;利用金額;支払手数料;支払総額
  date;payee;account;type_text;amount;fee;amount
Rakuten Bank
  取引日;入出金(円);取引後残高(円);入出金内容
  date;amount;balance;notes
Firefly III
  user_id;group_id;journal_id;created_at;updated_at;group_title;type;currency_code;amount;foreign_currency_code;foreign_amount;primary_currency_code;description;date;source_name;source_iban;source_type;destination_name;destination_iban;destination_type;reconciled;category;budget;bill;tags;notes
  -;external_id;external_id;date;-;notes;type_text;currency;amount;original_currency;original_amount;original_currency;notes;date;payee;account;-;payee;counter_account;-;status;category;category;-;-;notes
Actual Budget
  Account;Date;Payee;Notes;Category;Amount;Split_Amount;Cleared
  account;date;payee;notes;category;amount;-;status
YNAB
  Account;Flag;Date;Payee;Category Group/Category;Category Group;Category;Memo;Outflow;Inflow;Cleared
  account;-;date;payee;category;category;category;notes;amount_out;amount_in;status
Lunch Money
  date;payee;original_name;amount;currency;category;category_group;account;notes;tags
  date;payee;notes;amount;currency;category;category;account;notes;-
Monarch
  Date;Merchant;Category;Account;Original Statement;Notes;Amount;Tags
  date;payee;category;account;notes;notes;amount;-
MoneyMoney
  Datum;Wertstellung;Kategorie;Name;Verwendungszweck;Konto;Bank;Betrag;Währung
  date;value_date;category;payee;notes;account;-;amount;currency
GnuCash
  Date;Transaction ID;Number;Description;Notes;Commodity/Currency;Void Reason;Action;Memo;Full Account Name;Account Name;Amount With Sym;Amount Num.;Value With Sym;Value Num.;Reconcile;Reconcile Date;Rate/Price
  date;external_id;number;notes;notes;currency;-;-;notes;account;account;amount;amount;-;-;status;-;exchange_rate
Wallet
  account;category;currency;amount;ref_currency_amount;type;payment_type;payment_type_local;note;date;gps_latitude;transfer;payee;labels
  account;category;currency;amount;-;type_text;type_text;type_text;notes;date;-;-;payee;-
Money Manager Ex
  ID;Date;Status;Type;Account;Payee;Category;SubCategory;Amount;Currency;Number;Notes
  external_id;date;status;type_text;account;payee;category;category;amount;currency;number;notes
Mint
  Date;Description;Original Description;Amount;Transaction Type;Category;Account Name;Labels;Notes
  date;notes;notes;amount;type_text;category;account;-;notes
Copilot
  date;name;amount;status;category;parent category;excluded;tags;type;account;account mask;note;recurring
  date;payee;amount;status;category;category;-;-;type_text;account;account;notes;-
Rocket Money
  Date;Original Date;Account Type;Account Name;Account Number;Institution Name;Name;Custom Name;Amount;Description;Category;Note;Ignored From;Tax Deductible
  date;-;account;account;account;account;payee;payee;amount;notes;category;notes;-;-
Toshl
  Date;Account;Category;Tags;Expense amount;Income amount;Currency;In main currency;Main currency;Description
  date;account;category;-;amount_out;amount_in;currency;original_amount;original_currency;notes
Spendee
  Date;Wallet;Type;Category name;Amount;Currency;Note;Labels;Author
  date;account;type_text;category;amount;currency;notes;-;-
Swedbank Baltics
  Client account;Row type;Date;Beneficiary/Payer;Details;Amount;Currency;Debit/Credit;Transfer reference;Transaction type;Reference number;Document number
  account;-;date;payee;notes;amount;currency;direction;reference;type_text;reference;number
Bunq
  Date;Interest Date;Amount;Account;Counterparty;Name;Description
  date;value_date;amount;account;payee;payee;notes
KBC
  Rekeningnummer;Rubrieknaam;Naam;Munt;Afschriftnummer;Datum;Omschrijving;Valuta;Bedrag;Saldo;credit;debet;rekeningnummer tegenpartij;BIC tegenpartij;Naam tegenpartij;Adres tegenpartij;gestructureerde mededeling;Vrije mededeling
  account;type_text;payee;currency;number;date;notes;value_date;amount;balance;credit;debit;counter_account;-;payee;notes;notes;notes
OTP
  Tranzakció dátuma;Partner neve;Partner számlaszáma;Számla neve;Számlaszám;Tranzakció típusa;Tranzakció összege;Tranzakció devizaneme;Bevétel/Kiadás;Kártyaszám;Értéknap;Közlemény;Egyenleg
  date;payee;counter_account;account;account;type_text;amount;currency;direction;account;value_date;notes;balance
`
