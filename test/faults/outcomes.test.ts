import { NeonDbError } from '@neondatabase/serverless'
import { env } from 'cloudflare:workers'
import { sql, type SQL } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { createDatabase, qb } from '../../src/db/client.ts'
import { userConstraints } from '../../src/accounts/users/user-errors.ts'
import { classifyDatabaseError } from '../../src/db/errors.ts'
import { ownProfile } from '../../src/accounts/users/users.views.ts'
import { readSettings } from '../../src/config.ts'
import { IdempotentReplay, AppError } from '../../src/lib/errors.ts'
import { createTimings } from '../../src/lib/server-timing.ts'
import { useApp } from '../support/use-app.ts'
import { faultyPath } from '../support/faults.ts'

const { app } = useApp()

const neonError = (code: string | undefined, constraint?: string) =>
  Object.assign(new NeonDbError('zeppelin'), { code, constraint })

describe('classifyDatabaseError', () => {
  const database = (endpoint: string) =>
    createDatabase(
      readSettings({
        ...env,
        DATABASE_URL: app.database.appUrl,
        LOGIN_DATABASE_URL: app.database.loginUrl,
        JWT_SECRET: 'x'.repeat(32),
        NEON_FETCH_ENDPOINT: endpoint,
      }),
      createTimings(),
      { requestId: 'test', address: undefined, userAgent: undefined },
    )

  const fault = () => {
    throw new TypeError('zeppelin')
  }

  it.each([
    ['a value that SQL cannot be made of', { getSQL: fault }],
    ['a value that JSON cannot hold', { toJSON: fault }],
  ])('takes %s for a bug when nothing was sent, so it is 500', async (_, value) => {
    const path = faultyPath('pass')
    const broken = qb.select({ value: sql`${value as unknown as SQL}` }).from(ownProfile)
    await expect(database(path.endpoint).anonymous([broken])).rejects.toMatchObject({
      code: 'internal_error',
    })
    expect(await path.steps()).toEqual({})
  })

  it('takes the same error for an unknown outcome once something was sent', () => {
    const error = new TypeError('rows is undefined')
    expect(classifyDatabaseError(error, false)).toMatchObject({ outcome: 'rolled_back' })
    expect(classifyDatabaseError(error, true)).toMatchObject({ outcome: 'unknown' })
  })

  it.each([undefined, null, ''])('does not take %j for an error code', (code) => {
    const error = neonError(code as string | undefined)
    expect(classifyDatabaseError(error, true).outcome).toBe('unknown')
  })

  it('finds the SQLSTATE behind the error that Drizzle wraps it in', () => {
    const wrapped = new Error('Failed query: insert … params: zeppelin', {
      cause: neonError('23505', 'users_email_unique'),
    })
    const { outcome, error } = classifyDatabaseError(wrapped, true, userConstraints)
    expect(outcome).toBe('rolled_back')
    expect(error).toMatchObject({ code: 'email_taken' })
    expect(error.message).not.toContain('zeppelin')
  })

  it('returns an error of the API as it is', () => {
    const error = new AppError('conflict')
    expect(classifyDatabaseError(error, true)).toEqual({ outcome: 'rolled_back', error })
  })

  it('recognises a write that was done before', () => {
    expect(classifyDatabaseError(neonError('EB010'), true).error).toBeInstanceOf(IdempotentReplay)
  })
})
