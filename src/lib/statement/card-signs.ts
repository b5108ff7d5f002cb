import type { AmountRow } from './direction.ts'

/** How payments to a card are named on its statement. */
const PAYMENT =
  /^(?:(?:automatic|auto|online|mobile|web|internet|electronic)[ -]?)?payments?(?:[ -]*(?:received|thank).*)?$|^autopay\b|\bthank you\b|\bpayment received\b|^(?:vielen )?dank\b|\bpago recibido\b|\bpaiement re[çc]u\b|\bzahlung erhalten\b/i

/**
 * Why the signs look like those of a card, which writes purchases without a minus; undefined if they do
 * not.
 */
export function suspectCard(rows: readonly AmountRow[], isCard: boolean): string | undefined {
  const negative = rows.filter(({ isNegative }) => isNegative)
  const positive = rows.length - negative.length
  if (positive === 0) return undefined
  const payment = negative[0]
  if (payment && positive >= negative.length && negative.every(({ text }) => PAYMENT.test(text.trim()))) {
    return `Line ${payment.line} looks like a payment to a card ("${payment.text.trim().slice(0, 40)}") and has a minus, so the amounts without a minus may be purchases.`
  }
  if (isCard && positive > negative.length) {
    return 'The file looks like the statement of a card, and most of its amounts have no minus.'
  }
  return undefined
}
