import { z } from '@hono/zod-openapi'
import { userRole } from '../../db/enums.ts'
import type { User } from './users.repository.ts'

const rowSchema = z.object({
  id: z.string(),
  email: z.string(),
  name: z.string(),
  role: z.enum(userRole.enumValues),
  active: z.boolean(),
  version: z.int(),
  created_at: z.coerce.date(),
  updated_at: z.coerce.date(),
})

/** Reads a user out of the JSON that the audit log and the idempotency keys keep. */
export function userFromJson(json: unknown): User {
  const { created_at: createdAt, updated_at: updatedAt, ...user } = rowSchema.parse(json)
  return { ...user, createdAt, updatedAt }
}
