import { neon } from '@neondatabase/serverless'
import type { BatchItem, BatchResponse } from 'drizzle-orm/batch'
import { drizzle } from 'drizzle-orm/neon-http'
import type { Settings } from '../config.ts'
import type { RequestContext } from './request-context.ts'
import type { Timings } from '../lib/server-timing.ts'
import type { ConstraintErrors } from './errors.ts'
import type { FieldUse } from './masking.ts'
import { withRetry, type BatchOptions } from './retry.ts'
import { authenticate, requireTotp, type Caller } from './authenticate.ts'
import {
  checkIdempotencyKey,
  readTotals,
  setRequestContext,
  writeBatch,
  type ResponseToStore,
} from './write-batch.ts'

export { qb } from './query-builder.ts'

export type { Caller, KeyCaller, SessionCaller } from './authenticate.ts'

type Query = BatchItem<'pg'>
type Queries = readonly [Query, ...Query[]]
type Results<T extends Queries> = { -readonly [K in keyof T]: BatchResponse<T>[K] }
type NamedQueries = Record<string, Query | undefined>
type NamedResults<T extends NamedQueries> = {
  [K in keyof T]: T[K] extends Query
    ? T[K]['_']['result']
    : NonNullable<T[K]>['_']['result'] | undefined
}

export interface Database {
  /**
   * Runs queries as the caller in one request, one read-only transaction and one snapshot.
   * @param uses fields without which the result would be wrong
   * @throws AppError `field_masked` where the role does not see one of them
   */
  read<const T extends Queries>(
    caller: Caller,
    batch: T,
    uses?: readonly FieldUse[],
  ): Promise<Results<T>>
  /**
   * Like `read`, with named queries; the result of an undefined query is undefined. `masked` has the
   * fields that the role does not see.
   */
  readNamed<T extends NamedQueries>(
    caller: Caller,
    batch: T,
    uses?: readonly FieldUse[],
  ): Promise<NamedResults<T> & { masked: string[] }>
  /**
   * Reads for a write that needs two calls, because something is computed in between.
   * @throws IdempotentReplay if the write was already done under its idempotency key
   */
  readBeforeWrite<const T extends Queries>(
    caller: Caller,
    batch: T,
    uses?: readonly FieldUse[],
  ): Promise<Results<T>>
  /**
   * Runs queries as the caller in one request and one transaction, once per idempotency key.
   * @throws IdempotentReplay if the write was already done under its idempotency key
   */
  write<const T extends Queries>(
    caller: Caller,
    batch: T,
    response?: ResponseToStore,
  ): Promise<Results<T>>
  /** Runs queries as `app_login`, which can only call the login and maintenance functions. */
  anonymous<const T extends Queries>(batch: T): Promise<Results<T>>
  /** Calls a function of `api`, so that a missing migration shows too. @throws AppError */
  check(): Promise<void>
}

const READ: BatchOptions = { isolationLevel: 'RepeatableRead', readOnly: true, repeatable: true }
/** The database records the use of the API key, then makes the transaction read-only itself. */
const READ_WITH_KEY: BatchOptions = { ...READ, readOnly: false }
const WRITE: BatchOptions = { isolationLevel: 'ReadCommitted', readOnly: false, repeatable: false }

const createRunner =
  (settings: Settings, timings: Timings, constraints: ConstraintErrors) =>
  (batch: readonly Query[], options: BatchOptions, url = settings.DATABASE_URL) =>
    withRetry<unknown[]>(settings, options, constraints, ({ signal }) => {
      const { isolationLevel, readOnly } = options
      const client = neon(url, {
        isolationLevel,
        readOnly,
        fetchOptions: { signal },
      })
      return timings.measure('db', () => drizzle(client).batch(batch as [Query, ...Query[]]))
    })

/** The statements that say who asks. Setting up TOTP and logging out do not require TOTP. */
const createIdentity =
  (settings: Settings, request: RequestContext) =>
  (caller: Caller, readOnly: boolean, uses?: readonly FieldUse[]): Query[] => [
    authenticate(caller, readOnly, uses),
    ...(settings.REQUIRE_ADMIN_TOTP && !request.withoutTotp ? [requireTotp()] : []),
  ]

const createReader =
  (run: ReturnType<typeof createRunner>, identity: ReturnType<typeof createIdentity>) =>
  async (
    caller: Caller,
    batch: Queries,
    { uses, more = [] }: { uses?: readonly FieldUse[] | undefined; more?: Query[] } = {},
  ) => {
    const before = [...identity(caller, true, uses), ...more]
    const options = 'apiKey' in caller ? READ_WITH_KEY : READ
    const [who, ...results] = await run([...before, ...batch], options)
    const { rows } = who as Awaited<ReturnType<typeof authenticate>>
    return { masked: rows[0]!.masked, results: results.slice(before.length - 1) }
  }

/**
 * The only way to the database. Each call is one HTTP request with one transaction, which
 * authenticates the caller first. If that fails, nothing of the batch is read or written.
 */
export function createDatabase(
  settings: Settings,
  timings: Timings,
  request: RequestContext,
  constraints: ConstraintErrors = {},
): Database {
  const run = createRunner(settings, timings, constraints)

  const identity = createIdentity(settings, request)
  const readAs = createReader(run, identity)

  return {
    read: async <T extends Queries>(caller: Caller, batch: T, uses?: readonly FieldUse[]) =>
      (await readAs(caller, batch, { uses })).results as Results<T>,
    readBeforeWrite: async <T extends Queries>(
      caller: Caller,
      batch: T,
      uses?: readonly FieldUse[],
    ) => {
      const more = checkIdempotencyKey(request)
      return (await readAs(caller, batch, { uses, more })).results as Results<T>
    },
    readNamed: async <T extends NamedQueries>(
      caller: Caller,
      batch: T,
      uses?: readonly FieldUse[],
    ) => {
      const asked = Object.entries(batch).filter(([, query]) => query !== undefined)
      const queries = asked.map(([, query]) => query) as unknown as Queries
      const { masked, results } = await readAs(caller, queries, { uses })
      const named = asked.map(([name], index) => [name, results[index]])
      return { ...(Object.fromEntries(named) as NamedResults<T>), masked }
    },
    write: async <T extends Queries>(caller: Caller, batch: T, response?: ResponseToStore) => {
      const who = identity(caller, false)
      const { statements, first, totals } = writeBatch(who, batch, request, response)
      // A write with an idempotency key happens once, and a dry run never: both can be retried.
      const repeatable = Boolean(request.dryRun ?? (request.idempotency && response))
      const results = await run(statements, { ...WRITE, repeatable })
      if (totals && request.dryRun) {
        const [before, after] = totals.map((index) => readTotals(results[index]))
        request.dryRun.totals = { before: before!, after: after! }
      }
      return results.slice(first, first + batch.length) as Results<T>
    },
    anonymous: async <T extends Queries>(batch: T) => {
      const statements = [setRequestContext(request), ...batch]
      return (await run(statements, WRITE, settings.LOGIN_DATABASE_URL)).slice(1) as Results<T>
    },
    check: () => run([setRequestContext(request)], WRITE).then(() => undefined),
  }
}
