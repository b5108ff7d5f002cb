import { sql } from 'drizzle-orm'
import { check, integer, text, unique } from 'drizzle-orm/pg-core'
import { book } from '../../db/enums.ts'
import { columnsOf } from '../../db/record.ts'
import { userFields } from './user.fields.ts'

export const users = book
  .table(
    'users',
    {
      ...columnsOf(userFields),
      password_hash: text('password_hash').notNull(),
      /** Raised by a trigger when role, password or active flag change: older tokens are refused. */
      session_epoch: integer('session_epoch').notNull().default(1),
    },
    (table) => [
      unique('users_email_unique').on(table.email),
      check(
        'users_email_shape',
        sql`${table.email} = lower(${table.email}) and ${table.email} like '%_@_%' and length(${table.email}) <= 254`,
      ),
      check('users_name_length', sql`length(${table.name}) between 1 and 100`),
      // The roll-ups keep the whole book under the first ids.
      check('users_id', sql`${table.id} > '00000000-0000-0000-0000-000000000007'`),
    ],
  )
  .enableRLS()
