import { and, count, desc, eq, gte, lt, lte, sql, type SQL } from 'drizzle-orm'
import { boundedCount, toBoundedTotal } from '../../db/bounded-count.ts'
import { qb, type Caller, type Database } from '../../db/client.ts'
import { auditEntries, auditHeads } from '../../db/views.ts'

export type AuditEntry = typeof auditEntries.$inferSelect
export type AuditHead = typeof auditHeads.$inferSelect

export interface AuditFilter {
  ownerId?: string | undefined
  actorId?: string | undefined
  entity?: string | undefined
  entityId?: string | undefined
  action?: string | undefined
  from?: string | undefined
  to?: string | undefined
  requestId?: string | undefined
}

export type ViolationKind = 'altered' | 'removed' | 'reordered' | 'unlinked' | 'head differs'

export interface AuditViolation {
  ownerId: string
  seq: bigint
  fault: ViolationKind
}

/** What a look at the chains found. */
export interface Verification {
  entries: number
  books: number
  violationCount: number
  /** The first of them. */
  faults: AuditViolation[]
  /** The first of them, by book. */
  heads: AuditHead[]
  /** Whether a link of the chain has the hash that was expected; null where none was. */
  expectedFound: boolean | null
}

export type AuditRepository = ReturnType<typeof createAuditRepository>

/** How many faults and heads are told in one answer. */
const MAX_VIOLATIONS = 100
const MAX_HEADS = 1000

const matching = (filter: AuditFilter): SQL | undefined => {
  const { ownerId, actorId, entity, entityId, action, from, to, requestId } = filter
  const view = auditEntries
  return and(
    ownerId === undefined ? undefined : eq(view.ownerId, ownerId),
    actorId === undefined ? undefined : eq(view.actorId, actorId),
    entity === undefined ? undefined : eq(view.entity, entity),
    entityId === undefined ? undefined : eq(view.entityId, entityId),
    action === undefined ? undefined : eq(view.action, action),
    from === undefined ? undefined : gte(view.at, sql`${from}::timestamptz`),
    to === undefined ? undefined : lte(view.at, sql`${to}::timestamptz`),
    requestId === undefined ? undefined : eq(view.requestId, requestId),
  )
}

const newestFirst = (where: SQL | undefined) =>
  qb.select().from(auditEntries).where(where).orderBy(desc(auditEntries.id))

const faults = (ownerId: string | undefined) =>
  qb.execute<{ book_id: string; seq: string; fault: ViolationKind; found: number }>(
    sql`select book_id, seq::text, fault, (count(*) over ())::integer found
          from app.verify_audit(${ownerId ?? null}::uuid) limit ${MAX_VIOLATIONS}::integer`,
  )

const expectation = (ownerId: string | undefined, hash: string | undefined) =>
  qb
    .select({
      found: sql<boolean | null>`case when ${hash ?? null}::text is not null then count(*) > 0 end`,
    })
    .from(auditEntries)
    .where(
      and(
        sql`${auditEntries.ownerId} = ${ownerId ?? null}::uuid`,
        sql`${auditEntries.hash} = ${hash ?? null}::text`,
      ),
    )

export function createAuditRepository(database: Database) {
  return {
    /** Newest first, from behind the entry `after`. */
    async list(caller: Caller, filter: AuditFilter, take: number, after?: string) {
      const behind = after === undefined ? undefined : lt(auditEntries.id, BigInt(after))
      const [rows] = await database.read(caller, [
        newestFirst(and(matching(filter), behind)).limit(take),
      ])
      return rows
    },

    async page(caller: Caller, filter: AuditFilter, take: number, skip: number) {
      const [rows, [counted]] = await database.read(caller, [
        newestFirst(matching(filter)).limit(take).offset(skip),
        boundedCount(newestFirst(matching(filter)).$dynamic()),
      ])
      return { rows, ...toBoundedTotal(counted?.total ?? 0) }
    },

    /** Follows every chain, or that of one book, in one snapshot. */
    async verify(
      caller: Caller,
      ownerId: string | undefined,
      expectedHash: string | undefined,
    ): Promise<Verification> {
      const byOwner = ownerId === undefined ? undefined : eq(auditHeads.ownerId, ownerId)
      const [found, heads, [books], [entries], [expected]] = await database.read(caller, [
        faults(ownerId),
        qb.select().from(auditHeads).where(byOwner).orderBy(auditHeads.ownerId).limit(MAX_HEADS),
        qb.select({ total: count() }).from(auditHeads).where(byOwner),
        qb
          .select({ total: count() })
          .from(auditEntries)
          .where(ownerId === undefined ? undefined : eq(auditEntries.ownerId, ownerId)),
        expectation(ownerId, expectedHash),
      ])
      return {
        entries: entries?.total ?? 0,
        books: books?.total ?? 0,
        violationCount: found.rows[0]?.found ?? 0,
        faults: found.rows.map(({ book_id, seq, fault }) => ({
          ownerId: book_id,
          seq: BigInt(seq),
          fault,
        })),
        heads,
        expectedFound: expected?.found ?? null,
      }
    },
  }
}
