import { createRoute } from '@hono/zod-openapi'
import { etagOf, requiredVersions, withCurrentState } from '../../http/etag.ts'
import { EXAMPLE_USER_ID } from '../../lib/examples.ts'
import { pageResponse } from '../../http/pagination.schema.ts'
import { noParameters } from '../../http/query.ts'
import { createRouter } from '../../http/router.ts'
import {
  conditionalCodes,
  conditionalHeaders,
  guarded,
  guardedBody,
  guardedBodyProblems,
  guardedProblems,
  idParams,
  jsonContent,
  jsonRequest,
  writeCodes,
  writeHeaders,
  dryRunQuery,
} from '../../http/route.ts'
import {
  changedUserSchema,
  newUserSchema,
  passwordResetSchema,
  userDryRunSchema,
  userListSchema,
  userPatchSchema,
  userQuerySchema,
  userResponse,
  userSchema,
} from './users.schema.ts'

import { signOutSchema } from '../sign-out.schema.ts'

const tags = ['Users']
const params = idParams('Id of the user.', EXAMPLE_USER_ID)

const list = createRoute({
  method: 'get',
  path: '/users',
  operationId: 'listUsers',
  tags,
  summary: 'List users',
  description: 'Admins only. Returns users, newest first.',
  ...guarded('users:read', 'read'),
  request: { query: userQuerySchema },
  responses: {
    200: jsonContent(userListSchema, 'A page of users'),
    ...guardedProblems('validation_failed', 'invalid_cursor'),
  },
})

const create = createRoute({
  method: 'post',
  path: '/users',
  operationId: 'createUser',
  tags,
  summary: 'Create a user',
  description: 'Admins only. Email addresses are unique, ignoring case.',
  ...guardedBody('users:manage', 'write', { dryRun: true }),
  request: { query: dryRunQuery, headers: writeHeaders, body: jsonRequest(newUserSchema) },
  responses: {
    200: jsonContent(userDryRunSchema, 'A dry run'),
    201: jsonContent(userSchema, 'The new user'),
    ...guardedBodyProblems('step_up_required', 'email_taken', ...writeCodes),
  },
})

const read = createRoute({
  method: 'get',
  path: '/users/{id}',
  operationId: 'getUser',
  tags,
  summary: 'Get a user',
  description: 'Admins only. Its version is the `ETag`.',
  ...guarded('users:read', 'read'),
  request: { params, query: noParameters },
  responses: {
    200: jsonContent(userSchema, 'The user'),
    ...guardedProblems('validation_failed', 'not_found'),
  },
})

const update = createRoute({
  method: 'patch',
  path: '/users/{id}',
  operationId: 'updateUser',
  tags,
  summary: 'Update a user',
  description:
    'Admins only. Omitted fields are left unchanged. Changing the role or the active flag revokes the ' +
    'access tokens of the user; deactivation also revokes the sessions. The last active admin cannot be ' +
    'demoted or deactivated.',
  ...guardedBody('users:manage', 'write', { dryRun: true }),
  request: {
    params,
    query: dryRunQuery,
    headers: conditionalHeaders,
    body: jsonRequest(userPatchSchema),
  },
  responses: {
    200: jsonContent(changedUserSchema, 'The updated user, or a dry run'),
    ...guardedBodyProblems('step_up_required', 'not_found', 'last_admin', ...conditionalCodes),
  },
})

const resetPassword = createRoute({
  method: 'post',
  path: '/users/{id}/password',
  operationId: 'resetUserPassword',
  tags,
  summary: 'Reset the password of a user',
  description:
    'Admins only. Sets a new password and revokes all sessions of the user. API keys keep working unless ' +
    '`revoke_api_keys` is true; the response says how many there are.',
  ...guardedBody('users:manage', 'write'),
  request: {
    params,
    query: noParameters,
    headers: writeHeaders,
    body: jsonRequest(passwordResetSchema),
  },
  responses: {
    200: jsonContent(signOutSchema, 'The password was reset'),
    ...guardedBodyProblems('step_up_required', 'not_found', ...writeCodes),
  },
})

export const usersRoutes = createRouter()
  .openapi(list, async (c) => {
    const { limit, cursor, page, ...filter } = c.req.valid('query')
    const { users } = c.get('services')
    const result = await users.list(c.get('caller'), filter, { limit, cursor, page })
    return c.json({ data: result.rows.map(userResponse), ...pageResponse(c, result, limit) }, 200)
  })
  .openapi(create, async (c) => {
    const user = await c.get('services').users.create(c.get('caller'), c.req.valid('json'))
    c.header('Location', `/v1/users/${user.id}`)
    c.header('ETag', etagOf(user))
    return c.json(userResponse(user), 201)
  })
  .openapi(read, async (c) => {
    const user = await c.get('services').users.read(c.get('caller'), c.req.valid('param').id)
    c.header('ETag', etagOf(user))
    return c.json(userResponse(user), 200)
  })
  .openapi(update, async (c) => {
    const { users } = c.get('services')
    const caller = c.get('caller')
    const { id: userId } = c.req.valid('param')
    const versions = requiredVersions(c)
    const user = await withCurrentState(
      () => users.update(caller, userId, versions, c.req.valid('json')),
      () => users.read(caller, userId),
      userResponse,
    )
    c.header('ETag', etagOf(user))
    return c.json(userResponse(user), 200)
  })
  .openapi(resetPassword, async (c) => {
    const { id: userId } = c.req.valid('param')
    const { password, revoke_api_keys: apiKeys } = c.req.valid('json')
    const { users } = c.get('services')
    return c.json(await users.resetPassword(c.get('caller'), userId, password, apiKeys), 200)
  })
