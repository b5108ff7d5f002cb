import { v7 as uuidv7 } from 'uuid'
import { checkNewPassword, hashPassword, passwordIssueMessages } from '../passwords.ts'
import type { Caller } from '../../db/client.ts'
import type { Role } from '../../db/enums.ts'
import { AppError, invalidField } from '../../lib/errors.ts'
import type { Cursors } from '../../lib/pagination/cursor.ts'
import {
  checkPageRequest,
  cursorPage,
  numberedPage,
  type Page,
  type PageRequest,
} from '../../lib/pagination/pages.ts'
import type { User, UserFilter, UsersRepository } from './users.repository.ts'

export interface UserInput {
  email: string
  name: string
  role: Role
  active: boolean
  password: string
}

export interface UserPatch {
  name?: string | undefined
  role?: Role | undefined
  active?: boolean | undefined
}

export type UsersService = ReturnType<typeof createUsersService>

const found = (user: User | undefined): User => {
  if (!user) throw new AppError('not_found', { detail: 'No such user.' })
  return user
}

/** What admins do with users. The database holds that the last active admin stays. */
export function createUsersService(users: UsersRepository, cursors: Cursors) {
  return {
    async create(caller: Caller, { password, ...input }: UserInput): Promise<User> {
      const issue = checkNewPassword(password, input.email)
      if (issue) throw invalidField('password', passwordIssueMessages[issue])
      const passwordHash = await hashPassword(password)
      return users.create(caller, { ...input, id: uuidv7(), passwordHash })
    },

    async list(caller: Caller, filter: UserFilter, request: PageRequest): Promise<Page<User>> {
      checkPageRequest(request)
      const { limit, page, cursor } = request
      if (page !== undefined) {
        const result = await users.page(caller, filter, limit, (page - 1) * limit)
        return numberedPage(result, page, limit)
      }
      const list = ['users', caller.userId, filter.role, filter.active, filter.q]
      const [after] = cursor === undefined ? [] : await cursors.read(list, cursor)
      const rows = await users.list(caller, filter, limit + 1, after)
      return cursorPage(cursors, list, rows, limit, (user) => [user.id])
    },

    async read(caller: Caller, id: string): Promise<User> {
      return found(await users.find(caller, id))
    },

    /** @throws AppError `precondition_failed` where the user has none of the versions */
    async update(
      caller: Caller,
      id: string,
      versions: readonly number[] | undefined,
      patch: UserPatch,
    ): Promise<User> {
      return found(await users.update(caller, id, versions, patch))
    },

    /** Sets a password for somebody who lost it, and ends all sessions of that user. */
    async resetPassword(caller: Caller, id: string, password: string): Promise<void> {
      const passwordHash = await hashPassword(password)
      found(await users.update(caller, id, undefined, { passwordHash }))
    },
  }
}
