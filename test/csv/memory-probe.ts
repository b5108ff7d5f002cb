import { argv } from 'node:process'
import { AppError } from '../../src/lib/errors.ts'
import { fingerprintsOf } from '../../src/transactions/import/fingerprints.ts'
import { packRows } from '../../src/transactions/import/imports.repository.ts'
import { readFile } from '../../src/transactions/import/read-file.ts'

/* Reads one of these files as an import does, in a process of its own whose memory is limited. */

const MAX_BYTES = 8 * 1024 * 1024
const header = 'date,type,amount,currency,category,notes\n'
const row = '2026-03-14,expense,84.30,EUR,Groceries,Weekly shopping\n'
const filled = (start: string, unit: string) =>
  start + unit.repeat(Math.floor((MAX_BYTES - 1 - start.length) / unit.length))
const rows = (notes: (n: number) => string) =>
  Array.from({ length: 20_000 }, (_, n) => `2026-03-14,expense,${n + 1},EUR,Food,${notes(n)}\n`)
const narrow = Array.from({ length: 180 }, (_, n) => `,k${n}`).join('')

const files: Record<string, () => string> = {
  'wrong quotes in one record': () => filled(`${header}${row}"`, `${'"a'.repeat(100)}\n`),
  'quotes that never close': () => filled(`${header}${row}"`, 'a""b\n'),
  'one record of many fields': () => `${filled(`${header}${row}"a`, '\n","a')}"`,
  '180 columns that nobody reads': () =>
    filled(`${header.trim()}${narrow}\n`, `${row.trim()}${',ab'.repeat(180)}\n`),
  '20,000 long rows': () => header + rows((n) => `Note ${n} `.padEnd(360, 'lorem ')).join(''),
  '20,000 rows of other letters': () =>
    header + rows((n) => `Note ${n} 🦄 `.padEnd(180, 'лорем')).join(''),
}

const bytes = Buffer.from(files[argv[2]!]!())
try {
  const file = readFile(bytes.toString(), { mapping: new Map(), defaults: {} })
  const fingerprints = await fingerprintsOf(crypto.randomUUID(), file.rows)
  const rowsToPack = file.rows.map(({ text: _, ...each }, index) => ({
    ...each,
    id: crypto.randomUUID(),
    fingerprint: fingerprints[index]!,
  }))
  const packed = packRows(rowsToPack)
  const sent = JSON.stringify({ params: [packed] })
  console.log(`${bytes.length} bytes, ${file.rows.length} rows, ${sent.length} characters`)
} catch (error) {
  if (!(error instanceof AppError)) throw error
  console.log(JSON.stringify(error.errors))
}
