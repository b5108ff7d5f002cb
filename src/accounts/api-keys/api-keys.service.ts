import { v7 as uuidv7 } from 'uuid'
import type { Secrets } from '../../lib/crypto/derived-keys.ts'
import { can } from '../../access/permissions.ts'
import { resolveOwner } from '../../access/scope.ts'
import type { Caller, KeyCaller } from '../../db/client.ts'
import { userRole, type ApiKeyAccess, type Role } from '../../db/enums.ts'
import { AppError, invalidField } from '../../lib/errors.ts'
import type { Cursors } from '../../lib/pagination/cursor.ts'
import { readPage, type Page, type PageRequest } from '../../lib/pagination/pages.ts'
import type { ApiKey, ApiKeysRepository } from './api-keys.repository.ts'
import { hashApiKey, newApiKey, prefixOf, readApiKey } from '../../access/api-key-format.ts'

export interface ApiKeyInput {
  name: string
  role?: Role | undefined
  access: ApiKeyAccess
  expiresAt?: Date | undefined
}

export type ApiKeysService = ReturnType<typeof createApiKeysService>

const DEFAULT_LIFE_MS = 365 * 24 * 60 * 60 * 1000

const rank = (role: Role) => userRole.enumValues.indexOf(role)

export interface ApiKeysDependencies {
  apiKeys: ApiKeysRepository
  cursors: Cursors
  secrets: Secrets
  now: () => Date
}

/** Keys for machines. Only a hash is stored; the key itself is returned once. */
export function createApiKeysService({ apiKeys, cursors, secrets, now }: ApiKeysDependencies) {
  return {
    /**
     * Who a key says it is. Whether it was revoked, the database checks with the first query.
     * @throws AppError `unauthenticated`
     */
    async verify(key: string): Promise<KeyCaller> {
      const subject = await readApiKey(secrets, key)
      if (!subject) {
        throw new AppError('unauthenticated', { detail: 'Invalid API key.' })
      }
      const { id, userId, role, access } = subject
      return { userId, role, apiKey: { id, access, hash: await hashApiKey(key) } }
    },

    /** Returns the key, which cannot be read again. */
    async create(caller: Caller, input: ApiKeyInput): Promise<{ apiKey: ApiKey; key: string }> {
      const { name, access, role = caller.role, expiresAt } = input
      if (rank(role) > rank(caller.role)) {
        throw invalidField('role', `Must not exceed your own role, ${caller.role}.`)
      }
      if (expiresAt !== undefined && expiresAt <= now()) {
        throw invalidField('expires_at', 'Must be in the future.')
      }
      const id = uuidv7()
      const key = await newApiKey(secrets, { id, userId: caller.userId, role, access })
      const apiKey = await apiKeys.create(caller, {
        id,
        name,
        role,
        access,
        expires_at: expiresAt ?? new Date(now().getTime() + DEFAULT_LIFE_MS),
        prefix: prefixOf(key),
        hash: await hashApiKey(key),
      })
      return { apiKey, key }
    },

    async list(
      caller: Caller,
      userId: string | undefined,
      request: PageRequest,
    ): Promise<Page<ApiKey>> {
      const owner = resolveOwner(caller, userId)
      const list = ['api keys', caller.userId, owner]
      return readPage(cursors, list, request, apiKeys.list(caller, owner))
    },

    /** @throws AppError `not_found` where there is none in use, or none that the caller may revoke */
    async revoke(caller: Caller, id: string): Promise<void> {
      const revoked = can(caller.role, 'users:manage')
        ? await apiKeys.revokeAny(caller, id)
        : await apiKeys.revokeOwn(caller, id)
      if (revoked === 0) throw new AppError('not_found', { detail: 'No such active API key.' })
    },
  }
}
