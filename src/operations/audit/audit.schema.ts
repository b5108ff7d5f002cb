import { z } from '@hono/zod-openapi'
import { exampleOf, filterShape, outputShape, responseOf } from '../../db/record.ts'
import {
  auditEntryFields,
  EXAMPLE_HASH,
  EXAMPLE_OWNER,
  owner,
  sequence,
} from './audit-entry.fields.ts'
import { id } from '../../lib/schemas.ts'
import { pageFields, pageParameters } from '../../http/pagination.schema.ts'
import type { AuditEntry, Verification } from './audit.repository.ts'
import { stateResponse } from './entry-states.ts'

export const auditEntrySchema = z
  .object(outputShape(auditEntryFields))
  .openapi('AuditEntry', { example: exampleOf(auditEntryFields) })

export const auditListSchema = z
  .object({ data: z.array(auditEntrySchema), ...pageFields })
  .openapi('AuditList')

const moment = z.iso
  .datetime({ offset: true, abort: true })
  .refine((text) => /^(19|20|21)\d\d-/.test(text), 'Year must be from 1900 to 2199.')
  .optional()

export const auditQuerySchema = z.strictObject({
  ...filterShape(auditEntryFields),
  from: moment.openapi({ description: 'Not before.', example: '2026-03-01T00:00:00Z' }),
  to: moment.openapi({ description: 'Not after.', example: '2026-04-01T00:00:00Z' }),
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
      example: EXAMPLE_HASH,
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
          book_id: owner,
          seq: sequence,
          fault: z.enum(['altered', 'removed', 'reordered', 'unlinked', 'head differs']),
        }),
      )
      .openapi({ description: 'The first hundred.' }),
    heads: z
      .array(z.object({ book_id: owner, seq: sequence, hash: auditEntryFields.hash.output }))
      .openapi({ description: 'To be kept elsewhere; the first thousand, by `book_id`.' }),
  })
  .openapi('AuditVerification', {
    example: {
      intact: false,
      entries: 4711,
      books: 3,
      expected_hash_found: null,
      fault_count: 1,
      faults: [{ book_id: EXAMPLE_OWNER, seq: 17, fault: 'altered' }],
      heads: [{ book_id: EXAMPLE_OWNER, seq: 212, hash: EXAMPLE_HASH }],
    },
  })

export const auditEntryResponse = (entry: AuditEntry) => ({
  ...responseOf(auditEntryFields, entry),
  id: Number(entry.id),
  seq: Number(entry.seq),
  before: stateResponse(entry.entity, entry.before),
  after: stateResponse(entry.entity, entry.after),
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
  heads: found.heads.map(({ book_id, seq: at, hash: head }) => ({
    book_id,
    seq: Number(at),
    hash: head,
  })),
})
