import type { Layout } from './layout.ts'

export const ownExports: Layout[] = [
  {
    name: 'An own export as it is, with the apostrophe of a formula',
    file: `id,date,type,amount,currency,category,payee,notes,external_id,source,user_id,import_id,version,created_by,created_at,updated_at,deleted_at
01a1fef6-7695-7838-8374-82b165eb1b07,2026-03-14,expense,84.30,EUR,Food,'=Shop,'-20% on all,,,0192e1ce-80e0-7666-83b4-db0014910764,,1,0192e1ce-80e0-7666-83b4-db0014910764,2026-03-14T10:00:00.000Z,2026-03-14T10:00:00.000Z,
01a1fef6-7695-7838-8374-82b165eb1b08,2026-03-16,income,1800.00,EUR,Pay,Example Ltd,,,,0192e1ce-80e0-7666-83b4-db0014910764,,1,0192e1ce-80e0-7666-83b4-db0014910764,2026-03-16T10:00:00.000Z,2026-03-16T10:00:00.000Z,
`,
    rows: [
      '2026-03-14 -84.30 EUR | payee: =Shop | category: Food | notes: -20% on all',
      '2026-03-16 1800.00 EUR | payee: Example Ltd | category: Pay',
    ],
  },
  {
    name: 'An own export saved again with a German spreadsheet, zeros at the end lost',
    file: `id;date;type;amount;currency;category;payee;notes;external_id;source;user_id;import_id;version;created_by;created_at;updated_at;deleted_at
01a1fef6-7695-7838-8374-82b165eb1b07;14.03.2026;expense;84,3;EUR;Food;Baker;;;;0192e1ce-80e0-7666-83b4-db0014910764;;1;0192e1ce-80e0-7666-83b4-db0014910764;;;
01a1fef6-7695-7838-8374-82b165eb1b08;16.03.2026;income;1800;EUR;Pay;Example Ltd;;;;0192e1ce-80e0-7666-83b4-db0014910764;;1;0192e1ce-80e0-7666-83b4-db0014910764;;;
`,
    rows: ['2026-03-14 -84.30 EUR | category: Food', '2026-03-16 1800.00 EUR | payee: Example Ltd'],
  },
  {
    name: 'An own export in dinars with three decimals, saved again with a decimal comma',
    file: `id;date;type;amount;currency;category;payee;notes;external_id;source;user_id;import_id;version;created_by;created_at;updated_at;deleted_at
01a1fef6-7695-7838-8374-82b165eb1b07;2026-03-14;expense;1,234;KWD;Food;Baker;;;;0192e1ce-80e0-7666-83b4-db0014910764;;1;0192e1ce-80e0-7666-83b4-db0014910764;;;
`,
    mayAsk: { option: 'decimal', value: ',' },
    rows: ['2026-03-14 -1.234 KWD'],
  },
  {
    name: 'An own export saved again with an American spreadsheet',
    file: `id,date,type,amount,currency,category,payee,notes,external_id,source,user_id,import_id,version,created_by,created_at,updated_at,deleted_at
01a1fef6-7695-7838-8374-82b165eb1b07,3/14/2026,expense,84.3,USD,Food,Baker,,,,0192e1ce-80e0-7666-83b4-db0014910764,,1,0192e1ce-80e0-7666-83b4-db0014910764,3/14/2026 10:00,3/14/2026 10:00,
01a1fef6-7695-7838-8374-82b165eb1b08,3/2/2026,income,2000,USD,Pay,Example Inc,,,,0192e1ce-80e0-7666-83b4-db0014910764,,1,0192e1ce-80e0-7666-83b4-db0014910764,3/16/2026 10:00,3/16/2026 10:00,
`,
    rows: ['2026-03-14 -84.30 USD', '2026-03-02 2000.00 USD'],
  },
  {
    name: 'An own export saved again with thousands by dot, and with a sum in the last line',
    file: `id;date;type;amount;currency;category;payee;notes;external_id;source;user_id;import_id;version;created_by;created_at;updated_at;deleted_at
01a1fef6-7695-7838-8374-82b165eb1b07;14.03.2026;expense;1.084,30;EUR;Rent;Landlord;;;;0192e1ce-80e0-7666-83b4-db0014910764;;1;0192e1ce-80e0-7666-83b4-db0014910764;;;
01a1fef6-7695-7838-8374-82b165eb1b08;16.03.2026;income;1.800,00;EUR;Pay;Example Ltd;;;;0192e1ce-80e0-7666-83b4-db0014910764;;1;0192e1ce-80e0-7666-83b4-db0014910764;;;
;;;2.884,30;;;;;;;;;;;;;
`,
    rows: ['2026-03-14 -1084.30 EUR', '2026-03-16 1800.00 EUR'],
    notBooked: 1,
  },
  {
    name: 'An own export of a masked user, saved again with tabs',
    file: `id\tdate\ttype\tamount\tcurrency\tcategory\texternal_id\tsource\tuser_id\timport_id\tversion\tcreated_by\tcreated_at\tupdated_at\tdeleted_at
01a1fef6-7695-7838-8374-82b165eb1b07\t2026-03-14\texpense\t12,50\tEUR\tFood\t\t\t0192e1ce-80e0-7666-83b4-db0014910764\t\t1\t0192e1ce-80e0-7666-83b4-db0014910764\t\t\t
`,
    rows: ['2026-03-14 -12.50 EUR | category: Food'],
  },
  {
    name: 'Another file that begins a text with an apostrophe, which stays',
    query: 'currency=EUR',
    file: `date,payee,amount
2026-03-14,'t Bruine Paard,-8.50
2026-03-16,'=A1,3.00
`,
    rows: ["2026-03-14 -8.50 EUR | payee: 't Bruine Paard", "2026-03-16 3.00 EUR | payee: '=A1"],
  },
]
