import type { SessionCaller } from '../../db/client.ts'
import { AppError, invalidField } from '../../lib/errors.ts'
import { passwordMatches } from '../passwords.ts'
import type { SealedAnswers } from '../../lib/crypto/encrypted-responses.ts'
import type { NewSecret, SecondFactors } from './totp-codes.ts'
import type { TwoFactorRepository } from './totp.repository.ts'

export interface TwoFactorStatus {
  enabled: boolean
  enabledAt: Date | undefined
  codesLeft: number
}

/** What an authenticator is told. */
export type ShownSecret = Omit<NewSecret, 'encrypted'>

export interface RecoveryCodes {
  codes: string[]
}

export type TwoFactorService = ReturnType<typeof createTwoFactorService>

async function checkPassword(password: string, hash: string): Promise<void> {
  if (await passwordMatches(password, hash)) return
  throw invalidField('password', 'Wrong password.')
}

const wrongCode = () => invalidField('code', 'Wrong code, or already used.')

/** A wrong code is a wrong field here: who asks is known already. */
async function orWrongCode<T>(reading: Promise<T>): Promise<T> {
  try {
    return await reading
  } catch (error) {
    if (error instanceof AppError && error.code === 'invalid_credentials') throw wrongCode()
    throw error
  }
}

/** Setting up and removing the second factor. Two calls of the database each, as with passwords. */
export function createTwoFactorService(
  factors: TwoFactorRepository,
  codes: SecondFactors,
  answers: SealedAnswers,
) {
  return {
    async status(caller: SessionCaller): Promise<TwoFactorStatus> {
      const { confirmedAt, codesLeft } = await factors.read(caller)
      const enabledAt = confirmedAt === null ? undefined : new Date(confirmedAt)
      return { enabled: enabledAt !== undefined, enabledAt, codesLeft }
    },

    /** @throws AppError `conflict` where there is a second factor already */
    async start(caller: SessionCaller, password: string): Promise<ShownSecret> {
      const { passwordHash, confirmedAt, email } = await factors.readBeforeWrite(caller)
      await checkPassword(password, passwordHash)
      const detail = 'Two-factor authentication is already enabled. Remove it first.'
      if (confirmedAt !== null) throw new AppError('conflict', { detail })
      const { encrypted, ...shown } = await codes.newSecret(caller.userId, email)
      const sealed = await answers.seal(caller.userId, shown)
      if (!(await factors.start(caller, passwordHash, encrypted, sealed))) {
        throw new AppError('conflict')
      }
      return shown
    },

    /** Returns the recovery codes, which only this answer has. */
    async confirm(caller: SessionCaller, code: string): Promise<RecoveryCodes> {
      const { userId } = caller
      const { secret, confirmedAt } = await factors.readBeforeWrite(caller)
      if (secret === null || confirmedAt !== null) {
        throw new AppError('conflict', {
          detail: 'There is no setup to confirm. Call POST /v1/auth/totp first.',
        })
      }
      const { step } = await orWrongCode(codes.readCode(userId, secret, code))
      const { codes: shown, hashes } = await codes.newRecoveryCodes(userId)
      const sealed = await answers.seal(userId, { codes: shown })
      if (!(await factors.confirm(caller, { secret, step: step!, hashes }, sealed))) {
        throw new AppError('conflict')
      }
      return { codes: shown }
    },

    async remove(caller: SessionCaller, password: string, code: string): Promise<void> {
      const { passwordHash, secret, confirmedAt } = await factors.readBeforeWrite(caller)
      await checkPassword(password, passwordHash)
      if (secret === null || confirmedAt === null) {
        throw new AppError('not_found', { detail: 'Two-factor authentication is not enabled.' })
      }
      const factor = await orWrongCode(codes.read(caller.userId, secret, code))
      if (!(await factors.remove(caller, passwordHash, factor))) throw wrongCode()
    },

    /** For admins: of somebody who lost the device and the recovery codes. */
    async removeOf(caller: SessionCaller, userId: string): Promise<void> {
      if (!(await factors.removeOf(caller, userId))) {
        throw new AppError('not_found', { detail: 'No such user with two-factor authentication.' })
      }
    },
  }
}
