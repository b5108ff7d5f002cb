import { v7 as uuidv7 } from 'uuid'
import { can } from '../../access/permissions.ts'
import { resolveScope, type Scope, type ScopeRequest } from '../../access/scope.ts'
import type { Caller } from '../../db/client.ts'
import { AppError } from '../../lib/errors.ts'
import { toMinorUnits } from '../../lib/money/amounts.ts'
import type { CurrencyTotals } from '../../lib/money/totals.ts'
import type { Cursors } from '../../lib/pagination/cursor.ts'
import { readPage, type Page, type PageRequest } from '../../lib/pagination/pages.ts'
import type { Import, ImportRow, ImportsRepository, Match } from './imports.repository.ts'
import type { ImportFile } from './read-file.ts'

export interface ImportRequest {
  userId?: string | undefined
  fileName?: string | undefined
  source?: string | undefined
  /** Whether a transaction with the same values counts as a duplicate. */
  byValues: boolean
}

export interface Preview {
  toCreate: ImportRow[]
  duplicates: (Match & { line: number })[]
  totals: CurrencyTotals[]
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

const found = (row: Import | undefined): Import => {
  if (!row) throw new AppError('not_found', { detail: 'No such import.' })
  return row
}

export function createImportsService(
  imports: ImportsRepository,
  pack: (rows: readonly ImportRow[]) => string,
  cursors: Cursors,
) {
  function prepare(caller: Caller, file: ImportFile, { userId = caller.userId }: ImportRequest) {
    const anyUser = can(caller.role, 'transactions:create_for_others')
    if (userId !== caller.userId && !anyUser) {
      throw new AppError('forbidden', {
        detail: 'Your role can only create transactions for yourself.',
      })
    }
    const rows = file.rows.map((row) => ({ ...row, id: uuidv7() }))
    const packed = pack(rows)
    checkSize(packed)
    return { userId, anyUser, rows, packed }
  }

  return {
    /** What an import would do. Writes nothing. */
    async preview(caller: Caller, file: ImportFile, request: ImportRequest): Promise<Preview> {
      const { userId, anyUser, rows, packed } = prepare(caller, file, request)
      const { byValues } = request
      const known = { userId, rows: packed, byValues }
      const matches = await imports.matches(caller, known, anyUser)
      const ordinals = new Set(matches.map(({ ordinal }) => ordinal))
      const toCreate = rows.filter((_, ordinal) => !ordinals.has(ordinal))
      const duplicates = matches.map((match) => ({ ...match, line: rows[match.ordinal]!.line }))
      return { toCreate, duplicates, totals: totalsOf(toCreate) }
    },

    /** Imports all new rows, atomically. */
    async create(caller: Caller, file: ImportFile, request: ImportRequest): Promise<Import> {
      const { userId, anyUser, packed } = prepare(caller, file, request)
      const { fileName = null, source = null, byValues } = request
      const { rowCount } = file
      return imports.create(
        caller,
        { id: uuidv7(), userId, fileName, source, rowCount, rows: packed, byValues },
        anyUser,
      )
    },

    /** Reverting an import a second time changes nothing. */
    async revert(caller: Caller, id: string, includeModified: boolean): Promise<Import> {
      const anyUser = can(caller.role, 'transactions:change')
      if (includeModified && !anyUser) {
        throw new AppError('forbidden', {
          detail: 'Your role cannot delete modified transactions.',
        })
      }
      return imports.revert(caller, id, anyUser, includeModified)
    },

    async read(caller: Caller, id: string): Promise<Import> {
      return found(await imports.find(caller, id, can(caller.role, 'transactions:read_all')))
    },

    async list(caller: Caller, request: ScopeRequest & PageRequest): Promise<ImportList> {
      const scope = resolveScope(caller, request)
      const list = ['imports', caller.userId, scope]
      const rows = imports.list(caller, scope)
      return { scope, page: await readPage(cursors, list, request, rows) }
    },
  }
}
