import { api } from '../../db/api-schema.ts'
import { columnsOf } from '../../db/record.ts'
import { apiKeyFields } from './api-key.fields.ts'

/** The caller's keys, revoked ones too. */
export const ownApiKeys = api.table('own_api_keys', columnsOf(apiKeyFields))

/** The keys of all users; granted to admins. */
export const allApiKeys = api.table('all_api_keys', columnsOf(apiKeyFields))
