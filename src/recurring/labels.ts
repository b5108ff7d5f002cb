import type { StreamRow } from './payment.ts'

const MONTHS =
  /^(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)$/

/**
 * A text without what differs from one payment to the next: case, accents, punctuation, numbers and
 * names of months. If nothing else is in it, all of it.
 */
export function foldLabel(text: string): string {
  const words = text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .split(/[^\p{L}\p{N}\p{S}]+/u)
    .filter((word) => word !== '')
  const telling = words.filter((word) => !/\p{N}/u.test(word) && !MONTHS.test(word))
  return (telling.length > 0 ? telling : words).join(' ') || text
}

/** Folds each text once: most rows share theirs with others. */
export function createLabels() {
  const folded = new Map<string, string>()
  const fold = (text: string) => {
    const known = folded.get(text)
    if (known !== undefined) return known
    const label = foldLabel(text)
    folded.set(text, label)
    return label
  }
  return {
    fold,
    /** What payments of one stream have in common: the payee, or else category and notes. */
    groupOf: ({ user_id, type, currency, payee, category, notes }: StreamRow) =>
      JSON.stringify([
        user_id,
        type,
        currency,
        ...(payee === null ? [fold(category), notes === null ? '' : fold(notes)] : [fold(payee)]),
      ]),
  }
}
