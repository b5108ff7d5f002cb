import { sql } from 'drizzle-orm'
import { check, index, uuid } from 'drizzle-orm/pg-core'
import { users } from '../accounts/users/users.table.ts'
import { data } from '../db/enums.ts'
import { columnsOf } from '../db/record.ts'
import { importFields } from './import.fields.ts'

/** Files of transactions, each imported as one. */
export const imports = data
  .table(
    'imports',
    {
      ...columnsOf(importFields),
      user_id: uuid('user_id')
        .notNull()
        .references(() => users.id),
      created_by: uuid('created_by')
        .notNull()
        .default(sql`data.user_id()`)
        .references(() => users.id),
    },
    (table) => [
      index('imports_user').on(table.user_id, table.id),
      check('imports_file_name_length', sql`length(${table.file_name}) between 1 and 255`),
      check(
        'imports_counts',
        sql`${table.row_count} >= 0 and ${table.created_count} >= 0 and ${table.duplicate_count} >= 0 and ${table.created_count} + ${table.duplicate_count} <= ${table.row_count}`,
      ),
      check('imports_not_booked', sql`${table.not_booked_count} >= 0`),
      check('imports_source_length', sql`length(${table.source}) between 1 and 64`),
    ],
  )
  .enableRLS()
