import { createRoute } from '@hono/zod-openapi'
import { EXAMPLE_USER_ID } from '../../lib/examples.ts'
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
import { requireSession } from '../../http/require-session.ts'
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

const tags = ['Account']

const status = createRoute({
  method: 'get',
  path: '/auth/totp',
  operationId: 'getTotp',
  tags,
  summary: 'Get the two-factor status',
  description:
    'Returns whether two-factor authentication is enabled, and how many recovery codes are left.',
  ...guarded('totp:manage', 'read'),
  request: { query: noParameters },
  responses: {
    200: jsonContent(totpStatusSchema, 'The two-factor status'),
    ...guardedProblems('validation_failed'),
  },
})

const start = createRoute({
  method: 'post',
  path: '/auth/totp',
  operationId: 'startTotp',
  tags,
  summary: 'Start two-factor setup',
  description:
    'Returns a secret for an authenticator app (RFC 6238). It takes effect when a first code confirms ' +
    'it; starting again before that replaces the secret.',
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
  summary: 'Confirm two-factor setup',
  description:
    'Enables two-factor authentication and returns ten recovery codes, shown only here. Each can ' +
    'replace a code once.',
  ...guardedBody('totp:manage', 'login_account'),
  request: { query: noParameters, headers: writeHeaders, body: jsonRequest(totpConfirmSchema) },
  responses: {
    200: jsonContent(recoveryCodesSchema, 'The recovery codes'),
    ...guardedBodyProblems('conflict', 'rate_limiter_unavailable', ...writeCodes),
  },
})

const remove = createRoute({
  method: 'delete',
  path: '/auth/totp',
  operationId: 'removeTotp',
  tags,
  summary: 'Disable two-factor authentication',
  description: 'Requires the password and a code, or a recovery code.',
  ...guardedBody('totp:manage', 'login_account'),
  request: { query: noParameters, headers: writeHeaders, body: jsonRequest(totpRemovalSchema) },
  responses: {
    204: noContent('Two-factor authentication is disabled'),
    ...guardedBodyProblems(
      'step_up_required',
      'not_found',
      'rate_limiter_unavailable',
      ...writeCodes,
    ),
  },
})

const removeOf = createRoute({
  method: 'delete',
  path: '/users/{id}/totp',
  operationId: 'removeUserTotp',
  tags: ['Users'],
  summary: 'Disable two-factor authentication of a user',
  description: 'Admins only, for users who lost their device and recovery codes.',
  ...guardedWrite('users:manage', 'write'),
  request: {
    params: idParams('Id of the user.', EXAMPLE_USER_ID),
    query: noParameters,
    headers: writeHeaders,
  },
  responses: {
    204: noContent('Two-factor authentication is disabled'),
    ...guardedProblems('validation_failed', 'step_up_required', 'not_found', ...writeCodes),
  },
})

export const totpRoutes = createRouter()
  .openapi(status, async (c) => {
    const found = await c.get('services').totp.status(requireSession(c))
    return c.json(totpStatusResponse(found), 200)
  })
  .openapi(start, async (c) => {
    const { password } = c.req.valid('json')
    const made = await c.get('services').totp.start(requireSession(c), password)
    return c.json(totpSecretResponse(made), 200)
  })
  .openapi(confirm, async (c) => {
    const { code } = c.req.valid('json')
    const recovery = await c.get('services').totp.confirm(requireSession(c), code)
    return c.json(recoveryCodesResponse(recovery), 200)
  })
  .openapi(remove, async (c) => {
    const { password, code } = c.req.valid('json')
    await c.get('services').totp.remove(requireSession(c), password, code)
    return c.body(null, 204)
  })
  .openapi(removeOf, async (c) => {
    await c.get('services').totp.removeOf(requireSession(c), c.req.valid('param').id)
    return c.body(null, 204)
  })
