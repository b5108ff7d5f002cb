import { createRoute } from '@hono/zod-openapi'
import { pageResponse } from '../../http/pagination.schema.ts'
import { createRouter } from '../../http/router.ts'
import { guarded, guardedProblems, idParams, jsonContent } from '../../http/route.ts'
import {
  auditEntryResponse,
  auditListSchema,
  auditQuerySchema,
  historyQuerySchema,
  verificationResponse,
  verificationSchema,
  verifyQuerySchema,
} from './audit.schema.ts'

const tags = ['Audit']

const list = createRoute({
  method: 'get',
  path: '/audit',
  operationId: 'listAuditEntries',
  tags,
  summary: 'List audit log entries',
  description: 'Admins only. Returns who changed what, when and from where, newest first.',
  ...guarded('audit:read', 'read'),
  request: { query: auditQuerySchema },
  responses: {
    200: jsonContent(auditListSchema, 'A page of audit log entries'),
    ...guardedProblems('validation_failed', 'invalid_cursor'),
  },
})

const verify = createRoute({
  method: 'get',
  path: '/audit/verify',
  operationId: 'verifyAudit',
  tags,
  summary: 'Verify the audit log',
  description:
    'Admins only. Follows the hash chains and lists every entry that was altered, removed or ' +
    'reordered. Store the heads elsewhere: only a stored head, passed as `expected_hash`, reveals that ' +
    'a whole chain was rewritten.',
  ...guarded('audit:read', 'expensive'),
  request: { query: verifyQuerySchema },
  responses: {
    200: jsonContent(verificationSchema, 'The result of the verification'),
    ...guardedProblems('validation_failed', 'not_found'),
  },
})

const history = createRoute({
  method: 'get',
  path: '/transactions/{id}/history',
  operationId: 'getTransactionHistory',
  tags,
  summary: 'List the versions of a transaction',
  description:
    'Admins only. Returns all changes, newest first, also of deleted and purged transactions.',
  ...guarded('audit:read', 'read'),
  request: {
    params: idParams('Id of the transaction.'),
    query: historyQuerySchema,
  },
  responses: {
    200: jsonContent(auditListSchema, 'A page of its changes'),
    ...guardedProblems('validation_failed', 'invalid_cursor', 'not_found'),
  },
})

export const auditRoutes = createRouter()
  .openapi(list, async (c) => {
    const { limit, cursor, page, ...filter } = c.req.valid('query')
    const { audit } = c.get('services')
    const result = await audit.list(c.get('caller'), filter, { limit, cursor, page })
    return c.json(
      { data: result.rows.map(auditEntryResponse), ...pageResponse(c, result, limit) },
      200,
    )
  })
  .openapi(verify, async (c) => {
    const { owner_id: ownerId, expected_hash: expectedHash } = c.req.valid('query')
    const { audit } = c.get('services')
    const found = await audit.verify(c.get('caller'), { ownerId, expectedHash })
    return c.json(verificationResponse(found), 200)
  })
  .openapi(history, async (c) => {
    const request = c.req.valid('query')
    const { audit } = c.get('services')
    const result = await audit.history(c.get('caller'), c.req.valid('param').id, request)
    return c.json(
      { data: result.rows.map(auditEntryResponse), ...pageResponse(c, result, request.limit) },
      200,
    )
  })
