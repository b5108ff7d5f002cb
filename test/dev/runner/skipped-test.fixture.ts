import { expect, it } from 'vitest'

it('adds', () => expect(1 + 1).toBe(2))
it.skip('is left out', () => expect(1 + 1).toBe(3))
it.todo('is not written yet')
