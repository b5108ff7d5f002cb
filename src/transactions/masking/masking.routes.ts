import { createRoute } from '@hono/zod-openapi'
import { etagOf, requiredVersions, withCurrentState } from '../../http/etag.ts'
import { noParameters } from '../../http/query.ts'
import { createRouter } from '../../http/router.ts'
import {
  conditionalCodes,
  conditionalHeaders,
  dryRunQuery,
  guarded,
  guardedBody,
  guardedBodyProblems,
  guardedProblems,
  jsonContent,
  jsonRequest,
} from '../../http/route.ts'
import {
  changedMaskingSchema,
  maskingListSchema,
  maskingRequestSchema,
  maskingResponse,
  roleParams,
} from './masking.schema.ts'

const tags = ['Masking']

const list = createRoute({
  method: 'get',
  path: '/masking',
  operationId: 'listMasking',
  tags,
  summary: 'List masked fields',
  description:
    'Admins only. Returns, for each role, the fields of transactions that it does not see.',
  ...guarded('masking:read', 'read'),
  request: { query: noParameters },
  responses: {
    200: jsonContent(maskingListSchema, 'The masked fields of each role'),
    ...guardedProblems('validation_failed'),
  },
})

const set = createRoute({
  method: 'put',
  path: '/masking/{role}',
  operationId: 'setMasking',
  tags,
  summary: 'Update the masked fields of a role',
  description:
    'Admins only, not with an API key. Replaces the fields that the role does not see; `{}` masks none. ' +
    'Takes effect with the next request. API keys are masked by their own role.',
  ...guardedBody('masking:manage', 'write', { dryRun: true }),
  request: {
    params: roleParams,
    query: dryRunQuery,
    headers: conditionalHeaders,
    body: jsonRequest(maskingRequestSchema),
  },
  responses: {
    200: jsonContent(changedMaskingSchema, 'The masked fields, or a dry run'),
    ...guardedBodyProblems(...conditionalCodes),
  },
})

export const maskingRoutes = createRouter()
  .openapi(list, async (c) => {
    const rows = await c.get('services').masking.list(c.get('caller'))
    return c.json({ data: rows.map(maskingResponse) }, 200)
  })
  .openapi(set, async (c) => {
    const { masking } = c.get('services')
    const caller = c.get('caller')
    const { role } = c.req.valid('param')
    const { fields } = c.req.valid('json')
    const versions = requiredVersions(c)
    const changed = await withCurrentState(
      () => masking.set(caller, role, versions, fields),
      () => masking.read(caller, role),
      maskingResponse,
    )
    c.header('ETag', etagOf(changed))
    return c.json(maskingResponse(changed), 200)
  })
