import type { OpenAPIHono } from '@hono/zod-openapi'
import { documentAnswers, type Document } from './openapi-responses.ts'
import type { AppEnv } from './context.ts'

/** Rises with every release; `package.json` says the same, and `npm run check` sees to it. */
export const VERSION = '0.1.0'

const description = `A backend for financial records: users with roles, transactions and dashboards.

**Start** with \`POST /v1/auth/login\`, and send the access token as \`Authorization: Bearer …\`.

* Money is a decimal string with a currency: \`"1250.00"\`, \`EUR\`. The type (\`income\`, \`expense\`) says
  the direction. Currencies are never added up.
* Dates are calendar dates, \`YYYY-MM-DD\`; instants are RFC 3339 in UTC.
* Lists follow \`next_cursor\`, or are numbered with \`page\`.
* Unknown fields and parameters are refused.
* Errors are problem documents (RFC 9457) with a stable \`code\`.
* Answers carry \`RateLimit\` and \`RateLimit-Policy\`; a 429 carries \`Retry-After\`.`

const tags = [
  { name: 'Auth', description: "Logging in, tokens, and one's own password" },
  { name: 'API keys', description: 'Keys for machines' },
  { name: 'Transactions', description: 'Income and expenses' },
  { name: 'Imports', description: 'Files of transactions, taken in and taken back as one' },
  { name: 'Dashboard', description: 'Totals, categories and trends, as the role allows' },
  { name: 'Users', description: 'Users and roles, for admins' },
  {
    name: 'Audit',
    description: 'What was changed, by whom, and whether the log is whole; for admins',
  },
  { name: 'Admin', description: 'Whether what is kept is right; for admins' },
  { name: 'System', description: 'Health, and what the errors mean' },
]

/** The OpenAPI document of an app, the same in a Worker and in plain Node. */
export function openApiDocument(app: OpenAPIHono<AppEnv>): Document {
  const document = app.getOpenAPI31Document({
    openapi: '3.1.0',
    info: {
      title: 'Edgebook',
      version: VERSION,
      description,
      license: { name: 'MIT', url: 'https://opensource.org/license/mit' },
    },
    servers: [{ url: '/', description: 'This server' }],
    tags,
    security: [{ bearerAuth: [] }],
  })
  return documentAnswers(document)
}
