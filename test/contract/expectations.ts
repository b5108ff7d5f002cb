import type { Role } from '../../src/db/enums.ts'
import type { Call, TestApp, TestResponse } from '../support/app.ts'
import { fillPath, operations, type Operation } from '../support/operations.ts'
import { someAnomaly, someStream } from '../support/recurring.ts'
import { insertApiKey, recoveryCode, startedTotp } from '../support/second-factors.ts'
import { insertImport, insertTransaction, someTransaction } from '../support/transactions.ts'
import { insertUser, loginAs, password, type User } from '../support/users.ts'

/** What a request consists of beside the method and the path of its operation. */
export interface ValidRequest {
  /** Values for the braces of the path. */
  path?: Record<string, string>
  query?: string
  json?: unknown
  /** A body that is not JSON, with its media type among the headers. */
  raw?: string
  headers?: Record<string, string>
}

type Arrange = (app: TestApp, caller: User) => Promise<ValidRequest> | ValidRequest

export interface Expectation {
  /** Who may; undefined where no token is needed. */
  roles: readonly Role[] | undefined
  status: number
  /** Calls of the database: one, unless something has to be computed between two of them. */
  calls: number
  /** Makes the rows that the request needs, so that each can be sent on its own. */
  request?: Arrange
}

const everyone: readonly Role[] = ['viewer', 'analyst', 'admin']
const analysts: readonly Role[] = ['analyst', 'admin']
const admins: readonly Role[] = ['admin']

const read = (roles: readonly Role[]): Expectation => ({ roles, status: 200, calls: 1 })
const ofTransaction = (deleted: boolean, json?: unknown): Arrange =>
  async function request(app, caller) {
    return { path: { id: await insertTransaction(app, caller.id, { deleted }) }, json }
  }
const ofUser = (json?: unknown): Arrange =>
  async function request(app) {
    return { path: { id: (await insertUser(app, 'viewer')).id }, json }
  }

const ofImport: Arrange = async (app, caller) => ({
  path: { id: await insertImport(app, caller.id) },
})

const ofAnomaly: Arrange = async (app, { id }) => ({
  path: { key: await someAnomaly(app, id) },
})

let count = 0

/**
 * The design's "Who may do what", operation by operation. It is written down here once more, and
 * not taken from src, so that the two can disagree.
 */
export const expectations: Record<string, Expectation> = {
  login: {
    roles: undefined,
    status: 200,
    calls: 2,
    request: async (app) => ({
      json: { email: (await insertUser(app, 'viewer')).email, password },
    }),
  },
  refresh: {
    roles: undefined,
    status: 200,
    calls: 1,
    request: async (app) => ({
      json: { refresh_token: (await loginAs(app, 'viewer')).refreshToken },
    }),
  },
  logout: { roles: everyone, status: 204, calls: 1 },
  getCurrentUser: read(everyone),
  changePassword: {
    roles: everyone,
    status: 200,
    calls: 2,
    request: () => ({ json: { current_password: password, new_password: 'nine dry raincoats' } }),
  },

  stepUp: { roles: everyone, status: 200, calls: 2, request: () => ({ json: { password } }) },

  listSessions: read(everyone),
  revokeSession: {
    roles: everyone,
    status: 204,
    calls: 1,
    request: (_app, caller) => ({ path: { id: caller.sessionId } }),
  },
  revokeOtherSessions: { roles: everyone, status: 200, calls: 1 },

  getTotp: read(everyone),
  startTotp: { roles: everyone, status: 200, calls: 2, request: () => ({ json: { password } }) },
  confirmTotp: {
    roles: everyone,
    status: 200,
    calls: 2,
    request: async (app, caller) => ({ json: { code: await startedTotp(app, caller) } }),
  },
  removeTotp: {
    roles: everyone,
    status: 204,
    calls: 2,
    request: async (app, caller) => {
      await startedTotp(app, caller, true)
      return { json: { password, code: recoveryCode } }
    },
  },
  removeUserTotp: {
    roles: admins,
    status: 204,
    calls: 1,
    request: async (app) => {
      const user = await insertUser(app, 'viewer')
      await startedTotp(app, user, true)
      return { path: { id: user.id } }
    },
  },

  createApiKey: {
    roles: everyone,
    status: 201,
    calls: 1,
    request: () => ({ json: { name: 'A machine' } }),
  },
  listApiKeys: read(everyone),
  revokeApiKey: {
    roles: everyone,
    status: 204,
    calls: 1,
    request: async (app, caller) => ({ path: { id: await insertApiKey(app, caller) } }),
  },

  listTransactions: read(everyone),
  getTransaction: { ...read(everyone), request: ofTransaction(false) },
  createTransaction: {
    roles: analysts,
    status: 201,
    calls: 1,
    request: () => ({ json: someTransaction }),
  },
  updateTransaction: { ...read(admins), request: ofTransaction(false, { category: 'Household' }) },
  deleteTransaction: { roles: admins, status: 204, calls: 1, request: ofTransaction(false) },
  restoreTransaction: { ...read(admins), request: ofTransaction(true) },
  listCategories: read(everyone),
  exportTransactions: read(everyone),

  importTransactions: {
    roles: analysts,
    status: 201,
    calls: 1,
    request: () => ({
      query: '?dry_run=false&likely_duplicates=create',
      raw: 'date,amount,currency,category\n2026-03-14,-84.30,EUR,Groceries\n',
      headers: { 'Content-Type': 'text/csv' },
    }),
  },
  listImports: read(everyone),
  getImport: { ...read(everyone), request: ofImport },
  listImportRows: { ...read(everyone), request: ofImport },
  revertImport: { ...read(analysts), request: ofImport },
  getTransactionHistory: { ...read(admins), request: ofTransaction(false) },
  bulkTransactions: {
    ...read(analysts),
    request: () => ({ json: { operations: [{ op: 'create', data: someTransaction }] } }),
  },

  listMasking: read(admins),
  setMasking: {
    ...read(admins),
    request: () => ({ path: { role: 'viewer' }, json: { fields: { notes: 'hide' } } }),
  },

  listAuditEntries: read(admins),
  verifyAudit: read(admins),
  listAuditHeads: read(admins),
  compareAuditHeads: {
    ...read(admins),
    request: (_app, { id }) => ({
      json: { heads: [{ owner_id: id, sequence: 1, hash: 'f'.repeat(64) }] },
    }),
  },
  checkConsistency: read(admins),

  getDashboard: read(everyone),
  getDashboardSummary: read(everyone),
  getDashboardRecent: read(everyone),
  getDashboardCategories: read(analysts),
  getDashboardTrends: read(analysts),
  getDashboardForecast: read(analysts),

  listRecurring: read(analysts),
  decideRecurring: {
    roles: analysts,
    status: 200,
    calls: 2,
    request: async (app, { id }) => ({
      path: { key: await someStream(app, id) },
      json: { status: 'confirmed', name: 'Films' },
    }),
  },
  listAnomalies: read(analysts),
  dismissAnomaly: { roles: analysts, status: 200, calls: 2, request: ofAnomaly },
  restoreAnomaly: { roles: analysts, status: 200, calls: 2, request: ofAnomaly },

  listUsers: read(admins),
  getUser: { ...read(admins), request: ofUser() },
  createUser: {
    roles: admins,
    status: 201,
    calls: 1,
    request: () => ({
      json: { email: `new-${++count}@example.com`, name: 'New', role: 'viewer', password },
    }),
  },
  updateUser: { ...read(admins), request: ofUser({ name: 'Renamed' }) },
  getLoginAttempts: { ...read(admins), request: ofUser() },
  unlockLogin: { ...read(admins), request: ofUser() },
  resetUserPassword: { roles: admins, status: 200, calls: 2, request: ofUser({ password }) },

  getHealth: { roles: undefined, status: 200, calls: 0 },
  getReadiness: { roles: undefined, status: 200, calls: 1 },
  getProblemKind: {
    roles: undefined,
    status: 200,
    calls: 0,
    request: () => ({ path: { code: 'not_found' } }),
  },
}

export interface Expected extends Operation {
  expected: Expectation
}

/** Every operation with what is expected of it; that none is missing is a test of its own. */
export const cases: readonly Expected[] = operations.flatMap((operation) => {
  const expected = expectations[operation.id]
  return expected ? [{ ...operation, expected }] : []
})
export const protectedCases = cases.filter(({ needsToken }) => needsToken)

export interface Changes {
  token?: string | undefined
  path?: Record<string, string>
  query?: string
  json?: unknown
  raw?: BodyInit
  headers?: Record<string, string>
  via?: Call
}

export type Send = (changes?: Changes) => Promise<TestResponse>

/** Prepares a valid request; the result sends it, as it is or with changes. */
export async function prepare(app: TestApp, operation: Expected, caller: User): Promise<Send> {
  const valid = (await operation.expected.request?.(app, caller)) ?? {}
  return ({ via = app.call, path, query = valid.query, headers, ...changes } = {}) =>
    via(operation.method, fillPath(operation.path, { ...valid.path, ...path }) + (query ?? ''), {
      token: operation.needsToken ? caller.token : undefined,
      ...(changes.raw === undefined &&
        changes.json === undefined && { json: valid.json, ...(valid.raw && { raw: valid.raw }) }),
      ...changes,
      headers: { ...valid.headers, ...headers },
    })
}
