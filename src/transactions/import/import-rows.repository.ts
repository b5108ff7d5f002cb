import { and, asc, count, eq, gt, type SQL } from 'drizzle-orm'
import { qb, type Caller, type Database } from '../../db/client.ts'
import type { FoundPage } from '../../lib/pagination/pages.ts'
import { allImportRows, allImports, ownImportRows, ownImports } from '../imports.views.ts'
import type { RowOutcome } from '../import.fields.ts'

export type StoredRow = Omit<typeof ownImportRows.$inferSelect, 'user_id'> & { id: string }

export interface RowsRequest {
  importId: string
  outcome?: RowOutcome | undefined
}

export type ImportRowsRepository = ReturnType<typeof createImportRowsRepository>

/** Rows of one import in the order of lines; undefined where there is no such import. */
export function createImportRowsRepository(database: Database) {
  const queries = (allUsers: boolean, { importId, outcome }: RowsRequest) => {
    const imports = allUsers ? allImports : ownImports
    const view = allUsers ? allImportRows : ownImportRows
    const where = and(
      eq(view.import_id, importId),
      outcome === undefined ? undefined : eq(view.outcome, outcome),
    )
    const rows = (condition: SQL | undefined) =>
      qb.select().from(view).where(condition).orderBy(asc(view.line))
    const exists = qb.select({ id: imports.id }).from(imports).where(eq(imports.id, importId))
    return { view, where, rows, exists }
  }
  const named = (rows: (typeof ownImportRows.$inferSelect)[]): StoredRow[] =>
    rows.map((row) => ({ ...row, id: String(row.line) }))

  return {
    async after(
      caller: Caller,
      allUsers: boolean,
      request: RowsRequest,
      take: number,
      line?: string,
    ): Promise<StoredRow[] | undefined> {
      const { view, where, rows, exists } = queries(allUsers, request)
      const later = line === undefined ? where : and(where, gt(view.line, Number(line)))
      const [[found], page] = await database.read(caller, [exists, rows(later).limit(take)])
      return found && named(page)
    },

    async numbered(
      caller: Caller,
      allUsers: boolean,
      request: RowsRequest,
      take: number,
      skip: number,
    ): Promise<FoundPage<StoredRow> | undefined> {
      const { view, where, rows, exists } = queries(allUsers, request)
      const [[found], page, [counted]] = await database.read(caller, [
        exists,
        rows(where).limit(take).offset(skip),
        qb.select({ total: count() }).from(view).where(where),
      ])
      return found && { rows: named(page), total: counted?.total ?? 0 }
    },
  }
}
