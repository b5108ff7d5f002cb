import { bigint, text } from 'drizzle-orm/pg-core'
import { api } from '../../db/api-schema.ts'
import { timestamptz } from '../../db/columns.ts'
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

/** What was done to the caller's account lately. */
export const ownAccountEvents = api.table('own_account_events', {
  id: bigint('id', { mode: 'bigint' }).notNull(),
  occurred_at: timestamptz('occurred_at').notNull(),
  action: text('action').notNull(),
  done_by: text('done_by', { enum: ['self', 'admin', 'system'] }).notNull(),
  address: text('address'),
})
