import { expect, it } from 'vitest'

it('never runs', () => expect(1 + 1).toBe(2))
throw new Error('Not loaded')
