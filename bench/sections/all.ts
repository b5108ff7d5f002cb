import { anomalies } from './anomalies.ts'
import { baselines } from './baselines.ts'
import { forecast } from './forecast.ts'
import { input } from './input.ts'
import { latency } from './latency.ts'
import { memory } from './memory.ts'
import { overhead } from './overhead.ts'
import { scaling } from './scaling.ts'
import type { Section, SectionResult } from './section.ts'
import { writes } from './writes.ts'

/** Sections that measure code in this process: without data, server and database. */
export const PURE_SECTIONS = { anomalies, forecast } as const satisfies Record<
  string,
  () => Promise<SectionResult>
>

/** In the order in which they run. */
export const SECTIONS = {
  scaling,
  baselines,
  overhead,
  latency,
  writes,
  memory,
  input,
  ...PURE_SECTIONS,
} as const satisfies Record<string, Section>

export type SectionName = keyof typeof SECTIONS
export const SECTION_NAMES = Object.keys(SECTIONS) as SectionName[]
