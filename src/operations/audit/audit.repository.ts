import { and, count, desc, eq, gt, gte, lt, sql, type SQL } from 'drizzle-orm'
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

/** A head in a list; its id is its owner. */
export interface ExportedHead extends Omit<AuditHead, 'owner_id'> {
  id: string
}

/** A head that was stored elsewhere. */
export interface StoredHead {
  owner_id: string
  sequence: number
  hash: string
}

/** The last entry that was verified. */
export interface AuditPosition {
  ownerId: string
  sequence: string
}

export interface Verification {
  /** Verified by this request. */
  entries: number
  /** Where the next request continues; undefined if all entries were verified. */
  next: AuditPosition | undefined
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
/** Entries in one request: about a second. */
const ENTRIES_PER_REQUEST = 25_000

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

interface FoundDifference extends Record<string, unknown> {
  owner_id: string
  sequence: string
  violation: ViolationKind
}

interface FoundViolation extends FoundDifference {
  found: number
}

const violations = (ownerId: string | undefined, after: AuditPosition | undefined) =>
  qb.execute<FoundViolation>(
    sql`select owner_id, sequence::text, violation, (count(*) over ())::integer found
          from api.verify_audit(${ownerId ?? null}::uuid, ${after?.ownerId ?? null}::uuid,
                                ${after?.sequence ?? null}::bigint, ${ENTRIES_PER_REQUEST}::integer)
         limit ${MAX_VIOLATIONS}::integer`,
  )

interface FoundPiece extends Record<string, unknown> {
  entries: number
  owner_id: string
  sequence: string
}

/** How many entries a request verifies, and the last one; no row without entries. */
const piece = (ownerId: string | undefined, after: AuditPosition | undefined) => {
  const place = sql`(${auditEntries.owner_id}, ${auditEntries.sequence})`
  const entries = qb
    .select({ owner_id: auditEntries.owner_id, sequence: auditEntries.sequence })
    .from(auditEntries)
    .where(
      and(
        ownerId === undefined ? undefined : eq(auditEntries.owner_id, ownerId),
        after && sql`${place} > (${after.ownerId}::uuid, ${after.sequence}::bigint)`,
      ),
    )
    .orderBy(auditEntries.owner_id, auditEntries.sequence)
    .limit(ENTRIES_PER_REQUEST)
  return qb.execute<FoundPiece>(
    sql`select (count(*) over ())::integer entries, owner_id, sequence::text from ${entries} e
         order by e.owner_id desc, e.sequence desc limit 1`,
  )
}

const toViolation = ({ owner_id, sequence, violation }: FoundDifference): AuditViolation => ({
  ownerId: owner_id,
  sequence: BigInt(sequence),
  violation,
})

const headPages = () =>
  qb
    .select({ id: auditHeads.owner_id, sequence: auditHeads.sequence, hash: auditHeads.hash })
    .from(auditHeads)
    .orderBy(auditHeads.owner_id)

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

    /** By owner. */
    heads: (caller: Caller): PageReader<ExportedHead> => ({
      async after(take, owner) {
        const later = owner === undefined ? undefined : gt(auditHeads.owner_id, owner)
        const [rows] = await database.read(caller, [headPages().where(later).limit(take)])
        return rows
      },
      async numbered(take, skip) {
        const [rows, [counted]] = await database.read(caller, [
          headPages().limit(take).offset(skip),
          qb.select({ total: count() }).from(auditHeads),
        ])
        return { rows, total: counted?.total ?? 0 }
      },
    }),

    /** The heads that the chains do not contain any more. */
    async compare(caller: Caller, heads: readonly StoredHead[]): Promise<AuditViolation[]> {
      const [found] = await database.read(caller, [
        qb.execute<FoundDifference>(
          sql`select owner_id, sequence::text, violation
                from api.compare_audit_heads(${JSON.stringify(heads)}::jsonb)`,
        ),
      ])
      return found.rows.map(toViolation)
    },

    /** Follows every chain, or the chain of one user, from a position on, in one snapshot. */
    async verify(
      caller: Caller,
      ownerId: string | undefined,
      expectedHash: string | undefined,
      after: AuditPosition | undefined,
    ): Promise<Verification> {
      const byOwner = ownerId === undefined ? undefined : eq(auditHeads.owner_id, ownerId)
      const [found, heads, [owners], verified, [expected]] = await database.read(caller, [
        violations(ownerId, after),
        qb.select().from(auditHeads).where(byOwner).orderBy(auditHeads.owner_id).limit(MAX_HEADS),
        qb.select({ total: count() }).from(auditHeads).where(byOwner),
        piece(ownerId, after),
        expectation(ownerId, expectedHash),
      ])
      const [last] = verified.rows
      return {
        entries: last?.entries ?? 0,
        next:
          last?.entries === ENTRIES_PER_REQUEST
            ? { ownerId: last.owner_id, sequence: last.sequence }
            : undefined,
        owners: owners?.total ?? 0,
        violationCount: found.rows[0]?.found ?? 0,
        violations: found.rows.map(toViolation),
        heads,
        expectedFound: expected?.found ?? null,
      }
    },
  }
}
