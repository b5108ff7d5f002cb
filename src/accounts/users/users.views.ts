import { text } from 'drizzle-orm/pg-core'
import { api } from '../../db/api-schema.ts'
import { columnsOf, insertColumnsOf } from '../../db/record.ts'
import { userFields } from './user.fields.ts'

/** The caller alone. */
export const ownProfile = api.table('own_profile', columnsOf(userFields))

/** Every user; granted to admins. */
export const allUsers = api.table('all_users', columnsOf(userFields))

/** What admins may write of a user, including the password hash, which no role may read. */
export const writableUsers = api.table('all_users', {
  ...insertColumnsOf(userFields),
  password_hash: text('password_hash').notNull(),
})
