import { beforeAll, describe, expect, it } from 'vitest'

it('adds', () => expect(1 + 1).toBe(2))

describe('a suite whose hook fails', () => {
  beforeAll(() => {
    throw new Error('No database')
  })
  it('never runs', () => expect(1 + 1).toBe(2))
})
