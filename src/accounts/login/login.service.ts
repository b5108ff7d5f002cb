import { v7 as uuidv7 } from 'uuid'
import type { Account, User, UsersRepository } from '../users/users.repository.ts'
import type { Caller, SessionCaller } from '../../db/client.ts'
import { AppError } from '../../lib/errors.ts'
import { ACCESS_TOKEN_SECONDS, type AccessTokens } from '../../access/access-tokens.ts'
import type { LoginRepository, Client } from './login.repository.ts'
import type { Secrets } from '../../lib/crypto/derived-keys.ts'
import { hashPassword, needsRehash, passwordMatches } from '../passwords.ts'
import {
  DEVICE_DAYS,
  issueLoginPass,
  readLoginPass,
  type LoginPassKind,
} from '../../access/login-passes.ts'
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
  device_token?: string | undefined
  unlock_token?: string | undefined
}

/** What a login can be counted for instead of its network. */
export interface LoginPasses {
  device: string | undefined
  unlock: string | undefined
}

export interface LoginGrant extends SessionGrant {
  user: User
  deviceToken: string
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
    /** Tokens that are not valid for this account are ignored. */
    async readPasses({ email, device_token, unlock_token }: LoginAttempt): Promise<LoginPasses> {
      const read = (kind: LoginPassKind, token: string | undefined) =>
        readLoginPass(secrets, email, kind, token, now())
      return {
        device: await read('device', device_token),
        unlock: await read('unlock', unlock_token),
      }
    },

    /**
     * Two database calls, because the hash is compared in between. Unknown user, inactive user, wrong
     * password and wrong code have the same response; all but the last take the same time. Only a
     * client with the right password learns that a code is required. `withoutDevice` counts an attempt
     * of a device that was revoked, before the password is compared.
     * @throws AppError `invalid_credentials` or `totp_required`
     */
    async login(
      attempt: LoginAttempt,
      client: Client,
      { device }: LoginPasses,
      withoutDevice: () => Promise<void>,
    ): Promise<LoginGrant> {
      const { email, password, code } = attempt
      const [credentials, isKnownDevice] = await auth.credentials(email, device)
      if (device !== undefined && !isKnownDevice) await withoutDevice()
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
      const deviceId = device !== undefined && isKnownDevice ? device : uuidv7()
      const deviceExpiresAt = new Date(now().getTime() + DEVICE_DAYS * 86_400_000)
      const started = await auth.startSession({
        userId,
        comparedHash: passwordHash,
        newHash: needsRehash(passwordHash) ? await hashPassword(password) : null,
        sessionId,
        tokenHash: await hashRefreshToken(refreshToken),
        expiresAt,
        client,
        verifiedCode,
        device: { id: deviceId, expiresAt: deviceExpiresAt },
      })
      if (!started) throw new AppError('invalid_credentials')
      const { tokenVersion, user } = started
      const access = await grantAccess(accessTokens, {
        userId,
        sessionId,
        tokenVersion,
        role: user.role,
      })
      const deviceToken = await issueLoginPass(secrets, user.email, {
        kind: 'device',
        id: deviceId,
        expiresAt: deviceExpiresAt,
      })
      return { ...access, refreshToken, refreshExpiresAt: expiresAt, user, deviceToken }
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
