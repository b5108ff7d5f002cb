import { createAuditRepository } from './audit/audit.repository.ts'
import { createAuditService, type AuditService } from './audit/audit.service.ts'
import { createApiKeysRepository } from './api-keys/api-keys.repository.ts'
import { createApiKeysService, type ApiKeysService } from './api-keys/api-keys.service.ts'
import { createAccessTokens, type AccessTokens } from './auth/access-tokens.ts'
import { createAuthRepository } from './auth/auth.repository.ts'
import { createAuthService, type AuthService } from './auth/auth.service.ts'
import type { Secrets } from './auth/derived-keys.ts'
import { createConsistencyRepository } from './consistency/consistency.repository.ts'
import {
  createConsistencyService,
  type ConsistencyService,
} from './consistency/consistency.service.ts'
import { createDashboardRepository } from './dashboard/dashboard.repository.ts'
import { createDashboardService, type DashboardService } from './dashboard/dashboard.service.ts'
import { createDatabase } from './database/client.ts'
import type { Settings } from './env.ts'
import { createExportsService, type ExportsService } from './exports/exports.service.ts'
import { createImportsRepository, packRows } from './imports/imports.repository.ts'
import { createImportsService, type ImportsService } from './imports/imports.service.ts'
import { createSecondFactors } from './auth/second-factors.ts'
import { createSessionsRepository } from './auth/sessions.repository.ts'
import { createSessionsService, type SessionsService } from './auth/sessions.service.ts'
import { createTwoFactorRepository } from './auth/two-factor.repository.ts'
import { createTwoFactorService, type TwoFactorService } from './auth/two-factor.service.ts'
import { createCursors } from './paging/cursor.ts'
import { createHealthRepository, type HealthRepository } from './system/health.repository.ts'
import {
  createIdempotencyRepository,
  type IdempotencyRepository,
} from './idempotency/idempotency.repository.ts'
import type { RequestContext } from './request.ts'
import type { Timings } from './timings.ts'
import { createBulkRepository } from './transactions/bulk.repository.ts'
import { createBulkService, type BulkService } from './transactions/bulk.service.ts'
import { createTransactionWritesRepository } from './transactions/transaction-writes.repository.ts'
import { createTransactionsRepository } from './transactions/transactions.repository.ts'
import {
  createTransactionsService,
  type TransactionsService,
} from './transactions/transactions.service.ts'
import { createUsersRepository } from './users/users.repository.ts'
import { createUsersService, type UsersService } from './users/users.service.ts'

export interface Services {
  accessTokens: AccessTokens
  auth: AuthService
  sessions: SessionsService
  twoFactor: TwoFactorService
  apiKeys: ApiKeysService
  users: UsersService
  audit: AuditService
  transactions: TransactionsService
  exports: ExportsService
  imports: ImportsService
  bulk: BulkService
  dashboard: DashboardService
  consistency: ConsistencyService
  health: HealthRepository
  idempotency: IdempotencyRepository
}

/** Settings to database to repositories to services: the only place where they are put together. */
export function createServices(
  settings: Settings,
  timings: Timings,
  request: RequestContext,
  now: () => Date = () => new Date(),
): Services {
  const { JWT_SECRET, JWT_SECRET_PREVIOUS } = settings
  const secrets: Secrets =
    JWT_SECRET_PREVIOUS === undefined ? [JWT_SECRET] : [JWT_SECRET, JWT_SECRET_PREVIOUS]
  const accessTokens = createAccessTokens(secrets, now)
  const secondFactors = createSecondFactors(secrets, now)
  const database = createDatabase(settings, timings, request)
  const cursors = createCursors(...secrets)
  const users = createUsersRepository(database)
  const auth = createAuthRepository(database)
  const transactions = createTransactionsRepository(database)
  return {
    accessTokens,
    auth: createAuthService({ auth, users, accessTokens, secondFactors, secrets, now }),
    sessions: createSessionsService(createSessionsRepository(database), cursors),
    twoFactor: createTwoFactorService(createTwoFactorRepository(database), secondFactors),
    apiKeys: createApiKeysService({
      apiKeys: createApiKeysRepository(database),
      cursors,
      secrets,
      now,
    }),
    users: createUsersService(users, cursors),
    transactions: createTransactionsService(
      transactions,
      createTransactionWritesRepository(database),
      cursors,
    ),
    exports: createExportsService(transactions),
    imports: createImportsService(createImportsRepository(database), packRows, cursors),
    audit: createAuditService(createAuditRepository(database), cursors),
    bulk: createBulkService(createBulkRepository(database)),
    dashboard: createDashboardService(createDashboardRepository(database), now),
    consistency: createConsistencyService(createConsistencyRepository(database)),
    health: createHealthRepository(database),
    idempotency: createIdempotencyRepository(database),
  }
}
