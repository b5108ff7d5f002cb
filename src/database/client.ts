import { neon, neonConfig, type HTTPTransactionOptions } from '@neondatabase/serverless'
import type { BatchItem, BatchResponse } from 'drizzle-orm/batch'
import { drizzle } from 'drizzle-orm/neon-http'
import type { Settings } from '../env.ts'
import type { RequestContext } from '../request.ts'
import type { Timings } from '../timings.ts'
import { isRetryable, toAppError } from './errors.ts'
import { identify, requireSecondFactor, type Caller } from './identify.ts'
import { describeRequest, readTotals, writeBatch, type Kept } from './write-batch.ts'

export { queries } from './queries.ts'
export type { Caller, KeyCaller, SessionCaller } from './identify.ts'

type Query = BatchItem<'pg'>
type Queries = readonly [Query, ...Query[]]
type Results<T extends Queries> = { -readonly [K in keyof T]: BatchResponse<T>[K] }
type NamedQueries = Record<string, Query | undefined>
type NamedResults<T extends NamedQueries> = {
  [K in keyof T]: T[K] extends Query
    ? T[K]['_']['result']
    : NonNullable<T[K]>['_']['result'] | undefined
}

/** Longer than the `statement_timeout` of the role, so that the database gives up first. */
const DEADLINE_MS = 20_000
const ATTEMPTS = 4

export interface Database {
  /** Runs queries as the caller in one transaction, one request and one snapshot. Writes fail. */
  read<const T extends Queries>(caller: Caller, batch: T): Promise<Results<T>>
  /** The same for queries by name, of which some may be left out: those results are undefined. */
  readNamed<T extends NamedQueries>(caller: Caller, batch: T): Promise<NamedResults<T>>
  /**
   * Runs queries as the caller in one transaction and one request, once for an idempotency key.
   * @throws AlreadyDone where the key's write was done before
   */
  write<const T extends Queries>(caller: Caller, batch: T, kept?: Kept): Promise<Results<T>>
  /** Runs queries as `app`, which may call the login functions and read nothing. */
  anonymous<const T extends Queries>(batch: T): Promise<Results<T>>
}

/** How a transaction is begun. */
type Mode = Pick<HTTPTransactionOptions<false, false>, 'isolationLevel' | 'readOnly'>

const READING: Mode = { isolationLevel: 'RepeatableRead', readOnly: true }
/** The database notes that a key was used, and then closes the transaction for writing itself. */
const READING_WITH_KEY: Mode = { isolationLevel: 'RepeatableRead', readOnly: false }
const WRITING: Mode = { isolationLevel: 'ReadCommitted', readOnly: false }

/** Runs a batch, and once more where it was rolled back for the sake of another. */
function createRunner(settings: Settings, timings: Timings) {
  async function attempt(batch: readonly Query[], mode: Mode): Promise<unknown[]> {
    const client = neon(settings.DATABASE_URL, {
      ...mode,
      fetchOptions: { signal: AbortSignal.timeout(DEADLINE_MS) },
    })
    return timings.measure('db', () => drizzle(client).batch(batch as [Query, ...Query[]]))
  }

  async function run(batch: readonly Query[], mode: Mode): Promise<unknown[]> {
    for (let left = ATTEMPTS - 1; ; left--) {
      try {
        return await attempt(batch, mode)
      } catch (error) {
        if (left === 0 || !isRetryable(error)) throw toAppError(error)
      }
    }
  }

  return run
}

/**
 * The one way to the database: each call is one HTTP request that holds one transaction, in which
 * it is said and checked first who asks. When it raises, nothing of the batch is read or written.
 */
export function createDatabase(
  settings: Settings,
  timings: Timings,
  request: RequestContext,
): Database {
  neonConfig.fetchEndpoint = settings.NEON_FETCH_ENDPOINT ?? defaultEndpoint

  const run = createRunner(settings, timings)

  /** An admin who sets up the second factor, or leaves, needs none for that. */
  const identity = (caller: Caller, readOnly: boolean): Query[] => [
    identify(caller, readOnly),
    ...(settings.REQUIRE_ADMIN_TOTP && !request.withoutSecondFactor ? [requireSecondFactor()] : []),
  ]

  const readAs = async (caller: Caller, batch: Queries) => {
    const before = identity(caller, true)
    const mode = 'apiKey' in caller ? READING_WITH_KEY : READING
    return (await run([...before, ...batch], mode)).slice(before.length)
  }

  return {
    read: async <T extends Queries>(caller: Caller, batch: T) =>
      (await readAs(caller, batch)) as Results<T>,
    readNamed: async <T extends NamedQueries>(caller: Caller, batch: T) => {
      const asked = Object.entries(batch).filter(([, query]) => query !== undefined)
      const results = await readAs(caller, asked.map(([, query]) => query) as unknown as Queries)
      return Object.fromEntries(
        asked.map(([name], index) => [name, results[index]]),
      ) as NamedResults<T>
    },
    write: async <T extends Queries>(caller: Caller, batch: T, kept?: Kept) => {
      const who = identity(caller, false)
      const { statements, first, totals } = writeBatch(who, batch, request, kept)
      const results = await run(statements, WRITING)
      if (totals && request.dryRun) {
        const [before, after] = totals
        request.dryRun.totals = {
          before: readTotals(results[before]),
          after: readTotals(results[after]),
        }
      }
      return results.slice(first, first + batch.length) as Results<T>
    },
    anonymous: async <T extends Queries>(batch: T) =>
      (await run([describeRequest(request), ...batch], WRITING)).slice(1) as Results<T>,
  }
}

const defaultEndpoint = neonConfig.fetchEndpoint
