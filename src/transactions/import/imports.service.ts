import { v7 as uuidv7 } from 'uuid'
import { can } from '../../access/permissions.ts'
import { resolveScope, type Scope, type ScopeRequest } from '../../access/scope.ts'
import type { Caller } from '../../db/client.ts'
import { AppError } from '../../lib/errors.ts'
import { toMinorUnits } from '../../lib/money/amounts.ts'
import type { CurrencyTotals } from '../../lib/money/totals.ts'
import type { Cursors } from '../../lib/pagination/cursor.ts'
import { readPage, type Page, type PageRequest } from '../../lib/pagination/pages.ts'
import { fingerprintsOf } from './fingerprints.ts'
import { chosenLines } from './import-lines.ts'
import type { ImportRow } from './import-row.ts'
import type { ImportRowsRepository, RowsRequest, StoredRow } from './import-rows.repository.ts'
import type {
  Import,
  ImportsRepository,
  Match,
  MatchOptions,
  RevertOptions,
} from './imports.repository.ts'
import { matchRemarks } from './match-remarks.ts'
import type { ImportFile } from './import-file.ts'

export interface ImportRequest {
  userId?: string | undefined
  fileName?: string | undefined
  source?: string | undefined
  duplicates: MatchOptions['duplicates']
  likelyDuplicates: MatchOptions['likely_duplicates']
  /** Such as `4:skip,7:create,20-25:skip`. */
  lines?: string | undefined
  /** States of matching that reports showed, one of which it must still be; undefined accepts any. */
  states?: string[] | undefined
}

export interface Preview {
  toCreate: ImportRow[]
  /** Known rows, and rows that resemble a transaction. */
  duplicates: Match[]
  likely: Match[]
  totals: CurrencyTotals[]
  remarks: string[]
  state: string
}

export interface ImportList {
  scope: Scope
  page: Page<Import>
}

export type ImportsService = ReturnType<typeof createImportsService>

/** Neon accepts requests of 10 MiB, and quoting makes the rows longer on their way. */
const MAX_PACKED_BYTES = 9.5 * 1024 * 1024
/** Shorter ones need no measuring: a character is six bytes at most. */
const SAFE_LENGTH = MAX_PACKED_BYTES / 6

function checkSize(packed: string): void {
  if (packed.length < SAFE_LENGTH) return
  if (new TextEncoder().encode(JSON.stringify(packed)).byteLength > MAX_PACKED_BYTES) {
    throw new AppError('content_too_large', {
      detail: 'The rows are too large to import at once. Split the file.',
    })
  }
}

function totalsOf(rows: readonly ImportRow[]): CurrencyTotals[] {
  const totals = new Map<string, CurrencyTotals>()
  for (const { currency, type, amount } of rows) {
    const minor = toMinorUnits(amount, currency)
    const sum = totals.get(currency) ?? { currency, income: 0n, expenses: 0n, count: 0 }
    if (type === 'income') sum.income += minor
    else sum.expenses += minor
    sum.count++
    totals.set(currency, sum)
  }
  return [...totals.values()]
}

const CHANGED =
  'The file, its options or what it matches have changed since the report. Get a new report with the same ' +
  'options, and send its ETag.'

const found = <T>(row: T | undefined): T => {
  if (!row) throw new AppError('not_found', { detail: 'No such import.' })
  return row
}

/** What both a report and an import send to the database. */
async function prepareImport(
  caller: Caller,
  file: ImportFile,
  request: ImportRequest,
  pack: (rows: readonly ImportRow[]) => string,
) {
  const { userId = caller.userId } = request
  const anyUser = can(caller.role, 'transactions:create_for_others')
  if (userId !== caller.userId && !anyUser) {
    throw new AppError('forbidden', {
      detail: 'Your role can only create transactions for yourself.',
    })
  }
  const options: MatchOptions = {
    ...chosenLines(request.lines, file.rows),
    duplicates: request.duplicates,
    likely_duplicates: request.likelyDuplicates,
    fields: Object.keys(file.format.mapping),
    states: request.states,
  }
  const fingerprints = await fingerprintsOf(userId, file.rows)
  const rows = file.rows.map(({ text: _, ...row }, index) => ({
    ...row,
    id: uuidv7(),
    fingerprint: fingerprints[index]!,
  }))
  const packed = pack(rows)
  checkSize(packed)
  return { userId, anyUser, rows, packed, options }
}

export function createImportsService(
  imports: ImportsRepository,
  importRows: ImportRowsRepository,
  pack: (rows: readonly ImportRow[]) => string,
  cursors: Cursors,
) {
  const prepare = (caller: Caller, file: ImportFile, request: ImportRequest) =>
    prepareImport(caller, file, request, pack)

  const readsAll = (caller: Caller) => can(caller.role, 'transactions:read_all')

  return {
    /** What an import would do. Writes nothing. */
    async preview(caller: Caller, file: ImportFile, request: ImportRequest): Promise<Preview> {
      const { userId, anyUser, rows, packed, options } = await prepare(caller, file, request)
      const matching = await imports.match(caller, { userId, rows: packed, options }, anyUser)
      const left = new Set(
        matching.rows.filter(({ outcome }) => outcome !== 'created').map(({ line }) => line),
      )
      const toCreate = rows.filter(({ line }) => !left.has(line))
      const duplicates = matching.rows.filter((row) => row.matched_by && row.outcome !== 'created')
      return {
        toCreate,
        duplicates,
        likely: matching.rows.filter(({ reason }) => reason !== null && reason !== undefined),
        totals: totalsOf(toCreate),
        remarks: matchRemarks(toCreate.length, duplicates, matching.unnamed),
        state: matching.state,
      }
    },

    /**
     * Imports all new rows, atomically.
     * @throws AppError `likely_duplicates` where rows resemble transactions and nobody decided, or
     * `precondition_failed` where something else than in the report would be matched
     */
    async create(caller: Caller, file: ImportFile, request: ImportRequest): Promise<Import> {
      const { userId, anyUser, packed, options } = await prepare(caller, file, request)
      const { fileName = null, source = null } = request
      const { rowCount } = file
      const created = {
        id: uuidv7(),
        userId,
        fileName,
        source,
        rowCount,
        notBookedCount: file.notBooked.length,
      }
      try {
        return await imports.create(caller, { ...created, rows: packed, options }, anyUser)
      } catch (error) {
        if (!(error instanceof AppError) || error.code !== 'precondition_failed') throw error
        throw new AppError('precondition_failed', { detail: CHANGED, cause: error })
      }
    },

    /** Reverting an import a second time changes nothing. */
    async revert(caller: Caller, id: string, options: RevertOptions): Promise<Import> {
      const anyUser = can(caller.role, 'transactions:change')
      if (options.includeModified && !anyUser) {
        throw new AppError('forbidden', {
          detail: 'Your role cannot delete modified transactions.',
        })
      }
      return imports.revert(caller, id, anyUser, options)
    },

    async read(caller: Caller, id: string): Promise<Import> {
      return found(await imports.find(caller, id, readsAll(caller)))
    },

    /** What became of the rows of an import, in the order of lines. */
    async rows(caller: Caller, request: RowsRequest & PageRequest): Promise<Page<StoredRow>> {
      const { importId, outcome } = request
      const wanted = { importId, outcome }
      const all = readsAll(caller)
      const list = ['import rows', caller.userId, importId, outcome ?? null]
      return readPage(cursors, list, request, {
        after: async (take, line) => found(await importRows.after(caller, all, wanted, take, line)),
        numbered: async (take, skip) =>
          found(await importRows.numbered(caller, all, wanted, take, skip)),
      })
    },

    async list(caller: Caller, request: ScopeRequest & PageRequest): Promise<ImportList> {
      const scope = resolveScope(caller, request)
      const list = ['imports', caller.userId, scope]
      const rows = imports.list(caller, scope)
      return { scope, page: await readPage(cursors, list, request, rows) }
    },
  }
}
