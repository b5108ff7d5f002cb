import { createRoute, z } from '@hono/zod-openapi'
import { noParameters } from '../../http/query.ts'
import { requireSession } from '../../http/require-session.ts'
import {
  guardedBody,
  guardedBodyProblems,
  jsonContent,
  jsonRequest,
  onceHeaders,
} from '../../http/route.ts'
import { createRouter } from '../../http/router.ts'
import { instant } from '../../lib/schemas.ts'
import { codeSchema, passwordSchema } from '../credentials.schema.ts'
import type { StepUp } from './own-credentials.service.ts'

const stepUpSchema = z
  .strictObject({ password: passwordSchema, code: codeSchema.optional() })
  .openapi('StepUp', { example: { password: 'correct-horse-demo' } })

const verificationSchema = z
  .object({
    verified_at: instant,
    valid_until: instant.openapi({ description: 'Until when it counts as recent.' }),
  })
  .openapi('Verification', {
    example: {
      verified_at: '2026-03-14T09:26:53.589Z',
      valid_until: '2026-03-14T09:31:53.589Z',
    },
  })

const verificationResponse = ({ verifiedAt, validUntil }: StepUp) => ({
  verified_at: verifiedAt.toISOString(),
  valid_until: validUntil.toISOString(),
})

const stepUp = createRoute({
  method: 'post',
  path: '/auth/step-up',
  operationId: 'stepUp',
  tags: ['Auth'],
  summary: 'Verify the password again',
  description:
    'Some operations need a login or a step-up of the same session within the last five minutes, and ' +
    'respond with 401 `step_up_required` otherwise: creating API keys, setting passwords, disabling ' +
    'two-factor authentication, and creating, promoting or reactivating users. Users with two-factor ' +
    'authentication also send a `code`. Attempts are limited like logins.',
  ...guardedBody('session:verify', 'login_account', { perSession: true }),
  request: { query: noParameters, headers: onceHeaders, body: jsonRequest(stepUpSchema) },
  responses: {
    200: jsonContent(verificationSchema, 'The session is verified'),
    ...guardedBodyProblems('invalid_credentials', 'totp_required', 'rate_limiter_unavailable'),
  },
})

export const stepUpRoutes = createRouter().openapi(stepUp, async (c) => {
  const { password, code } = c.req.valid('json')
  const verified = await c.get('services').ownCredentials.stepUp(requireSession(c), password, code)
  return c.json(verificationResponse(verified), 200)
})
