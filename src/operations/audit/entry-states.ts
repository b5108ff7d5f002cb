import { storedSessionFields } from '../../accounts/sessions/session.fields.ts'
import { sessions } from '../../accounts/sessions/sessions.table.ts'
import { responseOf, rowFromJson } from '../../db/record.ts'
import { transactionFromJson } from '../../transactions/transaction-from-json.ts'
import { transactionResponse } from '../../transactions/transactions.schema.ts'
import { userFromJson } from '../../accounts/users/user-from-json.ts'
import { userResponse } from '../../accounts/users/users.schema.ts'

type State = Record<string, unknown>

const SECRET = /hash|secret|password|token|code/

/** For entities without a schema: omits fields whose names suggest a secret. */
const harmless = (state: State): State =>
  Object.fromEntries(Object.entries(state).filter(([name]) => !SECRET.test(name)))

const forms: Record<string, (state: State) => State> = {
  transaction: (state) => transactionResponse(transactionFromJson(state)),
  user: (state) => userResponse(userFromJson(state)),
  session: (state) => responseOf(storedSessionFields, rowFromJson(sessions, state)),
}

/** The state before or after a change, as the API returns it. */
export function stateResponse(entity: string, state: State | null): State | null {
  return state && (forms[entity] ?? harmless)(state)
}
