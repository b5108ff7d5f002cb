import { sql } from 'drizzle-orm'
import type { BatchItem } from 'drizzle-orm/batch'
import type { CurrencyTotals } from '../lib/money/totals.ts'
import type { RequestContext } from './request-context.ts'
import { queries } from './query-builder.ts'

type Query = BatchItem<'pg'>

/** Answers that hold a secret. */
export type SealedEntity = 'access_grant' | 'totp_secret' | 'recovery_codes'

/** What a write leaves behind, so that it can be answered once more in the same words. */
export interface Kept {
  outcome: 'created' | 'changed' | 'done'
  entity: 'transaction' | 'user' | 'import' | 'bulk' | 'api_key' | 'none' | SealedEntity
  /** Of the row that was written; it must be known before. */
  id: string | null
  /** The whole answer, encrypted, where it holds a secret. */
  sealed?: string | undefined
  /** Whose book is written to, where that is known; for the totals of a dry run. */
  bookOf?: string | undefined
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
export const describeRequest = ({ requestId, address }: RequestContext) =>
  queries.execute(sql`select app.describe_request(${requestId}, ${address ?? null})`)

type Idempotency = NonNullable<RequestContext['idempotency']>

const claimKey = ({ key, fingerprint }: Idempotency) =>
  queries.execute(sql`select app.claim_key(${key}, ${fingerprint})`)

/** In the first of two calls: stops where the write was done before, or the key is another's. */
export function expectNewKey({ idempotency }: RequestContext) {
  if (!idempotency) return []
  const { key, fingerprint } = idempotency
  return [queries.execute(sql`select app.expect_new_key(${key}, ${fingerprint})`)]
}

function keepResult(key: string, { outcome, entity, id, sealed }: Kept) {
  if (sealed !== undefined) {
    return queries.execute(sql`select app.keep_sealed(${key}, ${entity}, ${sealed})`)
  }
  if (entity === 'bulk') return queries.execute(sql`select app.keep_bulk(${key}, ${outcome})`)
  return queries.execute(
    entity === 'api_key'
      ? sql`select app.keep_api_key(${key}, ${outcome}, ${id}::uuid)`
      : sql`select app.keep_result(${key}, ${outcome}, ${entity}, ${id}::uuid)`,
  )
}

const bookTotals = ({ bookOf, id, totals }: Kept) =>
  totals?.() ??
  queries.execute(
    sql`select currency, income::text, expenses::text, count::integer
          from app.book_totals(${bookOf ?? null}::uuid, ${id}::uuid)`,
  )

/**
 * Puts a write together: who asks and from where, the key that it is done under, the statements, and
 * what is kept of it. A dry run stands between savepoints: its results come back, its changes do not.
 */
export function writeBatch(
  identity: readonly Query[],
  own: readonly Query[],
  request: RequestContext,
  kept: Kept | undefined,
): WriteBatch {
  const { idempotency, dryRun } = request
  const before: Query[] = [...identity, describeRequest(request)]
  if (dryRun) {
    const withTotals = kept?.entity === 'transaction' || kept?.totals !== undefined
    if (withTotals) before.push(bookTotals(kept))
    before.push(queries.execute(sql`savepoint dry_run`))
    const after = withTotals ? [bookTotals(kept)] : []
    const undo = queries.execute(sql`rollback to savepoint dry_run`)
    const first = before.length
    return {
      statements: [...before, ...own, ...after, undo],
      first,
      totals: withTotals ? [first - 2, first + own.length] : undefined,
    }
  }
  const keyed = kept ? idempotency : undefined
  if (keyed) before.push(claimKey(keyed))
  const after = keyed && kept ? [keepResult(keyed.key, kept)] : []
  return { statements: [...before, ...own, ...after], first: before.length, totals: undefined }
}

interface TotalsRow {
  currency: string
  income: string
  expenses: string
  count: number
}

/** The rows of `bookTotals`. */
export function readTotals(result: unknown): CurrencyTotals[] {
  const { rows } = result as { rows: TotalsRow[] }
  return rows.map((row) => ({
    ...row,
    income: BigInt(row.income),
    expenses: BigInt(row.expenses),
  }))
}
