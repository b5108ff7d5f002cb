import { resolveScope, type Scope, type ScopeRequest } from '../../access/scope.ts'
import type { Caller } from '../../db/client.ts'
import type { Cursors } from '../../lib/pagination/cursor.ts'
import type {
  Comparison,
  ConsistencyRepository,
  RecordComparison,
  RecordPosition,
} from './consistency.repository.ts'

export type ConsistencyService = ReturnType<typeof createConsistencyService>

export interface ConsistencyReport extends Comparison {
  scope: Scope
  records: RecordComparison
  /** Continues with the records that were not compared yet. */
  nextCursor: string | null
}

/** A request with a cursor does not compare the roll-ups again. */
const noRollups: Comparison = { transactions: 0, rollups: 0, differenceCount: 0, differences: [] }

/** Verifies roll-ups against the transactions, and records against the audit log. */
export function createConsistencyService(consistency: ConsistencyRepository, cursors: Cursors) {
  async function compare(caller: Caller, scope: Scope, list: unknown, cursor?: string) {
    if (cursor === undefined) return consistency.compare(caller, scope)
    const [step, after] = (await cursors.read(list, cursor)) as [string, string?]
    const from: RecordPosition = { step, after: after ?? null }
    return { ...noRollups, records: await consistency.continueRecords(caller, scope, from) }
  }

  return {
    async check(
      caller: Caller,
      request: ScopeRequest & { cursor?: string | undefined },
    ): Promise<ConsistencyReport> {
      const scope = resolveScope(caller, request)
      const list = ['consistency', caller.userId, scope]
      const found = await compare(caller, scope, list, request.cursor)
      const { next } = found.records
      const nextCursor =
        next === undefined
          ? null
          : await cursors.write(list, [next.step, ...(next.after === null ? [] : [next.after])])
      return { scope, ...found, nextCursor }
    },
  }
}
