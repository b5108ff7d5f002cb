import { encodeBase64Url } from 'hono/utils/encode'
import { hmac, utf8, type Secrets } from '../lib/crypto/derived-keys.ts'
import { timingSafeEqual } from '../lib/crypto/timing-safe-equal.ts'

/*
 * Tokens that give logins to one account a limit of their own: of a device that logged in before, or
 * once, from an admin. They replace neither password nor code. A token is a prefix, an id, its expiry in
 * seconds and an HMAC over these and the account, so that the Worker can check it before it counts the
 * attempt, without the database.
 */

const PREFIXES = { device: 'ebd_', unlock: 'ebu_' } as const

export type LoginPassKind = keyof typeof PREFIXES

export const DEVICE_DAYS = 90
export const UNLOCK_MINUTES = 15

/** For schemas: longer than any token. */
export const MAX_LOGIN_PASS_LENGTH = 200

export interface LoginPass {
  kind: LoginPassKind
  id: string
  expiresAt: Date
}

const FORMAT = /^(eb[du]_)([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.(\d{10})\.([\w-]{43})$/

async function sign(secret: string, email: string, signed: string): Promise<string> {
  const mac = await hmac(secret, 'login pass', utf8(JSON.stringify([email, signed])))
  return encodeBase64Url(mac.buffer).replaceAll('=', '')
}

export async function issueLoginPass(
  secrets: Secrets,
  email: string,
  { kind, id, expiresAt }: LoginPass,
): Promise<string> {
  const signed = `${PREFIXES[kind]}${id}.${Math.floor(expiresAt.getTime() / 1000)}`
  return `${signed}.${await sign(secrets[0], email, signed)}`
}

/** The id of a token; undefined if it is of another kind or account, expired, or was not issued here. */
export async function readLoginPass(
  secrets: Secrets,
  email: string,
  kind: LoginPassKind,
  token: string | undefined,
  now: Date,
): Promise<string | undefined> {
  const [, prefix = '', id = '', expiry = '', mac = ''] = FORMAT.exec(token ?? '') ?? []
  if (prefix !== PREFIXES[kind] || Number(expiry) * 1000 <= now.getTime()) return undefined
  for (const secret of secrets) {
    if (timingSafeEqual(mac, await sign(secret, email, `${prefix}${id}.${expiry}`))) return id
  }
  return undefined
}
