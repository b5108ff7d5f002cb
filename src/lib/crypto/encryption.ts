import { decodeBase64Url, encodeBase64Url } from 'hono/utils/encode'
import { encryptionKey, utf8, type Purpose, type Secrets } from './derived-keys.ts'

const IV_BYTES = 12

export interface Encryption {
  /** Bound to its owner: in the row of somebody else it does not open. */
  encrypt(owner: string, text: string): Promise<string>
  /** With whether it was sealed under the secret in use; undefined where none of them opens it. */
  decrypt(owner: string, encrypted: string): Promise<{ text: string; current: boolean } | undefined>
}

/** AES-GCM under a key that is derived from the secret of the Worker: the database alone is no use. */
export function createEncryption(secrets: Secrets, purpose: Purpose): Encryption {
  const parameters = (owner: string, iv: Uint8Array<ArrayBuffer>) => ({
    name: 'AES-GCM',
    iv,
    additionalData: utf8(owner),
  })

  return {
    async encrypt(owner, text) {
      const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES))
      const key = await encryptionKey(secrets[0], purpose)
      const encrypted = await crypto.subtle.encrypt(parameters(owner, iv), key, utf8(text))
      return encodeBase64Url(new Uint8Array([...iv, ...new Uint8Array(encrypted)]).buffer)
    },
    async decrypt(owner, encrypted) {
      for (const secret of secrets) {
        const key = await encryptionKey(secret, purpose)
        try {
          const bytes = decodeBase64Url(encrypted)
          const [iv, rest] = [bytes.slice(0, IV_BYTES), bytes.slice(IV_BYTES)]
          const decrypted = await crypto.subtle.decrypt(parameters(owner, iv), key, rest)
          return { text: new TextDecoder().decode(decrypted), current: secret === secrets[0] }
        } catch {
          continue
        }
      }
      return undefined
    },
  }
}
