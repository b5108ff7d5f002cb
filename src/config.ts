import { z } from '@hono/zod-openapi'

/** Requests per window. The bucket refills continuously. */
export interface RateLimit {
  requests: number
  seconds: number
}

const rateLimit = z
  .string()
  .regex(
    /^[1-9]\d{0,5}\/[1-9]\d{0,5}$/,
    'must read "requests/seconds", each of one to six digits, for instance "600/60"',
  )
  .transform((text): RateLimit => {
    const [requests, seconds] = text.split('/').map(Number)
    return { requests: requests!, seconds: seconds! }
  })

const secret = z.string().min(32, 'must have at least 32 characters')
const optional = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema.optional())

/** By default longer than the `statement_timeout` of the role, so that the database gives up first. */
const deadline = z
  .string()
  .regex(/^\d{3,5}$/, 'must be milliseconds, from 100 to 99999')
  .default('20000')
  .transform(Number)
const flag = (otherwise: 'true' | 'false') =>
  z
    .enum(['true', 'false', ''], 'must be "true" or "false"')
    .default('')
    .transform((text) => (text || otherwise) === 'true')

const origins = z
  .string()
  .default('')
  .transform((text) =>
    text
      .split(',')
      .map((origin) => origin.trim())
      .filter(Boolean),
  )

const days = z
  .string()
  .regex(/^\d{1,5}$/, 'must be a whole number of days, 0 for never')
  .default('90')
  .transform(Number)

const sessionDays = z
  .string()
  .regex(/^[1-9]\d{0,3}$/, 'must be a whole number of days, from 1 to 9999')
  .default('90')
  .transform(Number)

const databaseUrl = z.string().regex(/^postgres(ql)?:\/\//, 'must be a postgresql:// URL')

const settingsSchema = z.object({
  DATABASE_URL: databaseUrl,
  LOGIN_DATABASE_URL: databaseUrl,
  JWT_SECRET: secret,
  JWT_SECRET_PREVIOUS: optional(secret),
  NEON_FETCH_ENDPOINT: optional(
    z.url({ protocol: /^https?$/, error: 'must be an address like http://127.0.0.1:4444/sql' }),
  ),
  DATABASE_DEADLINE_MS: deadline,
  CORS_ORIGINS: origins,
  REQUIRE_ADMIN_TOTP: flag('false'),
  RATE_LIMIT_LOGIN_ADDRESS: rateLimit,
  RATE_LIMIT_LOGIN_ACCOUNT: rateLimit,
  RATE_LIMIT_ANONYMOUS: rateLimit,
  RATE_LIMIT_READ: rateLimit,
  RATE_LIMIT_WRITE: rateLimit,
  RATE_LIMIT_EXPENSIVE: rateLimit,
  RATE_LIMIT_LEASES: flag('true'),
  PURGE_DELETED_AFTER_DAYS: days,
  SESSION_MAX_DAYS: sessionDays,
})

export type Settings = z.infer<typeof settingsSchema>

const checked = new WeakMap<object, Settings>()

/** Missing or invalid settings. The message is safe to log. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError'
}

const REQUIRED = new Set(['DATABASE_URL', 'LOGIN_DATABASE_URL', 'JWT_SECRET'])
const HOW_TO_SET =
  'Set them in .dev.vars or with `wrangler secret put`, or use `npm run dev`, which needs no settings.'

/** An empty secret counts as missing, as one that was never set. */
const withoutEmpty = (env: object) =>
  Object.fromEntries(
    Object.entries(env).filter(([name, value]) => value !== '' || !REQUIRED.has(name)),
  )

function describeIssues(issues: z.core.$ZodIssue[]): string {
  const isMissing = (issue: z.core.$ZodIssue) =>
    issue.code === 'invalid_type' && issue.input === undefined
  const sentences = issues.map((issue) => {
    return `${issue.path.join('.')} ${isMissing(issue) ? 'is missing' : issue.message}.`
  })
  return [...sentences, ...(issues.some(isMissing) ? [HOW_TO_SET] : [])].join(' ')
}

/**
 * Reads the settings from a Worker's environment, once per isolate.
 * @throws ConfigurationError with the names of missing or invalid settings, without their values
 */
export function readSettings(env: object): Settings {
  let settings = checked.get(env)
  if (!settings) {
    const result = settingsSchema.safeParse(withoutEmpty(env))
    if (!result.success) throw new ConfigurationError(describeIssues(result.error.issues))
    settings = result.data
    checked.set(env, settings)
  }
  return settings
}
