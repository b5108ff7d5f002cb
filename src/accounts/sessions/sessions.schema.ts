import { z } from '@hono/zod-openapi'
import { exampleOf, outputShape, responseOf } from '../../db/record.ts'
import { sessionFields } from './session.fields.ts'
import { booleanParameter, id } from '../../lib/schemas.ts'
import { revokeApiKeys } from '../sign-out.schema.ts'
import { pageFields, pageParameters } from '../../http/pagination.schema.ts'
import type { Session } from './sessions.repository.ts'

export const sessionSchema = z
  .object(outputShape(sessionFields))
  .openapi('Session', { example: exampleOf(sessionFields) })

export const sessionListSchema = z
  .object({ data: z.array(sessionSchema), ...pageFields })
  .openapi('SessionList')

export const ownerParameter = id
  .optional()
  .openapi({ description: 'Only this user. Admins only, except for your own id.' })

export const sessionQuerySchema = z.strictObject({ user_id: ownerParameter, ...pageParameters })

export const signOutQuerySchema = z.strictObject({
  user_id: ownerParameter,
  revoke_api_keys: booleanParameter.optional().openapi({ description: revokeApiKeys }),
})

export const sessionRow = (session: Session) => responseOf(sessionFields, session)
