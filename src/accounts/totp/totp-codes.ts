import { Secret, TOTP } from 'otpauth'
import { encodeBase64Url } from 'hono/utils/encode'
import { AppError } from '../../lib/errors.ts'
import { logEvent } from '../../lib/logger.ts'
import type { RequestContext } from '../../db/request-context.ts'
import { utf8, type Secrets } from '../../lib/crypto/derived-keys.ts'
import { createEncryption } from '../../lib/crypto/encryption.ts'

const PERIOD_SECONDS = 30
/** 160 bits, as RFC 4226 recommends. */
const SECRET_BYTES = 20
export const RECOVERY_CODES = 10
/** 130 bits, safe against guessing and against brute force on a leaked hash. */
const RECOVERY_CHARACTERS = 26
/** Codes of earlier versions had 80 bits. */
const RECOVERY_LENGTHS = new Set([RECOVERY_CHARACTERS, 16])
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

const encode = (bytes: ArrayBuffer) => encodeBase64Url(bytes).replaceAll('=', '')

const totpOf = (secret: string, label = '') =>
  new TOTP({ issuer: 'Edgebook', label, secret: Secret.fromBase32(secret), period: PERIOD_SECONDS })

/** A correct code. The database checks whether it was used before. */
export interface VerifiedCode {
  step?: number | undefined
  recoveryHash?: string | undefined
  /** The secret encrypted with the current key, if it was encrypted with the previous one. */
  newSecret?: string | undefined
}

export interface NewSecret {
  /** Base32, for manual entry. */
  secret: string
  /** For a QR code. */
  uri: string
  encrypted: string
}

export interface TotpCodes {
  newSecret(userId: string, email: string): Promise<NewSecret>
  /** Accepts codes one time step early or late. @throws AppError `invalid_credentials` */
  readCode(userId: string, encrypted: string, code: string): Promise<VerifiedCode>
  /** Also accepts a recovery code, whose hash the database checks. */
  read(userId: string, encrypted: string, code: string): Promise<VerifiedCode>
  /** Recovery codes, and their hashes for the database. */
  newRecoveryCodes(userId: string): Promise<{ codes: string[]; hashes: string[] }>
}

/** Five bits per character. 32 divides 256, so that all characters are equally likely. */
const newRecoveryCode = () =>
  Array.from(
    crypto.getRandomValues(new Uint8Array(RECOVERY_CHARACTERS)),
    (byte) => ALPHABET[byte % ALPHABET.length],
  ).join('')

/** Users type codes from paper, so blanks, dashes and case are ignored. */
const normalize = (code: string) => code.replace(/[\s-]/g, '').toUpperCase()

const hashRecoveryCode = async (userId: string, code: string) =>
  encode(await crypto.subtle.digest('SHA-256', utf8(`${userId}:${normalize(code)}`)))

const inGroups = (code: string) => code.replace(/.{4}(?=.)/g, '$&-')

/** TOTP (RFC 6238). Secrets are stored encrypted, bound to the user. */
export function createTotpCodes(
  secrets: Secrets,
  now: () => Date,
  { requestId }: Pick<RequestContext, 'requestId'>,
): TotpCodes {
  const encryption = createEncryption(secrets, 'totp secret')

  async function readCode(userId: string, encrypted: string, code: string): Promise<VerifiedCode> {
    const decrypted = await encryption.decrypt(userId, encrypted)
    if (!decrypted) {
      // The key was removed, or the row altered. Only recovery codes still work.
      logEvent('error', 'totp_secret_unreadable', { request_id: requestId, user_id: userId })
      throw new AppError('invalid_credentials')
    }
    const { text: secret, current } = decrypted
    const timestamp = now().getTime()
    const delta = totpOf(secret).validate({ token: normalize(code), timestamp, window: 1 })
    if (delta === null) throw new AppError('invalid_credentials')
    return {
      step: Math.floor(timestamp / 1000 / PERIOD_SECONDS) + delta,
      ...(!current && { newSecret: await encryption.encrypt(userId, secret) }),
    }
  }

  return {
    readCode,
    async read(userId, encrypted, code) {
      if (!RECOVERY_LENGTHS.has(normalize(code).length)) return readCode(userId, encrypted, code)
      return { recoveryHash: await hashRecoveryCode(userId, code) }
    },
    async newSecret(userId, email) {
      const secret = new Secret({ size: SECRET_BYTES }).base32
      const uri = totpOf(secret, email).toString()
      return { secret, uri, encrypted: await encryption.encrypt(userId, secret) }
    },
    async newRecoveryCodes(userId) {
      const codes = Array.from({ length: RECOVERY_CODES }, () => inGroups(newRecoveryCode()))
      const hashes = await Promise.all(codes.map((code) => hashRecoveryCode(userId, code)))
      return { codes, hashes }
    },
  }
}
