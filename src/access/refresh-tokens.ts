import { encodeBase64Url } from 'hono/utils/encode'
import { hmac, utf8, type Secrets } from '../lib/crypto/derived-keys.ts'

/** A session that is not refreshed for so long is over. */
export const REFRESH_TOKEN_DAYS = 30

const PREFIX = 'ebr_'

/** 256 random bits, opaque to clients. The prefix lets secret scanners find a leaked one. */
export function newRefreshToken(): string {
  return PREFIX + encode(crypto.getRandomValues(new Uint8Array(32)).buffer)
}

/** What is stored and looked up: enough randomness went in that a fast hash is safe. */
export async function hashRefreshToken(token: string): Promise<string> {
  return encode(await crypto.subtle.digest('SHA-256', utf8(token)))
}

export interface Successor {
  token: string
  hash: string
}

/**
 * What follows a token, under each secret. It is computed and not drawn, so that a lost answer can
 * be given once more although the token is kept nowhere. Only who has the secret can compute it.
 */
export function successors(secrets: Secrets, token: string): Promise<Successor[]> {
  return Promise.all(
    secrets.map(async (secret) => {
      const next = PREFIX + encode((await hmac(secret, 'refresh token', utf8(token))).buffer)
      return { token: next, hash: await hashRefreshToken(next) }
    }),
  )
}

export function refreshTokenExpiry(now: Date): Date {
  return new Date(now.getTime() + REFRESH_TOKEN_DAYS * 86_400_000)
}

const encode = (bytes: ArrayBuffer) => encodeBase64Url(bytes).replaceAll('=', '')
