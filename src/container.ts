import { createAuditRepository } from './operations/audit/audit.repository.ts'
import { createAuditService, type AuditService } from './operations/audit/audit.service.ts'
import { createApiKeysRepository } from './accounts/api-keys/api-keys.repository.ts'
import { createApiKeysService, type ApiKeysService } from './accounts/api-keys/api-keys.service.ts'
import { createAccessTokens, type AccessTokens } from './access/access-tokens.ts'
import { createLoginRepository } from './accounts/login/login.repository.ts'
import { createLoginService, type LoginService } from './accounts/login/login.service.ts'
import type { Secrets } from './lib/crypto/derived-keys.ts'
import { createConsistencyRepository } from './operations/consistency/consistency.repository.ts'
import {
  createConsistencyService,
  type ConsistencyService,
} from './operations/consistency/consistency.service.ts'
import { createLoginUnlockRepository } from './accounts/login-unlock/login-unlock.repository.ts'
import {
  createLoginUnlockService,
  type LoginUnlockService,
} from './accounts/login-unlock/login-unlock.service.ts'
import { createDashboardRepository } from './dashboard/dashboard.repository.ts'
import { createDashboardService, type DashboardService } from './dashboard/dashboard.service.ts'
import { createDatabase, type Database } from './db/client.ts'
import type { Settings } from './config.ts'
import { createExportsService, type ExportsService } from './transactions/export/exports.service.ts'
import { importConstraints } from './transactions/import/import-errors.ts'
import { createImportRowsRepository } from './transactions/import/import-rows.repository.ts'
import { createImportsRepository, packRows } from './transactions/import/imports.repository.ts'
import { createImportsService, type ImportsService } from './transactions/import/imports.service.ts'
import { createOwnCredentialsRepository } from './accounts/login/own-credentials.repository.ts'
import {
  createOwnCredentialsService,
  type OwnCredentialsService,
} from './accounts/login/own-credentials.service.ts'
import { createTotpCodes } from './accounts/totp/totp-codes.ts'
import { createSessionsRepository } from './accounts/sessions/sessions.repository.ts'
import {
  createSessionsService,
  type SessionsService,
} from './accounts/sessions/sessions.service.ts'
import { createTotpRepository } from './accounts/totp/totp.repository.ts'
import { createTotpService, type TotpService } from './accounts/totp/totp.service.ts'
import { createCursors, type Cursors } from './lib/pagination/cursor.ts'
import {
  createHealthRepository,
  type HealthRepository,
} from './operations/system/health.repository.ts'
import { createIdempotencyRepository } from './operations/idempotency/idempotency.repository.ts'
import { createEncryptedResponses } from './lib/crypto/encrypted-responses.ts'
import type { RequestContext } from './db/request-context.ts'
import type { RequestServices } from './http/context.ts'
import type { ReplayServices } from './http/replay.ts'
import { replays } from './operations/idempotency/replays.ts'
import type { Timings } from './lib/server-timing.ts'
import { createAnomaliesRepository } from './anomalies/anomalies.repository.ts'
import { createAnomaliesService, type AnomaliesService } from './anomalies/anomalies.service.ts'
import { createRecurringRepository } from './recurring/recurring.repository.ts'
import { createRecurringService, type RecurringService } from './recurring/recurring.service.ts'
import { createMaskingRepository } from './transactions/masking/masking.repository.ts'
import {
  createMaskingService,
  type MaskingService,
} from './transactions/masking/masking.service.ts'
import { createBulkRepository } from './transactions/bulk/bulk.repository.ts'
import { createBulkService, type BulkService } from './transactions/bulk/bulk.service.ts'
import { createTransactionWritesRepository } from './transactions/transaction-writes.repository.ts'
import { transactionConstraints } from './transactions/transaction-errors.ts'
import { createTransactionsRepository } from './transactions/transactions.repository.ts'
import {
  createTransactionsService,
  type TransactionsService,
} from './transactions/transactions.service.ts'
import { userConstraints } from './accounts/users/user-errors.ts'
import { createUsersRepository } from './accounts/users/users.repository.ts'
import { createUsersService, type UsersService } from './accounts/users/users.service.ts'

export interface Services extends RequestServices, ReplayServices {
  accessTokens: AccessTokens
  auth: LoginService
  ownCredentials: OwnCredentialsService
  sessions: SessionsService
  totp: TotpService
  apiKeys: ApiKeysService
  users: UsersService
  audit: AuditService
  loginUnlock: LoginUnlockService
  transactions: TransactionsService
  exports: ExportsService
  imports: ImportsService
  bulk: BulkService
  recurring: RecurringService
  anomalies: AnomaliesService
  masking: MaskingService
  dashboard: DashboardService
  consistency: ConsistencyService
  health: HealthRepository
}

declare module 'hono' {
  interface ContextVariableMap {
    services: Services
  }
}

const constraintErrors = { ...userConstraints, ...transactionConstraints, ...importConstraints }

const createOperations = (database: Database, cursors: Cursors) => ({
  audit: createAuditService(createAuditRepository(database), cursors),
  consistency: createConsistencyService(createConsistencyRepository(database), cursors),
  health: createHealthRepository(database),
  idempotency: createIdempotencyRepository(database),
})

const createReports = (database: Database, cursors: Cursors, now: () => Date) => ({
  recurring: createRecurringService(createRecurringRepository(database), cursors, now),
  anomalies: createAnomaliesService(createAnomaliesRepository(database), cursors, now),
  dashboard: createDashboardService(createDashboardRepository(database), now),
})

const createImports = (database: Database, cursors: Cursors) =>
  createImportsService(
    createImportsRepository(database),
    createImportRowsRepository(database),
    packRows,
    cursors,
  )

/** Wires settings, database, repositories and services together. */
export function createServices(
  settings: Settings,
  timings: Timings,
  request: RequestContext,
  now: () => Date = () => new Date(),
): Services {
  const { JWT_SECRET, JWT_SECRET_PREVIOUS, SESSION_MAX_DAYS: sessionMaxDays } = settings
  const secrets: Secrets =
    JWT_SECRET_PREVIOUS === undefined ? [JWT_SECRET] : [JWT_SECRET, JWT_SECRET_PREVIOUS]
  const accessTokens = createAccessTokens(secrets, now)
  const totpCodes = createTotpCodes(secrets, now, request)
  const responses = createEncryptedResponses(secrets)
  const database = createDatabase(settings, timings, request, constraintErrors)
  const cursors = createCursors(...secrets)
  const users = createUsersRepository(database)
  const auth = createLoginRepository(database)
  const own = createOwnCredentialsRepository(database)
  const totp = createTotpRepository(database)
  const transactions = createTransactionsRepository(database)
  const login = { accessTokens, totpCodes, secrets, sessionMaxDays, now }
  return {
    accessTokens,
    auth: createLoginService({ ...login, auth, users }),
    ownCredentials: createOwnCredentialsService({ ...login, own, totp, responses }),
    sessions: createSessionsService(createSessionsRepository(database), cursors),
    totp: createTotpService(totp, totpCodes, responses),
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
    imports: createImports(database, cursors),
    loginUnlock: createLoginUnlockService(createLoginUnlockRepository(database), secrets, now),
    bulk: createBulkService(createBulkRepository(database)),
    masking: createMaskingService(createMaskingRepository(database)),
    ...createReports(database, cursors, now),
    ...createOperations(database, cursors),
    responses,
    replays,
  }
}
