import type { SessionCaller } from '../../db/client.ts'
import { AppError, invalidField } from '../../lib/errors.ts'
import { passwordMatches } from '../passwords.ts'
import type { EncryptedResponses } from '../../lib/crypto/encrypted-responses.ts'
import type { NewSecret, TotpCodes } from './totp-codes.ts'
import type { TotpRepository } from './totp.repository.ts'

export interface TotpStatus {
  enabled: boolean
  enabledAt: Date | undefined
  codesLeft: number
}

/** For an authenticator app. */
export type ShownSecret = Omit<NewSecret, 'encrypted'>

export interface RecoveryCodes {
  codes: string[]
}

export type TotpService = ReturnType<typeof createTotpService>

async function checkPassword(password: string, hash: string): Promise<void> {
  if (await passwordMatches(password, hash)) return
  throw invalidField('password', 'Wrong password.')
}

const invalidCode = () => invalidField('code', 'Wrong code, or already used.')

/** The caller is authenticated already, so a wrong code is a validation error here. */
async function asInvalidCode<T>(reading: Promise<T>): Promise<T> {
  try {
    return await reading
  } catch (error) {
    if (error instanceof AppError && error.code === 'invalid_credentials') throw invalidCode()
    throw error
  }
}

/** Enables and disables TOTP. Two database calls each, because a hash is compared in between. */
export function createTotpService(
  totp: TotpRepository,
  codes: TotpCodes,
  responses: EncryptedResponses,
) {
  return {
    async status(caller: SessionCaller): Promise<TotpStatus> {
      const { confirmedAt, codesLeft } = await totp.read(caller)
      const enabledAt = confirmedAt === null ? undefined : new Date(confirmedAt)
      return { enabled: enabledAt !== undefined, enabledAt, codesLeft }
    },

    /** @throws AppError `conflict` if TOTP is enabled already */
    async start(caller: SessionCaller, password: string): Promise<ShownSecret> {
      const { passwordHash, confirmedAt, email } = await totp.readBeforeWrite(caller)
      await checkPassword(password, passwordHash)
      const detail = 'Two-factor authentication is already enabled. Remove it first.'
      if (confirmedAt !== null) throw new AppError('conflict', { detail })
      const { encrypted, ...shown } = await codes.newSecret(caller.userId, email)
      const encryptedResponse = await responses.encrypt(caller.userId, shown)
      if (!(await totp.start(caller, passwordHash, encrypted, encryptedResponse))) {
        throw new AppError('conflict')
      }
      return shown
    },

    /** Returns the recovery codes; they cannot be read again. */
    async confirm(caller: SessionCaller, code: string): Promise<RecoveryCodes> {
      const { userId } = caller
      const { secret, confirmedAt } = await totp.readBeforeWrite(caller)
      if (secret === null || confirmedAt !== null) {
        throw new AppError('conflict', {
          detail: 'There is no setup to confirm. Call POST /v1/auth/totp first.',
        })
      }
      const { step } = await asInvalidCode(codes.readCode(userId, secret, code))
      const { codes: shown, hashes } = await codes.newRecoveryCodes(userId)
      const encryptedResponse = await responses.encrypt(userId, { codes: shown })
      if (!(await totp.confirm(caller, { secret, step: step!, hashes }, encryptedResponse))) {
        throw new AppError('conflict')
      }
      return { codes: shown }
    },

    async remove(caller: SessionCaller, password: string, code: string): Promise<void> {
      const { passwordHash, secret, confirmedAt } = await totp.readBeforeRemoval(caller)
      await checkPassword(password, passwordHash)
      if (secret === null || confirmedAt === null) {
        throw new AppError('not_found', { detail: 'Two-factor authentication is not enabled.' })
      }
      const verifiedCode = await asInvalidCode(codes.read(caller.userId, secret, code))
      if (!(await totp.remove(caller, passwordHash, verifiedCode))) throw invalidCode()
    },

    /** For admins, if a user lost the device and the recovery codes. */
    async removeOf(caller: SessionCaller, userId: string): Promise<void> {
      if (!(await totp.removeOf(caller, userId))) {
        throw new AppError('not_found', { detail: 'No such user with two-factor authentication.' })
      }
    },
  }
}
