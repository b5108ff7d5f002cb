import { decodeBase64Url, encodeBase64Url } from 'hono/utils/encode'
import { timingSafeEqual } from '../crypto/timing-safe-equal.ts'
import { AppError } from '../errors.ts'

/** The sort keys of the last row of a page. */
export type Position = readonly string[]

export interface Cursors {
  /** `list` identifies the list with its filters and sort order. */
  write(list: unknown, position: Position): Promise<string>
  /** @throws AppError `invalid_cursor` if it was altered or issued for another list */
  read(list: unknown, cursor: string): Promise<Position>
}

const SIGNATURE_BYTES = 16
const MAX_LENGTH = 500

const bytes = (text: string) => new TextEncoder().encode(text) as Uint8Array<ArrayBuffer>
const encode = (buffer: ArrayBuffer) => encodeBase64Url(buffer).replaceAll('=', '')

type Sign = (list: unknown, payload: string) => Promise<string>

function signer(secret: string): Sign {
  let key: Promise<CryptoKey> | undefined
  const importKey = () =>
    crypto.subtle.importKey(
      'raw',
      bytes(`cursor:${secret}`),
      { name: 'HMAC', hash: 'SHA-256' },
      false,
      ['sign'],
    )
  return async (list, payload) => {
    const text = `${JSON.stringify(list)}\n${payload}`
    const full = await crypto.subtle.sign('HMAC', await (key ??= importKey()), bytes(text))
    return encode(full.slice(0, SIGNATURE_BYTES))
  }
}

const invalidCursor = () =>
  new AppError('invalid_cursor', {
    detail: 'Cursors are only valid with the filters and sort order they were issued for.',
    errors: [{ field: 'cursor', message: 'Must be a cursor that was issued for this list.' }],
  })

/**
 * Opaque, signed cursors. The filters of the list are signed but not included, so a cursor is short,
 * and using it with other filters is an error instead of silently skipping rows. The first secret
 * signs; all are accepted, so that secrets can be rotated.
 */
export function createCursors(...secrets: readonly [string, ...string[]]): Cursors {
  const [sign, ...others] = secrets.map(signer) as [Sign, ...Sign[]]
  return {
    async write(list, position) {
      const payload = encode(bytes(JSON.stringify(position)).buffer)
      return `${payload}.${await sign(list, payload)}`
    },
    async read(list, cursor) {
      const [payload = '', signed = '', ...rest] = cursor.split('.')
      if (cursor.length > MAX_LENGTH || rest.length > 0) throw invalidCursor()
      for (const check of [sign, ...others]) {
        if (timingSafeEqual(signed, await check(list, payload))) {
          return JSON.parse(new TextDecoder().decode(decodeBase64Url(payload))) as Position
        }
      }
      throw invalidCursor()
    },
  }
}
