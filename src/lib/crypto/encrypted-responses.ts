import type { Secrets } from './derived-keys.ts'
import { createEncryption } from './encryption.ts'

export interface EncryptedResponses {
  encrypt(userId: string, response: object): Promise<string>
  /** Undefined where it was sealed for somebody else, or under a secret that is gone. */
  decrypt(userId: string, encrypted: string): Promise<unknown>
}

/**
 * Answers that hold a secret, as they are kept under an idempotency key: whose answer was lost asks
 * again, and whoever reads the database reads nothing.
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
