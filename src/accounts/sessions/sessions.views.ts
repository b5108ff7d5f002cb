import { api } from '../../db/api-schema.ts'
import { columnsOf } from '../../db/record.ts'
import { sessionFields } from './session.fields.ts'

/** The caller's active sessions. */
export const ownSessions = api.table('own_sessions', columnsOf(sessionFields))

/** The active sessions of all users; granted to admins. */
export const allSessions = api.table('all_sessions', columnsOf(sessionFields))
