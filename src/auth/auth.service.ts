import { v7 as uuidv7 } from 'uuid'
import type { User, UsersRepository } from '../users/users.repository.ts'
import type { Caller } from '../database/client.ts'
import type { Role } from '../database/enums.ts'
import { AppError, invalidField } from '../errors.ts'
import { ACCESS_TOKEN_SECONDS, type AccessTokens } from './access-tokens.ts'
import type { AuthRepository } from './auth.repository.ts'
import {
  checkNewPassword,
  hashPassword,
  needsRehash,
  passwordFaultMessages,
  passwordMatches,
} from './passwords.ts'
import { hashRefreshToken, newRefreshToken, refreshTokenExpiry } from './refresh-tokens.ts'

export interface AccessGrant {
  accessToken: string
  expiresIn: number
}

export interface SessionGrant extends AccessGrant {
  refreshToken: string
  refreshExpiresAt: Date
}

export type AuthService = ReturnType<typeof createAuthService>

export interface AuthDependencies {
  auth: AuthRepository
  users: UsersRepository
  accessTokens: AccessTokens
  now: () => Date
}

export function createAuthService({ auth, users, accessTokens, now }: AuthDependencies) {
  const grantAccess = async (caller: Caller, role: Role): Promise<AccessGrant> => ({
    accessToken: await accessTokens.issue({ ...caller, role }),
    expiresIn: ACCESS_TOKEN_SECONDS,
  })

  return {
    /**
     * Two calls of the database, because the hash is compared in between. Unknown, inactive and
     * wrong password are one answer and take one time.
     * @throws AppError `invalid_credentials`
     */
    async login(email: string, password: string): Promise<SessionGrant & { user: User }> {
      const credentials = await auth.credentials(email)
      const matches = await passwordMatches(password, credentials?.passwordHash)
      if (!credentials?.active || !matches) throw new AppError('invalid_credentials')
      const { userId, passwordHash } = credentials
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
      })
      if (!started) throw new AppError('invalid_credentials')
      const { sessionEpoch, user } = started
      const access = await grantAccess({ userId, sessionId, sessionEpoch }, user.role)
      return { ...access, refreshToken, refreshExpiresAt: expiresAt, user }
    },

    /** @throws AppError `invalid_refresh_token`; where the token was used before, its session ends */
    async refresh(token: string): Promise<SessionGrant> {
      const refreshToken = newRefreshToken()
      const expiresAt = refreshTokenExpiry(now())
      const { outcome, role, ...caller } = await auth.rotate(
        await hashRefreshToken(token),
        await hashRefreshToken(refreshToken),
        expiresAt,
      )
      if (outcome !== 'rotated') throw new AppError('invalid_refresh_token')
      return { ...(await grantAccess(caller, role)), refreshToken, refreshExpiresAt: expiresAt }
    },

    logout: (caller: Caller): Promise<void> => auth.endSession(caller),

    async me(caller: Caller): Promise<User> {
      const user = await users.profile(caller)
      if (!user) throw new AppError('session_ended')
      return user
    },

    /**
     * Ends every other session of the caller and gives this one a token of the new epoch.
     * Two calls of the database, because the hash is compared in between.
     */
    async changePassword(
      caller: Caller & { role: Role },
      current: string,
      next: string,
    ): Promise<AccessGrant> {
      const fault = checkNewPassword(next)
      if (fault) throw invalidField('body.new_password', passwordFaultMessages[fault])
      const hash = await auth.ownPasswordHash(caller)
      if (!(await passwordMatches(current, hash))) {
        throw invalidField('body.current_password', 'This is not the current password.')
      }
      if (current === next) {
        throw invalidField('body.new_password', 'This is the current password.')
      }
      const epoch = await auth.changeOwnPassword(caller, hash, await hashPassword(next))
      if (epoch === null) throw new AppError('conflict')
      return grantAccess({ ...caller, sessionEpoch: epoch }, caller.role)
    },
  }
}
