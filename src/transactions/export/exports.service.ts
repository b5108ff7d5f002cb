import type { Caller } from '../../db/client.ts'
import { resolveScope } from '../../access/scope.ts'
import { AppError } from '../../lib/errors.ts'
import { permittedFilter } from '../filters.ts'
import type { ListQuery, Transaction, TransactionsRepository } from '../transactions.repository.ts'
import type { ListRequest } from '../transactions.service.ts'

export type ExportRequest = Pick<ListRequest, 'scope' | 'userId' | 'sort' | 'filter'>

export interface ExportPage {
  rows: Transaction[]
  /** Fields that are masked for the role of the caller, and left out of files. */
  masked: readonly string[]
}

/**
 * Rows in one database call. Neon responds with at most 10 MiB; a thousand rows stay below that even
 * with 2,000 four-byte characters of notes each, and five thousand do with ordinary ones.
 */
const SAFE_PAGE_SIZE = 1000
const MAX_PAGE_SIZE = 5000
/** Characters of a row, on average, up to which the larger pages are asked for. */
const MAX_LIGHT_ROW_LENGTH = 600

export type ExportsService = ReturnType<typeof createExportsService>

const textLength = (row: Transaction) =>
  Object.values(row).reduce(
    (sum: number, value) => sum + (typeof value === 'string' ? value.length : 0),
    0,
  )

function nextTake(rows: Transaction[]): number {
  const length = rows.reduce((sum, row) => sum + textLength(row), 0)
  return length <= MAX_LIGHT_ROW_LENGTH * rows.length ? MAX_PAGE_SIZE : SAFE_PAGE_SIZE
}

const isTransient = (error: unknown) =>
  error instanceof AppError && error.code === 'database_unavailable'

/** Everything that a list would have on all its pages. */
export function createExportsService(transactions: Pick<TransactionsRepository, 'list'>) {
  /** A large page that fails is read again as a small one. */
  async function fetchPage(caller: Caller, query: ListQuery, position?: string[]) {
    try {
      return await transactions.list(caller, query, position)
    } catch (error) {
      if (query.take === SAFE_PAGE_SIZE || !isTransient(error)) throw error
      return transactions.list(caller, { ...query, take: SAFE_PAGE_SIZE }, position)
    }
  }

  return {
    /**
     * Fetches one page at a time, on demand. Each page authenticates again in its own transaction, so
     * that an export ends with an error when its user is deactivated, or when other fields are masked
     * than at its start: its columns would mean something else from there on.
     */
    async *pages(caller: Caller, request: ExportRequest): AsyncGenerator<ExportPage, void> {
      const { sort } = request
      const filter = permittedFilter(caller.role, request.filter)
      const scope = resolveScope(caller, request)
      let take = SAFE_PAGE_SIZE
      let position: string[] | undefined
      let first: readonly string[] | undefined
      for (;;) {
        const query = { scope, filter, sort, take, withTotals: false }
        const { rows, masked } = await fetchPage(caller, query, position)
        first ??= masked
        if (first.join() !== masked.join()) {
          throw new AppError('conflict', { detail: 'Other fields are masked than at the start.' })
        }
        yield { rows, masked }
        const last = rows.at(-1)
        // A page that was asked for again as a small one is full with fewer rows than `take`.
        if (!last || (rows.length < take && rows.length !== SAFE_PAGE_SIZE)) return
        position = [String(last[sort.key]), last.id]
        take = nextTake(rows)
      }
    },
  }
}
