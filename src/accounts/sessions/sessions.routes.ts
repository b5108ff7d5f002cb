import { createRoute } from '@hono/zod-openapi'
import { pageResponse } from '../../http/pagination.schema.ts'
import { noParameters } from '../../http/query.ts'
import { createRouter } from '../../http/router.ts'
import {
  guarded,
  guardedProblems,
  guardedWrite,
  idParams,
  jsonContent,
  noContent,
  writeCodes,
  writeHeaders,
} from '../../http/route.ts'
import {
  sessionListSchema,
  sessionQuerySchema,
  sessionRow,
  signOutQuerySchema,
} from './sessions.schema.ts'

import { signOutSchema } from '../sign-out.schema.ts'

const tags = ['Account']
const params = idParams('Id of the session.')

const list = createRoute({
  method: 'get',
  path: '/auth/sessions',
  operationId: 'listSessions',
  tags,
  summary: 'List sessions',
  description:
    'Returns your active sessions, newest first. Admins can read those of others with `user_id`.',
  ...guarded('sessions:manage', 'read'),
  request: { query: sessionQuerySchema },
  responses: {
    200: jsonContent(sessionListSchema, 'A page of sessions'),
    ...guardedProblems('validation_failed', 'invalid_cursor', 'not_found'),
  },
})

const revoke = createRoute({
  method: 'delete',
  path: '/auth/sessions/{id}',
  operationId: 'revokeSession',
  tags,
  summary: 'Revoke a session',
  description:
    'Its access and refresh tokens stop working. Admins can revoke the sessions of others.',
  ...guardedWrite('sessions:manage', 'write'),
  request: { params, query: noParameters, headers: writeHeaders },
  responses: {
    204: noContent('The session was revoked'),
    ...guardedProblems('validation_failed', 'not_found', ...writeCodes),
  },
})

const revokeOthers = createRoute({
  method: 'delete',
  path: '/auth/sessions',
  operationId: 'revokeOtherSessions',
  tags,
  summary: 'Revoke all other sessions',
  description:
    'Revokes every session except the current one. API keys keep working unless `revoke_api_keys` is ' +
    'true; the response says how many there are. Admins can do it for a user with `user_id`.',
  ...guardedWrite('sessions:manage', 'write', { perSession: true }),
  request: { query: signOutQuerySchema, headers: writeHeaders },
  responses: {
    200: jsonContent(signOutSchema, 'What was revoked'),
    ...guardedProblems('validation_failed', 'not_found', ...writeCodes),
  },
})

export const sessionsRoutes = createRouter()
  .openapi(list, async (c) => {
    const { user_id: userId, ...request } = c.req.valid('query')
    const page = await c.get('services').sessions.list(c.get('caller'), userId, request)
    return c.json({ data: page.rows.map(sessionRow), ...pageResponse(c, page, request.limit) }, 200)
  })
  .openapi(revoke, async (c) => {
    await c.get('services').sessions.revoke(c.get('caller'), c.req.valid('param').id)
    return c.body(null, 204)
  })
  .openapi(revokeOthers, async (c) => {
    const { user_id: userId, revoke_api_keys: apiKeys = false } = c.req.valid('query')
    return c.json(await c.get('services').sessions.signOut(c.get('caller'), userId, apiKeys), 200)
  })
