import { inject } from 'vitest'

const factor = inject('factor')

/** Whether this is the project `long`. */
export const isLong = factor > 0

/** How often something is tried by `npm test`, and by `npm run test:long`; more by EDGEBOOK_ROUNDS. */
export const iterations = (usual: number, long: number) => (isLong ? long * factor : usual)

/** Random cases are the same each time by `npm test`, and others each time by `npm run test:long`. */
export const seed = isLong ? {} : { seed: 20261125 }
