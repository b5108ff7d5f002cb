import { createRoute } from '@hono/zod-openapi'
import { jsonBody } from '../../http/json-body.ts'
import { noParameters } from '../../http/query.ts'
import { createRouter } from '../../http/router.ts'
import { requireSession } from '../../http/require-session.ts'
import {
  guarded,
  guardedBody,
  guardedBodyProblems,
  guardedProblems,
  guardedWrite,
  jsonContent,
  jsonRequest,
  noContent,
  onceHeaders,
  publicBodyProblems,
  writeCodes,
  writeHeaders,
} from '../../http/route.ts'
import { idempotencyKey } from '../../http/idempotency.ts'
import { limitLoginAddress, throttleLogin } from '../../http/rate-limit.ts'
import type { LoginPassName } from '../../rate-limit/client.ts'
import type { LoginPasses } from './login.service.ts'
import { currentUserResponse, currentUserSchema } from '../users/users.schema.ts'
import {
  accessGrantSchema,
  accessResponse,
  loginGrantSchema,
  loginResponse,
  loginSchema,
  passwordChangeSchema,
  refreshSchema,
  sessionGrantSchema,
  sessionResponse,
} from './login.schema.ts'

const tags = ['Auth']
const accountTags = ['Account']

const login = createRoute({
  method: 'post',
  path: '/auth/login',
  operationId: 'login',
  tags,
  summary: 'Log in',
  description:
    'Returns an access token, valid for 15 minutes, and a refresh token. Users with two-factor ' +
    'authentication also send a `code`. Unknown address, wrong password, wrong code and inactive ' +
    'account give the same error. Attempts are limited per network and per account, with delays ' +
    'after failures.',
  security: [],
  middleware: [limitLoginAddress, jsonBody, idempotencyKey],
  'x-rate-limit': 'login_address',
  request: { query: noParameters, headers: onceHeaders, body: jsonRequest(loginSchema) },
  responses: {
    200: jsonContent(loginGrantSchema, 'Tokens and the user'),
    ...publicBodyProblems(
      'invalid_credentials',
      'totp_required',
      'rate_limiter_unavailable',
      'database_unavailable',
    ),
  },
})

const refresh = createRoute({
  method: 'post',
  path: '/auth/refresh',
  operationId: 'refresh',
  tags,
  summary: 'Refresh the tokens',
  description:
    'Exchanges a refresh token, which works once, for new tokens. If the response was lost, the same ' +
    'token returns the same successor for ten seconds, unless that was used. Reuse of an older token ' +
    'revokes the session.',
  security: [],
  middleware: [limitLoginAddress, jsonBody, idempotencyKey],
  'x-rate-limit': 'login_address',
  request: { query: noParameters, headers: onceHeaders, body: jsonRequest(refreshSchema) },
  responses: {
    200: jsonContent(sessionGrantSchema, 'New tokens'),
    ...publicBodyProblems(
      'invalid_refresh_token',
      'rate_limiter_unavailable',
      'database_unavailable',
    ),
  },
})

const logout = createRoute({
  method: 'post',
  path: '/auth/logout',
  operationId: 'logout',
  tags: accountTags,
  summary: 'Log out',
  description: 'Revokes the current session; its access and refresh tokens stop working.',
  ...guardedWrite('session:revoke', 'write', { perSession: true }),
  request: { query: noParameters, headers: writeHeaders },
  responses: {
    204: noContent('The session was revoked'),
    ...guardedProblems('validation_failed', ...writeCodes),
  },
})

const me = createRoute({
  method: 'get',
  path: '/auth/me',
  operationId: 'getCurrentUser',
  tags,
  summary: 'Get the current user',
  description:
    'Returns the user who owns the access token or API key, with what was done to the account in the ' +
    'last 30 days.',
  ...guarded('profile:read', 'read'),
  request: { query: noParameters },
  responses: {
    200: jsonContent(currentUserSchema, 'The current user'),
    ...guardedProblems('validation_failed'),
  },
})

const changePassword = createRoute({
  method: 'post',
  path: '/auth/password',
  operationId: 'changePassword',
  tags: accountTags,
  summary: 'Change the password',
  description:
    'Revokes all other sessions and all access tokens, and returns a new access token for this ' +
    'session; its refresh token stays valid. API keys keep working unless `revoke_api_keys` is true.',
  ...guardedBody('profile:manage', 'login_account', { perSession: true }),
  request: { query: noParameters, headers: writeHeaders, body: jsonRequest(passwordChangeSchema) },
  responses: {
    200: jsonContent(accessGrantSchema, 'A new access token'),
    ...guardedBodyProblems(
      'step_up_required',
      'conflict',
      'rate_limiter_unavailable',
      ...writeCodes,
    ),
  },
})

/** In the order in which they are tried. */
const namesOf = ({ device, unlock }: LoginPasses): LoginPassName[] => [
  ...(device === undefined ? [] : [`device:${device}` as const]),
  ...(unlock === undefined ? [] : [`unlock:${unlock}` as const]),
]

export const loginRoutes = createRouter()
  .openapi(login, async (c) => {
    const attempt = c.req.valid('json')
    const { auth } = c.get('services')
    const passes = await auth.readPasses(attempt)
    const grant = await throttleLogin(c, attempt.email, namesOf(passes), (withoutDevice) =>
      auth.login(attempt, c.get('request'), passes, withoutDevice),
    )
    return c.json(loginResponse(grant), 200)
  })
  .openapi(refresh, async (c) => {
    const grant = await c.get('services').auth.refresh(c.req.valid('json').refresh_token)
    return c.json(sessionResponse(grant), 200)
  })
  .openapi(me, async (c) => {
    const account = await c.get('services').auth.me(c.get('caller'))
    return c.json(currentUserResponse(account), 200)
  })
  .openapi(changePassword, async (c) => {
    const { current_password, new_password, revoke_api_keys } = c.req.valid('json')
    const { ownCredentials } = c.get('services')
    const grant = await ownCredentials.changePassword(
      requireSession(c),
      current_password,
      new_password,
      revoke_api_keys,
    )
    return c.json(accessResponse(grant), 200)
  })
  .openapi(logout, async (c) => {
    await c.get('services').auth.logout(requireSession(c))
    return c.body(null, 204)
  })
