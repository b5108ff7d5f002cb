import { v7 as uuidv7 } from 'uuid'
import { issueLoginPass, UNLOCK_MINUTES } from '../../access/login-passes.ts'
import type { Caller } from '../../db/client.ts'
import type { Secrets } from '../../lib/crypto/derived-keys.ts'
import type { LoginUnlockRepository } from './login-unlock.repository.ts'

export interface LoginUnlock {
  token: string
  expiresAt: Date
}

export type LoginUnlockService = ReturnType<typeof createLoginUnlockService>

/** Lets a user log in once while strangers use up the limit of the account. */
export function createLoginUnlockService(
  unlocks: LoginUnlockRepository,
  secrets: Secrets,
  now: () => Date,
) {
  return {
    /** @throws AppError `step_up_required` or `not_found` */
    async create(caller: Caller, userId: string): Promise<LoginUnlock> {
      const email = await unlocks.note(caller, userId)
      const expiresAt = new Date(now().getTime() + UNLOCK_MINUTES * 60_000)
      const pass = { kind: 'unlock' as const, id: uuidv7(), expiresAt }
      return { token: await issueLoginPass(secrets, email, pass), expiresAt }
    },
  }
}
