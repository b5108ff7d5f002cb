import { invalidField } from '../errors.ts'
import type { Cursors, Position } from './cursor.ts'

export const DEFAULT_LIMIT = 20
export const MAX_LIMIT = 100

/** A request for a page, by cursor or by number. */
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
  /** If false, there are at least `total`. */
  totalIsExact: boolean
}

export type Page<Row> = CursorPage<Row> | NumberedPage<Row>

/** @throws AppError if both a page number and a cursor are given */
export function checkPageRequest({ cursor, page }: PageRequest): void {
  if (cursor !== undefined && page !== undefined) {
    throw invalidField('page', 'Send either page or cursor, not both.')
  }
}

/** Rows of a numbered page, with one extra row if there are more, and the total. */
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
  // An inexact total is at least the rows seen so far; on the last page it is exact.
  const seen = (page - 1) * limit + rows.length
  const hasMore = rows.length > limit
  const isLast = rows.length > 0 && !hasMore
  const known = rows.length > 0 ? Math.max(total, seen) : total
  return { ...found, total: isLast ? seen : known, totalIsExact: isLast, hasMore }
}

/** Reads the rows of a list for one page; each takes one row more than the page has. */
export interface PageReader<Row> {
  /** Rows after the one with this id, or the first ones. */
  after(take: number, id?: string): Promise<Row[]>
  numbered(take: number, skip: number): Promise<FoundPage<Row>>
}

/**
 * Reads a page of a list whose rows have an id. `list` identifies the list, so that a cursor cannot be
 * used with another one.
 * @throws AppError if both a page number and a cursor are given, or the cursor is invalid
 */
export async function readPage<Row extends { id: string | bigint }>(
  cursors: Cursors,
  list: unknown,
  request: PageRequest,
  rows: PageReader<Row>,
): Promise<Page<Row>> {
  checkPageRequest(request)
  const { limit, page, cursor } = request
  if (page !== undefined) {
    return numberedPage(await rows.numbered(limit + 1, (page - 1) * limit), page, limit)
  }
  const [after] = cursor === undefined ? [] : await cursors.read(list, cursor)
  const found = await rows.after(limit + 1, after)
  return cursorPage(cursors, list, found, limit, ({ id }) => [id.toString()])
}

/**
 * A page of a list that is in memory. A cursor names the last row; behind a row that is gone meanwhile,
 * the list starts again.
 * @throws AppError if both a page number and a cursor are given, or the cursor is invalid
 */
export async function pageInMemory<Row extends { key: string }>(
  cursors: Cursors,
  list: unknown,
  { limit, page, cursor }: PageRequest,
  rows: readonly Row[],
): Promise<Page<Row>> {
  if (page !== undefined) {
    const skip = (page - 1) * limit
    const found = rows.slice(skip, skip + limit + 1)
    return numberedPage({ rows: found, total: rows.length }, page, limit)
  }
  const [after] = cursor === undefined ? [] : await cursors.read(list, cursor)
  const start = after === undefined ? 0 : rows.findIndex(({ key }) => key === after) + 1
  const found = rows.slice(start, start + limit + 1)
  return cursorPage(cursors, list, found, limit, ({ key }) => [key])
}

/** Makes a page from up to `limit + 1` rows; the extra row means that there are more. */
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
