import { accessResponse } from '../accounts/login/login.schema.ts'
import type { AccessGrant } from '../accounts/login/login.service.ts'
import { recoveryCodesResponse, totpSecretResponse } from '../accounts/totp/totp.schema.ts'
import type { RecoveryCodes, ShownSecret } from '../accounts/totp/totp.service.ts'
import { apiKeyFromRow } from '../accounts/api-keys/api-key-from-row.ts'
import { apiKeyResponse } from '../accounts/api-keys/api-keys.schema.ts'
import { AppError } from '../lib/errors.ts'
import type { SealedEntity } from '../db/write-batch.ts'
import type { KeptResult } from '../operations/idempotency/idempotency.repository.ts'
import { importFromRow } from '../transactions/import/import-from-row.ts'
import { importResponse } from '../transactions/import/imports.schema.ts'
import { bulkResultsFromRow } from '../transactions/bulk/bulk-results.ts'
import { bulkResponse } from '../transactions/bulk/bulk.schema.ts'
import { transactionFromRow } from '../transactions/transaction-from-row.ts'
import { transactionResponse } from '../transactions/transactions.schema.ts'
import { userFromRow } from '../accounts/users/user-from-row.ts'
import { userResponse } from '../accounts/users/users.schema.ts'
import type { AppContext } from './context.ts'
import { etagOf } from './etag.ts'

const entities = {
  transaction: (row: Record<string, unknown>) => {
    const transaction = transactionFromRow(row)
    return { ...transaction, body: transactionResponse(transaction), path: '/v1/transactions' }
  },
  /** Without the key: it was shown once. */
  api_key: (row: Record<string, unknown>) => {
    const apiKey = apiKeyFromRow(row)
    const version = undefined
    return { ...apiKey, version, body: apiKeyResponse(apiKey), path: '/v1/api-keys' }
  },
  user: (row: Record<string, unknown>) => {
    const user = userFromRow(row)
    return { ...user, body: userResponse(user), path: '/v1/users' }
  },
  import: (row: Record<string, unknown>) => {
    const found = importFromRow(row)
    // It has no version: nothing is written under a precondition.
    return { id: found.id, version: undefined, body: importResponse(found), path: '/v1/imports' }
  },
}

const sealedEntities = {
  access_grant: (answer: unknown) => accessResponse(answer as AccessGrant),
  totp_secret: (answer: unknown) => totpSecretResponse(answer as ShownSecret),
  recovery_codes: (answer: unknown) => recoveryCodesResponse(answer as RecoveryCodes),
} satisfies Record<SealedEntity, (answer: unknown) => object>

const isSealed = (entity: KeptResult['entity']): entity is SealedEntity => entity in sealedEntities

async function unsealed(c: AppContext, entity: SealedEntity, row: KeptResult['row']) {
  const { userId } = c.get('caller')
  const answer = await c.get('services').answers.open(userId, String(row?.['sealed']))
  // The fingerprint is made with the same secret, so this is a row that somebody altered.
  if (answer === undefined) throw new AppError('idempotency_key_reused')
  return c.json(sealedEntities[entity](answer), 200)
}

async function answerOf(c: AppContext, { outcome, entity, row }: KeptResult): Promise<Response> {
  if (isSealed(entity)) return unsealed(c, entity, row)
  if (entity === 'bulk') return c.json(bulkResponse(bulkResultsFromRow(row)), 200)
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
  const kept = await c.get('services').idempotency.read(c.get('caller'), key)
  if (!kept) throw new AppError('idempotency_in_progress', { retryAfter: 1 })
  c.header('Idempotency-Replayed', 'true')
  return answerOf(c, kept)
}
