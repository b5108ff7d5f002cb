import type { Secrets } from './derived-keys.ts'
import { createSecretBox } from './encryption.ts'

export interface SealedAnswers {
  seal(userId: string, answer: object): Promise<string>
  /** Undefined where it was sealed for somebody else, or under a secret that is gone. */
  open(userId: string, sealed: string): Promise<unknown>
}

/**
 * Answers that hold a secret, as they are kept under an idempotency key: whose answer was lost asks
 * again, and whoever reads the database reads nothing.
 */
export function createSealedAnswers(secrets: Secrets): SealedAnswers {
  const box = createSecretBox(secrets, 'kept answer')
  return {
    seal: (userId, answer) => box.seal(userId, JSON.stringify(answer)),
    async open(userId, sealed) {
      const opened = await box.open(userId, sealed)
      return opened && (JSON.parse(opened.text) as unknown)
    },
  }
}
