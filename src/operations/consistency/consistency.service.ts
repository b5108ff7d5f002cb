import { resolveScope, type ScopeRequest } from '../../access/scope.ts'
import type { Caller } from '../../db/client.ts'
import type { ConsistencyRepository } from './consistency.repository.ts'

export type ConsistencyService = ReturnType<typeof createConsistencyService>

/** Verifies the roll-ups against the transactions. */
export function createConsistencyService(consistency: ConsistencyRepository) {
  return {
    async check(caller: Caller, request: ScopeRequest) {
      const scope = resolveScope(caller, request)
      return { scope, ...(await consistency.compare(caller, scope)) }
    },
  }
}
