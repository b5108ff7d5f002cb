import { z } from '@hono/zod-openapi'
import { instant } from '../../lib/schemas.ts'
import { codeSchema, newPasswordSchema, passwordSchema } from '../credentials.schema.ts'
import { revokeApiKeysSchema } from '../sign-out.schema.ts'
import { emailSchema } from '../users/user.fields.ts'
import { userResponse, userSchema } from '../users/users.schema.ts'
import { DEVICE_DAYS, MAX_LOGIN_PASS_LENGTH } from '../../access/login-passes.ts'
import type { AccessGrant, LoginGrant, SessionGrant } from './login.service.ts'

const accessToken = z.string().openapi({ example: 'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.e30.c2ln' })
const refreshToken = z
  .string()
  .openapi({ example: 'ebr_wJq3Zk1mQx0nV5yT8sB2cD4eF6gH7iJ9kL0mN1oP2qR' })

const grantFields = {
  access_token: accessToken,
  token_type: z.literal('Bearer'),
  expires_in: z.int().openapi({ description: 'Lifetime in seconds.', example: 900 }),
}

const loginPass = z.string().min(1).max(MAX_LOGIN_PASS_LENGTH)

export const loginSchema = z
  .strictObject({
    email: emailSchema,
    password: passwordSchema,
    code: codeSchema.optional(),
    device_token: loginPass.optional().openapi({
      description:
        'The last `device_token` that this device got for this user. Its attempts are counted by ' +
        'themselves, so that strangers cannot lock the device out. Ignored if it is not valid.',
    }),
    unlock_token: loginPass.optional().openapi({
      description: 'Of an admin: one login past the limit of the account.',
    }),
  })
  .openapi('Login', {
    example: { email: 'admin@example.com', password: 'correct-horse-demo' },
  })

export const refreshSchema = z
  .strictObject({ refresh_token: z.string().min(1).max(200) })
  .openapi('Refresh', {
    example: { refresh_token: 'ebr_wJq3Zk1mQx0nV5yT8sB2cD4eF6gH7iJ9kL0mN1oP2qR' },
  })

export const passwordChangeSchema = z
  .strictObject({
    current_password: passwordSchema,
    new_password: newPasswordSchema,
    revoke_api_keys: revokeApiKeysSchema,
  })
  .openapi('PasswordChange', {
    example: { current_password: 'correct-horse-demo', new_password: 'seven wet umbrellas' },
  })

export const accessGrantSchema = z.object(grantFields).openapi('AccessGrant')

export const sessionGrantSchema = z
  .object({ ...grantFields, refresh_token: refreshToken, refresh_expires_at: instant })
  .openapi('SessionGrant')

export const loginGrantSchema = z
  .object({
    ...grantFields,
    refresh_token: refreshToken,
    refresh_expires_at: instant,
    device_token: z.string().openapi({
      description: `Store it on the device and send it with the next login of this user; valid for ${DEVICE_DAYS} days.`,
      example:
        'ebd_0198c2a4-0000-7000-8000-000000000009.1781168813.Zk1mQx0nV5yT8sB2cD4eF6gH7iJ9kL0mN1oP2qRwJq3',
    }),
    user: userSchema,
  })
  .openapi('LoginGrant')

export const loginResponse = (grant: LoginGrant) => ({
  ...sessionResponse(grant),
  device_token: grant.deviceToken,
  user: userResponse(grant.user),
})

export const accessResponse = (grant: AccessGrant) => ({
  access_token: grant.accessToken,
  token_type: 'Bearer' as const,
  expires_in: grant.expiresIn,
})

export const sessionResponse = (grant: SessionGrant) => ({
  ...accessResponse(grant),
  refresh_token: grant.refreshToken,
  refresh_expires_at: grant.refreshExpiresAt.toISOString(),
})
