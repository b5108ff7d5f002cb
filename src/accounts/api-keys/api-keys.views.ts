import { app } from '../../db/api-schema.ts'
import { columnsOf } from '../../db/record.ts'
import { apiKeyFields } from './api-key.fields.ts'

/** The caller's keys, revoked ones too. */
export const ownApiKeys = app.table('own_api_keys', columnsOf(apiKeyFields))

/** The keys of all users; granted to admins. */
export const allApiKeys = app.table('all_api_keys', columnsOf(apiKeyFields))
