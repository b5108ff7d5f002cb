import { timestamp } from 'drizzle-orm/pg-core'

/** An instant. */
export const timestamptz = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })

/** The same as text, with the microseconds that a Date does not have: positions in a list need them. */
export const exactTimestamptz = (name: string) =>
  timestamp(name, { withTimezone: true, mode: 'string' })
