import { expect, it } from 'vitest'

it('adds', () => {
  console.error('Something is wrong')
  expect(1 + 1).toBe(2)
})
