import type { CurrencyTotals } from '../lib/money/totals.ts'

/** The request, as far as the database needs it. Filled in by the middleware. */
export interface RequestContext {
  requestId: string
  /** The client's address, for the audit log. */
  address: string | undefined
  /** Shortened, without control characters. */
  userAgent: string | undefined
  /** Allowed for admins without TOTP, even if REQUIRE_ADMIN_TOTP is set. */
  withoutTotp?: boolean | undefined
  /** The write is done once per key. */
  idempotency?: { key: string; fingerprint: string } | undefined
  /** The write is rolled back. */
  dryRun?: DryRun | undefined
}

export interface DryRun {
  /** Totals of the user's transactions before and after the write; undefined for other entities. */
  totals?: { before: CurrencyTotals[]; after: CurrencyTotals[] } | undefined
}
