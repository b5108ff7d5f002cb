import type { Secrets } from './derived-keys.ts'
import { createEncryption } from './encryption.ts'

export interface EncryptedResponses {
  encrypt(userId: string, response: object): Promise<string>
  /** Undefined if it was encrypted for another user, or with a secret that was removed. */
  decrypt(userId: string, encrypted: string): Promise<unknown>
}

/**
 * Encrypts responses that contain a secret before they are stored under an idempotency key, so that
 * they can be replayed, but not read from the database.
 */
export function createEncryptedResponses(secrets: Secrets): EncryptedResponses {
  const encryption = createEncryption(secrets, 'stored response')
  return {
    encrypt: (userId, response) => encryption.encrypt(userId, JSON.stringify(response)),
    async decrypt(userId, encrypted) {
      const decrypted = await encryption.decrypt(userId, encrypted)
      return decrypted && (JSON.parse(decrypted.text) as unknown)
    },
  }
}
