import { accessResponse } from '../accounts/login/login.schema.ts'
import type { AccessGrant } from '../accounts/login/login.service.ts'
import { recoveryCodesResponse, totpSecretResponse } from '../accounts/totp/totp.schema.ts'
import type { RecoveryCodes, ShownSecret } from '../accounts/totp/totp.service.ts'
import { apiKeyFromJson } from '../accounts/api-keys/api-key.codec.ts'
import { apiKeyResponse } from '../accounts/api-keys/api-keys.schema.ts'
import { AppError } from '../lib/errors.ts'
import type { EncryptedEntity } from '../db/write-batch.ts'
import type { StoredResponse } from '../operations/idempotency/idempotency.repository.ts'
import { importFromJson } from '../transactions/import/import-from-row.ts'
import { importResponse } from '../transactions/import/imports.schema.ts'
import { bulkResultsFromJson } from '../transactions/bulk/bulk-results.ts'
import { bulkResponse } from '../transactions/bulk/bulk.schema.ts'
import { transactionFromJson } from '../transactions/transaction-from-row.ts'
import { transactionResponse } from '../transactions/transactions.schema.ts'
import { userFromJson } from '../accounts/users/user.codec.ts'
import { userResponse } from '../accounts/users/users.schema.ts'
import type { AppContext } from './context.ts'
import { etagOf } from './etag.ts'

const entities = {
  transaction: (row: Record<string, unknown>) => {
    const transaction = transactionFromJson(row)
    return { ...transaction, body: transactionResponse(transaction), path: '/v1/transactions' }
  },
  /** Without the key: it was shown once. */
  api_key: (row: Record<string, unknown>) => {
    const apiKey = apiKeyFromJson(row)
    const version = undefined
    return { ...apiKey, version, body: apiKeyResponse(apiKey), path: '/v1/api-keys' }
  },
  user: (row: Record<string, unknown>) => {
    const user = userFromJson(row)
    return { ...user, body: userResponse(user), path: '/v1/users' }
  },
  import: (row: Record<string, unknown>) => {
    const found = importFromJson(row)
    // It has no version: nothing is written under a precondition.
    return { id: found.id, version: undefined, body: importResponse(found), path: '/v1/imports' }
  },
}

const encryptedEntities = {
  access_grant: (response: unknown) => accessResponse(response as AccessGrant),
  totp_secret: (response: unknown) => totpSecretResponse(response as ShownSecret),
  recovery_codes: (response: unknown) => recoveryCodesResponse(response as RecoveryCodes),
} satisfies Record<EncryptedEntity, (response: unknown) => object>

const isEncrypted = (entity: StoredResponse['entity']): entity is EncryptedEntity =>
  entity in encryptedEntities

async function decryptedResponse(
  c: AppContext,
  entity: EncryptedEntity,
  row: StoredResponse['row'],
) {
  const { userId } = c.get('caller')
  const response = await c.get('services').responses.decrypt(userId, String(row?.['sealed']))
  // The fingerprint is made with the same secret, so this is a row that somebody altered.
  if (response === undefined) throw new AppError('idempotency_key_reused')
  return c.json(encryptedEntities[entity](response), 200)
}

async function toResponse(
  c: AppContext,
  { outcome, entity, row }: StoredResponse,
): Promise<Response> {
  if (isEncrypted(entity)) return decryptedResponse(c, entity, row)
  if (entity === 'bulk') return c.json(bulkResponse(bulkResultsFromJson(row)), 200)
  if (outcome === 'done' || entity === 'none') return c.body(null, 204)
  // The write found nothing that it could change, and that was the answer.
  if (row === null) throw new AppError('not_found')
  const { id, version, body, path } = entities[entity](row)
  if (version !== undefined) c.header('ETag', etagOf({ version }))
  if (outcome === 'created') c.header('Location', `${path}/${id}`)
  return c.json(body, outcome === 'created' ? 201 : 200)
}

/** Answers a write that was done before under the same idempotency key, in the same words. */
export async function replay(c: AppContext): Promise<Response> {
  const key = c.get('request').idempotency?.key ?? ''
  const stored = await c.get('services').idempotency.read(c.get('caller'), key)
  if (!stored) throw new AppError('idempotency_in_progress', { retryAfter: 1 })
  c.header('Idempotency-Replayed', 'true')
  return toResponse(c, stored)
}
