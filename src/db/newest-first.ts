import { and, count, desc, lt, type SQL } from 'drizzle-orm'
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core'
import type { PageReader } from '../lib/pagination/pages.ts'
import { qb, type Caller, type Database } from './client.ts'

/**
 * Pages of the rows of a view that match, newest first: ids are UUIDs of version 7, which sort by time.
 */
export function newestFirst<View extends PgTable & { id: PgColumn }>(
  database: Database,
  caller: Caller,
  view: View,
  where: SQL | undefined,
): PageReader<View['$inferSelect']> {
  const table: PgTable = view
  const rows = (condition: SQL | undefined) =>
    qb.select().from(table).where(condition).orderBy(desc(view.id))
  return {
    async after(take, id) {
      const older = id === undefined ? where : and(where, lt(view.id, id))
      const [found] = await database.read(caller, [rows(older).limit(take)])
      return found
    },
    async numbered(take, skip) {
      const [found, [counted]] = await database.read(caller, [
        rows(where).limit(take).offset(skip),
        qb.select({ total: count() }).from(table).where(where),
      ])
      return { rows: found, total: counted?.total ?? 0 }
    },
  }
}
