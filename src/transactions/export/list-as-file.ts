import type { MiddlewareHandler } from 'hono'
import { AppError } from '../../lib/errors.ts'
import { preferredType } from '../../http/accept.ts'
import type { AppContext, AppEnv } from '../../http/context.ts'
import { limitCaller } from '../../http/rate-limit.ts'
import type { FileFormat } from './send-file.ts'

/* A list that is asked for as a file with `Accept` is the export of what it selects. */

const formats = {
  'application/json': undefined,
  'text/csv': 'csv',
  'application/x-ndjson': 'ndjson',
} as const satisfies Record<string, FileFormat | undefined>

/** Undefined for JSON. */
export const fileFormat = (c: AppContext): FileFormat | undefined =>
  formats[preferredType(c, ['application/json', 'text/csv', 'application/x-ndjson'])]

/** A file costs what an export costs. */
export const limitByFormat: MiddlewareHandler<AppEnv> = async (c, next) => {
  c.header('Vary', 'Accept', { append: true })
  const limit = limitCaller(fileFormat(c) === undefined ? 'read' : 'expensive')
  return limit(c, next)
}

const OF_PAGES = ['limit', 'cursor', 'page', 'include']

/** @throws AppError where parameters of pages come with it */
export function refusePages(c: AppContext): void {
  const given = OF_PAGES.filter((name) => c.req.query(name) !== undefined)
  if (given.length === 0) return
  throw new AppError('validation_failed', {
    errors: given.map((name) => ({
      location: `query.${name}`,
      message: 'A file is whole and has no pages: leave it out, or accept application/json.',
    })),
  })
}
