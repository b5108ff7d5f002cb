import { resolveScope, type ScopeRequest } from '../../access/scope.ts'
import type { Caller } from '../../db/client.ts'
import type { ConsistencyRepository } from './consistency.repository.ts'

export type ConsistencyService = ReturnType<typeof createConsistencyService>

/** Whether what is shown as sums is what the records add up to. */
export function createConsistencyService(consistency: ConsistencyRepository) {
  return {
    async check(caller: Caller, request: ScopeRequest) {
      const scope = resolveScope(caller, request)
      return { scope, ...(await consistency.compare(caller, scope)) }
    },
  }
}
