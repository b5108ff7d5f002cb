import { neon } from '@neondatabase/serverless'
import { drizzle } from 'drizzle-orm/neon-http'

/** Only builds queries. It has no connection; `Database` runs them. */
export const qb = drizzle(neon('postgresql://builds:queries@localhost/only'))
