import { encodeBase64Url } from 'hono/utils/encode'

/** A session that is not refreshed for so long is over. */
export const REFRESH_TOKEN_DAYS = 30

const PREFIX = 'ebr_'

/** 256 random bits, opaque to clients. The prefix lets secret scanners find a leaked one. */
export function newRefreshToken(): string {
  return PREFIX + encode(crypto.getRandomValues(new Uint8Array(32)).buffer)
}

/** What is stored and looked up: enough randomness went in that a fast hash is safe. */
export async function hashRefreshToken(token: string): Promise<string> {
  return encode(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(token)))
}

export function refreshTokenExpiry(now: Date): Date {
  return new Date(now.getTime() + REFRESH_TOKEN_DAYS * 86_400_000)
}

const encode = (bytes: ArrayBuffer) => encodeBase64Url(bytes).replaceAll('=', '')
