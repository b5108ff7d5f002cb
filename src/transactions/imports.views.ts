import { api } from '../db/api-schema.ts'
import { columnsOf } from '../db/record.ts'
import { importFields } from './import.fields.ts'

/** Imports of the caller's transactions. */
export const ownImports = api.table('own_imports', columnsOf(importFields))

/** The imports of all users; granted to admins. */
export const allImports = api.table('all_imports', columnsOf(importFields))
