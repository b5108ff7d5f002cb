import type { MiddlewareHandler } from 'hono'
import { isApiKey } from '../access/api-key-format.ts'
import { AppError } from '../lib/errors.ts'
import type { AppContext, AppEnv } from './context.ts'
import { clientAddress, enforceLimit } from './rate-limit.ts'

const BEARER = /^Bearer +([\w.~+/-]+=*)$/i
const MAX_TOKEN_LENGTH = 4096

function readToken(c: AppContext): string {
  const header = c.req.header('Authorization')
  if (header === undefined) throw new AppError('unauthenticated')
  const token = header.length <= MAX_TOKEN_LENGTH ? BEARER.exec(header)?.[1] : undefined
  if (token === undefined) {
    throw new AppError('unauthenticated', {
      detail: 'Send "Authorization: Bearer <access token or API key>".',
    })
  }
  return token
}

/**
 * Reads the access token or the API key. The database checks with the first query of the request
 * that the session or key was not revoked, and that the account is active.
 */
export const authenticate: MiddlewareHandler<AppEnv> = async (c, next) => {
  try {
    const { accessTokens, apiKeys } = c.get('services')
    const token = readToken(c)
    c.set('caller', await (isApiKey(token) ? apiKeys : accessTokens).verify(token))
  } catch (error) {
    await enforceLimit(c, 'anonymous', clientAddress(c))
    throw error
  }
  await next()
}
