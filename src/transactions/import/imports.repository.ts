import { eq, sql } from 'drizzle-orm'
import type { Scope } from '../../access/scope.ts'
import { qb, type Caller, type Database } from '../../db/client.ts'
import { newestFirst } from '../../db/newest-first.ts'
import { rowFromJson } from '../../db/record.ts'
import { extendStatementTimeout } from '../../db/statement-timeout.ts'
import { rowAsJson } from '../../db/write-batch.ts'
import { toMinorUnits } from '../../lib/money/amounts.ts'
import type { PageReader } from '../../lib/pagination/pages.ts'
import type { LikelyReason } from '../../lib/likely-duplicates.ts'
import type { RowOutcome } from '../import.fields.ts'
import { allImports, ownImports } from '../imports.views.ts'
import type { LineChoices } from './import-lines.ts'
import type { ImportRow } from './import-row.ts'

export type Import = typeof ownImports.$inferSelect

export function importFromJson(json: unknown): Import {
  const row = rowFromJson(ownImports, json)
  return { ...row, masked: row.masked ?? [] }
}

/** How a file is matched, as `private.decide_import` reads it. */
export interface MatchOptions extends LineChoices {
  duplicates: 'skip' | 'create'
  likely_duplicates: 'ask' | 'skip' | 'create'
  /** Fields that the file has a column for. */
  fields: string[]
  /** States of matching that a report showed; undefined accepts any. */
  states?: string[] | undefined
}

/** A row of the file that is known, resembles a transaction, or is left out. */
export interface Match {
  line: number
  outcome: RowOutcome | 'ask'
  matched_by: 'id' | 'external_id' | 'fingerprint' | null
  /** Why it may be the transaction, if it is not known to be. */
  reason: LikelyReason | null
  transaction_id: string | null
  deleted: boolean
  /** That of the transaction; null if it was purged. */
  date: string | null
  differs: string[] | null
}

export interface Matching {
  state: string
  rows: Match[]
  /** Lines of new rows whose external id is taken. */
  unnamed: number[]
}

export interface NewImport {
  id: string
  userId: string
  fileName: string | null
  source: string | null
  rowCount: number
  notBookedCount: number
  /** `packRows` made it. */
  rows: string
  options: MatchOptions
}

export interface RevertOptions {
  includeModified: boolean
  /** What happens to transactions that other imports have too. */
  shared?: 'keep' | 'delete' | undefined
}

export type ImportsRepository = ReturnType<typeof createImportsRepository>

/** Rows as the database reads them: columns of `transaction_input`, and `private.import_row`. */
export const packRows = (rows: readonly ImportRow[]): string =>
  JSON.stringify(
    rows.map(({ amount, ...row }) => ({
      ...row,
      amount_minor: toMinorUnits(amount, row.currency).toString(),
    })),
    // Null is what a missing column is, too.
    (_name, value: unknown) => value ?? undefined,
  )

const byId = (allUsers: boolean, id: string) => {
  const view = allUsers ? allImports : ownImports
  return qb.select().from(view).where(eq(view.id, id))
}

type Written = { row: unknown }

export function createImportsRepository(database: Database) {
  return {
    /** Which rows the user's transactions contain already, or may. */
    async match(
      caller: Caller,
      { userId, rows, options }: Pick<NewImport, 'userId' | 'rows' | 'options'>,
      anyUser: boolean,
    ): Promise<Matching> {
      const rest = sql`${rows}::jsonb, ${JSON.stringify(options)}::jsonb`
      const preview = anyUser
        ? sql`api.preview_import(${userId}::uuid, ${rest})`
        : sql`api.preview_own_import(${rest})`
      const [found] = await database.read(caller, [
        qb.execute<{ preview: Matching }>(sql`select ${preview} preview`),
      ])
      return found.rows[0]!.preview
    },

    async create(caller: Caller, file: NewImport, anyUser: boolean): Promise<Import> {
      const { id, userId, fileName, source, rowCount, notBookedCount, rows, options } = file
      const rest = sql`${id}::uuid, ${fileName}::text, ${source}::text, ${rowCount}::integer,
                       ${notBookedCount}::integer, ${rows}::jsonb, ${JSON.stringify(options)}::jsonb`
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

    /**
     * @throws AppError `not_found`, `import_modified` where transactions of it were changed since, or
     * `import_shared` where other imports have some of them and `shared` does not say what to do
     */
    async revert(
      caller: Caller,
      id: string,
      anyUser: boolean,
      { includeModified, shared }: RevertOptions,
    ) {
      const reverted = anyUser
        ? sql`api.revert_import(${id}::uuid, ${includeModified}::boolean, ${shared ?? null}::text)`
        : sql`api.revert_own_import(${id}::uuid, ${shared ?? null}::text)`
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
