import { inject } from 'vitest'

const factor = inject('long') ? inject('rounds') : 1

/** Whether this is the project `long`, which takes its time. */
export const isLong = inject('long')

/** How often something is tried by `npm test`, and by `npm run test:long`; more by EDGEBOOK_ROUNDS. */
export const iterations = (usual: number, long: number) => (isLong ? long * factor : usual)

/** Time for tests with many iterations. */
export const LONG_TIMEOUT = 10 * 60_000 * factor
