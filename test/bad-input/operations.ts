import { someTransaction } from '../support/transactions.ts'
import { password } from '../support/actors.ts'
import * as bad from './values.ts'

/* Every field of every body and every parameter of every query, with what each must refuse. */

export interface World {
  transactionId: string
  userId: string
  refreshToken: string
}

export interface WriteOperation {
  method: 'POST' | 'PATCH' | 'DELETE'
  path: (world: World) => string
  /** A body that would be taken. */
  body: (world: World) => Record<string, unknown>
  required: readonly string[]
  /** JSON texts that each field refuses. */
  fields: Record<string, readonly string[]>
}

const role = bad.badEnum('viewer', 'analyst', 'admin')
const transactionFields = {
  type: bad.badEnum('income', 'expense'),
  amount: bad.badAmount,
  currency: bad.badCurrency,
  category: bad.badLine(64),
  date: bad.badDate,
  notes: bad.badNotes,
  external_id: bad.badLine(255).filter((text) => text !== 'null'),
  source: bad.badLine(64).filter((text) => text !== 'null'),
}

/** By operationId. */
export const writes: Record<string, WriteOperation> = {
  login: {
    method: 'POST',
    path: () => '/v1/auth/login',
    body: () => ({ email: 'admin-1@example.com', password }),
    required: ['email', 'password'],
    fields: {
      email: bad.badEmail,
      password: bad.badSecret(1000),
      code: [...bad.badSecret(40), '"12345"'],
    },
  },
  refresh: {
    method: 'POST',
    path: () => '/v1/auth/refresh',
    body: ({ refreshToken }) => ({ refresh_token: refreshToken }),
    required: ['refresh_token'],
    fields: { refresh_token: bad.badSecret(200) },
  },
  changeMyPassword: {
    method: 'POST',
    path: () => '/v1/auth/password',
    body: () => ({ current_password: password, new_password: 'nine dry raincoats' }),
    required: ['current_password', 'new_password'],
    fields: { current_password: bad.badSecret(1000), new_password: bad.badNewPassword },
  },
  startTotp: {
    method: 'POST',
    path: () => '/v1/auth/totp',
    body: () => ({ password }),
    required: ['password'],
    fields: { password: bad.badSecret(1000) },
  },
  confirmTotp: {
    method: 'POST',
    path: () => '/v1/auth/totp/confirm',
    body: () => ({ code: '123456' }),
    required: ['code'],
    fields: { code: [...bad.badSecret(40), '"12345"'] },
  },
  removeTotp: {
    method: 'DELETE',
    path: () => '/v1/auth/totp',
    body: () => ({ password, code: '123456' }),
    required: ['password', 'code'],
    fields: { password: bad.badSecret(1000), code: [...bad.badSecret(40), '"12345"'] },
  },
  createApiKey: {
    method: 'POST',
    path: () => '/v1/api-keys',
    body: () => ({ name: 'A machine', role: 'viewer', access: 'read' }),
    required: ['name'],
    fields: {
      name: bad.badLine(100),
      role,
      access: bad.badEnum('read', 'read_write'),
      expires_at: ['null', '1', '""', '"2099-01-01"', '"tomorrow"', '"2020-01-01T00:00:00Z"'],
    },
  },
  createUser: {
    method: 'POST',
    path: () => '/v1/users',
    body: () => ({
      email: 'grace@example.com',
      name: 'Grace Hopper',
      role: 'analyst',
      active: true,
      password: 'nine dry raincoats',
    }),
    required: ['email', 'name', 'role', 'password'],
    fields: {
      email: bad.badEmail,
      name: bad.badLine(100),
      role,
      active: bad.badBoolean,
      password: [...bad.badNewPassword, '"grace@example.com"', '"GRACE@example.com"'],
    },
  },
  updateUser: {
    method: 'PATCH',
    path: ({ userId }) => `/v1/users/${userId}`,
    body: () => ({ name: 'Grace Hopper', role: 'admin', active: true }),
    required: [],
    fields: { name: bad.badLine(100), role, active: bad.badBoolean },
  },
  resetUserPassword: {
    method: 'POST',
    path: ({ userId }) => `/v1/users/${userId}/password`,
    body: () => ({ password: 'nine dry raincoats' }),
    required: ['password'],
    fields: { password: bad.badNewPassword },
  },
  createTransaction: {
    method: 'POST',
    path: () => '/v1/transactions',
    body: () => ({ ...someTransaction }),
    required: ['type', 'amount', 'currency', 'category', 'date'],
    fields: { ...transactionFields, user_id: bad.badId },
  },
  updateTransaction: {
    method: 'PATCH',
    path: ({ transactionId }) => `/v1/transactions/${transactionId}`,
    body: () => ({ ...someTransaction, category: 'Household' }),
    required: [],
    fields: transactionFields,
  },
  bulkTransactions: {
    method: 'POST',
    path: () => '/v1/transactions/bulk',
    body: () => ({ mode: 'each', operations: [{ op: 'create', data: someTransaction }] }),
    required: ['operations'],
    fields: {
      mode: bad.badEnum('atomic', 'each'),
      operations: ['null', '{}', '[]', '"create"', '1', `[${'{},'.repeat(500)}{}]`],
    },
  },
}

export interface ReadOperation {
  path: (world: World) => string
  /** Texts that each parameter refuses. */
  parameters: Record<string, readonly string[]>
}

const scope = { scope: bad.badChoice('own', 'all'), user_id: bad.badIdParameter }
const pages = {
  limit: bad.badInteger(100),
  cursor: bad.badCursor,
  page: bad.badInteger(1_000_000),
}
const selection = {
  date_from: bad.badDateParameter,
  date_to: bad.badDateParameter,
  currency: bad.badCurrencyParameter,
  ...scope,
}
const interval = bad.badChoice('day', 'week', 'month', 'quarter', 'year')
const sections = bad.badChoice('totals', 'recent', 'categories', 'users')
const read = (path: string, parameters: ReadOperation['parameters'] = {}): ReadOperation => ({
  path: () => path,
  parameters,
})

/** By operationId: every GET behind the login. */
export const reads: Record<string, ReadOperation> = {
  getMe: read('/v1/auth/me'),
  listSessions: read('/v1/auth/sessions', { ...pages, user_id: bad.badIdParameter }),
  getTotp: read('/v1/auth/totp'),
  listApiKeys: read('/v1/api-keys', { ...pages, user_id: bad.badIdParameter }),
  listTransactions: read('/v1/transactions', {
    ...selection,
    ...pages,
    category: bad.badCategory,
    type: bad.badChoice('income', 'expense'),
    min_amount: bad.badAmountParameter,
    max_amount: bad.badAmountParameter,
    q: bad.badSearch,
    external_id: ['', ' ', '\u0000', 'x'.repeat(256)],
    source: ['', ' ', '\u0000', 'x'.repeat(65)],
    sort: bad.badChoice('-date', 'date', '-amount', 'amount'),
    include: bad.badChoice('totals'),
    deleted: bad.badChoice('exclude', 'include', 'only'),
  }),
  getTransaction: {
    path: ({ transactionId }) => `/v1/transactions/${transactionId}`,
    parameters: { deleted: [...bad.badChoice('exclude', 'include'), 'only'] },
  },
  listCategories: read('/v1/categories', scope),
  exportTransactions: read('/v1/transactions/export', {
    ...selection,
    category: bad.badCategory,
    type: bad.badChoice('income', 'expense'),
    min_amount: bad.badAmountParameter,
    max_amount: bad.badAmountParameter,
    q: bad.badSearch,
    sort: bad.badChoice('-date', 'date', '-amount', 'amount'),
    deleted: bad.badChoice('exclude', 'include', 'only'),
    format: bad.badChoice('csv', 'ndjson'),
    trailer: bad.badChoice('true', 'false'),
  }),
  listImports: read('/v1/imports', { ...scope, limit: pages.limit, cursor: pages.cursor }),
  getDashboard: read('/v1/dashboard', {
    ...selection,
    interval,
    limit: bad.badInteger(50),
    include: sections,
  }),
  getDashboardSummary: read('/v1/dashboard/summary', selection),
  getDashboardCategories: read('/v1/dashboard/categories', selection),
  getDashboardTrends: read('/v1/dashboard/trends', { ...selection, interval }),
  getDashboardRecent: read('/v1/dashboard/recent', { ...selection, limit: bad.badInteger(50) }),
  listUsers: read('/v1/users', {
    ...pages,
    role: bad.badChoice('viewer', 'analyst', 'admin'),
    active: [...bad.badChoice('true', 'false'), '1', '0', 'yes'],
    q: bad.badSearch,
  }),
  listAuditEntries: read('/v1/audit', {
    ...pages,
    book_id: bad.badIdParameter,
    actor_id: bad.badIdParameter,
    entity_id: bad.badIdParameter,
    entity: ['', 'Transaction', 'a b', 'x'.repeat(41), "'"],
    action: ['', 'Updated', 'a.b.c', '.', "'"],
    from: ['', 'yesterday', '2026-02-30T00:00:00Z', '2026-01-01', '9999-01-01T00:00:00Z'],
    to: ['', 'yesterday', '2026-02-30T00:00:00Z', '2026-01-01', '0001-01-01T00:00:00Z'],
    request_id: ['', '\u0000', 'x'.repeat(1100)],
  }),
  verifyAudit: read('/v1/audit/verify', {
    book_id: bad.badIdParameter,
    expected_hash: ['', 'x', 'F'.repeat(64), 'f'.repeat(63), 'f'.repeat(65)],
  }),
  getTransactionHistory: {
    path: ({ transactionId }) => `/v1/transactions/${transactionId}/history`,
    parameters: pages,
  },
  getUser: { path: ({ userId }) => `/v1/users/${userId}`, parameters: {} },
}
