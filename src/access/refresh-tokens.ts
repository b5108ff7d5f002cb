import { encodeBase64Url } from 'hono/utils/encode'
import { hmac, utf8, type Secrets } from '../lib/crypto/derived-keys.ts'

/** A session that is not refreshed for this long expires. */
export const REFRESH_TOKEN_DAYS = 30

const PREFIX = 'ebr_'

/** 256 random bits, opaque to clients. The prefix lets secret scanners find a leaked one. */
export function newRefreshToken(): string {
  return PREFIX + encode(crypto.getRandomValues(new Uint8Array(32)).buffer)
}

/** Stored and looked up in place of the token. A fast hash is safe for 256 random bits. */
export async function hashRefreshToken(token: string): Promise<string> {
  return encode(await crypto.subtle.digest('SHA-256', utf8(token)))
}

export interface Successor {
  token: string
  hash: string
}

/**
 * The next token, for each secret. Derived from the previous one instead of random, so that a lost
 * response can be repeated although tokens are not stored. Deriving it requires the secret.
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
