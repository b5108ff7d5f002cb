import { v7 as uuidv7 } from 'uuid'
import type { Account, User, UsersRepository } from '../users/users.repository.ts'
import type { Caller, SessionCaller } from '../../db/client.ts'
import { AppError } from '../../lib/errors.ts'
import { ACCESS_TOKEN_SECONDS, type AccessTokens } from '../../access/access-tokens.ts'
import type { LoginRepository, Client } from './login.repository.ts'
import type { Secrets } from '../../lib/crypto/derived-keys.ts'
import { hashPassword, needsRehash, passwordMatches } from '../passwords.ts'
import {
  hashRefreshToken,
  newRefreshToken,
  refreshTokenExpiry,
  successors,
} from '../../access/refresh-tokens.ts'
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
  /** TOTP code or recovery code. */
  code?: string | undefined
}

export const grantAccess = async (
  accessTokens: AccessTokens,
  caller: SessionCaller,
): Promise<AccessGrant> => ({
  accessToken: await accessTokens.issue(caller),
  expiresIn: ACCESS_TOKEN_SECONDS,
})

export type LoginService = ReturnType<typeof createLoginService>

export interface LoginDependencies {
  auth: LoginRepository
  users: UsersRepository
  accessTokens: AccessTokens
  totpCodes: TotpCodes
  secrets: Secrets
  /** Days after which a session ends, however often it is refreshed. */
  sessionMaxDays: number
  now: () => Date
}

export function createLoginService(dependencies: LoginDependencies) {
  const { auth, users, accessTokens, totpCodes, secrets, sessionMaxDays, now } = dependencies

  return {
    /**
     * Two database calls, because the hash is compared in between. Unknown user, inactive user, wrong
     * password and wrong code have the same response; all but the last take the same time. Only a
     * client with the right password learns that a code is required.
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
      const access = await grantAccess(accessTokens, {
        userId,
        sessionId,
        tokenVersion,
        role: user.role,
      })
      return { ...access, refreshToken, refreshExpiresAt: expiresAt, user }
    },

    /**
     * A repeat within ten seconds returns the same successor, unless that was used already.
     * @throws AppError `invalid_refresh_token`; reuse of an older token revokes its session
     */
    async refresh(token: string): Promise<SessionGrant> {
      const following = await successors(secrets, token)
      const { outcome, nextHash, expiresAt, ...caller } = await auth.rotate(
        await hashRefreshToken(token),
        following.map(({ hash }) => hash),
        refreshTokenExpiry(now()),
        sessionMaxDays,
      )
      const granted = outcome === 'rotated' || outcome === 'repeated'
      const next = following.find(({ hash }) => hash === nextHash)
      if (!granted || !next || expiresAt === null) throw new AppError('invalid_refresh_token')
      const access = await grantAccess(accessTokens, caller)
      return { ...access, refreshToken: next.token, refreshExpiresAt: new Date(expiresAt) }
    },

    logout: (caller: SessionCaller): Promise<void> => auth.revokeSession(caller),

    async me(caller: Caller): Promise<Account> {
      const account = await users.account(caller)
      if (!account) throw new AppError('session_revoked')
      return account
    },
  }
}
