import { z } from '@hono/zod-openapi'
import { exampleOf, filterShape, outputShape, responseOf } from '../../db/record.ts'
import { auditEntryFields, EXAMPLE_HASH, owner, sequence } from './audit-entry.fields.ts'
import { EXAMPLE_USER_ID } from '../../lib/examples.ts'
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
  from: moment.openapi({ description: 'Not before.' }),
  to: moment.openapi({ description: 'Not after.' }),
  ...pageParameters,
})

export const historyQuerySchema = z.strictObject(pageParameters)

export const verifyQuerySchema = z.strictObject({
  owner_id: id.optional().openapi({ description: 'Only the chain of this user.' }),
  expected_hash: z
    .string()
    .regex(/^[0-9a-f]{64}$/, 'Must be a SHA-256 hash of 64 hexadecimal digits.')
    .optional()
    .openapi({
      description:
        'A head of that user that was stored elsewhere: the chain must still contain it.',
    }),
})

export const verificationSchema = z
  .object({
    intact: z.boolean().openapi({
      description: 'No violation was found, and the expected hash, if any, is in the chain.',
    }),
    entries: z.int().openapi({ description: 'Entries that were verified.' }),
    owners: z.int().openapi({ description: 'Chains that were followed.' }),
    expected_hash_found: z
      .boolean()
      .nullable()
      .openapi({ description: 'Null: none was expected.' }),
    violation_count: z.int(),
    violations: z
      .array(
        z.object({
          owner_id: owner,
          sequence,
          violation: z.enum(['altered', 'removed', 'reordered', 'unlinked', 'head_mismatch']),
        }),
      )
      .openapi({ description: 'The first hundred.' }),
    heads: z
      .array(z.object({ owner_id: owner, sequence, hash: auditEntryFields.hash.output }))
      .openapi({ description: 'Store them elsewhere; the first thousand, by `owner_id`.' }),
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
    },
  })

export const auditEntryResponse = (entry: AuditEntry) => ({
  ...responseOf(auditEntryFields, entry),
  id: Number(entry.id),
  sequence: Number(entry.sequence),
  before: stateResponse(entry.entity, entry.before),
  after: stateResponse(entry.entity, entry.after),
})

export const verificationResponse = (found: Verification) => ({
  intact: found.violationCount === 0 && found.expectedFound !== false,
  entries: found.entries,
  owners: found.owners,
  expected_hash_found: found.expectedFound,
  violation_count: found.violationCount,
  violations: found.violations.map((each) => ({
    owner_id: each.ownerId,
    sequence: Number(each.sequence),
    violation: each.violation,
  })),
  heads: found.heads.map((head) => ({ ...head, sequence: Number(head.sequence) })),
})
