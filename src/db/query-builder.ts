import { neon } from '@neondatabase/serverless'
import { drizzle } from 'drizzle-orm/neon-http'

/** Builds queries; it has no connection and runs none. */
export const qb = drizzle(neon('postgresql://builds:queries@localhost/only'))
