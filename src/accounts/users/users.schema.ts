import { z } from '@hono/zod-openapi'
import {
  createShape,
  exampleOf,
  filterShape,
  outputShape,
  patchShape,
  responseOf,
} from '../../db/record.ts'
import { line } from '../../lib/schemas.ts'
import { dryRunOf } from '../../http/dry-run.schema.ts'
import { pageFields, pageParameters } from '../../http/pagination.schema.ts'
import { newPasswordSchema } from '../credentials.schema.ts'
import { userFields } from './user.fields.ts'
import type { User } from './users.repository.ts'

export const userSchema = z
  .object(outputShape(userFields))
  .openapi('User', { example: exampleOf(userFields) })

export const userDryRunSchema = dryRunOf('UserDryRun', userSchema)

export const changedUserSchema = z.union([userSchema, userDryRunSchema])

export const userListSchema = z
  .object({ data: z.array(userSchema), ...pageFields })
  .openapi('UserList')

export const newUserSchema = z
  .strictObject({
    ...createShape(userFields),
    active: userFields.active.input.default(true).openapi('NewUserActive'),
    password: newPasswordSchema,
  })
  .openapi('NewUser', {
    example: {
      email: 'grace@example.com',
      name: 'Grace Hopper',
      role: 'analyst',
      password: 'seven wet umbrellas',
    },
  })

export const userPatchSchema = z
  .strictObject(patchShape(userFields))
  .partial()
  .refine((patch) => Object.keys(patch).length > 0, 'Must contain at least one field.')
  .openapi('UserPatch', { minProperties: 1, example: { role: 'analyst' } })

export const passwordResetSchema = z
  .strictObject({ password: newPasswordSchema })
  .openapi('PasswordReset', { example: { password: 'seven wet umbrellas' } })

export const userQuerySchema = z.strictObject({
  ...filterShape(userFields),
  q: line(1, 200).optional().openapi({
    description: 'Text in the name or the email address, case-insensitive.',
  }),
  ...pageParameters,
})

export const userResponse = (user: User) => responseOf(userFields, user)
