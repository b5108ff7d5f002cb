import type { Layout } from './layout.ts'

export const france: Layout[] = [
  {
    name: 'Boursorama',
    query: 'currency=EUR',
    file: `dateOp;dateVal;label;category;categoryParent;supplierFound;amount;comment;accountNum;accountLabel;accountbalance
2026-03-16;2026-03-16;"CARTE 14/03/26 BOULANGERIE CB*1234";"Alimentation";"Vie quotidienne";"boulangerie";-6,40;;00040000001;"Compte courant";1093.60
2026-03-13;2026-03-13;"VIR SEPA EXEMPLE SARL";"Virements reçus";"Revenus";"exemple sarl";"1 050,00";;00040000001;"Compte courant";1093.60
`,
    rows: [
      '2026-03-16 -6.40 EUR | category: Alimentation',
      '2026-03-13 1050.00 EUR | category: Virements reçus',
    ],
  },
  {
    name: 'Crédit Agricole with lines before the header and débit and crédit in euros',
    query: 'currency=EUR',
    encoding: { charset: 'iso-8859-15', declared: true },
    file: `Téléchargement du 02/04/2026;

Liste des opérations du compte entre le 01/03/2026 et le 31/03/2026;
Madame MUSTER ERIKA
Compte de Dépôt carte n° 00012345678
Solde au 31/03/2026 1 234,50 €

Date;Libellé;Débit euros;Crédit euros;
30/03/2026;"PAIEMENT PAR CARTE
X1234 FLEURISTE PARIS 29/03";15,50;;
27/03/2026;"VIREMENT EN VOTRE FAVEUR
EXEMPLE SARL SALAIRE";;1 850,00;
`,
    rows: ['2026-03-30 -15.50 EUR', '2026-03-27 1850.00 EUR'],
  },
  {
    name: "BNP Paribas: the first line is the account's own, and there is not any header",
    query: 'currency=EUR',
    file: `Compte de chèques;Compte de chèques;****1234;31/03/2026;;902,75
16/03/2026;FACTURE CARTE;FACTURE CARTE;DU 150326 PHARMACIE DU LAC CARTE 4974;Santé;-23,90
17/03/2026;VIREMENT RECU;VIR SEPA RECU;/DE EXEMPLE SARL /MOTIF SALAIRE;Salaires;1 700,00
`,
    rows: ['2026-03-16 -23.90 EUR', '2026-03-17 1700.00 EUR'],
    notBooked: 'any',
  },
  {
    name: 'Société Générale',
    encoding: { charset: 'windows-1252', declared: true },
    file: `="0300300012345678";01/03/2026;31/03/2026;2;31/03/2026;1487,60 EUR

Date de l'opération;Libellé;Détail de l'écriture;Montant de l'opération;Devise
31/03/2026;CARTE X1234 30/03 ;CARTE X1234 30/03 CINEMA REX;-12,40;EUR
28/03/2026;VIR RECU 123456 ;VIR RECU 123456 DE: EXEMPLE SARL;1500,00;EUR
`,
    rows: ['2026-03-31 -12.40 EUR', '2026-03-28 1500.00 EUR'],
  },
  {
    name: 'La Banque Postale with its amount also in francs',
    query: 'currency=EUR',
    mayAsk: { option: 'mapping', value: 'date:Date,notes:Libellé,amount:Montant(EUROS)' },
    file: `Numéro Compte   ;0012345A020
Type         ;CCP
Compte tenu en  ;euros
Date            ;31/03/2026
Solde (EUROS)   ;1044,20
Solde (FRANCS)  ;6849,50

Date;Libellé;Montant(EUROS);Montant(FRANCS)
30/03/2026;ACHAT CB LIBRAIRIE 28.03.26;-10,00;-65,60
25/03/2026;VIREMENT DE EXEMPLE SARL;1000,00;6559,57
`,
    rows: ['2026-03-30 -10.00 EUR', '2026-03-25 1000.00 EUR'],
  },
  {
    name: 'Crédit Mutuel',
    query: 'currency=EUR',
    file: `Date;Date de valeur;Débit;Crédit;Libellé;Solde
13/03/2026;13/03/2026;-42,00;;PRLV SEPA EAU DE LYON;958,00
16/03/2026;16/03/2026;;542,00;VIR EXEMPLE SARL;1500,00
`,
    rows: ['2026-03-13 -42.00 EUR', '2026-03-16 542.00 EUR'],
  },
  {
    name: 'Caisse d’Epargne with 13 columns and a plus sign',
    query: 'currency=EUR',
    file: `Date de comptabilisation;Libelle simplifie;Libelle operation;Reference;Informations complementaires;Type operation;Categorie;Sous categorie;Debit;Credit;Date operation;Date de valeur;Pointage operation
31/03/2026;Garage Moreau;CB GARAGE MOREAU FACT 300326;AB12;;Carte bancaire;Auto;Entretien;-240,00;;30/03/2026;31/03/2026;0
30/03/2026;Exemple SARL;VIR EXEMPLE SARL;AB13;Salaire;Virement recu;Revenus;Salaire;;+1900,00;30/03/2026;30/03/2026;0
`,
    rows: ['2026-03-31 -240.00 EUR | category: Auto', '2026-03-30 1900.00 EUR | category: Revenus'],
  },
  {
    name: 'Fortuneo with day and month first by one row only',
    query: 'currency=EUR',
    file: `Date opération;Date valeur;libellé;Débit;Crédit;
05/03/2026;05/03/2026;CARTE 04/03 PRIMEUR;-7,15;;
02/03/2026;02/03/2026;PRLV MUTUELLE;-33,00;;
27/02/2026;27/02/2026;VIR SALAIRE;;1600,00;
`,
    rows: ['2026-03-05 -7.15 EUR', '2026-03-02 -33.00 EUR', '2026-02-27 1600.00 EUR'],
  },
]

export const belgium: Layout[] = [
  {
    name: 'KBC with saldo, credit and debit beside a signed amount',
    file: `Rekeningnummer;Rubrieknaam;Naam;Munt;Afschriftnummer;Datum;Omschrijving;Valuta;Bedrag;Saldo;credit;debet;rekeningnummer tegenpartij;BIC tegenpartij;Naam tegenpartij;Adres tegenpartij;gestructureerde mededeling;Vrije mededeling
BE68539007547034;;MUSTER ERIKA;EUR;2026003;16/03/2026;BETALING VIA BANCONTACT;16/03/2026;-18,20;281,80;;-18,20;;;BAKKERIJ JANSEN;;;
BE68539007547034;;MUSTER ERIKA;EUR;2026003;17/03/2026;OVERSCHRIJVING;17/03/2026;1500,00;1781,80;1500,00;;BE71096123456769;GKCCBEBB;VOORBEELD BV;;;Loon maart
`,
    rows: [
      '2026-03-16 -18.20 EUR | payee: BAKKERIJ JANSEN',
      '2026-03-17 1500.00 EUR | payee: VOORBEELD BV',
    ],
  },
  {
    name: 'Belfius with twelve lines before the header',
    encoding: { charset: 'windows-1252', declared: true },
    file: `Boekingsdatum vanaf;01/03/2026
Boekingsdatum tot en met;31/03/2026
Bedrag vanaf;
Bedrag tot en met;
Rekeninguittrekselnummer vanaf;
Rekeninguittrekselnummer tot en met;
Mededeling;
Naam tegenpartij bevat;
Rekening tegenpartij;
Laatste saldo;640,10 EUR
Datum/uur van het laatste saldo;31/03/2026 09:00:00
;

Rekening;Boekingsdatum;Rekeninguittrekselnummer;Transactienummer;Rekening tegenpartij;Naam tegenpartij bevat;Straat en nummer;Postcode en plaats;Transactie;Valutadatum;Bedrag;Devies;BIC;Landcode;Mededelingen
BE68 5390 0754 7034;31/03/2026;00003;00015;;Apotheek Zon;;;BETALING MET KAART;30/03/2026;-9,90;EUR;;;
BE68 5390 0754 7034;27/03/2026;00003;00014;BE71 0961 2345 6769;Voorbeeld BV;;;STORTING;27/03/2026;1.450,00;EUR;GKCCBEBB;BE;Loon
`,
    rows: [
      '2026-03-31 -9.90 EUR | notes: Apotheek Zon',
      '2026-03-27 1450.00 EUR | notes: Voorbeeld BV',
    ],
  },
  {
    name: 'ING België with a decimal comma and long details',
    file: `Rekeningnummer;Naam van de rekening;Rekening tegenpartij;Omzetnummer;Boekingsdatum;Valutadatum;Bedrag;Munteenheid;Omschrijving;Detail van de omzet;Bericht
BE68539007547034;Groene rekening;;12;13/03/2026;12/03/2026;-21,35;EUR;Betaling Bancontact;Kaart 1234 - Winkel Noord;
BE68539007547034;Groene rekening;BE71096123456769;13;14/03/2026;14/03/2026;60;EUR;Overschrijving in euro;van Jan Peeters;terug
`,
    rows: ['2026-03-13 -21.35 EUR', '2026-03-14 60.00 EUR'],
  },
  {
    name: 'BNP Paribas Fortis with a status and a refused payment',
    file: `Nº de séquence;Date d'exécution;Date valeur;Montant;Devise du compte;Numéro de compte;Type de transaction;Contrepartie;Nom de la contrepartie;Communication;Détails;Statut;Motif du refus
2026-00031;30/03/2026;30/03/2026;-55,00;EUR;BE68539007547034;Paiement par carte;;Fleurs du Sud;;PAIEMENT;Accepté;
2026-00030;28/03/2026;28/03/2026;-900,00;EUR;BE68539007547034;Domiciliation;;Loyer SA;;DOMICILIATION;Refusé;Provision insuffisante
2026-00029;27/03/2026;27/03/2026;1300,00;EUR;BE68539007547034;Virement en euros;BE71096123456769;Exemple SA;Salaire;VIREMENT;Accepté;
`,
    rows: [
      '2026-03-30 -55.00 EUR | payee: Fleurs du Sud',
      '2026-03-27 1300.00 EUR | payee: Exemple SA',
    ],
    notBooked: 1,
  },
]
