import { createRoute } from '@hono/zod-openapi'
import { dryRunSchema } from '../http/dry-run.schema.ts'
import { etagOf, expectedVersions, requiredVersions, withCurrentState } from '../http/etag.ts'
import { EXAMPLE_TRANSACTIONS } from '../lib/examples.ts'
import { pageResponse, scopeResponse } from '../http/pagination.schema.ts'
import { createRouter } from '../http/router.ts'
import { totalsResponse } from '../http/totals.schema.ts'
import {
  conditionalCodes,
  conditionalHeaders,
  guarded,
  guardedBody,
  guardedBodyProblems,
  guardedProblems,
  guardedWrite,
  idParams,
  jsonContent,
  jsonRequest,
  noContent,
  optionalConditionHeaders,
  writeCodes,
  writeHeaders,
  dryRunQuery,
} from '../http/route.ts'
import { toListRequest } from './transaction-query.mapper.ts'
import { transactionQuerySchema } from './transaction-query.schema.ts'
import {
  categoryListSchema,
  categoryResponse,
  changedTransactionSchema,
  newTransactionSchema,
  readQuerySchema,
  scopeQuerySchema,
  transactionDryRunSchema,
  transactionListSchema,
  transactionPatchSchema,
  transactionResponse,
  transactionSchema,
} from './transactions.schema.ts'

const tags = ['Transactions']
const params = idParams('Id of the transaction.')
const deletedParams = idParams('Id of the transaction.', EXAMPLE_TRANSACTIONS.deleted)

const list = createRoute({
  method: 'get',
  path: '/transactions',
  operationId: 'listTransactions',
  tags,
  summary: 'List transactions',
  description:
    'Returns your own transactions, newest first. Cursor pagination is stable under concurrent writes; ' +
    'pass `page` for numbered pages. Admins can read the transactions of others with `user_id` or `scope`.',
  ...guarded('transactions:read', 'read'),
  request: { query: transactionQuerySchema },
  responses: {
    200: jsonContent(transactionListSchema, 'A page of transactions'),
    ...guardedProblems('validation_failed', 'invalid_cursor', 'not_found', 'field_masked'),
  },
})

const create = createRoute({
  method: 'post',
  path: '/transactions',
  operationId: 'createTransaction',
  tags,
  summary: 'Create a transaction',
  description: 'Analysts can create transactions for themselves, admins for any user.',
  ...guardedBody('transactions:create', 'write', { dryRun: true }),
  request: {
    query: dryRunQuery,
    headers: writeHeaders,
    body: jsonRequest(newTransactionSchema),
  },
  responses: {
    200: jsonContent(transactionDryRunSchema, 'A dry run'),
    201: jsonContent(transactionSchema, 'The new transaction'),
    ...guardedBodyProblems('field_masked', 'duplicate_external_id', ...writeCodes),
  },
})

const read = createRoute({
  method: 'get',
  path: '/transactions/{id}',
  operationId: 'getTransaction',
  tags,
  summary: 'Get a transaction',
  description:
    'Returns one of your own transactions; admins can read any. Its version is the `ETag`.',
  ...guarded('transactions:read', 'read'),
  request: { params, query: readQuerySchema },
  responses: {
    200: jsonContent(transactionSchema, 'The transaction'),
    ...guardedProblems('validation_failed', 'not_found'),
  },
})

const update = createRoute({
  method: 'patch',
  path: '/transactions/{id}',
  operationId: 'updateTransaction',
  tags,
  summary: 'Update a transaction',
  description: 'Admins only. Omitted fields are left unchanged.',
  ...guardedBody('transactions:change', 'write', { dryRun: true }),
  request: {
    params,
    query: dryRunQuery,
    headers: conditionalHeaders,
    body: jsonRequest(transactionPatchSchema),
  },
  responses: {
    200: jsonContent(changedTransactionSchema, 'The updated transaction, or a dry run'),
    ...guardedBodyProblems('not_found', 'duplicate_external_id', ...conditionalCodes),
  },
})

const remove = createRoute({
  method: 'delete',
  path: '/transactions/{id}',
  operationId: 'deleteTransaction',
  tags,
  summary: 'Delete a transaction',
  description:
    'Admins only. The transaction disappears from all lists and totals and can be restored.',
  ...guardedWrite('transactions:change', 'write', { dryRun: true }),
  request: { params: deletedParams, query: dryRunQuery, headers: conditionalHeaders },
  responses: {
    200: jsonContent(dryRunSchema, 'A dry run'),
    204: noContent('The transaction is deleted'),
    ...guardedProblems('validation_failed', 'not_found', ...conditionalCodes),
  },
})

const restore = createRoute({
  method: 'post',
  path: '/transactions/{id}/restore',
  operationId: 'restoreTransaction',
  tags,
  summary: 'Restore a deleted transaction',
  description:
    'Admins only. Restoring a transaction that is not deleted changes nothing. `If-Match` is optional.',
  ...guardedWrite('transactions:change', 'write', { dryRun: true }),
  request: { params: deletedParams, query: dryRunQuery, headers: optionalConditionHeaders },
  responses: {
    200: jsonContent(changedTransactionSchema, 'The restored transaction, or a dry run'),
    ...guardedProblems('validation_failed', 'not_found', 'precondition_failed', ...writeCodes),
  },
})

const categories = createRoute({
  method: 'get',
  path: '/categories',
  operationId: 'listCategories',
  tags,
  summary: 'List categories',
  description: 'Returns the categories in use, the most used first.',
  ...guarded('transactions:read', 'read'),
  request: { query: scopeQuerySchema },
  responses: {
    200: jsonContent(categoryListSchema, 'The categories with their number of transactions'),
    ...guardedProblems('validation_failed', 'not_found', 'field_masked'),
  },
})

export const transactionsRoutes = createRouter()
  .openapi(list, async (c) => {
    const request = toListRequest(c.req.valid('query'))
    const result = await c.get('services').transactions.list(c.get('caller'), request)
    return c.json(
      {
        data: result.page.rows.map(transactionResponse),
        ...pageResponse(c, result.page, request.limit),
        ...scopeResponse(result.scope),
        ...(result.totals && { totals: result.totals.map(totalsResponse) }),
      },
      200,
    )
  })
  .openapi(create, async (c) => {
    const { transactions } = c.get('services')
    const created = await transactions.create(c.get('caller'), c.req.valid('json'))
    c.header('Location', `/v1/transactions/${created.id}`)
    c.header('ETag', etagOf(created))
    return c.json(transactionResponse(created), 201)
  })
  .openapi(read, async (c) => {
    const deleted = c.req.valid('query').deleted === 'include'
    const { transactions } = c.get('services')
    const found = await transactions.read(c.get('caller'), c.req.valid('param').id, deleted)
    c.header('ETag', etagOf(found))
    return c.json(transactionResponse(found), 200)
  })
  .openapi(update, async (c) => {
    const changes = c.req.valid('json')
    const { transactions } = c.get('services')
    const caller = c.get('caller')
    const { id: transactionId } = c.req.valid('param')
    const versions = requiredVersions(c)
    const updated = await withCurrentState(
      () => transactions.update(caller, transactionId, versions, changes),
      () => transactions.read(caller, transactionId, false),
      transactionResponse,
    )
    c.header('ETag', etagOf(updated))
    return c.json(transactionResponse(updated), 200)
  })
  .openapi(remove, async (c) => {
    const { transactions } = c.get('services')
    const caller = c.get('caller')
    const { id: transactionId } = c.req.valid('param')
    const versions = requiredVersions(c)
    await withCurrentState(
      () => transactions.delete(caller, transactionId, versions),
      () => transactions.read(caller, transactionId, false),
      transactionResponse,
    )
    return c.body(null, 204)
  })
  .openapi(restore, async (c) => {
    const { transactions } = c.get('services')
    const caller = c.get('caller')
    const { id: transactionId } = c.req.valid('param')
    const versions = expectedVersions(c)
    const restored = await withCurrentState(
      () => transactions.restore(caller, transactionId, versions),
      () => transactions.read(caller, transactionId, true),
      transactionResponse,
    )
    c.header('ETag', etagOf(restored))
    return c.json(transactionResponse(restored), 200)
  })
  .openapi(categories, async (c) => {
    const { scope, user_id: userId } = c.req.valid('query')
    const { transactions } = c.get('services')
    const result = await transactions.categories(c.get('caller'), { scope, userId })
    return c.json(
      { data: result.categories.map(categoryResponse), ...scopeResponse(result.scope) },
      200,
    )
  })
