import { defineConfig } from 'vitest/config'

/** Small runs that fail, each in its own way, for test/dev/runner.test.ts. */
export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ['*.fixture.ts'],
    hookTimeout: 200,
  },
})
