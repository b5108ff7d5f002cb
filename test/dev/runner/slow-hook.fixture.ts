import { beforeAll, expect, it } from 'vitest'

beforeAll(() => new Promise(() => {}))
it('never runs', () => expect(1 + 1).toBe(2))
