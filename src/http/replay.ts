import type { Caller } from '../db/client.ts'
import type { StoredResponse } from '../db/write-batch.ts'
import { AppError } from '../lib/errors.ts'
import type { AppContext } from './context.ts'
import { etagOf } from './etag.ts'

/** What a stored row says again: the body, and for a record its path, id and version. */
export interface Replayed {
  body: object
  path?: string
  id?: string
  version?: number
}

/** How each entity is turned back into a response; every feature hands over its own. */
export interface Replays {
  rows: Readonly<Record<string, (row: Record<string, unknown>) => Replayed>>
  /** Responses that hold a secret are stored whole and encrypted. */
  encrypted: Readonly<Record<string, (response: unknown) => object>>
}

/** What a replay needs of the services. */
export interface ReplayServices {
  idempotency: { read(caller: Caller, key: string): Promise<StoredResponse | undefined> }
  responses: { decrypt(userId: string, encrypted: string): Promise<unknown> }
  replays: Replays
}

async function decryptedResponse(
  c: AppContext,
  format: (response: unknown) => object,
  stored: StoredResponse['response'],
) {
  const { userId } = c.get('caller')
  const response = await c.get('services').responses.decrypt(userId, String(stored?.['encrypted']))
  // The fingerprint is made with the same secret, so the row has been tampered with.
  if (response === undefined) throw new AppError('idempotency_key_reused')
  return c.json(format(response), 200)
}

async function toResponse(
  c: AppContext,
  { outcome, entity, response }: StoredResponse,
): Promise<Response> {
  const { rows, encrypted } = c.get('services').replays
  if (encrypted[entity]) return decryptedResponse(c, encrypted[entity], response)
  if (outcome === 'done' || entity === 'none') return c.body(null, 204)
  if (response === null || !rows[entity]) throw new Error(`no replay of "${entity}"`)
  const { id, version, body, path } = rows[entity](response)
  if (version !== undefined) c.header('ETag', etagOf({ version }))
  const created = outcome === 'created'
  if (created) c.header('Location', `${path}/${id}`)
  return c.json(body, created ? 201 : 200)
}

/** Repeats the response of a write that was done before under the same idempotency key. */
export async function replay(c: AppContext): Promise<Response> {
  const key = c.get('request').idempotency?.key ?? ''
  const stored = await c.get('services').idempotency.read(c.get('caller'), key)
  if (!stored) throw new AppError('idempotency_in_progress', { retryAfter: 1 })
  const response = await toResponse(c, stored)
  response.headers.set('Idempotency-Replayed', 'true')
  return response
}
