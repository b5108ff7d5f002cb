import { z } from '@hono/zod-openapi'
import { sign, verify } from 'hono/jwt'
import type { SessionCaller } from '../db/client.ts'
import { userRole } from '../db/enums.ts'
import { AppError } from '../lib/errors.ts'
import { tokenKey } from '../lib/crypto/derived-keys.ts'

const ISSUER = 'edgebook'
const AUDIENCE = 'edgebook-api'
const ALGORITHM = 'HS256'

/** Seconds. A token is also refused as soon as its session ends or its epoch is over. */
export const ACCESS_TOKEN_SECONDS = 15 * 60

/** hono/jwt lets a token without `exp` pass, so every claim is required here. */
const claimsSchema = z.object({
  iss: z.literal(ISSUER),
  aud: z.literal(AUDIENCE),
  use: z.literal('access'),
  sub: z.uuid(),
  sid: z.uuid(),
  ver: z.int().positive(),
  role: z.enum(userRole.enumValues),
  iat: z.int(),
  exp: z.int(),
})

export interface AccessTokens {
  issue(subject: SessionCaller): Promise<string>
  /** @throws AppError `unauthenticated` */
  verify(token: string): Promise<SessionCaller>
}

/** Signs with the first secret and accepts tokens of either, so that secrets can be rotated. */
export function createAccessTokens(
  secrets: readonly [string, ...string[]],
  now: () => Date,
): AccessTokens {
  async function claimsOf(token: string): Promise<unknown> {
    for (const secret of secrets) {
      try {
        const key = await tokenKey(secret)
        return await verify(token, key, { alg: ALGORITHM, iss: ISSUER, aud: AUDIENCE })
      } catch {
        continue
      }
    }
    return undefined
  }

  return {
    async issue({ userId, sessionId, tokenVersion, role }) {
      const iat = Math.floor(now().getTime() / 1000)
      const claims = { iss: ISSUER, aud: AUDIENCE, use: 'access', sub: userId, sid: sessionId }
      return sign(
        { ...claims, ver: tokenVersion, role, iat, exp: iat + ACCESS_TOKEN_SECONDS },
        await tokenKey(secrets[0]),
        ALGORITHM,
      )
    },
    async verify(token) {
      const claims = claimsSchema.safeParse(await claimsOf(token))
      if (!claims.success) {
        throw new AppError('unauthenticated', { detail: 'Invalid access token.' })
      }
      const { sub, sid, ver, role } = claims.data
      return { userId: sub, sessionId: sid, tokenVersion: ver, role }
    },
  }
}
