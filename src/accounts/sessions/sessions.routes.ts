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
  sessionOwnerSchema,
  sessionQuerySchema,
  sessionRow,
} from './sessions.schema.ts'

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
    'Revokes every session except the current one. Admins can revoke all sessions of a user with `user_id`.',
  ...guardedWrite('sessions:manage', 'write', { perSession: true }),
  request: { query: sessionOwnerSchema, headers: writeHeaders },
  responses: {
    204: noContent('The sessions were revoked'),
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
    const { user_id: userId } = c.req.valid('query')
    await c.get('services').sessions.revokeOthers(c.get('caller'), userId)
    return c.body(null, 204)
  })
