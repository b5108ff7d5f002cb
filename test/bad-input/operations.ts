import type { TestApp } from '../support/app.ts'
import { someAnomaly, someStream } from '../support/recurring.ts'
import { insertApiKey } from '../support/second-factors.ts'
import { enter, insertImport, someTransaction } from '../support/transactions.ts'
import { createUser, loginAs, password, type User } from '../support/users.ts'
import * as bad from './values.ts'

/* Every field of every body and every parameter of every query, with what each must refuse. */

export interface World {
  transactionId: string
  userId: string
  importId: string
  apiKeyId: string
  streamKey: string
  anomalyKey: string
  refreshToken: string
}

export async function createWorld(app: TestApp, admin: User): Promise<World> {
  const { id: userId } = await createUser(app, 'viewer')
  const { id: transactionId } = await enter(admin)
  const importId = await insertImport(app, admin.id)
  const apiKeyId = await insertApiKey(app, admin)
  const streamKey = await someStream(app, admin.id)
  const anomalyKey = await someAnomaly(app, admin.id)
  return {
    transactionId,
    userId,
    importId,
    apiKeyId,
    streamKey,
    anomalyKey,
    refreshToken: (await loginAs(app, admin)).refreshToken,
  }
}

export interface WriteOperation {
  method: 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  path: (world: World) => string
  /** A body that would be taken. */
  body: (world: World) => Record<string, unknown>
  required: readonly string[]
  /** JSON texts that each field refuses. */
  fields: Record<string, readonly string[]>
}

const role = bad.badEnum('viewer', 'analyst', 'admin')
const code = [...bad.badSecret(40), '"12345"']
/** What every operation refuses that reads a transaction from a body. */
export const transactionFields = {
  type: bad.badEnum('income', 'expense'),
  amount: bad.badAmount,
  currency: bad.badCurrency,
  category: bad.badLine(64),
  date: bad.badDate,
  payee: bad.badLine(200).filter((text) => text !== 'null'),
  notes: bad.badNotes,
  external_id: bad.badLine(255).filter((text) => text !== 'null'),
  source: bad.badLine(64).filter((text) => text !== 'null'),
}

const unmaskable = ['id', 'date', 'type', 'currency', 'version', 'Notes', 'nothing', '']
const badMasking = [
  ...[
    'null',
    '"hide"',
    '[]',
    '["notes"]',
    '1',
    '{"notes":null}',
    '{"notes":true}',
    '{"notes":["hide"]}',
  ],
  ...['""', '"HIDE"', '"show"', '"hide "', '1', '{}'].map((mode) => `{"notes":${mode}}`),
  ...['amount', 'created_by'].map((name) => `{"${name}":"partial"}`),
  ...unmaskable.map((name) => JSON.stringify({ notes: 'hide', [name]: 'hide' })),
  JSON.stringify(Object.fromEntries(Array.from({ length: 2000 }, (_, n) => [`f${n}`, 'hide']))),
]

/** By operationId. */
export const writes: Record<string, WriteOperation> = {
  decideRecurring: {
    method: 'PUT',
    path: ({ streamKey }) => `/v1/recurring/${streamKey}`,
    body: () => ({ status: 'confirmed' }),
    required: ['status'],
    fields: {
      status: bad.badEnum('detected', 'confirmed', 'dismissed'),
      name: bad.badLine(100).filter((text) => text !== 'null'),
    },
  },
  login: {
    method: 'POST',
    path: () => '/v1/auth/login',
    body: () => ({ email: 'admin-1@example.com', password }),
    required: ['email', 'password'],
    fields: {
      email: bad.badEmail,
      password: bad.badSecret(1000),
      code,
      device_token: bad.badSecret(200),
      unlock_token: bad.badSecret(200),
    },
  },
  refresh: {
    method: 'POST',
    path: () => '/v1/auth/refresh',
    body: ({ refreshToken }) => ({ refresh_token: refreshToken }),
    required: ['refresh_token'],
    fields: { refresh_token: bad.badSecret(200) },
  },
  stepUp: {
    method: 'POST',
    path: () => '/v1/auth/step-up',
    body: () => ({ password }),
    required: ['password'],
    fields: { password: bad.badSecret(1000), code },
  },
  changePassword: {
    method: 'POST',
    path: () => '/v1/auth/password',
    body: () => ({ current_password: password, new_password: 'nine dry raincoats' }),
    required: ['current_password', 'new_password'],
    fields: {
      current_password: bad.badSecret(1000),
      new_password: bad.badNewPassword,
      revoke_api_keys: bad.badBoolean,
    },
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
    fields: { code },
  },
  removeTotp: {
    method: 'DELETE',
    path: () => '/v1/auth/totp',
    body: () => ({ password, code: '123456' }),
    required: ['password', 'code'],
    fields: { password: bad.badSecret(1000), code },
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
      expires_at: [...bad.badInstant, '"2020-01-01T00:00:00Z"', '"2200-01-01T00:00:00Z"'],
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
    fields: { password: bad.badNewPassword, revoke_api_keys: bad.badBoolean },
  },
  setMasking: {
    method: 'PUT',
    path: () => '/v1/masking/analyst',
    body: () => ({ fields: { notes: 'hide' } }),
    required: ['fields'],
    fields: { fields: badMasking },
  },
  compareAuditHeads: {
    method: 'POST',
    path: () => '/v1/audit/heads/compare',
    body: ({ userId }) => ({ heads: [{ owner_id: userId, sequence: 1, hash: 'f'.repeat(64) }] }),
    required: ['heads'],
    fields: {
      heads: ['null', '{}', '[]', '"x"', '1', `[${'{},'.repeat(1000)}{}]`, '[{}]'],
    },
  },
  createTransaction: {
    method: 'POST',
    path: () => '/v1/transactions',
    body: () => ({ ...someTransaction }),
    required: ['date', 'type', 'amount', 'currency', 'category'],
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

/** JSON texts that fields of an operation of `bulkTransactions` refuse beside those of its data. */
export const bulkFields = {
  op: bad.badEnum('create', 'update', 'delete'),
  id: bad.badId,
  version: ['null', 'true', '"1"', '[]', '{}', '0', '-1', '1.5', '1e400', '2147483648', '1e21'],
}

export interface QueryOperation {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  path: (world: World) => string
  /** A body that would be taken, where the operation reads one that is not JSON. */
  file?: string
  /** Texts that each parameter refuses. */
  parameters: Record<string, readonly string[]>
}

type Parameters = QueryOperation['parameters']

const scope = { scope: bad.badChoice('own', 'all'), user_id: bad.badIdParameter }
const pages = {
  limit: bad.badInteger(100),
  cursor: bad.badCursor,
  page: bad.badInteger(1_000_000),
}
const badInstants = [
  ...bad.badInstantParameter,
  ...['0001-01-01T00:00:00Z', '1899-12-31T23:59:59Z', '2200-01-01T00:00:00Z'],
]
const ofUser = { user_id: bad.badIdParameter }
const selection = {
  month: bad.badMonthParameter,
  date_from: bad.badDateParameter,
  date_to: bad.badDateParameter,
  currency: bad.badCurrencyParameter,
  ...scope,
}
const filter = {
  ...selection,
  category: bad.badLineParameter(64),
  type: bad.badChoice('income', 'expense'),
  min_amount: bad.badAmountParameter,
  max_amount: bad.badAmountParameter,
  q: bad.badLineParameter(200),
  payee: bad.badLineParameter(200),
  external_id: bad.badLineParameter(255),
  source: bad.badLineParameter(64),
  import_id: bad.badIdParameter,
  sort: bad.badChoice('-date', 'date', '-amount', 'amount', '-updated_at', 'updated_at'),
  updated_since: badInstants,
  deleted: bad.badChoice('exclude', 'include', 'only'),
}
const interval = bad.badChoice('day', 'week', 'month', 'quarter', 'year')
const sections = bad.badChoice(
  ...['totals', 'recent', 'categories', 'trends', 'comparison', 'insights', 'anomalies', 'users'],
)
const yesOrNo = [...bad.badChoice('true', 'false'), '1', '0', 'yes']
const dry = { dry_run: yesOrNo }

const at =
  (method: QueryOperation['method']) =>
  (path: string | ((world: World) => string), parameters: Parameters = {}): QueryOperation => ({
    method,
    path: typeof path === 'string' ? () => path : path,
    parameters,
  })
const read = at('GET')
const post = at('POST')
const put = at('PUT')
const patch = at('PATCH')
const remove = at('DELETE')

/** By operationId: every operation below `/v1`. */
export const queries: Record<string, QueryOperation> = {
  login: post('/v1/auth/login'),
  refresh: post('/v1/auth/refresh'),
  logout: post('/v1/auth/logout'),
  getCurrentUser: read('/v1/auth/me'),
  stepUp: post('/v1/auth/step-up'),
  changePassword: post('/v1/auth/password'),
  listSessions: read('/v1/auth/sessions', { ...pages, ...ofUser }),
  revokeOtherSessions: remove('/v1/auth/sessions', { ...ofUser, revoke_api_keys: yesOrNo }),
  revokeSession: remove('/v1/auth/sessions/0198c2a4-5b1e-7d2a-9b60-3f4f5f0c8a11'),
  getTotp: read('/v1/auth/totp'),
  startTotp: post('/v1/auth/totp'),
  confirmTotp: post('/v1/auth/totp/confirm'),
  removeTotp: remove('/v1/auth/totp'),
  removeUserTotp: remove(({ userId }) => `/v1/users/${userId}/totp`),
  createApiKey: post('/v1/api-keys'),
  listApiKeys: read('/v1/api-keys', { ...pages, ...ofUser }),
  revokeApiKey: remove(({ apiKeyId }) => `/v1/api-keys/${apiKeyId}`),
  listTransactions: read('/v1/transactions', {
    ...filter,
    ...pages,
    include: bad.badChoice('totals'),
  }),
  getTransaction: read(({ transactionId }) => `/v1/transactions/${transactionId}`, {
    deleted: [...bad.badChoice('exclude', 'include'), 'only'],
  }),
  createTransaction: post('/v1/transactions', dry),
  updateTransaction: patch(({ transactionId }) => `/v1/transactions/${transactionId}`, dry),
  deleteTransaction: remove(({ transactionId }) => `/v1/transactions/${transactionId}`, dry),
  restoreTransaction: post(({ transactionId }) => `/v1/transactions/${transactionId}/restore`, dry),
  getTransactionHistory: read(
    ({ transactionId }) => `/v1/transactions/${transactionId}/history`,
    pages,
  ),
  bulkTransactions: post('/v1/transactions/bulk', dry),
  listMasking: read('/v1/masking'),
  setMasking: at('PUT')('/v1/masking/analyst', dry),
  listCategories: read('/v1/categories', scope),
  exportTransactions: read('/v1/transactions/export', {
    ...filter,
    format: bad.badChoice('csv', 'ndjson'),
    trailer: yesOrNo,
  }),
  importTransactions: {
    method: 'POST',
    path: () => '/v1/transactions/import',
    file: 'date,amount,currency,category\n2026-03-14,-84.30,EUR,Groceries\n',
    parameters: {
      ...dry,
      skip_invalid: yesOrNo,
      duplicates: bad.badChoice('skip', 'create'),
      likely_duplicates: bad.badChoice('ask', 'skip', 'create'),
      lines: [
        ...[
          '',
          ' ',
          ',',
          ':',
          '2',
          '2:',
          ':skip',
          '2:ask',
          '2:skip,',
          ',2:skip',
          '2 :skip',
          '0:skip',
        ],
        ...['-1:skip', '1.5:skip', '2-:skip', '-2:skip', '3-2:skip', '2:SKIP', '2:skip;3:skip'],
        ...['1:skip', '99:create', '2:skip,2:create', '2:skip,2:skip', '2-99999999:skip'],
        ...['2:skip,'.repeat(290), '\u0000', '__proto__:skip', '2:constructor'],
      ],
      user_id: bad.badIdParameter,
      file_name: bad.badLineParameter(255),
      source: bad.badLineParameter(64),
      currency: bad.badCurrencyParameter,
      category: bad.badLineParameter(64),
      charset: ['', ' ', 'klingon', 'utf-9', '\u0000', '\u{1f984}', '__proto__', 'x'.repeat(41)],
      delimiter: bad.badSign(',,', ', ', '\t', 'TAB', ':'),
      skip_lines: ['', ' ', '-1', '1.5', '1e2', '1001', '0x1', '１', 'NaN', '99999999999999999999'],
      header: bad.badChoice('first', 'none').filter((value) => value !== 'none'),
      positive: bad.badChoice('income', 'expense'),
      decimal: bad.badSign('.,', ';', ' ', "'"),
      date_format: bad.badSign('YYYY', 'dd.mm.yyyy', 'DD.MM.YYYY ', 'YYYY-DD-MM'),
      mapping: [
        ...['', ' ', ':', ',', 'date', 'date:', 'date: ', ':date', 'id:date', 'DATE:date'],
        ...['constructor:date', '__proto__:date', 'date:date,date:amount', 'date:date;amount:x'],
        ...['date:nowhere', 'date:\u0000', '\u{1f984}', `date:${'x'.repeat(1000)}`],
      ],
    },
  },
  listImports: read('/v1/imports', { ...scope, ...pages }),
  getImport: read(({ importId }) => `/v1/imports/${importId}`),
  listImportRows: read(({ importId }) => `/v1/imports/${importId}/rows`, {
    ...pages,
    outcome: bad.badChoice('created', 'duplicate', 'deleted', 'skipped'),
  }),
  revertImport: post(({ importId }) => `/v1/imports/${importId}/revert`, {
    ...dry,
    include_changed: yesOrNo,
    shared: bad.badChoice('keep', 'delete'),
  }),
  getDashboard: read('/v1/dashboard', {
    ...selection,
    interval,
    limit: bad.badInteger(50),
    include: sections,
  }),
  getDashboardSummary: read('/v1/dashboard/summary', selection),
  getDashboardCategories: read('/v1/dashboard/categories', selection),
  getDashboardTrends: read('/v1/dashboard/trends', { ...selection, interval }),
  getDashboardForecast: read('/v1/dashboard/forecast', {
    ...scope,
    horizon: bad.badInteger(12),
    interval: bad.badChoice('month', 'week'),
    currency: bad.badCurrencyParameter,
    by: bad.badChoice('total', 'type', 'category'),
    level: bad.badInteger(99),
  }),
  getDashboardRecent: read('/v1/dashboard/recent', { ...selection, limit: bad.badInteger(50) }),
  listRecurring: read('/v1/recurring', {
    state: bad.badChoice('active', 'late', 'ended'),
    status: bad.badChoice('detected', 'confirmed', 'dismissed'),
    cadence: bad.badChoice('weekly', 'fortnightly', 'monthly', 'quarterly', 'yearly'),
    type: bad.badChoice('income', 'expense'),
    currency: bad.badCurrencyParameter,
    ...scope,
    ...pages,
  }),
  decideRecurring: put(({ streamKey }) => `/v1/recurring/${streamKey}`, ofUser),
  listAnomalies: read('/v1/anomalies', {
    ...selection,
    ...pages,
    kind: bad.badChoice(
      ...['unusual_amount', 'likely_duplicate', 'large_first_payment', 'recurring_late'],
      ...['recurring_missing', 'recurring_dearer', 'unusual_month'],
    ),
    type: bad.badChoice('income', 'expense'),
    dismissed: bad.badChoice('exclude', 'include', 'only'),
  }),
  dismissAnomaly: post(({ anomalyKey }) => `/v1/anomalies/${anomalyKey}/dismiss`, ofUser),
  restoreAnomaly: post(({ anomalyKey }) => `/v1/anomalies/${anomalyKey}/restore`, ofUser),
  listUsers: read('/v1/users', {
    ...pages,
    role: bad.badChoice('viewer', 'analyst', 'admin'),
    active: yesOrNo,
    q: bad.badLineParameter(200),
  }),
  getUser: read(({ userId }) => `/v1/users/${userId}`),
  createUser: post('/v1/users', dry),
  updateUser: patch(({ userId }) => `/v1/users/${userId}`, dry),
  getLoginAttempts: read(({ userId }) => `/v1/users/${userId}/login-attempts`),
  unlockLogin: post(({ userId }) => `/v1/users/${userId}/login-unlock`),
  resetUserPassword: post(({ userId }) => `/v1/users/${userId}/password`),
  listAuditEntries: read('/v1/audit', {
    ...pages,
    owner_id: bad.badIdParameter,
    actor_id: bad.badIdParameter,
    entity_id: bad.badIdParameter,
    entity: ['', 'Transaction', 'a b', 'x'.repeat(41), "'", 'a\u0000', 'a\n', '%', '\u{1f984}'],
    action: ['', 'Updated', 'a.b.c', '.', 'a.', '.a', "'", 'a\u0000', 'a.b\n', '\u{1f984}'],
    from: badInstants,
    to: badInstants,
    request_id: bad.badLineParameter(255),
  }),
  verifyAudit: read('/v1/audit/verify', {
    owner_id: bad.badIdParameter,
    expected_hash: ['', 'x', 'F'.repeat(64), 'f'.repeat(63), 'f'.repeat(65), `${'f'.repeat(64)}\n`],
    cursor: bad.badCursor,
  }),
  listAuditHeads: read('/v1/audit/heads', { ...pages, limit: bad.badInteger(1000) }),
  compareAuditHeads: post('/v1/audit/heads/compare'),
  checkConsistency: read('/v1/admin/consistency', { ...scope, cursor: bad.badCursor }),
}
