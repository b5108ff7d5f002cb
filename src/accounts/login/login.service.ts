import { v7 as uuidv7 } from 'uuid'
import type { User, UsersRepository } from '../users/users.repository.ts'
import type { Caller, SessionCaller } from '../../db/client.ts'
import { AppError, invalidField } from '../../lib/errors.ts'
import { ACCESS_TOKEN_SECONDS, type AccessTokens } from '../../access/access-tokens.ts'
import type { LoginRepository, Client } from './login.repository.ts'
import type { Secrets } from '../../lib/crypto/derived-keys.ts'
import {
  checkNewPassword,
  hashPassword,
  needsRehash,
  passwordIssueMessages,
  passwordMatches,
} from '../passwords.ts'
import {
  hashRefreshToken,
  newRefreshToken,
  refreshTokenExpiry,
  successors,
} from '../../access/refresh-tokens.ts'
import type { EncryptedResponses } from '../../lib/crypto/encrypted-responses.ts'
import type { TotpCodes } from '../totp/totp-codes.ts'

export interface AccessGrant {
  accessToken: string
  expiresIn: number
}

export interface SessionGrant extends AccessGrant {
  refreshToken: string
  refreshExpiresAt: Date
}

export interface LoginAttempt {
  email: string
  password: string
  /** Of the second factor, or one to recover with. */
  code?: string | undefined
}

export type LoginService = ReturnType<typeof createLoginService>

export interface LoginDependencies {
  auth: LoginRepository
  users: UsersRepository
  accessTokens: AccessTokens
  totpCodes: TotpCodes
  responses: EncryptedResponses
  secrets: Secrets
  now: () => Date
}

export function createLoginService(dependencies: LoginDependencies) {
  const { auth, users, accessTokens, totpCodes, responses, secrets, now } = dependencies

  const grantAccess = async (caller: SessionCaller): Promise<AccessGrant> => ({
    accessToken: await accessTokens.issue(caller),
    expiresIn: ACCESS_TOKEN_SECONDS,
  })

  return {
    /**
     * Two calls of the database, because the hash is compared in between. Unknown, inactive, wrong
     * password and wrong code are one answer; all but the last take one time, and that a code is
     * missing is told to nobody but who has the password.
     * @throws AppError `invalid_credentials` or `totp_required`
     */
    async login(attempt: LoginAttempt, client: Client): Promise<SessionGrant & { user: User }> {
      const { email, password, code } = attempt
      const credentials = await auth.credentials(email)
      const matches = await passwordMatches(password, credentials?.passwordHash)
      if (!credentials?.active || !matches) throw new AppError('invalid_credentials')
      const { userId, passwordHash, totpSecret } = credentials
      if (totpSecret !== null && code === undefined) throw new AppError('totp_required')
      const verifiedCode =
        totpSecret === null || code === undefined
          ? undefined
          : await totpCodes.read(userId, totpSecret, code)
      const refreshToken = newRefreshToken()
      const expiresAt = refreshTokenExpiry(now())
      const sessionId = uuidv7()
      const started = await auth.startSession({
        userId,
        comparedHash: passwordHash,
        newHash: needsRehash(passwordHash) ? await hashPassword(password) : null,
        sessionId,
        tokenHash: await hashRefreshToken(refreshToken),
        expiresAt,
        client,
        verifiedCode,
      })
      if (!started) throw new AppError('invalid_credentials')
      const { tokenVersion, user } = started
      const access = await grantAccess({ userId, sessionId, tokenVersion, role: user.role })
      return { ...access, refreshToken, refreshExpiresAt: expiresAt, user }
    },

    /**
     * The same token within ten seconds gives the same successor, while nobody used that.
     * @throws AppError `invalid_refresh_token`; where an older token comes back, its session ends
     */
    async refresh(token: string): Promise<SessionGrant> {
      const following = await successors(secrets, token)
      const { outcome, nextHash, expiresAt, ...caller } = await auth.rotate(
        await hashRefreshToken(token),
        following.map(({ hash }) => hash),
        refreshTokenExpiry(now()),
      )
      const granted = outcome === 'rotated' || outcome === 'repeated'
      const next = following.find(({ hash }) => hash === nextHash)
      if (!granted || !next || expiresAt === null) throw new AppError('invalid_refresh_token')
      const access = await grantAccess(caller)
      return { ...access, refreshToken: next.token, refreshExpiresAt: new Date(expiresAt) }
    },

    logout: (caller: SessionCaller): Promise<void> => auth.revokeSession(caller),

    async me(caller: Caller): Promise<User> {
      const user = await users.profile(caller)
      if (!user) throw new AppError('session_revoked')
      return user
    },

    /**
     * Ends every other session of the caller and gives this one a token of the new epoch.
     * Two calls of the database, because the hash is compared in between.
     */
    async changePassword(
      caller: SessionCaller,
      current: string,
      next: string,
    ): Promise<AccessGrant> {
      const issue = checkNewPassword(next)
      if (issue) throw invalidField('new_password', passwordIssueMessages[issue])
      const hash = await auth.ownPasswordHash(caller)
      if (!(await passwordMatches(current, hash))) {
        throw invalidField('current_password', 'Wrong password.')
      }
      if (current === next) {
        throw invalidField('new_password', 'Must differ from the current password.')
      }
      const grant = await grantAccess({ ...caller, tokenVersion: caller.tokenVersion + 1 })
      const encryptedResponse = await responses.encrypt(caller.userId, grant)
      const newHash = await hashPassword(next)
      if (!(await auth.changeOwnPassword(caller, hash, newHash, encryptedResponse))) {
        throw new AppError('conflict')
      }
      return grant
    },
  }
}
