import { randomUUID } from 'node:crypto'
import { addDays } from '../../src/lib/calendar.ts'
import { PASSWORD, type Person } from '../data/people.ts'
import { CATEGORIES, FILLERS } from '../data/words.ts'
import type { Call } from '../load/client.ts'
import type { NewRow } from '../peers/peer.ts'
import type { Stack } from '../stack.ts'

export const BULK_ROWS = 500

const JSON_TYPE = { 'content-type': 'application/json' }

let rows = 0

/** A row that has not been written before. */
export function newRow(until: string): NewRow {
  const number = rows++
  return {
    type: 'expense',
    amount: `${(number % 9000) + 1}.${10 + (number % 90)}`,
    currency: 'EUR',
    category: CATEGORIES[number % CATEGORIES.length] ?? '',
    date: addDays(until, -(number % 700)),
    notes: `${FILLERS[number % FILLERS.length]} ${number}`,
  }
}

/** As many as a bulk write takes. */
export const newRows = (until: string) => Array.from({ length: BULK_ROWS }, () => newRow(until))

/** Writes that are all made by one person. */
export interface WriteCalls {
  create(): Call
  createWithKey(): Call
  update(id: string): Call
  bulk(): Call
  importFile(rows: number): Call
}

/** A file of rows that have not been written before. */
function csvFile(count: number, until: string): string {
  const lines = Array.from({ length: count }, () => {
    const { date, type, amount, currency, category, notes } = newRow(until)
    return [date, type, amount, currency, category, notes].join(',')
  })
  return ['date,type,amount,currency,category,notes', ...lines, ''].join('\r\n')
}

export async function writeCalls(stack: Stack, person: Person): Promise<WriteCalls> {
  const authorization = `Bearer ${await stack.token(person)}`
  const { until } = stack
  const send = (method: string, path: string, body: object, more: Record<string, string> = {}) => ({
    method,
    path,
    headers: { ...JSON_TYPE, authorization, ...more },
    body: JSON.stringify(body),
  })
  const create = (more?: Record<string, string>) =>
    send('POST', '/v1/transactions', newRow(until), more)
  return {
    create,
    createWithKey: () => create({ 'idempotency-key': randomUUID() }),
    update: (id) =>
      send('PATCH', `/v1/transactions/${id}`, { notes: randomUUID() }, { 'if-match': '*' }),
    bulk: () =>
      send('POST', '/v1/transactions/bulk', {
        operations: newRows(until).map((data) => ({ op: 'create', data })),
      }),
    importFile: (count) => ({
      method: 'POST',
      path: '/v1/transactions/import?dry_run=false',
      headers: { 'content-type': 'text/csv', authorization },
      body: csvFile(count, until),
    }),
  }
}

export const loginCall = ({ email }: Person): Call => ({
  method: 'POST',
  path: '/v1/auth/login',
  headers: JSON_TYPE,
  body: JSON.stringify({ email, password: PASSWORD }),
})
