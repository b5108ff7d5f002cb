import { inject } from 'vitest'

const long = inject('long')

/** How often something is tried: in every run, and in `npm run test:long`. */
export const rounds = (usual: number, many: number) => (long ? many : usual)

/** Time for tests whose rounds are many. */
export const ROOMY = long ? 60 * 60_000 : 5 * 60_000
