import type { Role } from '../../../src/db/enums.ts'
import type { TestResponse } from '../../support/app.ts'
import { activeAdmins, type Model, type ModelTransaction, type ModelUser } from './state.ts'

/* Who may do what, once more and by hand: the model asks no code of the API. */

const RANK: Record<Role, number> = { viewer: 0, analyst: 1, admin: 2 }

export const atLeast = ({ tokenRole }: ModelUser, least: Role) => RANK[tokenRole] >= RANK[least]

/** The status that a caller gets before rows matter; undefined where the caller is let in. */
export function turnedAway(caller: ModelUser, least: Role): number | undefined {
  if (!atLeast(caller, least)) return 403
  return caller.active ? undefined : 401
}

export type WhoseWish = 'own' | 'all' | { userId: string }

/** The status of a read of `wish`, and whose rows those are. */
export function readable(caller: ModelUser, wish: WhoseWish) {
  const whose = wish === 'own' ? caller.id : wish === 'all' ? undefined : wish.userId
  const query = wish === 'own' ? '' : wish === 'all' ? 'scope=all' : `user_id=${wish.userId}`
  const foreign = whose !== caller.id
  const status = foreign && !atLeast(caller, 'admin') ? 404 : caller.active ? 200 : 401
  return { status, whose, query }
}

export const pick = <T>(list: readonly T[], index: number): T => list[index % list.length]!

/** Anybody; every other time an admin, without whom little happens. */
export const callerOf = (model: Model, index: number): ModelUser =>
  pick(index % 2 ? model.users : activeAdmins(model), index >> 1)

export const findTransaction = ({ transactions }: Model, index: number): ModelTransaction =>
  pick(transactions, index)

/** Throws where the API answered otherwise than the model. */
export function expectStatus(response: TestResponse, status: number): void {
  if (response.status === status) return
  throw new Error(`The model says ${status}, the API ${response.status}: ${response.text}`)
}
