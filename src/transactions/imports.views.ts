import { app } from '../db/api-schema.ts'
import { columnsOf } from '../db/record.ts'
import { importFields } from './import.fields.ts'

/** Imports of the caller's transactions. */
export const ownImports = app.table('own_imports', columnsOf(importFields))

/** The imports of all users; granted to admins. */
export const allImports = app.table('all_imports', columnsOf(importFields))
