import { z } from '@hono/zod-openapi'
import { exampleOf, filterShape, outputShape, responseOf } from '../../db/record.ts'
import { auditEntryFields, EXAMPLE_HASH, owner, sequence } from './audit-entry.fields.ts'
import { EXAMPLE_USER_ID } from '../../lib/examples.ts'
import { id, instantParameter, integerParameter } from '../../lib/schemas.ts'
import { pageFields, pageParameters } from '../../http/pagination.schema.ts'
import type { AuditEntry, AuditViolation, ExportedHead, Verification } from './audit.repository.ts'
import { stateResponse } from './entry-states.ts'

export const auditEntrySchema = z
  .object(outputShape(auditEntryFields))
  .openapi('AuditEntry', { example: exampleOf(auditEntryFields) })

export const auditListSchema = z
  .object({ data: z.array(auditEntrySchema), ...pageFields })
  .openapi('AuditList')

export const auditQuerySchema = z.strictObject({
  ...filterShape(auditEntryFields),
  from: instantParameter.optional().openapi({ description: 'Not before.' }),
  to: instantParameter.optional().openapi({ description: 'Not after.' }),
  ...pageParameters,
})

export const historyQuerySchema = z.strictObject(pageParameters)

const sha256 = z
  .string()
  .regex(/^[0-9a-f]{64}$/, 'Must be a SHA-256 hash of 64 hexadecimal digits.')

export const verifyQuerySchema = z.strictObject({
  owner_id: id.optional().openapi({ description: 'Only the chain of this user.' }),
  expected_hash: sha256.optional().openapi({
    description: 'A head of that user that was stored elsewhere: the chain must still contain it.',
  }),
  cursor: pageParameters.cursor.openapi({
    description: '`next_cursor` of the previous response, with the same `owner_id`.',
  }),
})

const headSchema = z.object({ owner_id: owner, sequence, hash: auditEntryFields.hash.output })

/** Heads per page, and per comparison. */
const MAX_HEADS = 1000

export const headsQuerySchema = z.strictObject({
  ...pageParameters,
  limit: integerParameter(1, MAX_HEADS).default(MAX_HEADS).openapi({
    description: 'Maximum number of rows per page.',
    default: MAX_HEADS,
  }),
})

export const headListSchema = z
  .object({ data: z.array(headSchema), ...pageFields })
  .openapi('AuditHeadList', {
    example: {
      data: [{ owner_id: EXAMPLE_USER_ID, sequence: 212, hash: EXAMPLE_HASH }],
      limit: MAX_HEADS,
      has_more: false,
      next_cursor: null,
    },
  })

export const comparisonRequestSchema = z
  .strictObject({
    heads: z
      .array(
        z.strictObject({
          owner_id: id,
          sequence: z.int().min(1),
          hash: sha256,
        }),
      )
      .min(1)
      .max(MAX_HEADS)
      .openapi({ description: 'The `data` of a page of heads that was stored elsewhere.' }),
  })
  .openapi('AuditHeadComparisonRequest', {
    example: { heads: [{ owner_id: EXAMPLE_USER_ID, sequence: 212, hash: EXAMPLE_HASH }] },
  })

const violationSchema = z.object({
  owner_id: owner,
  sequence,
  violation: z.enum(['altered', 'removed', 'reordered', 'unlinked', 'head_mismatch']),
})

export const comparisonSchema = z
  .object({
    intact: z.boolean().openapi({ description: 'Whether the chains contain all of these heads.' }),
    heads: z.int().openapi({ description: 'Heads that were compared.' }),
    violations: z.array(violationSchema).openapi({
      description:
        '`removed`: the chain is gone, or ends before this head. `altered`: its entry has another hash.',
    }),
  })
  .openapi('AuditHeadComparison', {
    example: {
      intact: false,
      heads: 3,
      violations: [{ owner_id: EXAMPLE_USER_ID, sequence: 212, violation: 'removed' }],
    },
  })

export const verificationSchema = z
  .object({
    intact: z.boolean().openapi({
      description:
        'This request found no violation, and the expected hash, if any, is in the chain.',
    }),
    entries: z.int().openapi({ description: 'Entries that this request verified.' }),
    owners: z.int().openapi({ description: 'Chains in total.' }),
    expected_hash_found: z
      .boolean()
      .nullable()
      .openapi({ description: 'Null: none was expected.' }),
    violation_count: z.int(),
    violations: z.array(violationSchema).openapi({ description: 'The first hundred.' }),
    heads: z
      .array(headSchema)
      .openapi({ description: 'Store them elsewhere; the first thousand, by `owner_id`.' }),
    next_cursor: z.string().nullable().openapi({
      description: 'Continues with the entries that were not verified yet; null if all were.',
    }),
  })
  .openapi('AuditVerification', {
    example: {
      intact: false,
      entries: 4711,
      owners: 3,
      expected_hash_found: null,
      violation_count: 1,
      violations: [{ owner_id: EXAMPLE_USER_ID, sequence: 17, violation: 'altered' }],
      heads: [{ owner_id: EXAMPLE_USER_ID, sequence: 212, hash: EXAMPLE_HASH }],
      next_cursor: null,
    },
  })

export const auditEntryResponse = (entry: AuditEntry) => ({
  ...responseOf(auditEntryFields, entry),
  id: Number(entry.id),
  sequence: Number(entry.sequence),
  before: stateResponse(entry.entity, entry.before),
  after: stateResponse(entry.entity, entry.after),
})

export const headResponse = ({ id: owner_id, sequence: last, hash }: ExportedHead) => ({
  owner_id,
  sequence: Number(last),
  hash,
})

const violationResponse = (each: AuditViolation) => ({
  owner_id: each.ownerId,
  sequence: Number(each.sequence),
  violation: each.violation,
})

export const comparisonResponse = (heads: number, found: AuditViolation[]) => ({
  intact: found.length === 0,
  heads,
  violations: found.map(violationResponse),
})

export const verificationResponse = (found: Verification & { nextCursor: string | null }) => ({
  intact: found.violationCount === 0 && found.expectedFound !== false,
  entries: found.entries,
  owners: found.owners,
  expected_hash_found: found.expectedFound,
  violation_count: found.violationCount,
  violations: found.violations.map(violationResponse),
  heads: found.heads.map((head) => ({ ...head, sequence: Number(head.sequence) })),
  next_cursor: found.nextCursor,
})
