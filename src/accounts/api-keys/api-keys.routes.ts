import { createRoute } from '@hono/zod-openapi'
import { pageResponse } from '../../http/pagination.schema.ts'
import { noParameters } from '../../http/query.ts'
import { createRouter } from '../../http/router.ts'
import {
  guarded,
  guardedBody,
  guardedBodyProblems,
  guardedProblems,
  guardedWrite,
  idParams,
  jsonContent,
  jsonRequest,
  noContent,
  writeCodes,
  writeHeaders,
} from '../../http/route.ts'
import {
  apiKeyInputSchema,
  apiKeyListSchema,
  apiKeyQuerySchema,
  apiKeyResponse,
  newApiKeySchema,
} from './api-keys.schema.ts'

const tags = ['API keys']
const params = idParams('Id of the key.')

const create = createRoute({
  method: 'post',
  path: '/api-keys',
  operationId: 'createApiKey',
  tags,
  summary: 'Create an API key',
  description:
    'The key is returned once and never stored. Its role is at most that of its owner. API keys ' +
    'cannot manage keys, sessions, users, passwords or two-factor settings. A user can have at most 20 ' +
    'active keys.',
  ...guardedBody('api_keys:manage', 'write'),
  request: { query: noParameters, headers: writeHeaders, body: jsonRequest(apiKeyInputSchema) },
  responses: {
    201: jsonContent(newApiKeySchema, 'The new key'),
    ...guardedBodyProblems('step_up_required', ...writeCodes),
  },
})

const list = createRoute({
  method: 'get',
  path: '/api-keys',
  operationId: 'listApiKeys',
  tags,
  summary: 'List API keys',
  description:
    'Returns your API keys, newest first, including revoked ones. Admins can read those of others with `user_id`.',
  ...guarded('api_keys:manage', 'read'),
  request: { query: apiKeyQuerySchema },
  responses: {
    200: jsonContent(apiKeyListSchema, 'A page of keys'),
    ...guardedProblems('validation_failed', 'invalid_cursor', 'not_found'),
  },
})

const revoke = createRoute({
  method: 'delete',
  path: '/api-keys/{id}',
  operationId: 'revokeApiKey',
  tags,
  summary: 'Revoke an API key',
  description: 'The key stops working at once. Admins can revoke the keys of others.',
  ...guardedWrite('api_keys:manage', 'write'),
  request: { params, query: noParameters, headers: writeHeaders },
  responses: {
    204: noContent('The key was revoked'),
    ...guardedProblems('validation_failed', 'not_found', ...writeCodes),
  },
})

export const apiKeysRoutes = createRouter()
  .openapi(create, async (c) => {
    const { expires_at: expires, ...input } = c.req.valid('json')
    const { apiKeys } = c.get('services')
    const expiresAt = expires === undefined ? undefined : new Date(expires)
    const { apiKey, key } = await apiKeys.create(c.get('caller'), { ...input, expiresAt })
    c.header('Location', `/v1/api-keys/${apiKey.id}`)
    return c.json({ ...apiKeyResponse(apiKey), key }, 201)
  })
  .openapi(list, async (c) => {
    const { user_id: userId, ...request } = c.req.valid('query')
    const page = await c.get('services').apiKeys.list(c.get('caller'), userId, request)
    const data = page.rows.map(apiKeyResponse)
    return c.json({ data, ...pageResponse(c, page, request.limit) }, 200)
  })
  .openapi(revoke, async (c) => {
    await c.get('services').apiKeys.revoke(c.get('caller'), c.req.valid('param').id)
    return c.body(null, 204)
  })
