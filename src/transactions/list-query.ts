import type { z } from '@hono/zod-openapi'
import type { transactionQuerySchema } from './transactions.schema.ts'
import type { ListRequest } from './transactions.service.ts'

/** The parameters of a list, as the service knows them. */
export function readListQuery(query: z.output<typeof transactionQuerySchema>): ListRequest {
  return {
    scope: query.scope,
    userId: query.user_id,
    limit: query.limit,
    cursor: query.cursor,
    page: query.page,
    withTotals: query.include?.includes('totals') ?? false,
    sort: {
      key: query.sort.endsWith('date') ? 'date' : 'amount',
      descending: query.sort.startsWith('-'),
    },
    filter: {
      dateFrom: query.date_from,
      dateTo: query.date_to,
      categories: query.category,
      type: query.type,
      currency: query.currency,
      minAmount: query.min_amount,
      maxAmount: query.max_amount,
      q: query.q,
      externalId: query.external_id,
      source: query.source,
      deleted: query.deleted,
    },
  }
}
