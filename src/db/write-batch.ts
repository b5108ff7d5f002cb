import { sql } from 'drizzle-orm'
import type { BatchItem } from 'drizzle-orm/batch'
import type { CurrencyTotals } from '../lib/money/totals.ts'
import type { RequestContext } from './request-context.ts'
import { qb } from './query-builder.ts'

type Query = BatchItem<'pg'>

/** Answers that hold a secret. */
export type EncryptedEntity = 'access_grant' | 'totp_secret' | 'recovery_codes'

/** What a write leaves behind, so that it can be answered once more in the same words. */
export interface ResponseToStore {
  outcome: 'created' | 'changed' | 'done'
  entity: 'transaction' | 'user' | 'import' | 'bulk' | 'api_key' | 'none' | EncryptedEntity
  /** Of the row that was written; it must be known before. */
  id: string | null
  /** The whole answer, encrypted, where it holds a secret. */
  encryptedResponse?: string | undefined
  /** Whose book is written to, where that is known; for the totals of a dry run. */
  ownerId?: string | undefined
  /** Asks for the totals of a dry run, where they are not those of one book. */
  totals?: (() => Query) | undefined
}

/** The statements of a write with those that go before and after, and where its own results are. */
export interface WriteBatch {
  statements: Query[]
  first: number
  totals: readonly [number, number] | undefined
}

/** Tells the audit log where a change comes from. */
export const setRequestContext = ({ requestId, address }: RequestContext) =>
  qb.execute(sql`select app.describe_request(${requestId}, ${address ?? null})`)

type Idempotency = NonNullable<RequestContext['idempotency']>

const claimIdempotencyKey = ({ key, fingerprint }: Idempotency) =>
  qb.execute(sql`select app.claim_key(${key}, ${fingerprint})`)

/** In the first of two calls: stops where the write was done before, or the key is another's. */
export function checkIdempotencyKey({ idempotency }: RequestContext) {
  if (!idempotency) return []
  const { key, fingerprint } = idempotency
  return [qb.execute(sql`select app.expect_new_key(${key}, ${fingerprint})`)]
}

function storeResponse(key: string, { outcome, entity, id, encryptedResponse }: ResponseToStore) {
  if (encryptedResponse !== undefined) {
    return qb.execute(sql`select app.keep_sealed(${key}, ${entity}, ${encryptedResponse})`)
  }
  if (entity === 'bulk') return qb.execute(sql`select app.keep_bulk(${key}, ${outcome})`)
  return qb.execute(
    entity === 'api_key'
      ? sql`select app.keep_api_key(${key}, ${outcome}, ${id}::uuid)`
      : sql`select app.keep_result(${key}, ${outcome}, ${entity}, ${id}::uuid)`,
  )
}

const userTotals = ({ ownerId, id, totals }: ResponseToStore) =>
  totals?.() ??
  qb.execute(
    sql`select currency, income::text, expenses::text, count::integer
          from app.book_totals(${ownerId ?? null}::uuid, ${id}::uuid)`,
  )

/**
 * Puts a write together: who asks and from where, the key that it is done under, the statements, and
 * what is kept of it. A dry run stands between savepoints: its results come back, its changes do not.
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
    const withTotals = response?.entity === 'transaction' || response?.totals !== undefined
    if (withTotals) before.push(userTotals(response))
    before.push(qb.execute(sql`savepoint dry_run`))
    const after = withTotals ? [userTotals(response)] : []
    const undo = qb.execute(sql`rollback to savepoint dry_run`)
    const first = before.length
    return {
      statements: [...before, ...own, ...after, undo],
      first,
      totals: withTotals ? [first - 2, first + own.length] : undefined,
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

/** The rows of `userTotals`. */
export function readTotals(result: unknown): CurrencyTotals[] {
  const { rows } = result as { rows: TotalsRow[] }
  return rows.map((row) => ({
    ...row,
    income: BigInt(row.income),
    expenses: BigInt(row.expenses),
  }))
}
