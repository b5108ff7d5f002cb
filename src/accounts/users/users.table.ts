import { sql } from 'drizzle-orm'
import { check, integer, text, unique } from 'drizzle-orm/pg-core'
import { data } from '../../db/enums.ts'
import { columnsOf } from '../../db/record.ts'
import { userFields } from './user.fields.ts'

export const users = data
  .table(
    'users',
    {
      ...columnsOf(userFields),
      password_hash: text('password_hash').notNull(),
      /** Raised by a trigger when role, password or active flag change: older tokens are refused. */
      token_version: integer('token_version').notNull().default(1),
    },
    (table) => [
      unique('users_email_unique').on(table.email),
      check(
        'users_email_shape',
        sql`${table.email} = lower(${table.email}) and ${table.email} like '%_@_%' and length(${table.email}) <= 254`,
      ),
      check('users_name_length', sql`length(${table.name}) between 1 and 100`),
    ],
  )
  .enableRLS()
