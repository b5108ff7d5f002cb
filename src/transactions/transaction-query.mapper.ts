import type { z } from '@hono/zod-openapi'
import type { transactionQuerySchema } from './transaction-query.schema.ts'
import type { ListRequest } from './transactions.service.ts'

type ListParameters = z.output<typeof transactionQuerySchema>
type Selection = Omit<ListParameters, 'limit' | 'cursor' | 'page' | 'include'>

/** Which records, and in which order. */
export function toFilter(
  query: Selection,
): Pick<ListRequest, 'scope' | 'userId' | 'sort' | 'filter'> {
  return {
    scope: query.scope,
    userId: query.user_id,
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

/** The parameters of a list, as the service knows them. */
export function toListRequest(query: ListParameters): ListRequest {
  return {
    ...toFilter(query),
    limit: query.limit,
    cursor: query.cursor,
    page: query.page,
    withTotals: query.include?.includes('totals') ?? false,
  }
}
