import type { Layout } from './layout.ts'

export const italy: Layout[] = [
  {
    name: 'Intesa Sanpaolo',
    file: `Data,Operazione,Dettagli,Conto o carta,Contabilizzazione,Categoria ,Valuta,Importo
2026-03-30,Panificio Rossi,Pagamento POS,Conto 1000/00012345,CONTABILIZZATO,Generi alimentari,EUR,-5.60
2026-03-27,Esempio Srl,Stipendio,Conto 1000/00012345,CONTABILIZZATO,Stipendi,EUR,1650.00
2026-03-31,Bar Centrale,Pagamento POS,Conto 1000/00012345,NON CONTABILIZZATO,Ristoranti,EUR,-2.40
`,
    rows: [
      '2026-03-30 -5.60 EUR | category: Generi alimentari',
      '2026-03-27 1650.00 EUR | category: Stipendi',
    ],
    notBooked: 1,
  },
  {
    name: 'UniCredit with a decimal comma and dots in dates',
    query: 'currency=EUR',
    file: `Data Registrazione;Data valuta;Descrizione;Importo (EUR)
31.03.2026;30.03.2026;PAGAMENTO BANCOMAT EDICOLA;-3,50
27.03.2026;27.03.2026;BONIFICO A VOSTRO FAVORE DA ESEMPIO SRL;1.420,00
`,
    rows: ['2026-03-31 -3.50 EUR', '2026-03-27 1420.00 EUR'],
  },
  {
    name: 'FinecoBank with entrate and uscite and lines before the header',
    query: 'currency=EUR',
    file: `Conto Corrente: 1234567
Intestazione Conto Corrente: MUSTER ERIKA
Periodo Dal: 01/03/2026 Al: 31/03/2026

Data_Operazione;Data_Valuta;Entrate;Uscite;Descrizione;Descrizione_Completa;Stato;Moneymap
31/03/2026;31/03/2026;;-15,00;PagoBancomat POS;Libreria Verdi;Contabilizzato;Cultura
30/03/2026;30/03/2026;820,00;;Bonifico SEPA Italia;Esempio Srl;Contabilizzato;Stipendio
`,
    rows: ['2026-03-31 -15.00 EUR', '2026-03-30 820.00 EUR'],
  },
  {
    name: 'Banca popolare with dare and avere',
    query: 'currency=EUR',
    file: `DATA CONTABILE;DATA VALUTA;DARE;AVERE;DIVISA;DESCRIZIONE OPERAZIONE;CAUSALE ABI
13/03/2026;13/03/2026;-1.040,00;;EUR;AFFITTO MARZO;26
16/03/2026;16/03/2026;;2.000,00;EUR;ESEMPIO SRL STIPENDIO;27
`,
    rows: ['2026-03-13 -1040.00 EUR', '2026-03-16 2000.00 EUR'],
  },
  {
    name: 'Poste Italiane with addebiti and accrediti and month names of Italian',
    query: 'currency=EUR',
    file: `Data Contabile;Data Valuta;Addebiti (euro);Accrediti (euro);Descrizione operazioni
13 mag 2026;13 mag 2026;20,00;;RICARICA TELEFONO
14 giu 2026;14 giu 2026;;180,00;GIROFONDO DA LIBRETTO
30 lug 2026;30 lug 2026;9,99;;PAGAMENTO POS CINEMA
`,
    rows: ['2026-05-13 -20.00 EUR', '2026-06-14 180.00 EUR', '2026-07-30 -9.99 EUR'],
  },
  {
    name: 'Hype',
    file: `Data operazione,Data contabile,Tipologia,Nome,Descrizione,Importo ( € )
27/03/2026,28/03/2026,Pagamento,Gelateria,Pagamento presso Gelateria,"-4,50"
26/03/2026,26/03/2026,Bonifico,Ada Bianchi,Regalo,"50,00"
`,
    rows: ['2026-03-28 -4.50 EUR | notes: Gelateria', '2026-03-26 50.00 EUR | notes: Ada Bianchi'],
  },
]
