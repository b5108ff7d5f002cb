import { z } from '@hono/zod-openapi'
import { userRole } from '../../db/enums.ts'
import { booleanParameter, instant, line } from '../../http/schemas.ts'
import { pageFields, pageParameters } from '../../http/pagination.schema.ts'
import { emailSchema, nameSchema, newPasswordSchema } from './user-fields.ts'
import type { User } from './users.repository.ts'

const role = z.enum(userRole.enumValues).openapi({ example: 'analyst' })
const active = z.boolean().openapi({ description: 'Inactive users cannot log in.', example: true })

export const userSchema = z
  .object({
    id: z.uuid(),
    email: z.email(),
    name: z.string(),
    role,
    active,
    version: z.int(),
    created_at: instant,
    updated_at: instant,
  })
  .openapi('User', {
    example: {
      id: '0198c2a4-5b1e-7d2a-9b60-3f4f5f0c8a11',
      email: 'grace@example.com',
      name: 'Grace Hopper',
      role: 'analyst',
      active: true,
      version: 1,
      created_at: '2026-03-14T09:26:53.589Z',
      updated_at: '2026-03-14T09:26:53.589Z',
    },
  })

export const userListSchema = z
  .object({ data: z.array(userSchema), ...pageFields })
  .openapi('UserList')

export const newUserSchema = z
  .strictObject({
    email: emailSchema,
    name: nameSchema,
    role,
    active: active.default(true),
    password: newPasswordSchema,
  })
  .openapi('NewUser')

export const userPatchSchema = z
  .strictObject({ name: nameSchema.optional(), role: role.optional(), active: active.optional() })
  .refine((patch) => Object.keys(patch).length > 0, 'Must contain at least one field.')
  .openapi('UserPatch', { minProperties: 1, example: { role: 'analyst' } })

export const passwordResetSchema = z
  .strictObject({ password: newPasswordSchema })
  .openapi('PasswordReset')

export const userQuerySchema = z.strictObject({
  role: role.optional().openapi({ description: 'Users with this role.' }),
  active: booleanParameter.optional().openapi({ description: 'Active or inactive users only.' }),
  q: line(1, 200).optional().openapi({
    description: 'Text in the name or the email address, case-insensitive.',
    example: 'grace',
  }),
  ...pageParameters,
})

export const userResponse = (user: User) => ({
  id: user.id,
  email: user.email,
  name: user.name,
  role: user.role,
  active: user.active,
  version: user.version,
  created_at: user.createdAt.toISOString(),
  updated_at: user.updatedAt.toISOString(),
})
