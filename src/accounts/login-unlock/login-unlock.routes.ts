import { createRoute, z } from '@hono/zod-openapi'
import { UNLOCK_MINUTES } from '../../access/login-passes.ts'
import { idempotencyKey } from '../../http/idempotency.ts'
import { noParameters } from '../../http/query.ts'
import { readLoginAttempts } from '../../http/rate-limit.ts'
import { guarded, guardedProblems, idParams, jsonContent, onceHeaders } from '../../http/route.ts'
import { createRouter } from '../../http/router.ts'
import { EXAMPLE_USER_ID } from '../../lib/examples.ts'
import { instant } from '../../lib/schemas.ts'

const tags = ['Users']
const params = idParams('Id of the user.', EXAMPLE_USER_ID)

const attemptsSchema = z
  .object({
    under_attack: z.boolean().openapi({
      description: 'Whether as many attempts failed as a first login has for a whole window.',
    }),
    failed_attempts: z.int().openapi({
      description: 'Of the last day, without those that a success from the same source followed.',
    }),
    sources: z.int().openapi({ description: 'Networks and devices that they came from.' }),
    last_failed_at: instant.nullable(),
    retry_after: z.int().openapi({
      description: 'Seconds that a login from a new network and device has to wait now.',
    }),
  })
  .openapi('LoginAttempts', {
    example: {
      under_attack: true,
      failed_attempts: 2880,
      sources: 1000,
      last_failed_at: '2026-03-14T09:26:53.589Z',
      retry_after: 28,
    },
  })

const attempts = createRoute({
  method: 'get',
  path: '/users/{id}/login-attempts',
  operationId: 'getLoginAttempts',
  tags,
  summary: 'Get failed logins of a user',
  description:
    'Admins only. Shows whether strangers try the account and what the user has to wait.',
  ...guarded('users:read', 'read'),
  request: { params, query: noParameters },
  responses: {
    200: jsonContent(attemptsSchema, 'The failed logins'),
    ...guardedProblems('validation_failed', 'not_found', 'rate_limiter_unavailable'),
  },
})

const unlockSchema = z
  .object({ unlock_token: z.string(), expires_at: instant })
  .openapi('LoginUnlock', {
    example: {
      unlock_token:
        'ebu_0198c2a4-0000-7000-8000-00000000000a.1773480413.mk1Qx0nV5yT8sB2cD4eF6gH7iJ9kL0mN1oP2qRwJq3Z',
      expires_at: '2026-03-14T09:41:53.000Z',
    },
  })

const guard = guarded('users:manage', 'write')

const unlock = createRoute({
  method: 'post',
  path: '/users/{id}/login-unlock',
  operationId: 'unlockLogin',
  tags,
  summary: 'Unlock the login of a user',
  description:
    `Admins only. Returns a token for one login of the user within ${UNLOCK_MINUTES} minutes, wherever it ` +
    'comes from. Hand it over in person: it does not replace the password, but five wrong ones can be ' +
    'tried with it.',
  ...guard,
  middleware: [...guard.middleware, idempotencyKey],
  request: { params, query: noParameters, headers: onceHeaders },
  responses: {
    200: jsonContent(unlockSchema, 'The token'),
    ...guardedProblems('validation_failed', 'step_up_required', 'not_found'),
  },
})

export const loginUnlockRoutes = createRouter()
  .openapi(attempts, async (c) => {
    const user = await c.get('services').users.read(c.get('caller'), c.req.valid('param').id)
    const { failed, sources, lastFailedAt, retryMs, limit } = await readLoginAttempts(c, user.email)
    return c.json(
      {
        under_attack: failed >= limit.requests,
        failed_attempts: failed,
        sources,
        last_failed_at: lastFailedAt === undefined ? null : new Date(lastFailedAt).toISOString(),
        retry_after: Math.ceil(retryMs / 1000),
      },
      200,
    )
  })
  .openapi(unlock, async (c) => {
    const { loginUnlock } = c.get('services')
    const created = await loginUnlock.create(c.get('caller'), c.req.valid('param').id)
    return c.json({ unlock_token: created.token, expires_at: created.expiresAt.toISOString() }, 200)
  })
