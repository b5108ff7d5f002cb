import type { MiddlewareHandler } from 'hono'
import { AppError } from '../errors.ts'
import type { AppContext, AppEnv } from '../http/context.ts'
import { clientAddress, enforceLimit } from './rate-limit.ts'

const BEARER = /^Bearer +([\w.~+/-]+=*)$/i
const MAX_TOKEN_LENGTH = 4096

function readToken(c: AppContext): string {
  const header = c.req.header('Authorization')
  if (header === undefined) throw new AppError('not_authenticated')
  const token = header.length <= MAX_TOKEN_LENGTH ? BEARER.exec(header)?.[1] : undefined
  if (token === undefined) {
    throw new AppError('not_authenticated', {
      detail: 'Send "Authorization: Bearer <access token>".',
    })
  }
  return token
}

/**
 * Reads the access token. That its session still runs, and that the account is active, is checked by
 * the database with the first query of the request.
 */
export const authenticate: MiddlewareHandler<AppEnv> = async (c, next) => {
  try {
    c.set('caller', await c.get('services').accessTokens.verify(readToken(c)))
  } catch (error) {
    await enforceLimit(c, 'anonymous', clientAddress(c))
    throw error
  }
  await next()
}
