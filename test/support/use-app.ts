import { afterAll, beforeAll } from 'vitest'
import type { Role } from '../../src/db/enums.ts'
import { newTestApp, type TestApp } from './app.ts'
import { insertUsers, newUser, type User } from './users.ts'

/**
 * The app on a database of its own for one file, with a user for each role that is taken out:
 * `const { app, admin } = useApp()` makes one admin and nobody else.
 */
export function useApp(): { app: TestApp } & Record<Role, User> {
  const app = newTestApp()
  const users = new Map<Role, User>()
  beforeAll(async () => {
    await app.database.create()
    await insertUsers(app, [...users.values()])
  })
  afterAll(() => app.database.drop())
  const userOf = (role: Role) => {
    const user = users.get(role) ?? newUser(app, role)
    users.set(role, user)
    return user
  }
  return {
    app,
    get admin() {
      return userOf('admin')
    },
    get analyst() {
      return userOf('analyst')
    },
    get viewer() {
      return userOf('viewer')
    },
  }
}
