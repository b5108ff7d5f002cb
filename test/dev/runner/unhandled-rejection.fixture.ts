import { expect, it } from 'vitest'

it('adds', async () => {
  void Promise.reject(new Error('Nobody catches this'))
  await new Promise((resolve) => setTimeout(resolve, 20))
  expect(1 + 1).toBe(2)
})
