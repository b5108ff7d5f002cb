import { z } from '@hono/zod-openapi'
import type { Scope } from '../access/scope.ts'
import { DEFAULT_LIMIT, MAX_LIMIT, type Page } from '../lib/pagination/pages.ts'
import type { AppContext } from './context.ts'
import { id, integerParameter } from '../lib/schemas.ts'

/** Parameters of every list: by cursor or by page number. */
export const pageParameters = {
  limit: integerParameter(1, MAX_LIMIT).default(DEFAULT_LIMIT).openapi({
    description: 'Maximum number of rows per page.',
    default: DEFAULT_LIMIT,
  }),
  cursor: z.string().min(1).max(500).optional().openapi({
    description: '`next_cursor` of the previous page, with the same filters and sort order.',
  }),
  page: integerParameter(1, 1_000_000)
    .optional()
    .openapi({ description: 'Page number, from 1. Cannot be combined with `cursor`.' }),
}

export const scopeParameters = {
  scope: z
    .enum(['own', 'all'])
    .optional()
    .openapi({ description: '`own` (default), or `all` for all users (admins only).' }),
  user_id: id
    .optional()
    .openapi({ description: 'Only this user. Admins only, except for your own id.' }),
}

export const scopeFields = {
  scope: z.enum(['own', 'user', 'all']).openapi({ description: 'The scope of the response.' }),
  user_id: z.uuid().optional().openapi({ description: 'The user, if the scope is `user`.' }),
}

export const scopeResponse = (scope: Scope) =>
  scope.kind === 'user' ? { scope: scope.kind, user_id: scope.userId } : { scope: scope.kind }

export const pageFields = {
  limit: z.int().openapi({ example: 20 }),
  has_more: z.boolean().openapi({ example: true }),
  next_cursor: z
    .string()
    .nullable()
    .optional()
    .openapi({ description: 'Null on the last page; absent with `page`.' }),
  page: z.int().optional().openapi({ description: 'Page number; only with `page`.' }),
  total: z.int().optional().openapi({ description: 'Rows on all pages; only with `page`.' }),
  total_is_exact: z.boolean().optional().openapi({
    description:
      'False if there may be more than `total`: rows without roll-ups are counted up to 10,000.',
  }),
}

/** The fields of a page besides its rows. Also sets the `Link` header. */
export function pageResponse(c: AppContext, page: Page<unknown>, limit: number) {
  const next = new URLSearchParams(new URL(c.req.url).search)
  if ('nextCursor' in page) {
    if (page.nextCursor !== null) {
      next.set('cursor', page.nextCursor)
      c.header('Link', `<${c.req.path}?${next.toString()}>; rel="next"`)
    }
    return { limit, has_more: page.hasMore, next_cursor: page.nextCursor }
  }
  if (page.hasMore) {
    next.set('page', String(page.page + 1))
    c.header('Link', `<${c.req.path}?${next.toString()}>; rel="next"`)
  }
  const { hasMore, total, totalIsExact } = page
  return { limit, has_more: hasMore, page: page.page, total, total_is_exact: totalIsExact }
}
