import { z } from '@hono/zod-openapi'
import { filterShape, sortValues } from '../db/record.ts'
import {
  amountParameter,
  calendarDate,
  checkDates,
  instantParameter,
  line,
  listParameter,
  monthParameter,
} from '../lib/schemas.ts'
import { pageParameters, scopeParameters } from '../http/pagination.schema.ts'
import { category, transactionFields } from './transaction.fields.ts'

const categories = z
  .preprocess(
    (input) => (input === undefined ? undefined : [input].flat()),
    z.array(category).max(50),
  )
  .openapi({
    type: 'array',
    items: { type: 'string' },
    description: 'Exact category. Repeat the parameter for several.',
    param: { style: 'form', explode: true },
  })

/** Filters of the list and of the export. */
export const filterParameters = {
  date_from: calendarDate.optional().openapi({ description: 'First day, inclusive.' }),
  date_to: calendarDate.optional().openapi({ description: 'Last day, inclusive.' }),
  month: monthParameter.optional(),
  category: categories.optional(),
  min_amount: amountParameter
    .optional()
    .openapi({ description: 'Smallest face value, in any currency.' }),
  max_amount: amountParameter
    .optional()
    .openapi({ description: 'Largest face value, in any currency.' }),
  q: line(1, 200).optional().openapi({
    description: 'Text in the category, the payee or the notes, case-insensitive.',
  }),
  updated_since: instantParameter.optional().openapi({
    description:
      'Only what was created, changed or deleted at this instant or later, in the order of these ' +
      'changes. Admins also get deleted transactions, with `deleted_at`.',
  }),
  ...filterShape(transactionFields),
  sort: z
    .enum(sortValues(transactionFields))
    .optional()
    .openapi({
      description:
        'Date, face value or last change; `-` for descending. By default `-date`, and ' +
        '`updated_at` with `updated_since`.',
    }),
  deleted: z
    .enum(['exclude', 'include', 'only'])
    .optional()
    .openapi({ description: 'Whether to return deleted transactions. Admins only.' }),
  ...scopeParameters,
}

interface Ranges {
  month?: string | undefined
  date_from?: string | undefined
  date_to?: string | undefined
  min_amount?: bigint | undefined
  max_amount?: bigint | undefined
}

export function checkRanges(ranges: Ranges, context: z.RefinementCtx): void {
  const { date_from, date_to, min_amount, max_amount } = ranges
  checkDates(ranges, context)
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
      .openapi({ description: '`totals` adds totals of all matching transactions.' }),
    ...pageParameters,
  })
  .superRefine(checkRanges)
