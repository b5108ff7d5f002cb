import type { AccessTokens } from '../../access/access-tokens.ts'
import type { SessionCaller } from '../../db/client.ts'
import type { EncryptedResponses } from '../../lib/crypto/encrypted-responses.ts'
import { AppError, invalidField, STEP_UP_SECONDS } from '../../lib/errors.ts'
import {
  checkNewPassword,
  hashPassword,
  passwordIssueMessages,
  passwordMatches,
} from '../passwords.ts'
import type { TotpCodes } from '../totp/totp-codes.ts'
import type { TotpRepository } from '../totp/totp.repository.ts'
import { grantAccess, type AccessGrant } from './login.service.ts'
import type { OwnCredentialsRepository } from './own-credentials.repository.ts'

export interface StepUp {
  verifiedAt: Date
  validUntil: Date
}

export interface OwnCredentialsDependencies {
  own: OwnCredentialsRepository
  totp: TotpRepository
  totpCodes: TotpCodes
  accessTokens: AccessTokens
  responses: EncryptedResponses
}

export type OwnCredentialsService = ReturnType<typeof createOwnCredentialsService>

/** The password of the caller: to verify it again, and to change it. */
export function createOwnCredentialsService(dependencies: OwnCredentialsDependencies) {
  const { own, totp, totpCodes, accessTokens, responses } = dependencies
  return {
    /**
     * Two database calls, because the hash is compared in between.
     * @throws AppError `invalid_credentials` or `totp_required`
     */
    async stepUp(caller: SessionCaller, password: string, code?: string): Promise<StepUp> {
      const { passwordHash, secret, confirmedAt } = await totp.read(caller)
      if (!(await passwordMatches(password, passwordHash))) {
        throw new AppError('invalid_credentials')
      }
      const enabled = secret !== null && confirmedAt !== null
      if (enabled && code === undefined) throw new AppError('totp_required')
      const verifiedCode =
        enabled && code !== undefined
          ? await totpCodes.read(caller.userId, secret, code)
          : undefined
      const verifiedAt = await own.stepUp(caller, passwordHash, verifiedCode)
      if (!verifiedAt) throw new AppError('invalid_credentials')
      return { verifiedAt, validUntil: new Date(verifiedAt.getTime() + STEP_UP_SECONDS * 1000) }
    },

    /**
     * Revokes all other sessions of the caller, with `apiKeys` the keys too, and issues a token of the new token version for this
     * one. Two database calls, because the hash is compared in between.
     */
    async changePassword(
      caller: SessionCaller,
      current: string,
      next: string,
      apiKeys: boolean,
    ): Promise<AccessGrant> {
      const { hash, ...owner } = await own.ownCredentials(caller)
      const issue = checkNewPassword(next, owner)
      if (issue) throw invalidField('new_password', passwordIssueMessages[issue])
      if (!(await passwordMatches(current, hash))) {
        throw invalidField('current_password', 'Wrong password.')
      }
      if (current === next) {
        throw invalidField('new_password', 'Must differ from the current password.')
      }
      const grant = await grantAccess(accessTokens, {
        ...caller,
        tokenVersion: caller.tokenVersion + 1,
      })
      const encryptedResponse = await responses.encrypt(caller.userId, grant)
      const newHash = await hashPassword(next)
      if (!(await own.changeOwnPassword(caller, hash, newHash, encryptedResponse, apiKeys))) {
        throw new AppError('conflict')
      }
      return grant
    },
  }
}
