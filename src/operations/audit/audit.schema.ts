import { z } from '@hono/zod-openapi'
import { id, instant, line } from '../../http/schemas.ts'
import { pageFields, pageParameters } from '../../http/pagination.schema.ts'
import type { AuditEntry, Verification } from './audit.repository.ts'
import { stateResponse } from './entry-states.ts'

const hash = z.string().openapi({
  description: 'SHA-256, hexadecimal; empty before the first entry.',
  example: '5f2a1c9e7b3d4f60a1b2c3d4e5f60718293a4b5c6d7e8f90112233445566778a',
})
const seq = z.int().openapi({ description: 'Position in the chain of the book, from 1.' })
const ownerId = z.uuid().openapi({ description: 'Whose book was changed.' })
const state = z.looseObject({}).nullable()

const exampleOwner = '0198c2a4-0000-7000-8000-000000000002'
const exampleHash = '5f2a1c9e7b3d4f60a1b2c3d4e5f60718293a4b5c6d7e8f90112233445566778a'

export const auditEntrySchema = z
  .object({
    id: z.int().openapi({ description: 'The order of writing over all books.' }),
    book_id: ownerId,
    seq,
    at: instant,
    actor_id: z.uuid().nullable().openapi({ description: 'Who did it; null for the system.' }),
    session_id: z.uuid().nullable(),
    api_key_id: z.uuid().nullable(),
    request_id: z.string().nullable().openapi({ description: 'As in `X-Request-Id`.' }),
    address: z.string().nullable().openapi({ description: 'Where the request came from.' }),
    action: z.string().openapi({ example: 'transaction.updated' }),
    entity: z.string().openapi({ example: 'transaction' }),
    entity_id: z.uuid(),
    before: state.openapi({ description: 'As the API answers it; null where there was nothing.' }),
    after: state.openapi({ description: 'As the API answers it; null where nothing is left.' }),
    previous_hash: hash,
    hash,
  })
  .openapi('AuditEntry', {
    example: {
      id: 4711,
      book_id: exampleOwner,
      seq: 17,
      at: '2026-03-14T09:26:53.589Z',
      actor_id: exampleOwner,
      session_id: '0198c2a4-0000-7000-8000-000000000003',
      api_key_id: null,
      request_id: '0198c2a4-5b1e-7d2a-9b60-3f4f5f0c8a11',
      address: '192.0.2.7',
      action: 'session.ended',
      entity: 'session',
      entity_id: '0198c2a4-0000-7000-8000-000000000003',
      before: { revoked_at: null },
      after: { revoked_at: '2026-03-14T09:26:53.580Z' },
      previous_hash: exampleHash,
      hash: exampleHash,
    },
  })

export const auditListSchema = z
  .object({ data: z.array(auditEntrySchema), ...pageFields })
  .openapi('AuditList')

const moment = z.iso
  .datetime({ offset: true, abort: true })
  .refine((text) => /^(19|20|21)\d\d-/.test(text), 'Year must be from 1900 to 2199.')
  .optional()

const word = z
  .string()
  .regex(/^[a-z_]{1,40}(\.[a-z_]{1,40})?$/, 'Must be lowercase words, such as transaction.updated.')
  .optional()

export const auditQuerySchema = z.strictObject({
  book_id: id.optional().openapi({ description: 'Only changes in the book of this user.' }),
  actor_id: id.optional().openapi({ description: 'Only what this user did.' }),
  entity: word.openapi({
    description: 'Only changes of `transaction`, `user`, `session`, …',
    example: 'transaction',
  }),
  entity_id: id.optional().openapi({ description: 'Only changes of this one.' }),
  action: word.openapi({ description: 'Only these.', example: 'transaction.updated' }),
  from: moment.openapi({ description: 'Not before.', example: '2026-03-01T00:00:00Z' }),
  to: moment.openapi({ description: 'Not after.', example: '2026-04-01T00:00:00Z' }),
  request_id: line(1, 255).optional().openapi({ description: 'Only what this request did.' }),
  ...pageParameters,
})

export const historyQuerySchema = z.strictObject(pageParameters)

export const verifyQuerySchema = z.strictObject({
  book_id: id.optional().openapi({ description: 'Only the chain of this book.' }),
  expected_hash: z
    .string()
    .regex(/^[0-9a-f]{64}$/, 'Must be a SHA-256 hash of 64 hexadecimal digits.')
    .optional()
    .openapi({
      description: 'A head of that book that was kept elsewhere: the chain must still contain it.',
      example: exampleHash,
    }),
})

export const verificationSchema = z
  .object({
    intact: z.boolean().openapi({
      description: 'No fault was found, and the expected hash, if any, is in the chain.',
    }),
    entries: z.int().openapi({ description: 'Entries that were looked at.' }),
    books: z.int().openapi({ description: 'Chains that were followed.' }),
    expected_hash_found: z
      .boolean()
      .nullable()
      .openapi({ description: 'Null: none was expected.' }),
    fault_count: z.int(),
    faults: z
      .array(
        z.object({
          book_id: ownerId,
          seq,
          fault: z.enum(['altered', 'removed', 'reordered', 'unlinked', 'head differs']),
        }),
      )
      .openapi({ description: 'The first hundred.' }),
    heads: z
      .array(z.object({ book_id: ownerId, seq, hash }))
      .openapi({ description: 'To be kept elsewhere; the first thousand, by `book_id`.' }),
  })
  .openapi('AuditVerification', {
    example: {
      intact: false,
      entries: 4711,
      books: 3,
      expected_hash_found: null,
      fault_count: 1,
      faults: [{ book_id: exampleOwner, seq: 17, fault: 'altered' }],
      heads: [{ book_id: exampleOwner, seq: 212, hash: exampleHash }],
    },
  })

export const auditEntryResponse = (entry: AuditEntry) => ({
  id: Number(entry.id),
  book_id: entry.ownerId,
  seq: Number(entry.seq),
  at: entry.at.toISOString(),
  actor_id: entry.actorId,
  session_id: entry.sessionId,
  api_key_id: entry.apiKeyId,
  request_id: entry.requestId,
  address: entry.address,
  action: entry.action,
  entity: entry.entity,
  entity_id: entry.entityId,
  before: stateResponse(entry.entity, entry.before),
  after: stateResponse(entry.entity, entry.after),
  previous_hash: entry.previousHash,
  hash: entry.hash,
})

export const verificationResponse = (found: Verification) => ({
  intact: found.violationCount === 0 && found.expectedFound !== false,
  entries: found.entries,
  books: found.books,
  expected_hash_found: found.expectedFound,
  fault_count: found.violationCount,
  faults: found.faults.map(({ ownerId: book_id, seq: at, fault }) => ({
    book_id,
    seq: Number(at),
    fault,
  })),
  heads: found.heads.map(({ ownerId: book_id, seq: at, hash: head }) => ({
    book_id,
    seq: Number(at),
    hash: head,
  })),
})
