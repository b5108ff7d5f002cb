import { z } from '@hono/zod-openapi'
import { transactionFromJson } from '../../transactions/transaction-from-row.ts'
import { transactionResponse } from '../../transactions/transactions.schema.ts'
import { userFromJson } from '../../accounts/users/user.codec.ts'
import { userResponse } from '../../accounts/users/users.schema.ts'

type State = Record<string, unknown>

const instant = z.coerce
  .date()
  .nullable()
  .default(null)
  .transform((date) => date?.toISOString() ?? null)
const text = z.string().nullable().default(null)

/** Fields that are named here are told, and no others. */
const session = z.object({
  id: z.string(),
  user_id: z.string(),
  created_at: instant,
  expires_at: instant,
  last_used_at: instant,
  address: text,
  user_agent: text,
  revoked_at: instant,
  revoked_reason: text,
})

const SECRET = /hash|secret|password|token|code/

/** For entities without a form of their own: nothing whose name smells of a secret. */
const harmless = (state: State): State =>
  Object.fromEntries(Object.entries(state).filter(([name]) => !SECRET.test(name)))

const forms: Record<string, (state: State) => State> = {
  transaction: (state) => transactionResponse(transactionFromJson(state)),
  user: (state) => userResponse(userFromJson(state)),
  session: (state) => session.parse(state),
}

/** What was before or after a change, in the form in which the API answers it. */
export function stateResponse(entity: string, state: State | null): State | null {
  return state && (forms[entity] ?? harmless)(state)
}
