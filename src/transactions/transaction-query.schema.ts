import { z } from '@hono/zod-openapi'
import { amountParameter, calendarDate, currency, line, listParameter } from '../http/schemas.ts'
import { pageParameters, scopeParameters } from '../http/pagination.schema.ts'
import { category, type } from './transactions.schema.ts'

const categories = z
  .preprocess(
    (input) => (input === undefined ? undefined : [input].flat()),
    z.array(category).max(50),
  )
  .openapi({
    type: 'array',
    items: { type: 'string' },
    description: 'Repeat it for several categories.',
    example: ['Groceries'],
    param: { style: 'form', explode: true },
  })

/** What a list and an export select by. */
export const filterParameters = {
  date_from: calendarDate.optional().openapi({ description: 'First day, included.' }),
  date_to: calendarDate.optional().openapi({ description: 'Last day, included.' }),
  category: categories.optional(),
  type: type.optional().openapi({ description: 'Only income, or only expenses.' }),
  currency: currency.optional().openapi({ description: 'Only this currency.' }),
  min_amount: amountParameter
    .optional()
    .openapi({ description: 'Face value, whatever the currency.' }),
  max_amount: amountParameter
    .optional()
    .openapi({ description: 'Face value, whatever the currency.' }),
  q: line(1, 200)
    .optional()
    .openapi({ description: 'Part of the notes or the category.', example: 'shopping' }),
  external_id: line(1, 255)
    .optional()
    .openapi({ description: 'Only what has this name where it comes from.' }),
  source: line(1, 64).optional().openapi({ description: 'Only what comes from there.' }),
  sort: z
    .enum(['-date', 'date', '-amount', 'amount'])
    .default('-date')
    .openapi({ description: 'By date or by face value; `-` for descending.' }),
  deleted: z
    .enum(['exclude', 'include', 'only'])
    .optional()
    .openapi({ description: 'Deleted transactions; for admins.' }),
  ...scopeParameters,
}

interface Ranges {
  date_from?: string | undefined
  date_to?: string | undefined
  min_amount?: bigint | undefined
  max_amount?: bigint | undefined
}

export function checkRanges(ranges: Ranges, context: z.RefinementCtx): void {
  const { date_from, date_to, min_amount, max_amount } = ranges
  if (date_from !== undefined && date_to !== undefined && date_from > date_to) {
    context.addIssue({
      code: 'custom',
      path: ['date_to'],
      message: 'Must not be before date_from.',
    })
  }
  if (min_amount !== undefined && max_amount !== undefined && min_amount > max_amount) {
    context.addIssue({
      code: 'custom',
      path: ['max_amount'],
      message: 'Must not be less than min_amount.',
    })
  }
}

export const transactionQuerySchema = z
  .strictObject({
    ...filterParameters,
    include: listParameter(['totals'])
      .optional()
      .openapi({ description: '`totals` of all that match.' }),
    ...pageParameters,
  })
  .superRefine(checkRanges)
