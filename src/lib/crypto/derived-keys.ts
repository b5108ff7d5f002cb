/** The secret in use, and those before it that are still accepted. */
export type Secrets = readonly [string, ...string[]]

/** What a key is for: each purpose has a key of its own, so that none can stand in for another. */
export type Purpose =
  'refresh token' | 'api key' | 'totp secret' | 'fingerprint' | 'stored response'

export const utf8 = (text: string) => new TextEncoder().encode(text) as Uint8Array<ArrayBuffer>

type Derived = { name: 'HMAC'; hash: 'SHA-256'; length: 256 } | { name: 'AES-GCM'; length: 256 }

/** By what each is for and its secret; as many as there are purposes and secrets. */
const made = new Map<string, CryptoKey>()

/** Makes a key once per isolate. The key is kept and not the promise, which belongs to a request. */
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

/** The secret itself, which signs access tokens. hono/jwt would import it anew for each token. */
export const tokenKey = (secret: string): Promise<CryptoKey> =>
  once(`access token\n${secret}`, () =>
    crypto.subtle.importKey('raw', utf8(secret), { name: 'HMAC', hash: 'SHA-256' }, false, [
      'sign',
      'verify',
    ]),
  )
