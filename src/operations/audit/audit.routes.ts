import { createRoute } from '@hono/zod-openapi'
import { noParameters } from '../../http/query.ts'
import { pageResponse } from '../../http/pagination.schema.ts'
import { createRouter } from '../../http/router.ts'
import { jsonBodyUpTo } from '../../http/json-body.ts'
import {
  guarded,
  guardedBodyProblems,
  guardedProblems,
  idParams,
  jsonContent,
  jsonRequest,
} from '../../http/route.ts'
import {
  auditEntryResponse,
  auditListSchema,
  auditQuerySchema,
  comparisonRequestSchema,
  comparisonResponse,
  comparisonSchema,
  headListSchema,
  headResponse,
  headsQuerySchema,
  historyQuerySchema,
  verificationResponse,
  verificationSchema,
  verifyQuerySchema,
} from './audit.schema.ts'

const tags = ['Audit']
/** A thousand heads, with blanks. */
const MAX_COMPARISON_BYTES = 512 * 1024

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
    'reordered. A request verifies up to 25,000 entries; repeat it with `next_cursor` until that is ' +
    'null. Store the heads elsewhere: only stored heads reveal that a whole chain was rewritten, or ' +
    'removed with its user.',
  ...guarded('audit:read', 'expensive'),
  request: { query: verifyQuerySchema },
  responses: {
    200: jsonContent(verificationSchema, 'The result of the verification'),
    ...guardedProblems('validation_failed', 'invalid_cursor', 'not_found'),
  },
})

const heads = createRoute({
  method: 'get',
  path: '/audit/heads',
  operationId: 'listAuditHeads',
  tags,
  summary: 'Export the heads of the audit log',
  description:
    'Admins only. Returns the last entry of each chain, by owner. Store all pages where the owner of ' +
    'the database cannot write, and compare them later with `POST /v1/audit/heads/compare`.',
  ...guarded('audit:read', 'read'),
  request: { query: headsQuerySchema },
  responses: {
    200: jsonContent(headListSchema, 'A page of heads'),
    ...guardedProblems('validation_failed', 'invalid_cursor'),
  },
})

const compareGuard = guarded('audit:read', 'expensive')

const compare = createRoute({
  method: 'post',
  path: '/audit/heads/compare',
  operationId: 'compareAuditHeads',
  tags,
  summary: 'Compare stored heads with the audit log',
  description:
    'Admins only. Checks that each chain still contains the head that was exported, and finds users ' +
    'that were removed with their chain, chains that were cut off and chains that were rewritten. ' +
    'Changes nothing.',
  ...compareGuard,
  middleware: [...compareGuard.middleware, jsonBodyUpTo(MAX_COMPARISON_BYTES)],
  request: { query: noParameters, body: jsonRequest(comparisonRequestSchema) },
  responses: {
    200: jsonContent(comparisonSchema, 'The result of the comparison'),
    ...guardedBodyProblems(),
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
    const { owner_id: ownerId, expected_hash: expectedHash, cursor } = c.req.valid('query')
    const { audit } = c.get('services')
    const found = await audit.verify(c.get('caller'), { ownerId, expectedHash, cursor })
    return c.json(verificationResponse(found), 200)
  })
  .openapi(heads, async (c) => {
    const request = c.req.valid('query')
    const result = await c.get('services').audit.heads(c.get('caller'), request)
    return c.json(
      { data: result.rows.map(headResponse), ...pageResponse(c, result, request.limit) },
      200,
    )
  })
  .openapi(compare, async (c) => {
    const { heads: stored } = c.req.valid('json')
    const found = await c.get('services').audit.compareHeads(c.get('caller'), stored)
    return c.json(comparisonResponse(stored.length, found), 200)
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
