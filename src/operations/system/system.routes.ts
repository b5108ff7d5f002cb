import { createRoute, z } from '@hono/zod-openapi'
import { AppError, errorCodes, errorTypes } from '../../lib/errors.ts'
import type { AppContext } from '../../http/context.ts'
import { asAppError, problemType } from '../../http/problem.ts'
import { createRouter } from '../../http/router.ts'
import { jsonContent, problems } from '../../http/route.ts'
import { clientAddress, enforceLimitExactly } from '../../http/rate-limit.ts'

const tags = ['System']

const healthSchema = z.object({ status: z.literal('ok') }).openapi('Health')

const check = z.enum(['ok', 'failed'])
const readinessSchema = z
  .object({
    status: z.enum(['ready', 'not_ready']),
    checks: z.object({ database: check, rate_limiter: check }),
  })
  .openapi('Readiness')

const problemKindSchema = z
  .object({ type: z.string(), code: z.enum(errorCodes), title: z.string(), status: z.int() })
  .openapi('ProblemKind', {
    example: {
      type: '/problems/not_found',
      code: 'not_found',
      ...errorTypes.not_found,
    },
  })

const problemKindParams = z.object({
  code: z
    .string()
    .max(100)
    .openapi({ description: 'The `code` of a problem.', example: 'not_found' }),
})

const health = createRoute({
  method: 'get',
  path: '/health',
  operationId: 'getHealth',
  tags,
  summary: 'Check liveness',
  description: 'Responds as soon as the Worker runs; checks nothing else.',
  security: [],
  responses: {
    200: jsonContent(healthSchema, 'The Worker is running'),
    ...problems('internal_error'),
  },
})

const ready = createRoute({
  method: 'get',
  path: '/health/ready',
  operationId: 'getReadiness',
  tags,
  summary: 'Check readiness',
  description: 'Checks the database and the rate limiter.',
  security: [],
  'x-rate-limit': 'anonymous',
  responses: {
    200: jsonContent(readinessSchema, 'Both respond'),
    503: jsonContent(readinessSchema, 'One of them does not respond'),
    ...problems('rate_limited', 'not_configured', 'internal_error'),
  },
})

const problemKinds = createRoute({
  method: 'get',
  path: '/problems/{code}',
  operationId: 'getProblemKind',
  tags,
  summary: 'Get an error type',
  description: 'Describes an error code. The `type` of a problem document links here.',
  security: [],
  request: { params: problemKindParams },
  responses: {
    200: jsonContent(problemKindSchema, 'The error type'),
    ...problems('validation_failed', 'not_found', 'not_configured', 'internal_error'),
  },
})

/** Whether the database responds; why not is said in the log. */
async function databaseResponds(c: AppContext): Promise<boolean> {
  try {
    await c.get('services').health.check()
    return true
  } catch (error) {
    c.set('problemCause', asAppError(error).cause)
    return false
  }
}

/** Counts the request, so that anonymous clients cannot keep the database busy. */
async function isRateLimiterUp(c: AppContext): Promise<boolean> {
  try {
    await enforceLimitExactly(c, 'anonymous', clientAddress(c))
    return true
  } catch (error) {
    if (error instanceof AppError && error.code === 'rate_limited') throw error
    return false
  }
}

const checked = (ok: boolean) => (ok ? ('ok' as const) : ('failed' as const))

export const systemRoutes = createRouter()
  .openapi(health, (c) => c.json({ status: 'ok' as const }, 200))
  .openapi(ready, async (c) => {
    const limiter = await isRateLimiterUp(c)
    const database = await databaseResponds(c)
    const ok = limiter && database
    if (!ok) c.header('Retry-After', '2')
    return c.json(
      {
        status: ok ? ('ready' as const) : ('not_ready' as const),
        checks: { database: checked(database), rate_limiter: checked(limiter) },
      },
      ok ? 200 : 503,
    )
  })
  .openapi(problemKinds, (c) => {
    const { code } = c.req.valid('param')
    const known = errorCodes.find((candidate) => candidate === code)
    if (!known) throw new AppError('not_found', { detail: 'No such error code.' })
    return c.json({ type: problemType(known), code: known, ...errorTypes[known] }, 200)
  })
