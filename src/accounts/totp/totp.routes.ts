import { createRoute, z } from '@hono/zod-openapi'
import { id } from '../../http/schemas.ts'
import { noParameters } from '../../http/query.ts'
import { createRouter } from '../../http/router.ts'
import {
  guarded,
  guardedBody,
  guardedBodyProblems,
  guardedProblems,
  guardedWrite,
  jsonContent,
  jsonRequest,
  noContent,
  writeCodes,
  writeHeaders,
} from '../../http/route.ts'
import { sessionCaller } from '../../http/session-caller.ts'
import {
  recoveryCodesResponse,
  recoveryCodesSchema,
  totpConfirmSchema,
  totpRemovalSchema,
  totpSecretResponse,
  totpSecretSchema,
  totpStartSchema,
  totpStatusResponse,
  totpStatusSchema,
} from './totp.schema.ts'

const tags = ['Auth']

const status = createRoute({
  method: 'get',
  path: '/auth/totp',
  operationId: 'getTotp',
  tags,
  summary: 'Do I have a second factor?',
  ...guarded('totp:manage', 'read'),
  request: { query: noParameters },
  responses: {
    200: jsonContent(totpStatusSchema, 'Whether, since when, and how many recovery codes are left'),
    ...guardedProblems('validation_failed'),
  },
})

const start = createRoute({
  method: 'post',
  path: '/auth/totp',
  operationId: 'startTotp',
  tags,
  summary: 'Set up a second factor',
  description:
    'Answers a secret for an authenticator (RFC 6238). It counts once a first code has confirmed ' +
    'it; starting again before that gives another secret.',
  ...guardedBody('totp:manage', 'login_account'),
  request: { query: noParameters, headers: writeHeaders, body: jsonRequest(totpStartSchema) },
  responses: {
    200: jsonContent(totpSecretSchema, 'The secret'),
    ...guardedBodyProblems('conflict', 'rate_limiter_unavailable', ...writeCodes),
  },
})

const confirm = createRoute({
  method: 'post',
  path: '/auth/totp/confirm',
  operationId: 'confirmTotp',
  tags,
  summary: 'Confirm the second factor with a first code',
  description: 'Answers ten recovery codes, which nothing else shows: each replaces a code, once.',
  ...guardedBody('totp:manage', 'login_account'),
  request: { query: noParameters, headers: writeHeaders, body: jsonRequest(totpConfirmSchema) },
  responses: {
    200: jsonContent(recoveryCodesSchema, 'The second factor is needed from now on'),
    ...guardedBodyProblems('conflict', 'rate_limiter_unavailable', ...writeCodes),
  },
})

const remove = createRoute({
  method: 'delete',
  path: '/auth/totp',
  operationId: 'removeTotp',
  tags,
  summary: 'Remove the second factor',
  ...guardedBody('totp:manage', 'login_account'),
  request: { query: noParameters, headers: writeHeaders, body: jsonRequest(totpRemovalSchema) },
  responses: {
    204: noContent('The password alone is enough again'),
    ...guardedBodyProblems('not_found', 'rate_limiter_unavailable', ...writeCodes),
  },
})

const removeOf = createRoute({
  method: 'delete',
  path: '/users/{id}/totp',
  operationId: 'removeUserTotp',
  tags: ['Users'],
  summary: 'Remove the second factor of a user',
  description: 'For admins, when somebody lost the device and the recovery codes.',
  ...guardedWrite('users:manage', 'write'),
  request: {
    params: z.object({ id: id.openapi({ description: 'Id of the user.' }) }),
    query: noParameters,
    headers: writeHeaders,
  },
  responses: {
    204: noContent('The password alone is enough again'),
    ...guardedProblems('validation_failed', 'not_found', ...writeCodes),
  },
})

export const twoFactorRoutes = createRouter()
  .openapi(status, async (c) => {
    const found = await c.get('services').twoFactor.status(sessionCaller(c))
    return c.json(totpStatusResponse(found), 200)
  })
  .openapi(start, async (c) => {
    const { password } = c.req.valid('json')
    const made = await c.get('services').twoFactor.start(sessionCaller(c), password)
    return c.json(totpSecretResponse(made), 200)
  })
  .openapi(confirm, async (c) => {
    const { code } = c.req.valid('json')
    const recovery = await c.get('services').twoFactor.confirm(sessionCaller(c), code)
    return c.json(recoveryCodesResponse(recovery), 200)
  })
  .openapi(remove, async (c) => {
    const { password, code } = c.req.valid('json')
    await c.get('services').twoFactor.remove(sessionCaller(c), password, code)
    return c.body(null, 204)
  })
  .openapi(removeOf, async (c) => {
    await c.get('services').twoFactor.removeOf(sessionCaller(c), c.req.valid('param').id)
    return c.body(null, 204)
  })
