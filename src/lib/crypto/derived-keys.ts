/** The current secret first, then previous ones that are still accepted. */
export type Secrets = readonly [string, ...string[]]

/** Each purpose has its own key, so that a key for one cannot be used for another. */
export type Purpose =
  | 'refresh token'
  | 'login pass'
  | 'api key'
  | 'totp secret'
  | 'fingerprint'
  | 'stored response'
  | 'log'

export const utf8 = (text: string) => new TextEncoder().encode(text) as Uint8Array<ArrayBuffer>

type Derived = { name: 'HMAC'; hash: 'SHA-256'; length: 256 } | { name: 'AES-GCM'; length: 256 }

/** Derived keys by purpose and secret. */
const made = new Map<string, CryptoKey>()

/** Derives a key once per isolate. Caches the key, not the promise, which belongs to one request. */
async function once(name: string, make: () => Promise<CryptoKey>): Promise<CryptoKey> {
  const key = made.get(name) ?? (await make())
  made.set(name, key)
  return key
}

/** HKDF, RFC 5869. */
async function derive(secret: string, purpose: Purpose, to: Derived, usages: string[]) {
  const base = await crypto.subtle.importKey('raw', utf8(secret), 'HKDF', false, ['deriveKey'])
  const info = utf8(`edgebook ${purpose}`)
  const from = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info }
  return crypto.subtle.deriveKey(from, base, to, false, usages)
}

export async function hmac(
  secret: string,
  purpose: Purpose,
  data: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array<ArrayBuffer>> {
  const key = await once(`${purpose}\n${secret}`, () =>
    derive(secret, purpose, { name: 'HMAC', hash: 'SHA-256', length: 256 }, ['sign']),
  )
  return new Uint8Array(await crypto.subtle.sign('HMAC', key, data))
}

export const encryptionKey = (secret: string, purpose: Purpose): Promise<CryptoKey> =>
  once(`${purpose}\n${secret}`, () =>
    derive(secret, purpose, { name: 'AES-GCM', length: 256 }, ['encrypt', 'decrypt']),
  )

/** The key that signs access tokens. Cached because hono/jwt would import it for every token. */
export const tokenKey = (secret: string): Promise<CryptoKey> =>
  once(`access token\n${secret}`, () =>
    crypto.subtle.importKey('raw', utf8(secret), { name: 'HMAC', hash: 'SHA-256' }, false, [
      'sign',
      'verify',
    ]),
  )
