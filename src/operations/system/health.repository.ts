import type { Database } from '../../db/client.ts'

export type HealthRepository = ReturnType<typeof createHealthRepository>

export const createHealthRepository = (database: Database) => ({ check: () => database.check() })
