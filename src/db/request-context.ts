import type { CurrencyTotals } from '../lib/money/totals.ts'

/** What the database is told of a request beside its queries. Filled as the middleware goes. */
export interface RequestContext {
  requestId: string
  /** The client's address, for the audit log. */
  address: string | undefined
  /** What the client calls itself; bounded, without control characters. */
  userAgent: string | undefined
  /** Admins may do this before they have the second factor that the setting asks for. */
  withoutTotp?: boolean | undefined
  /** The write is done once for a key, however often it is asked for. */
  idempotency?: { key: string; fingerprint: string } | undefined
  /** The write is tried and undone. */
  dryRun?: DryRun | undefined
}

export interface DryRun {
  /** What the book adds up to before and after, once the write was tried; none for users. */
  totals?: { before: CurrencyTotals[]; after: CurrencyTotals[] } | undefined
}
