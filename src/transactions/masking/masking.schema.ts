import { z } from '@hono/zod-openapi'
import { pick } from '../../db/record.ts'
import { dryRunOf } from '../../http/dry-run.schema.ts'
import { EXAMPLE_ADMIN_ID } from '../../lib/examples.ts'
import { instant } from '../../lib/schemas.ts'
import { MASKABLE_FIELDS, type MaskableField } from '../masked-fields.ts'
import { transactionFields } from '../transaction.fields.ts'
import type { Masking } from './masking.repository.ts'

const maskedRoles = ['viewer', 'analyst'] as const

export const roleParams = z.object({
  role: z
    .enum(maskedRoles, 'Must be `viewer` or `analyst`. Admins see every field.')
    .openapi({ description: 'The role.', example: 'viewer' }),
})

const modes = {
  hide: z.literal('hide', 'Must be `hide`: only text can be shortened.'),
  partial: z.enum(['hide', 'partial']),
}

const fieldShape = Object.fromEntries(
  MASKABLE_FIELDS.map((name) => [name, modes[transactionFields[name].mask].optional()]),
) as Record<MaskableField, z.ZodOptional<typeof modes.partial>>

const fields = z.strictObject(fieldShape).openapi('MaskedFields', {
  description:
    '`hide` replaces a field by null, `partial` a text by its first letter and `…`. Fields that are ' +
    'not listed are shown.',
  example: { notes: 'hide', payee: 'partial' },
})

export const maskingRequestSchema = z
  .strictObject({ fields })
  .openapi('MaskingRequest', { example: { fields: { notes: 'hide', payee: 'partial' } } })

const example = {
  role: 'viewer',
  fields: { notes: 'hide', payee: 'partial' },
  version: 2,
  updated_at: '2026-03-14T09:26:53.589Z',
  updated_by: EXAMPLE_ADMIN_ID,
}

const maskingSchema = z
  .object({
    role: z.enum(maskedRoles),
    fields,
    version: z
      .int()
      .openapi({ description: 'Increases with every change; `If-Match` of a change.' }),
    updated_at: instant.nullable().openapi({ description: 'Null if nothing was ever masked.' }),
    updated_by: z
      .uuid()
      .nullable()
      .openapi({ description: 'Null if it was changed outside of the API, or never.' }),
  })
  .openapi('Masking', { example })

export const changedMaskingSchema = z.union([
  maskingSchema,
  dryRunOf('MaskingDryRun', maskingSchema),
])

export const maskingListSchema = z.object({ data: z.array(maskingSchema) }).openapi('MaskingList')

type MaskedRole = (typeof maskedRoles)[number]

export const maskingResponse = (row: Masking) => ({
  // The view has no admins.
  role: row.role as MaskedRole,
  fields: pick(
    row.fields,
    MASKABLE_FIELDS.filter((name) => row.fields[name] !== undefined),
  ),
  version: row.version,
  updated_at: row.updated_at?.toISOString() ?? null,
  updated_by: row.updated_by,
})
