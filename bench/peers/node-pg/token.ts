import { createHmac, timingSafeEqual } from 'node:crypto'
import { decodeBase64Url, encodeBase64Url } from 'hono/utils/encode'

/** Whom a token is for. */
export interface Claims {
  sub: string
  role: string
  exp: number
}

const utf8 = (text: string) => new TextEncoder().encode(text)
const encode = (value: object) =>
  encodeBase64Url(utf8(JSON.stringify(value)).buffer).replaceAll('=', '')
const HEADER = encode({ alg: 'HS256', typ: 'JWT' })

const sign = (text: string, secret: string) =>
  createHmac('sha256', secret).update(text).digest('base64url')

export function issueToken(claims: Claims, secret: string): string {
  const text = `${HEADER}.${encode(claims)}`
  return `${text}.${sign(text, secret)}`
}

/** Null where it is not ours or too old. */
export function readToken(token: string, secret: string): Claims | null {
  const [header, payload = '', signature = ''] = token.split('.')
  if (header !== HEADER) return null
  const [expected, given] = [utf8(sign(`${header}.${payload}`, secret)), utf8(signature)]
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null
  const claims = JSON.parse(new TextDecoder().decode(decodeBase64Url(payload))) as Claims
  return claims.exp > Date.now() / 1000 ? claims : null
}
