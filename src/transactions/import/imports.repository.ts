import { eq, sql } from 'drizzle-orm'
import type { Scope } from '../../access/scope.ts'
import { qb, type Caller, type Database } from '../../db/client.ts'
import { newestFirst } from '../../db/newest-first.ts'
import { rowFromJson } from '../../db/record.ts'
import { extendStatementTimeout } from '../../db/statement-timeout.ts'
import { rowAsJson } from '../../db/write-batch.ts'
import { toMinorUnits } from '../../lib/money/amounts.ts'
import type { PageReader } from '../../lib/pagination/pages.ts'
import type { ImportColumn } from '../csv-columns.ts'
import { allImports, ownImports } from '../imports.views.ts'
import type { transactions } from '../transactions.table.ts'
export type Import = typeof ownImports.$inferSelect

export function importFromJson(json: unknown): Import {
  const row = rowFromJson(ownImports, json)
  return { ...row, masked: row.masked ?? [] }
}

/** A row of a file as a transaction. */
export type ImportRow = Pick<typeof transactions.$inferSelect, ImportColumn> & {
  /** For reports only: rows are identified by their place. */
  line: number
  id: string
  /** The id that the file gives, if the file is an export of ours. */
  known_id: string | null
  /** The account of the row, if the request or the file names it. */
  account: string | null
  /** All texts of the row, from which its fingerprint is made. */
  text: string
}

export interface Match {
  /** Which of the rows, from 0. */
  ordinal: number
  matchedBy: 'external_id' | 'id' | 'values'
  /** The existing transaction; null if it was deleted. */
  transactionId: string | null
}

export interface NewImport {
  id: string
  userId: string
  fileName: string | null
  source: string | null
  rowCount: number
  /** `packRows` made it. */
  rows: string
  byValues: boolean
}

export type ImportsRepository = ReturnType<typeof createImportsRepository>

/** Rows as the database reads them: columns of `transaction_input`, and `private.import_row`. */
export const packRows = (rows: readonly ImportRow[]): string =>
  JSON.stringify(
    rows.map(({ line: _, amount, account: __, text: ___, ...row }, ordinal) => ({
      ...row,
      ordinal,
      amount_minor: toMinorUnits(amount, row.currency).toString(),
    })),
    // Null is what a missing column is, too.
    (_name, value: unknown) => value ?? undefined,
  )

const byId = (allUsers: boolean, id: string) => {
  const view = allUsers ? allImports : ownImports
  return qb.select().from(view).where(eq(view.id, id))
}

interface Found extends Record<string, unknown> {
  ordinal: number
  matched_by: Match['matchedBy']
  transaction_id: string | null
}

type Written = { row: unknown }

export function createImportsRepository(database: Database) {
  return {
    /** Rows that the user's transactions contain already. */
    async matches(
      caller: Caller,
      { userId, rows, byValues }: Pick<NewImport, 'userId' | 'rows' | 'byValues'>,
      anyUser: boolean,
    ): Promise<Match[]> {
      const matches = anyUser
        ? sql`api.match_import(${userId}::uuid, ${rows}::jsonb, ${byValues}::boolean)`
        : sql`api.match_own_import(${rows}::jsonb, ${byValues}::boolean)`
      const [found] = await database.read(caller, [
        qb.execute<Found>(sql`select ordinal, matched_by, transaction_id from ${matches}`),
      ])
      return found.rows.map((row) => ({
        ordinal: row.ordinal,
        matchedBy: row.matched_by,
        transactionId: row.transaction_id,
      }))
    },

    async create(caller: Caller, file: NewImport, anyUser: boolean): Promise<Import> {
      const { id, userId, fileName, source, rowCount, rows, byValues } = file
      const rest = sql`${id}::uuid, ${fileName}::text, ${source}::text, ${rowCount}::integer,
                       ${rows}::jsonb, ${byValues}::boolean`
      const written = anyUser
        ? sql`api.import_transactions(${userId}::uuid, ${rest})`
        : sql`api.import_own_transactions(${rest})`
      const [, result] = await database.write(
        caller,
        [
          extendStatementTimeout(),
          qb.execute<Written>(sql`select to_jsonb(i) as row from ${written} i`),
        ],
        { outcome: 'created', entity: 'import', json: rowAsJson(byId(anyUser, id)) },
      )
      return importFromJson(result.rows[0]?.row)
    },

    /** @throws AppError `not_found`, or `import_modified` where records of it were changed since */
    async revert(caller: Caller, id: string, anyUser: boolean, includeModified: boolean) {
      const reverted = anyUser
        ? sql`api.revert_import(${id}::uuid, ${includeModified}::boolean)`
        : sql`api.revert_own_import(${id}::uuid)`
      const [, result] = await database.write(
        caller,
        [
          extendStatementTimeout(),
          qb.execute<Written>(sql`select to_jsonb(i) as row from ${reverted} i`),
        ],
        { outcome: 'changed', entity: 'import', json: rowAsJson(byId(anyUser, id)) },
      )
      return importFromJson(result.rows[0]?.row)
    },

    async find(caller: Caller, id: string, allUsers: boolean): Promise<Import | undefined> {
      const [rows] = await database.read(caller, [byId(allUsers, id)])
      return rows[0]
    },

    /** Newest first. */
    list: (caller: Caller, scope: Scope): PageReader<Import> =>
      newestFirst(
        database,
        caller,
        scope.kind === 'own' ? ownImports : allImports,
        scope.kind === 'user' ? eq(allImports.user_id, scope.userId) : undefined,
      ),
  }
}
