import { timestamp } from 'drizzle-orm/pg-core'

/** An instant. */
export const timestamptz = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })
