import { encodeBase64Url } from 'hono/utils/encode'
import { utf8 } from '../../lib/crypto/derived-keys.ts'
import { toMinorUnits } from '../../lib/money/amounts.ts'
import type { ReadRow } from './import-row.ts'

/** 128 bits of SHA-256 in base64url. */
const LENGTH = 22
/** Digests that wait at once: more of them take memory and save no time. */
const AT_ONCE = 1000

const digestOf = async (text: string): Promise<string> =>
  encodeBase64Url(await crypto.subtle.digest('SHA-256', utf8(text))).slice(0, LENGTH)

const signed = ({ type, amount, currency }: ReadRow) =>
  (type === 'expense' ? -1n : 1n) * toMinorUnits(amount, currency)

/** The fingerprint of each row: equal rows of a user have equal ones. The account is compared beside it. */
export async function fingerprintsOf(userId: string, rows: readonly ReadRow[]): Promise<string[]> {
  const found: string[] = []
  for (let start = 0; start < rows.length; start += AT_ONCE) {
    const texts = rows
      .slice(start, start + AT_ONCE)
      .map((row) => [userId, row.currency, signed(row), row.date, row.text].join('\n'))
    found.push(...(await Promise.all(texts.map(digestOf))))
  }
  return found
}

/** What a report says of its file and options, for its ETag. */
export const requestTag = (text: string, options: object): Promise<string> =>
  digestOf(JSON.stringify([Object.entries(options).toSorted(([a], [b]) => (a < b ? -1 : 1)), text]))
