import { rowFromJson } from '../../db/record.ts'
import type { User } from './users.repository.ts'
import { ownProfile } from './users.views.ts'

/** A user out of the JSON that the audit log and stored responses have of it. */
export const userFromJson = (json: unknown): User => rowFromJson(ownProfile, json)
