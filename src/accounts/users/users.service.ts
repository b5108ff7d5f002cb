import { v7 as uuidv7 } from 'uuid'
import { checkNewPassword, hashPassword, passwordIssueMessages } from '../passwords.ts'
import type { Caller } from '../../db/client.ts'
import type { NewRecord, Patch } from '../../db/record.ts'
import { AppError, invalidField } from '../../lib/errors.ts'
import type { Cursors } from '../../lib/pagination/cursor.ts'
import { readPage, type Page, type PageRequest } from '../../lib/pagination/pages.ts'
import type { userFields } from './user.fields.ts'
import type { SignOut } from '../sign-out.repository.ts'
import type { User, UserFilter, UsersRepository } from './users.repository.ts'

export type UserInput = NewRecord<typeof userFields> & { password: string }

export type UserPatch = Patch<typeof userFields>

export type UsersService = ReturnType<typeof createUsersService>

const found = (user: User | undefined): User => {
  if (!user) throw new AppError('not_found', { detail: 'No such user.' })
  return user
}

/** Manages users, for admins. The database prevents removal of the last active admin. */
export function createUsersService(users: UsersRepository, cursors: Cursors) {
  return {
    async create(caller: Caller, { password, ...input }: UserInput): Promise<User> {
      const issue = checkNewPassword(password, input)
      if (issue) throw invalidField('password', passwordIssueMessages[issue])
      const password_hash = await hashPassword(password)
      return users.create(caller, { ...input, id: uuidv7(), password_hash })
    },

    async list(caller: Caller, filter: UserFilter, request: PageRequest): Promise<Page<User>> {
      const list = ['users', caller.userId, filter.role, filter.active, filter.q]
      return readPage(cursors, list, request, users.list(caller, filter))
    },

    async read(caller: Caller, id: string): Promise<User> {
      return found(await users.find(caller, id))
    },

    /** @throws AppError `precondition_failed` if the user has none of the versions */
    async update(
      caller: Caller,
      id: string,
      versions: readonly number[] | undefined,
      patch: UserPatch,
    ): Promise<User> {
      return found(await users.update(caller, id, versions, patch))
    },

    /**
     * Sets a new password, and revokes all sessions of the user, with `apiKeys` the keys too.
     * @throws AppError `step_up_required` or `not_found`
     */
    async resetPassword(
      caller: Caller,
      id: string,
      password: string,
      apiKeys: boolean,
    ): Promise<SignOut> {
      const issue = checkNewPassword(password, found(await users.findToResetPassword(caller, id)))
      if (issue) throw invalidField('password', passwordIssueMessages[issue])
      return users.resetPassword(caller, id, await hashPassword(password), apiKeys)
    },
  }
}
