import { cpu } from './cpu.ts'
import { distance } from './distance.ts'
import { growth } from './growth.ts'
import { limit } from './limit.ts'
import { memory } from './memory.ts'
import { peers } from './peers.ts'
import { writes } from './writes.ts'
import type { Section } from './section.ts'

/** Every section, in the order in which they run. */
export const SECTIONS = {
  growth,
  peers,
  limit,
  distance,
  writes,
  cpu,
  memory,
} as const satisfies Record<string, Section>

export type SectionName = keyof typeof SECTIONS
export const SECTION_NAMES = Object.keys(SECTIONS) as SectionName[]
