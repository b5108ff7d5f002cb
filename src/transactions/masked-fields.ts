import { maskableNames, type MaskableName } from '../db/record.ts'
import type { FieldUse } from '../db/masking.ts'
import type { Order } from './search.ts'
import type { TransactionFilter } from './filters.ts'
import { transactionFields } from './transaction.fields.ts'

export type MaskableField = MaskableName<typeof transactionFields>

/** `partial` leaves the first letter of a text. */
export type MaskMode = 'hide' | 'partial'

/** What a role does not see of transactions. */
export type MaskedFields = { [Field in MaskableField]?: MaskMode | undefined }

/** The fields of a transaction that can be masked for a role. */
export const MASKABLE_FIELDS = maskableNames(transactionFields)

/** Parameters of lists and exports, with the fields that each needs. */
const parameters: Record<string, { of: keyof TransactionFilter; fields: MaskableField[] }> = {
  category: { of: 'categories', fields: ['category'] },
  min_amount: { of: 'minAmount', fields: ['amount'] },
  max_amount: { of: 'maxAmount', fields: ['amount'] },
  q: { of: 'q', fields: ['category', 'payee', 'notes'] },
  payee: { of: 'payee', fields: ['payee'] },
  external_id: { of: 'external_id', fields: ['external_id'] },
  source: { of: 'source', fields: ['source'] },
}

const isMaskable = (name: string) => (MASKABLE_FIELDS as readonly string[]).includes(name)

/** What a list needs, besides showing its rows. */
export function usesOf(filter: TransactionFilter, sort: Order, withTotals: boolean): FieldUse[] {
  const filtered = Object.entries(parameters)
    .filter(([, { of }]) => filter[of] !== undefined)
    .flatMap(([name, { fields }]) => fields.map((field): FieldUse => `${name}:${field}`))
  return [
    ...filtered,
    ...(isMaskable(sort.key) ? [`sort:${sort.key}` as const] : []),
    ...(withTotals ? ['include:amount' as const] : []),
  ]
}
