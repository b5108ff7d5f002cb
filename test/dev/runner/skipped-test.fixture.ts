import { expect, it } from 'vitest'

it('adds', () => expect(1 + 1).toBe(2))
// oxlint-disable-next-line vitest/no-disabled-tests -- It is what this run is about.
it.skip('is left out', () => expect(1 + 1).toBe(3))
it.todo('is not written yet')
