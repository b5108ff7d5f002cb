import type { OpenAPIHono } from '@hono/zod-openapi'
import { accepts } from 'hono/accepts'
import { requestId } from 'hono/request-id'
import { secureHeaders } from 'hono/secure-headers'
import { auditRoutes } from './operations/audit/audit.routes.ts'
import { apiKeysRoutes } from './accounts/api-keys/api-keys.routes.ts'
import { loginRoutes } from './accounts/login/login.routes.ts'
import { loginUnlockRoutes } from './accounts/login-unlock/login-unlock.routes.ts'
import { stepUpRoutes } from './accounts/login/step-up.routes.ts'
import { sessionsRoutes } from './accounts/sessions/sessions.routes.ts'
import { totpRoutes } from './accounts/totp/totp.routes.ts'
import { consistencyRoutes } from './operations/consistency/consistency.routes.ts'
import { dashboardRoutes } from './dashboard/dashboard.routes.ts'
import { createServices } from './container.ts'
import { AppError } from './lib/errors.ts'
import { exportsRoutes } from './transactions/export/exports.routes.ts'
import { errorHandler } from './http/error-handler.ts'
import { registerComponents } from './http/components.ts'
import type { AppContext, AppEnv } from './http/context.ts'
import { docsPage } from './http/docs.ts'
import { LOCAL_SERVER, openApiDocument, VERSION } from './http/openapi.ts'
import { problemResponse } from './http/problem.ts'
import { checkQuery } from './http/query.ts'
import { createRouter } from './http/router.ts'
import { importsRoutes } from './transactions/import/imports.routes.ts'
import { accessLog } from './http/access-log.ts'
import { respondMethodNotAllowed } from './http/method-not-allowed.ts'
import { conditionalGet } from './http/conditional-get.ts'
import { contentSecurityPolicy } from './http/content-security-policy.ts'
import { crossOrigin } from './http/cors.ts'
import { noStore } from './http/no-store.ts'
import { provideServices } from './http/services.ts'
import { anomaliesRoutes } from './anomalies/anomalies.routes.ts'
import { recurringRoutes } from './recurring/recurring.routes.ts'
import { systemRoutes } from './operations/system/system.routes.ts'
import { bulkRoutes } from './transactions/bulk/bulk.routes.ts'
import { transactionsRoutes } from './transactions/transactions.routes.ts'
import { usersRoutes } from './accounts/users/users.routes.ts'

const HOME_TYPES = ['application/json', 'text/html']

/** Browsers get the documentation, programs the names of things. */
const home = (c: AppContext) => {
  c.header('Vary', 'Accept')
  if (
    accepts(c, { header: 'Accept', supports: HOME_TYPES, default: 'application/json' }) ===
    'text/html'
  ) {
    return c.redirect('/ui')
  }
  return c.json({ name: 'Edgebook', version: VERSION, docs: '/ui', openapi: '/openapi.json' })
}

/** The API: the order of the middleware, and where the routes are mounted. */
export function createApp(now?: () => Date): OpenAPIHono<AppEnv> {
  const app = createRouter()
  app.onError(errorHandler(app))
  app.notFound((c) => problemResponse(c, new AppError('not_found')))

  app.use(requestId({ headerName: 'X-Request-Id' }))
  app.use(accessLog)
  app.use(
    provideServices((settings, timings, request) =>
      createServices(settings, timings, request, now),
    ),
  )
  app.use(secureHeaders({ strictTransportSecurity: 'max-age=31536000; includeSubDomains' }))
  app.use(contentSecurityPolicy)
  app.use(crossOrigin)
  app.use(respondMethodNotAllowed(app))
  app.use('/v1/*', noStore)
  app.use('/v1/*', conditionalGet)
  app.use('/v1/*', checkQuery)

  // Before /transactions/{id}, which would take `export` for an id.
  app.route('/v1', exportsRoutes)
  app.route('/v1', importsRoutes)
  app.route('/v1', sessionsRoutes)
  app.route('/v1', totpRoutes)
  app.route('/v1', loginRoutes)
  app.route('/v1', stepUpRoutes)
  app.route('/v1', loginUnlockRoutes)
  app.route('/v1', apiKeysRoutes)
  app.route('/v1', transactionsRoutes)
  app.route('/v1', bulkRoutes)
  app.route('/v1', recurringRoutes)
  app.route('/v1', anomaliesRoutes)
  app.route('/v1', dashboardRoutes)
  app.route('/v1', usersRoutes)
  app.route('/v1', auditRoutes)
  app.route('/v1', consistencyRoutes)
  app.route('/', systemRoutes)
  registerComponents(app)

  let document: string | undefined
  app.get('/openapi.json', (c) => {
    document ??= JSON.stringify(openApiDocument(app))
    const text = document.replace(LOCAL_SERVER, () => new URL(c.req.url).origin)
    return c.body(text, 200, { 'Content-Type': 'application/json' })
  })
  app.get('/ui', docsPage)
  app.get('/', home)
  return app
}
