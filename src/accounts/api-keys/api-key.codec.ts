import type { ApiKey } from './api-keys.repository.ts'

const instant = (value: unknown) => (typeof value === 'string' ? new Date(value) : null)

/** A key from a row in the form of the table, as it is kept for a replay. */
export function apiKeyFromJson(row: Record<string, unknown>): ApiKey {
  return {
    id: row['id'] as string,
    userId: row['user_id'] as string,
    name: row['name'] as string,
    prefix: row['prefix'] as string,
    role: row['role'] as ApiKey['role'],
    access: row['access'] as ApiKey['access'],
    createdAt: new Date(row['created_at'] as string),
    expiresAt: instant(row['expires_at']),
    lastUsedAt: instant(row['last_used_at']),
    revokedAt: instant(row['revoked_at']),
  }
}
