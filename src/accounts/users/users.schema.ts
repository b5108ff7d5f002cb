import { z } from '@hono/zod-openapi'
import {
  createShape,
  exampleOf,
  filterShape,
  outputShape,
  patchShape,
  responseOf,
} from '../../db/record.ts'
import { instant, line } from '../../lib/schemas.ts'
import { dryRunOf } from '../../http/dry-run.schema.ts'
import { pageFields, pageParameters } from '../../http/pagination.schema.ts'
import { revokeApiKeysSchema } from '../sign-out.schema.ts'
import { newPasswordSchema } from '../credentials.schema.ts'
import { userFields } from './user.fields.ts'
import type { Account, AccountEvent, User } from './users.repository.ts'

export const userSchema = z
  .object(outputShape(userFields))
  .openapi('User', { example: exampleOf(userFields) })

const accountEventExample = {
  occurred_at: '2026-03-14T09:26:53.589Z',
  action: 'user.password_changed',
  done_by: 'admin',
  address: null,
}

const accountEventSchema = z
  .object({
    occurred_at: instant,
    action: z.string().openapi({ description: 'As in the audit log.' }),
    done_by: z.enum(['self', 'admin', 'system']),
    address: z.string().nullable().openapi({
      description: 'IP address of the request; null where another user or the system did it.',
    }),
  })
  .openapi('AccountEvent', {
    example: accountEventExample,
  })

export const currentUserSchema = z
  .object({
    ...outputShape(userFields),
    account_events: z.array(accountEventSchema).openapi({
      description:
        'What was done to this account in the last 30 days: passwords, two-factor authentication, ' +
        'API keys, role and name. Newest first, at most 50; empty for requests with an API key.',
    }),
  })
  .openapi('CurrentUser', {
    example: { ...exampleOf(userFields), account_events: [accountEventExample] },
  })

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
  .strictObject({
    password: newPasswordSchema,
    revoke_api_keys: revokeApiKeysSchema,
  })
  .openapi('PasswordReset', { example: { password: 'seven wet umbrellas' } })

export const userQuerySchema = z.strictObject({
  ...filterShape(userFields),
  q: line(1, 200).optional().openapi({
    description: 'Text in the name or the email address, case-insensitive.',
  }),
  ...pageParameters,
})

export const userResponse = (user: User) => responseOf(userFields, user)

const accountEventResponse = ({ occurred_at, action, done_by, address }: AccountEvent) => ({
  occurred_at: occurred_at.toISOString(),
  action,
  done_by,
  address,
})

export const currentUserResponse = ({ user, events }: Account) => ({
  ...userResponse(user),
  account_events: events.map(accountEventResponse),
})
