import { and, count, desc, eq, gte, lt, sql, type SQL } from 'drizzle-orm'
import { boundedCount, toBoundedTotal } from '../../db/bounded-count.ts'
import { qb, type Caller, type Database } from '../../db/client.ts'
import { exactFilters, type FilterValues } from '../../db/record.ts'
import type { PageReader } from '../../lib/pagination/pages.ts'
import { auditEntryFields } from './audit-entry.fields.ts'
import { auditEntries, auditHeads } from './audit.views.ts'

export type AuditEntry = typeof auditEntries.$inferSelect
export type AuditHead = typeof auditHeads.$inferSelect

export interface AuditFilter extends FilterValues<typeof auditEntryFields> {
  from?: string | undefined
  to?: string | undefined
}

export type ViolationKind = 'altered' | 'removed' | 'reordered' | 'unlinked' | 'head_mismatch'

export interface AuditViolation {
  ownerId: string
  sequence: bigint
  violation: ViolationKind
}

export interface Verification {
  entries: number
  owners: number
  violationCount: number
  /** The first of them. */
  violations: AuditViolation[]
  /** The first of them, by owner. */
  heads: AuditHead[]
  /** Whether the chain contains the expected hash; null without one. */
  expectedFound: boolean | null
}

export type AuditRepository = ReturnType<typeof createAuditRepository>

/** How many violations and heads one response has. */
const MAX_VIOLATIONS = 100
const MAX_HEADS = 1000

const matching = (filter: AuditFilter): SQL | undefined => {
  const { from, to } = filter
  const view = auditEntries
  return and(
    ...exactFilters(auditEntryFields, view, filter),
    from === undefined ? undefined : gte(view.occurred_at, sql`${from}::timestamptz`),
    // Responses have milliseconds, and the log has microseconds.
    to === undefined
      ? undefined
      : lt(
          view.occurred_at,
          sql`date_trunc('milliseconds', ${to}::timestamptz) + interval '1 millisecond'`,
        ),
  )
}

const newestFirst = (where: SQL | undefined) =>
  qb.select().from(auditEntries).where(where).orderBy(desc(auditEntries.id))

interface FoundViolation extends Record<string, unknown> {
  owner_id: string
  sequence: string
  violation: ViolationKind
  found: number
}

const violations = (ownerId: string | undefined) =>
  qb.execute<FoundViolation>(
    sql`select owner_id, sequence::text, violation, (count(*) over ())::integer found
          from api.verify_audit(${ownerId ?? null}::uuid) limit ${MAX_VIOLATIONS}::integer`,
  )

const expectation = (ownerId: string | undefined, hash: string | undefined) =>
  qb
    .select({
      found: sql<boolean | null>`case when ${hash ?? null}::text is not null then count(*) > 0 end`,
    })
    .from(auditEntries)
    .where(
      and(
        sql`${auditEntries.owner_id} = ${ownerId ?? null}::uuid`,
        sql`${auditEntries.hash} = ${hash ?? null}::text`,
      ),
    )

export function createAuditRepository(database: Database) {
  return {
    /** Newest first. */
    list: (caller: Caller, filter: AuditFilter): PageReader<AuditEntry> => ({
      async after(take, id) {
        const older = id === undefined ? undefined : lt(auditEntries.id, BigInt(id))
        const [rows] = await database.read(caller, [
          newestFirst(and(matching(filter), older)).limit(take),
        ])
        return rows
      },
      async numbered(take, skip) {
        const [rows, [counted]] = await database.read(caller, [
          newestFirst(matching(filter)).limit(take).offset(skip),
          boundedCount(newestFirst(matching(filter)).$dynamic()),
        ])
        return { rows, ...toBoundedTotal(counted?.total ?? 0) }
      },
    }),

    /** Follows every chain, or the chain of one user, in one snapshot. */
    async verify(
      caller: Caller,
      ownerId: string | undefined,
      expectedHash: string | undefined,
    ): Promise<Verification> {
      const byOwner = ownerId === undefined ? undefined : eq(auditHeads.owner_id, ownerId)
      const [found, heads, [owners], [entries], [expected]] = await database.read(caller, [
        violations(ownerId),
        qb.select().from(auditHeads).where(byOwner).orderBy(auditHeads.owner_id).limit(MAX_HEADS),
        qb.select({ total: count() }).from(auditHeads).where(byOwner),
        qb
          .select({ total: count() })
          .from(auditEntries)
          .where(ownerId === undefined ? undefined : eq(auditEntries.owner_id, ownerId)),
        expectation(ownerId, expectedHash),
      ])
      return {
        entries: entries?.total ?? 0,
        owners: owners?.total ?? 0,
        violationCount: found.rows[0]?.found ?? 0,
        violations: found.rows.map(({ owner_id, sequence, violation }) => ({
          ownerId: owner_id,
          sequence: BigInt(sequence),
          violation,
        })),
        heads,
        expectedFound: expected?.found ?? null,
      }
    },
  }
}
