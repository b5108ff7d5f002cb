import type { OpenAPIHono } from '@hono/zod-openapi'
import { addResponseHeaders } from './openapi-responses.ts'
import { sortPaths } from './openapi-order.ts'
import type { Document } from './openapi-types.ts'
import type { AppEnv } from './context.ts'

/** Same as in `package.json`, which `npm run check` verifies. */
export const VERSION = '0.1.0'

const description = `A backend for financial records: users with roles, transactions and dashboards.

**Start** with \`POST /v1/auth/login\`, and send the access token as \`Authorization: Bearer …\`.

* Money is a decimal string with a currency: \`"1250.00"\`, \`EUR\`. The type (\`income\`, \`expense\`) gives
  the direction. Currencies are never added up.
* Dates are calendar dates, \`YYYY-MM-DD\`; instants are RFC 3339 in UTC.
* Lists are paged with \`cursor\`, or numbered with \`page\`.
* Unknown fields and parameters are rejected.
* Errors are problem documents (RFC 9457) with a stable \`code\`.
* Responses carry \`RateLimit\` and \`RateLimit-Policy\`; a 429 carries \`Retry-After\`.`

const tags = [
  { name: 'Auth', description: 'Login and tokens' },
  { name: 'Transactions', description: 'Income and expenses' },
  { name: 'Imports', description: 'CSV files of transactions, imported and reverted as a whole' },
  { name: 'Dashboard', description: 'Totals, categories and trends, depending on the role' },
  { name: 'Recurring', description: 'Payments that come again and again' },
  { name: 'Anomalies', description: 'What stands out' },
  { name: 'API keys', description: 'Long-lived credentials for programs' },
  { name: 'Users', description: 'Users and roles (admins only)' },
  {
    name: 'Audit',
    description: 'Who changed what, and whether the log is intact (admins only)',
  },
  { name: 'Admin', description: 'Consistency checks (admins only)' },
  { name: 'Account', description: 'Your sessions, password and two-factor authentication' },
  { name: 'System', description: 'Health checks and error types' },
]

/** Where `npm run dev` serves the API. Tools such as Postman need an absolute URL. */
export const LOCAL_SERVER = 'http://127.0.0.1:8787'

/** The OpenAPI document of an app, the same in a Worker and in plain Node. */
export function openApiDocument(app: OpenAPIHono<AppEnv>): Document {
  const document = app.getOpenAPI31Document({
    openapi: '3.1.0',
    info: {
      title: 'Edgebook',
      version: VERSION,
      description,
      contact: { name: 'Edgebook' },
      license: { name: 'MIT', url: 'https://opensource.org/license/mit' },
    },
    servers: [{ url: LOCAL_SERVER, description: 'This server' }],
    tags,
    security: [{ bearerAuth: [] }],
  })
  const paths = sortPaths(
    document.paths ?? {},
    tags.map(({ name }) => name),
  )
  return addResponseHeaders({ ...document, paths })
}
