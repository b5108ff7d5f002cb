import { sql, type SQL, type SQLWrapper } from 'drizzle-orm'
import type { BatchItem } from 'drizzle-orm/batch'
import type { CurrencyTotals } from '../lib/money/totals.ts'
import type { RequestContext } from './request-context.ts'
import { qb } from './query-builder.ts'

type Query = BatchItem<'pg'>

/** What a write did: it decides the status of the response. */
export type StoredOutcome = 'created' | 'changed' | 'done'

/** What a write stores under its idempotency key, so that a repeat gets the same response. */
export interface ResponseToStore {
  outcome: StoredOutcome
  /** Names the replay that turns it into a response again; `none` if there is no body. */
  entity: string
  /** A jsonb expression, evaluated after the write. If it is null, the key stays free. */
  json?: SQL | undefined
  /** The totals that a dry run shows before and after, for writes to transactions. */
  totals?: (() => Query) | undefined
}

/** The write has no response body. */
export const noContent: ResponseToStore = { outcome: 'done', entity: 'none' }

/** A row as jsonb, with the names of its columns. */
export const rowAsJson = (query: SQLWrapper): SQL => sql`(select to_jsonb(r) from ${query} r)`

/** A response that holds a secret, encrypted by the Worker. */
export const encryptedJson = (encrypted: string): SQL =>
  sql`jsonb_build_object('encrypted', ${encrypted}::text)`

/** A stored response as it is read. */
export interface StoredResponse {
  outcome: StoredOutcome
  entity: string
  response: Record<string, unknown> | null
}

/** The statements of a write with those that go before and after, and where its own results are. */
export interface WriteBatch {
  statements: Query[]
  first: number
  totals: readonly [number, number] | undefined
}

/** Tells the audit log where a change comes from. */
export const setRequestContext = ({ requestId, address }: RequestContext) =>
  qb.execute(sql`select api.set_request_context(${requestId}, ${address ?? null})`)

type Idempotency = NonNullable<RequestContext['idempotency']>

const claimIdempotencyKey = ({ key, fingerprint }: Idempotency) =>
  qb.execute(sql`select api.claim_idempotency_key(${key}, ${fingerprint})`)

/** In the first of two calls: stops where the write was done before, or the key is another's. */
export function checkIdempotencyKey({ idempotency }: RequestContext) {
  if (!idempotency) return []
  const { key, fingerprint } = idempotency
  return [qb.execute(sql`select api.check_idempotency_key(${key}, ${fingerprint})`)]
}

const storeResponse = (key: string, { outcome, entity, json }: ResponseToStore) =>
  qb.execute(sql`select api.store_response(${key}, ${outcome}, ${entity}, ${json ?? sql`null`})`)

/**
 * Puts a write together: who asks and from where, the key that it is done under, the statements, and
 * the response to store. A dry run is put between savepoints: its results come back, its changes do not.
 */
export function writeBatch(
  identity: readonly Query[],
  own: readonly Query[],
  request: RequestContext,
  response: ResponseToStore | undefined,
): WriteBatch {
  const { idempotency, dryRun } = request
  const before: Query[] = [...identity, setRequestContext(request)]
  if (dryRun) {
    const totals = response?.totals
    if (totals) before.push(totals())
    before.push(qb.execute(sql`savepoint dry_run`))
    const after = totals ? [totals()] : []
    const undo = qb.execute(sql`rollback to savepoint dry_run`)
    const first = before.length
    return {
      statements: [...before, ...own, ...after, undo],
      first,
      totals: totals ? [first - 2, first + own.length] : undefined,
    }
  }
  const keyed = response ? idempotency : undefined
  if (keyed) before.push(claimIdempotencyKey(keyed))
  const after = keyed && response ? [storeResponse(keyed.key, response)] : []
  return { statements: [...before, ...own, ...after], first: before.length, totals: undefined }
}

interface TotalsRow {
  currency: string
  income: string
  expenses: string
  count: number
}

/** The rows of a query for `totals`. */
export function readTotals(result: unknown): CurrencyTotals[] {
  const { rows } = result as { rows: TotalsRow[] }
  return rows.map((row) => ({
    ...row,
    income: BigInt(row.income),
    expenses: BigInt(row.expenses),
  }))
}
