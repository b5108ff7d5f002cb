import { addDays, dateOfDay, dayOfMonth } from '../../src/lib/calendar.ts'
import type { StreamRow } from '../../src/recurring/payment.ts'

export const today = '2026-11-25'
let count = 0

/** A row for the pure search, with an id of its own. */
export const row = (date: string, amount: number, fields: Partial<StreamRow> = {}): StreamRow => ({
  id: `00000000-0000-7000-8000-${String(++count).padStart(12, '0')}`,
  user_id: '0198c2a4-0000-7000-8000-000000000001',
  date,
  type: 'expense',
  currency: 'EUR',
  category: 'Subscriptions',
  payee: 'Streamoose',
  notes: null,
  amount_minor: BigInt(amount),
  ...fields,
})

/** The dates of a day of the month, every so many months, up to today. */
export function monthDays(day: number, length: number, step = 1, last = '2026-11'): string[] {
  const [year, month] = last.split('-').map(Number)
  const end = year! * 12 + month! - 1
  return Array.from({ length }, (_, index) =>
    dateOfDay(dayOfMonth(end - (length - 1 - index) * step, day)),
  )
}

/** Dates every so many days, of which the last is so many days before today. */
export const everyDays = (step: number, length: number, ago = 1): string[] =>
  Array.from({ length }, (_, index) => addDays(today, -ago - (length - 1 - index) * step))

/** The first working day from a date on. */
export function workday(date: string): string {
  const day = new Date(`${date}T00:00:00Z`).getUTCDay()
  if (day === 6) return addDays(date, 2)
  return day === 0 ? addDays(date, 1) : date
}
