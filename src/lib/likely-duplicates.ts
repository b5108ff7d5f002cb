/** Why a row of a file may be a transaction that exists. */
export const likelyReasons = ['same_date', 'near_date', 'external_id_reused'] as const

export type LikelyReason = (typeof likelyReasons)[number]

/** The date is that of the transaction; null if it was deleted for good. */
export function likelyMessage(reason: LikelyReason, date: string | null): string {
  const other = date === null ? 'A deleted transaction' : `A transaction of ${date}`
  switch (reason) {
    case 'same_date':
      return `${other} has the same amount and another text.`
    case 'near_date':
      return `${other} has the same amount.`
    case 'external_id_reused':
      return `${other} has this external id, and another date or amount.`
  }
}
