import { apiKeyFromJson } from '../../accounts/api-keys/api-keys.repository.ts'
import { apiKeyResponse } from '../../accounts/api-keys/api-keys.schema.ts'
import { accessResponse } from '../../accounts/login/login.schema.ts'
import type { AccessGrant } from '../../accounts/login/login.service.ts'
import { recoveryCodesResponse, totpSecretResponse } from '../../accounts/totp/totp.schema.ts'
import type { RecoveryCodes, ShownSecret } from '../../accounts/totp/totp.service.ts'
import { userFromJson } from '../../accounts/users/user-from-json.ts'
import { userResponse } from '../../accounts/users/users.schema.ts'
import type { Replays } from '../../http/replay.ts'
import { dismissalFromJson } from '../../anomalies/anomalies.repository.ts'
import { anomalyResponse } from '../../anomalies/anomalies.schema.ts'
import { anomalyFromJson, withDismissal } from '../../anomalies/report.ts'
import { withDecision } from '../../recurring/decisions.ts'
import { decisionFromJson } from '../../recurring/recurring.repository.ts'
import { streamResponse } from '../../recurring/recurring.schema.ts'
import { streamFromJson } from '../../recurring/stream.ts'
import { bulkResultsFromJson } from '../../transactions/bulk/bulk-results.ts'
import { bulkResponse } from '../../transactions/bulk/bulk.schema.ts'
import { importFromJson } from '../../transactions/import/imports.repository.ts'
import { importResponse } from '../../transactions/import/imports.schema.ts'
import { transactionFromJson } from '../../transactions/transaction-from-json.ts'
import { transactionResponse } from '../../transactions/transactions.schema.ts'

/** How the stored response of each entity is turned back into one. */
export const replays: Replays = {
  rows: {
    transaction: (row) => {
      const transaction = transactionFromJson(row)
      const { id, version } = transaction
      return { id, version, body: transactionResponse(transaction), path: '/v1/transactions' }
    },
    /** Without the key, which is shown once. */
    api_key: (row) => {
      const apiKey = apiKeyFromJson(row)
      return { id: apiKey.id, body: apiKeyResponse(apiKey), path: '/v1/api-keys' }
    },
    user: (row) => {
      const user = userFromJson(row)
      const { id, version } = user
      return { id, version, body: userResponse(user), path: '/v1/users' }
    },
    /** An import has no version: no write has it as a precondition. */
    import: (row) => {
      const found = importFromJson(row)
      return { id: found.id, body: importResponse(found), path: '/v1/imports' }
    },
    recurring: ({ stream, decision }) => ({
      body: streamResponse(withDecision(streamFromJson(stream), decisionFromJson(decision))),
    }),
    anomaly: ({ anomaly, dismissal }) => ({
      body: anomalyResponse(withDismissal(anomalyFromJson(anomaly), dismissalFromJson(dismissal))),
    }),
    sign_out: (counts) => ({ body: counts }),
    bulk: (rows) => ({ body: bulkResponse(bulkResultsFromJson(rows)) }),
  },
  encrypted: {
    access_grant: (response) => accessResponse(response as AccessGrant),
    totp_secret: (response) => totpSecretResponse(response as ShownSecret),
    recovery_codes: (response) => recoveryCodesResponse(response as RecoveryCodes),
  },
}
