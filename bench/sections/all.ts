import { growth } from './growth.ts'
import { peers } from './peers.ts'
import type { Section } from './section.ts'

/** Every section, in the order in which they run. */
export const SECTIONS = { growth, peers } as const satisfies Record<string, Section>

export type SectionName = keyof typeof SECTIONS
export const SECTION_NAMES = Object.keys(SECTIONS) as SectionName[]
