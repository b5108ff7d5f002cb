import { afterAll, expect, it } from 'vitest'

afterAll(() => {
  throw new Error('Not cleaned up')
})
it('adds', () => expect(1 + 1).toBe(2))
