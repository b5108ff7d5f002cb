import { z } from '@hono/zod-openapi'
import { id, instant } from '../../http/schemas.ts'
import { pageFields, pageParameters } from '../../http/pagination.schema.ts'
import type { Session } from './sessions.repository.ts'

export const sessionSchema = z
  .object({
    id: z.uuid(),
    user_id: z.uuid(),
    created_at: instant,
    last_used_at: instant.openapi({ description: 'When its tokens were last refreshed.' }),
    expires_at: instant,
    address: z.string().nullable().openapi({ description: 'IP address of the login.' }),
    user_agent: z.string().nullable().openapi({ description: 'User agent of the login.' }),
    current: z.boolean().openapi({ description: 'Whether this session made the request.' }),
  })
  .openapi('Session', {
    example: {
      id: '0198c2a4-5b1e-7d2a-9b60-3f4f5f0c8a11',
      user_id: '0198c2a4-5b1e-7d2a-9b60-3f4f5f0c8a12',
      created_at: '2026-03-14T09:26:53.589Z',
      last_used_at: '2026-03-14T11:02:10.120Z',
      expires_at: '2026-04-13T11:02:10.120Z',
      address: '203.0.113.7',
      user_agent: 'Mozilla/5.0 (X11; Linux x86_64)',
      current: true,
    },
  })

export const sessionListSchema = z
  .object({ data: z.array(sessionSchema), ...pageFields })
  .openapi('SessionList')

export const ownerParameter = id
  .optional()
  .openapi({ description: 'Only this user. Admins only, except for your own id.' })

export const sessionQuerySchema = z.strictObject({ user_id: ownerParameter, ...pageParameters })

export const sessionOwnerSchema = z.strictObject({ user_id: ownerParameter })

export const sessionRow = (session: Session) => ({
  id: session.id,
  user_id: session.userId,
  created_at: session.createdAt.toISOString(),
  last_used_at: session.lastUsedAt.toISOString(),
  expires_at: session.expiresAt.toISOString(),
  address: session.address,
  user_agent: session.userAgent,
  current: session.current,
})
