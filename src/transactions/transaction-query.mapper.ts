import type { z } from '@hono/zod-openapi'
import type { SortName } from '../db/record.ts'
import { datesOf } from '../lib/schemas.ts'
import type { transactionFields } from './transaction.fields.ts'
import type { transactionQuerySchema } from './transaction-query.schema.ts'
import type { ListRequest } from './transactions.service.ts'

type ListParameters = z.output<typeof transactionQuerySchema>
type Selection = Omit<ListParameters, 'limit' | 'cursor' | 'page' | 'include'>

/** Which records, and in which order. */
export function toFilter(
  query: Selection,
): Pick<ListRequest, 'scope' | 'userId' | 'sort' | 'filter'> {
  const { scope, user_id: userId, sort, category, ...rest } = query
  const { month, date_from, date_to, updated_since, min_amount, max_amount, ...filter } = rest
  const order = sort ?? (updated_since === undefined ? '-date' : 'updated_at')
  return {
    scope,
    userId,
    sort: {
      key: order.replace('-', '') as SortName<typeof transactionFields>,
      descending: order.startsWith('-'),
    },
    filter: {
      ...filter,
      ...datesOf({ month, date_from, date_to }),
      categories: category,
      updatedSince: updated_since,
      minAmount: min_amount,
      maxAmount: max_amount,
    },
  }
}

/** The parameters of a list, as the service knows them. */
export function toListRequest(query: ListParameters): ListRequest {
  const { limit, cursor, page, include, ...selection } = query
  return {
    ...toFilter(selection),
    limit,
    cursor,
    page,
    withTotals: include?.includes('totals') ?? false,
  }
}
