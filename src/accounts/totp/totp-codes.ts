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
/** 80 bits: too many to guess, and to find from a hash that leaked. */
const RECOVERY_CHARACTERS = 16
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

const encode = (bytes: ArrayBuffer) => encodeBase64Url(bytes).replaceAll('=', '')

const totpOf = (secret: string, label = '') =>
  new TOTP({ issuer: 'Edgebook', label, secret: Secret.fromBase32(secret), period: PERIOD_SECONDS })

/** A code that was found to be right; whether it was taken before, the database knows. */
export interface VerifiedCode {
  step?: number | undefined
  recoveryHash?: string | undefined
  /** The secret, encrypted anew where that was done under the key before. */
  newSecret?: string | undefined
}

export interface NewSecret {
  /** Base32, for whoever types it in. */
  secret: string
  /** For a QR code. */
  uri: string
  encrypted: string
}

export interface TotpCodes {
  newSecret(userId: string, email: string): Promise<NewSecret>
  /** The time step of a code, give or take one. @throws AppError `invalid_credentials` */
  readCode(userId: string, encrypted: string, code: string): Promise<VerifiedCode>
  /** The same, or a recovery code; whether there is such a one, the database knows. */
  read(userId: string, encrypted: string, code: string): Promise<VerifiedCode>
  /** Recovery codes and what is stored of them. */
  newRecoveryCodes(userId: string): Promise<{ codes: string[]; hashes: string[] }>
}

/** One character stands for five bits: 32 divides 256, so each is as likely as any other. */
const newRecoveryCode = () =>
  Array.from(
    crypto.getRandomValues(new Uint8Array(RECOVERY_CHARACTERS)),
    (byte) => ALPHABET[byte % ALPHABET.length],
  ).join('')

/** People read the code from paper: blanks, dashes and case do not count. */
const normalize = (code: string) => code.replace(/[\s-]/g, '').toUpperCase()

const hashRecoveryCode = async (userId: string, code: string) =>
  encode(await crypto.subtle.digest('SHA-256', utf8(`${userId}:${normalize(code)}`)))

const inGroups = (code: string) => code.replace(/.{4}(?=.)/g, '$&-')

/** One-time passwords (RFC 6238) whose secrets are stored encrypted: AES-GCM, bound to the user. */
export function createTotpCodes(
  secrets: Secrets,
  now: () => Date,
  { requestId }: Pick<RequestContext, 'requestId'>,
): TotpCodes {
  const encryption = createEncryption(secrets, 'totp secret')

  async function readCode(userId: string, encrypted: string, code: string): Promise<VerifiedCode> {
    const decrypted = await encryption.decrypt(userId, encrypted)
    if (!decrypted) {
      // Its key is gone, or somebody altered it. No code fits any more; recovery codes still do.
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
      if (normalize(code).length !== RECOVERY_CHARACTERS) return readCode(userId, encrypted, code)
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
