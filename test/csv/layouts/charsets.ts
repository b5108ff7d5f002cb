import type { Layout } from './layout.ts'

const german = `Buchungstag;Empfänger;Betrag;Währung
14.03.2026;Bäckerei Süß;-4,75;EUR
16.03.2026;Müller & Söhne;1.000,00;EUR
`
const germanRows = [
  '2026-03-14 -4.75 EUR | payee: Bäckerei Süß',
  '2026-03-16 1000.00 EUR | payee: Müller & Söhne',
]

/** Labels as banks and their clients declare them, and files that declare nothing. */
export const charsets: Layout[] = [
  ...['latin1', 'cp1252', 'iso-8859-1', 'iso-8859-15', 'x-cp1252', 'macintosh'].map(
    (charset): Layout => ({
      name: `Umlauts in ${charset}`,
      encoding: { charset, declared: true },
      file: german,
      rows: germanRows,
    }),
  ),
  {
    name: 'Umlauts in windows-1252 that is not declared',
    encoding: { charset: 'windows-1252', declared: false },
    file: german,
    mayAsk: { option: 'charset', value: 'windows-1252' },
    rows: germanRows,
  },
  {
    name: 'UTF-16 without a mark, little end first',
    encoding: { charset: 'utf-16le', declared: false },
    file: german,
    mayAsk: { option: 'charset', value: 'utf-16le' },
    rows: germanRows,
  },
  {
    name: 'UTF-16 without a mark, big end first',
    encoding: { charset: 'utf-16be', declared: false },
    file: german,
    mayAsk: { option: 'charset', value: 'utf-16be' },
    rows: germanRows,
  },
  {
    name: 'UTF-16 with a mark, big end first',
    encoding: { charset: 'utf-16be', declared: false, mark: true },
    file: german,
    rows: germanRows,
  },
  {
    name: 'A Russian bank in windows-1251 with a status of OK and FAILED',
    encoding: { charset: 'windows-1251', declared: true },
    file: `"Дата операции";"Дата платежа";"Номер карты";"Статус";"Сумма операции";"Валюта операции";"Сумма платежа";"Валюта платежа";"Категория";"Описание"
"14.03.2026 10:11:12";"15.03.2026";"*1234";"OK";"-450,00";"RUB";"-450,00";"RUB";"Супермаркеты";"Магазин"
"16.03.2026 09:00:00";"16.03.2026";"*1234";"OK";"50000,00";"RUB";"50000,00";"RUB";"Зарплата";"Пример"
`,
    mayAsk: {
      option: 'mapping',
      value: 'date:Дата платежа,amount:Сумма платежа,currency:Валюта платежа,category:Категория',
    },
    rows: ['2026-03-15 -450.00 RUB', '2026-03-16 50000.00 RUB'],
  },
  {
    name: 'A Korean card in EUC-KR',
    encoding: { charset: 'euc-kr', declared: true },
    query: 'currency=KRW',
    file: `거래일시,적요,출금액,입금액,잔액
2026-03-14 12:10:00,편의점,"4,500",0,"95,500"
2026-03-16 09:00:00,급여,0,"2,000,000","2,095,500"
`,
    mayAsk: { option: 'mapping', value: 'date:거래일시,notes:적요,debit:출금액,credit:입금액' },
    rows: ['2026-03-14 -4500 KRW', '2026-03-16 2000000 KRW'],
  },
  {
    name: 'A Greek bank in ISO-8859-7',
    encoding: { charset: 'iso-8859-7', declared: true },
    query: 'currency=EUR',
    file: `Ημερομηνία;Περιγραφή;Ποσό;Υπόλοιπο
14/03/2026;Φούρνος;-3,20;96,80
16/03/2026;Μισθός;1.100,00;1.196,80
`,
    mayAsk: {
      option: 'mapping',
      value: 'date:Ημερομηνία,notes:Περιγραφή,amount:Ποσό,balance:Υπόλοιπο',
    },
    rows: ['2026-03-14 -3.20 EUR', '2026-03-16 1100.00 EUR'],
  },
]
