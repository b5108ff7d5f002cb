import { z } from '@hono/zod-openapi'
import type { MiddlewareHandler } from 'hono'
import { AppError, type FieldError } from '../lib/errors.ts'
import type { AppEnv } from './context.ts'
import { locatedError } from './validation.ts'

/** The query of a route without parameters. */
export const noParameters = z.strictObject({})

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    return undefined
  }
}

function issuesOf(part: string): FieldError[] {
  const [key = '', ...rest] = part.split('=')
  const name = decode(key)
  if (name !== undefined && decode(rest.join('=')) !== undefined) return []
  return [locatedError('query', [name ?? key], 'Must be valid percent-encoded UTF-8.')]
}

/** Rejects escapes that are not UTF-8, which Hono's parser would take literally. */
export const checkQuery: MiddlewareHandler<AppEnv> = async (c, next) => {
  const errors = new URL(c.req.url).search.slice(1).split('&').flatMap(issuesOf)
  if (errors.length > 0) throw new AppError('validation_failed', { errors: errors.slice(0, 50) })
  await next()
}
