import { invalidField } from '../errors.ts'
import type { Cursors, Position } from './cursor.ts'

export const DEFAULT_LIMIT = 20
export const MAX_LIMIT = 100

/** How a list was asked for: from a cursor on, or by page number. */
export interface PageRequest {
  limit: number
  cursor?: string | undefined
  page?: number | undefined
}

export interface CursorPage<Row> {
  rows: Row[]
  hasMore: boolean
  nextCursor: string | null
}

export interface NumberedPage<Row> {
  rows: Row[]
  hasMore: boolean
  page: number
  total: number
  /** Where it is not, there are at least `total`. */
  totalIsExact: boolean
}

export type Page<Row> = CursorPage<Row> | NumberedPage<Row>

/** @throws AppError where a page number and a cursor are both given */
export function checkPageRequest({ cursor, page }: PageRequest): void {
  if (cursor !== undefined && page !== undefined) {
    throw invalidField('page', 'Send either page or cursor, not both.')
  }
}

/** Rows of a numbered page, one too many where there are more, and how many there are in all. */
export interface FoundPage<Row> {
  rows: Row[]
  total: number
  totalIsExact?: boolean
}

export function numberedPage<Row>(
  { rows, total, totalIsExact = true }: FoundPage<Row>,
  page: number,
  limit: number,
): NumberedPage<Row> {
  const found = { rows: rows.slice(0, limit), page }
  if (totalIsExact) return { ...found, total, totalIsExact, hasMore: page * limit < total }
  // What was not counted to the end is at least what is seen here, and the last page sees the end.
  const seen = (page - 1) * limit + rows.length
  const hasMore = rows.length > limit
  const isLast = rows.length > 0 && !hasMore
  const known = rows.length > 0 ? Math.max(total, seen) : total
  return { ...found, total: isLast ? seen : known, totalIsExact: isLast, hasMore }
}

/** A page out of `limit + 1` rows: the one too many says that there are more. */
export async function cursorPage<Row>(
  cursors: Cursors,
  list: unknown,
  found: Row[],
  limit: number,
  position: (row: Row) => Position,
): Promise<CursorPage<Row>> {
  const rows = found.slice(0, limit)
  const last = rows.at(-1)
  const hasMore = found.length > limit
  const nextCursor = hasMore && last ? await cursors.write(list, position(last)) : null
  return { rows, hasMore, nextCursor }
}
