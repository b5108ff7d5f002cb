import { and, count, desc, eq, gte, lt, lte, sql, type SQL } from 'drizzle-orm'
import { countSome, knownTotal } from '../../db/bounded-count.ts'
import { queries, type Caller, type Database } from '../../db/client.ts'
import { auditEntries, auditHeads } from '../../db/views.ts'

export type AuditEntry = typeof auditEntries.$inferSelect
export type AuditHead = typeof auditHeads.$inferSelect

export interface AuditFilter {
  bookId?: string | undefined
  actorId?: string | undefined
  entity?: string | undefined
  entityId?: string | undefined
  action?: string | undefined
  from?: string | undefined
  to?: string | undefined
  requestId?: string | undefined
}

export type AuditFault = 'altered' | 'removed' | 'reordered' | 'unlinked' | 'head differs'

export interface FaultyLink {
  bookId: string
  seq: bigint
  fault: AuditFault
}

/** What a look at the chains found. */
export interface Verification {
  entries: number
  books: number
  faultCount: number
  /** The first of them. */
  faults: FaultyLink[]
  /** The first of them, by book. */
  heads: AuditHead[]
  /** Whether a link of the chain has the hash that was expected; null where none was. */
  expectedFound: boolean | null
}

export type AuditRepository = ReturnType<typeof createAuditRepository>

/** How many faults and heads are told in one answer. */
const MOST_FAULTS = 100
const MOST_HEADS = 1000

const matching = (filter: AuditFilter): SQL | undefined => {
  const { bookId, actorId, entity, entityId, action, from, to, requestId } = filter
  const view = auditEntries
  return and(
    bookId === undefined ? undefined : eq(view.bookId, bookId),
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
  queries.select().from(auditEntries).where(where).orderBy(desc(auditEntries.id))

const faults = (bookId: string | undefined) =>
  queries.execute<{ book_id: string; seq: string; fault: AuditFault; found: number }>(
    sql`select book_id, seq::text, fault, (count(*) over ())::integer found
          from app.verify_audit(${bookId ?? null}::uuid) limit ${MOST_FAULTS}::integer`,
  )

const expectation = (bookId: string | undefined, hash: string | undefined) =>
  queries
    .select({
      found: sql<boolean | null>`case when ${hash ?? null}::text is not null then count(*) > 0 end`,
    })
    .from(auditEntries)
    .where(
      and(
        sql`${auditEntries.bookId} = ${bookId ?? null}::uuid`,
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
        countSome(newestFirst(matching(filter)).$dynamic()),
      ])
      return { rows, ...knownTotal(counted?.total ?? 0) }
    },

    /** Follows every chain, or that of one book, in one snapshot. */
    async verify(
      caller: Caller,
      bookId: string | undefined,
      expectedHash: string | undefined,
    ): Promise<Verification> {
      const ofBook = bookId === undefined ? undefined : eq(auditHeads.bookId, bookId)
      const [found, heads, [books], [entries], [expected]] = await database.read(caller, [
        faults(bookId),
        queries
          .select()
          .from(auditHeads)
          .where(ofBook)
          .orderBy(auditHeads.bookId)
          .limit(MOST_HEADS),
        queries.select({ total: count() }).from(auditHeads).where(ofBook),
        queries
          .select({ total: count() })
          .from(auditEntries)
          .where(bookId === undefined ? undefined : eq(auditEntries.bookId, bookId)),
        expectation(bookId, expectedHash),
      ])
      return {
        entries: entries?.total ?? 0,
        books: books?.total ?? 0,
        faultCount: found.rows[0]?.found ?? 0,
        faults: found.rows.map(({ book_id, seq, fault }) => ({
          bookId: book_id,
          seq: BigInt(seq),
          fault,
        })),
        heads,
        expectedFound: expected?.found ?? null,
      }
    },
  }
}
