import { createRoute, z } from '@hono/zod-openapi'
import { csvBody } from '../../http/csv-body.ts'
import { expectedTags, requireIfMatch } from '../../http/etag.ts'
import { booleanParameter } from '../../lib/schemas.ts'
import { pageResponse, scopeResponse } from '../../http/pagination.schema.ts'
import { noParameters } from '../../http/query.ts'
import { createRouter } from '../../http/router.ts'
import {
  conditionalCodes,
  guarded,
  guardedProblems,
  guardedWrite,
  idParams,
  jsonContent,
  optionalConditionHeaders,
  writeCodes,
  writeHeaders,
  dryRunQuery,
} from '../../http/route.ts'
import { idempotencyKey } from '../../http/idempotency.ts'
import { requestTag } from './fingerprints.ts'
import { importReportSchema, reportResponse } from './import-report.schema.ts'
import { readOptions, readRequest, refuseProblems } from './import-query.ts'
import {
  csvForm,
  csvUploadSchema,
  importListQuerySchema,
  importListSchema,
  importQuerySchema,
  importResponse,
  importRowResponse,
  importRowsQuerySchema,
  importRowsSchema,
  importSchema,
  reportOptions,
  revertedImportSchema,
} from './imports.schema.ts'
import { readFile } from './read-file.ts'

const tags = ['Imports']
const params = idParams('Id of the import.')
const guard = guarded('transactions:create', 'expensive')

const create = createRoute({
  method: 'post',
  path: '/transactions/import',
  operationId: 'importTransactions',
  tags,
  summary: 'Import a CSV file',
  description:
    'Returns a report by default; with `dry_run=false` all rows are imported, atomically. ' +
    'Transactions that already exist are skipped. Exported files can be imported unchanged. ' +
    'Rows that resemble a transaction are asked about: `likely_duplicates` or `lines` decide.',
  ...guard,
  middleware: [...guard.middleware, csvBody, idempotencyKey],
  request: {
    query: importQuerySchema,
    headers: optionalConditionHeaders,
    body: {
      required: true,
      content: {
        'text/csv': { schema: csvUploadSchema },
        'multipart/form-data': { schema: csvForm },
      },
    },
  },
  responses: {
    200: jsonContent(importReportSchema, 'A report of what would be imported'),
    201: jsonContent(importSchema, 'The import'),
    ...guardedProblems(
      'validation_failed',
      'unsupported_media_type',
      'content_too_large',
      'field_masked',
      'duplicate_external_id',
      'likely_duplicates',
      ...conditionalCodes,
    ),
  },
})

const list = createRoute({
  method: 'get',
  path: '/imports',
  operationId: 'listImports',
  tags,
  summary: 'List imports',
  description:
    'Returns your own imports, newest first. Admins can read those of others with `user_id` or `scope`.',
  ...guarded('transactions:read', 'read'),
  request: { query: importListQuerySchema },
  responses: {
    200: jsonContent(importListSchema, 'A page of imports'),
    ...guardedProblems('validation_failed', 'invalid_cursor', 'not_found'),
  },
})

const read = createRoute({
  method: 'get',
  path: '/imports/{id}',
  operationId: 'getImport',
  tags,
  summary: 'Get an import',
  description: 'Returns one of your own imports; admins can read any.',
  ...guarded('transactions:read', 'read'),
  request: { params, query: noParameters },
  responses: {
    200: jsonContent(importSchema, 'The import'),
    ...guardedProblems('validation_failed', 'not_found'),
  },
})

const rows = createRoute({
  method: 'get',
  path: '/imports/{id}/rows',
  operationId: 'listImportRows',
  tags,
  summary: 'List the rows of an import',
  description:
    'Returns what became of each row of the file, in the order of lines. Empty for imports that were ' +
    'reverted, or made before rows were remembered.',
  ...guarded('transactions:read', 'read'),
  request: { params, query: importRowsQuerySchema },
  responses: {
    200: jsonContent(importRowsSchema, 'A page of rows'),
    ...guardedProblems('validation_failed', 'invalid_cursor', 'not_found'),
  },
})

const revertQuery = dryRunQuery.extend({
  include_changed: booleanParameter.optional().openapi({
    description: 'Also deletes transactions that were modified after the import. Admins only.',
  }),
  shared: z.enum(['keep', 'delete']).optional().openapi({
    description:
      'What to do with transactions that other imports have too. Without it, they are a reason to refuse.',
  }),
})

const revert = createRoute({
  method: 'post',
  path: '/imports/{id}/revert',
  operationId: 'revertImport',
  tags,
  summary: 'Revert an import',
  description:
    'Deletes every transaction this import created, atomically, so that a corrected file can be ' +
    'imported. Transactions that another import has too need `shared`. ' +
    'Idempotent. Analysts can revert their own imports, admins any.',
  ...guardedWrite('transactions:create', 'write', { dryRun: true }),
  request: { params, query: revertQuery, headers: writeHeaders },
  responses: {
    200: jsonContent(revertedImportSchema, 'The reverted import, or a dry run'),
    ...guardedProblems(
      'validation_failed',
      'not_found',
      'field_masked',
      'import_modified',
      'import_shared',
      ...writeCodes,
    ),
  },
})

/** The states of matching in the tags of reports on this file with these options; undefined for any. */
const statesOf = (sent: string[] | undefined, request: string) =>
  sent
    ?.filter((each) => each.startsWith(`${request}.`))
    .map((each) => each.slice(request.length + 1))

export const importsRoutes = createRouter()
  .openapi(create, async (c) => {
    const query = c.req.valid('query')
    const upload = c.get('upload')
    const options = readOptions(query, upload)
    const text = await c.req.text()
    const file = readFile(text, options)
    const { imports } = c.get('services')
    const caller = c.get('caller')
    const request = readRequest(query, upload)
    const tag = await requestTag(text, reportOptions(query))
    if (query.dry_run) {
      const preview = await imports.preview(caller, file, request)
      c.header('ETag', `"${tag}.${preview.state}"`)
      return c.json(reportResponse(file, preview), 200)
    }
    if (!query.skip_invalid) refuseProblems(file)
    if (query.lines !== undefined) requireIfMatch(c)
    const states = statesOf(expectedTags(c), tag)
    const created = await imports.create(caller, file, { ...request, states })
    c.header('Location', `/v1/imports/${created.id}`)
    return c.json(importResponse(created), 201)
  })
  .openapi(list, async (c) => {
    const { user_id: userId, ...query } = c.req.valid('query')
    const result = await c.get('services').imports.list(c.get('caller'), { ...query, userId })
    return c.json(
      {
        data: result.page.rows.map(importResponse),
        ...pageResponse(c, result.page, query.limit),
        ...scopeResponse(result.scope),
      },
      200,
    )
  })
  .openapi(read, async (c) => {
    const found = await c.get('services').imports.read(c.get('caller'), c.req.valid('param').id)
    return c.json(importResponse(found), 200)
  })
  .openapi(rows, async (c) => {
    const query = c.req.valid('query')
    const request = { ...query, importId: c.req.valid('param').id }
    const page = await c.get('services').imports.rows(c.get('caller'), request)
    return c.json(
      { data: page.rows.map(importRowResponse), ...pageResponse(c, page, query.limit) },
      200,
    )
  })
  .openapi(revert, async (c) => {
    const { include_changed: includeModified = false, shared } = c.req.valid('query')
    const { imports } = c.get('services')
    const { id } = c.req.valid('param')
    const reverted = await imports.revert(c.get('caller'), id, { includeModified, shared })
    return c.json(importResponse(reverted), 200)
  })
