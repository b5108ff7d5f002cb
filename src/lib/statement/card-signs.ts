import type { AmountRow } from './amount-row.ts'

/** How payments to a card are named on its statement. */
const PAYMENT =
  /^(?:(?:automatic|auto|online|mobile|web|internet|electronic)[ -]?)?payments?[ -]*(?:received|thank).*$|^autopay\b|\bthank you\b|\bpayment received\b|^(?:vielen )?dank\b|\b(?:pago|pagamento) (?:recibido|recebido|ricevuto)\b|\bpaiement re[çc]u\b|\bzahlung erhalten\b/i
/** Where this is all that a row says. */
const ONLY_PAYMENT =
  /^(?:(?:automatic|auto|online|mobile|web|internet|electronic)[ -]?)?payments?$/i
/** Income that is written with a minus. */
const INCOME =
  /\b(?:income|salary|wages|payroll|paycheck|gehalt|lohn|salaire|n[óo]mina|stipendio|salaris|l[öo]n|sal[áa]rio|pensja|wynagrodzenie)\b/i

/**
 * Why the signs look like those of a card, which writes purchases without a minus; undefined if they do
 * not.
 */
export function suspectCard(rows: readonly AmountRow[], isCard: boolean): string | undefined {
  const negative = rows.filter(({ isNegative }) => isNegative)
  const positive = rows.length - negative.length
  const first = negative[0]
  if (positive === 0) return undefined
  const isOdd = ({ text }: AmountRow) =>
    ONLY_PAYMENT.test(text.trim()) ||
    text.split('\n').some((part) => PAYMENT.test(part.trim()) || INCOME.test(part))
  if (first && positive >= negative.length && negative.every(isOdd)) {
    const text = first.text.replaceAll(/\s+/g, ' ').trim().slice(0, 40)
    return `Line ${first.line} ("${text}") looks like a payment to a card or like income, and has a minus, so the amounts without a minus may be expenses.`
  }
  if (isCard && positive > negative.length) {
    return 'The file looks like the statement of a card, and most of its amounts have no minus.'
  }
  return undefined
}
