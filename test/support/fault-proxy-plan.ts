import { createRandom } from '../../dev/seed/random.ts'
import { CliError } from '../../dev/cli-error.ts'

/**
 * The ways in which the path to the database can fail. What begins with `no-` fails before the work
 * is done; the others after it, when the Worker cannot see that it was.
 */
export const FAULTS = [
  'no-forward',
  'no-answer-hang',
  'no-500',
  'no-400-without-code',
  'no-429',
  'dropped-answer',
  'cut-answer',
  'broken-json',
  'wrong-shape',
  'hang',
  'delay',
  'late',
  '500',
  '400-without-code',
  '400-html',
  '507',
] as const

export type Fault = (typeof FAULTS)[number]
export type Step = Fault | 'pass'

/** What is to happen to each request that comes by the same path. */
export interface Plan {
  next(): Step
}

export const isFault = (text: string): text is Fault => (FAULTS as readonly string[]).includes(text)

const isStep = (text: string): text is Step => text === 'pass' || isFault(text)

/** They last as long as the deadline of the Worker, so they come more rarely than the rest. */
const isRare = (fault: Fault) => fault.endsWith('hang') || fault === 'late'

/** Faults at a rate, in an order that the seed decides. */
export function randomPlan(seed: string, rate: number, kinds: readonly Fault[] = FAULTS): Plan {
  const random = createRandom(seed)
  const often = kinds.flatMap((kind) => (isRare(kind) ? [kind] : [kind, kind, kind, kind]))
  return { next: () => (random.chance(rate) ? random.pick(often) : 'pass') }
}

/** One step after the other; the last one stays. */
function scriptedPlan(steps: readonly Step[]): Plan {
  let position = 0
  return { next: () => steps[Math.min(position++, steps.length - 1)]! }
}

/**
 * Reads a plan as it is written in a path: a name of its own, `~`, and either steps with commas between
 * (`t1~dropped-answer,pass`) or a rate (`t1~random:0.2`, seeded by the name).
 */
export function readPlan(text: string): Plan {
  const [name = '', script = ''] = text.split('~')
  const rate = /^random:(0(?:\.\d+)?|1)$/.exec(script)?.[1]
  if (rate !== undefined) return randomPlan(name, Number(rate))
  const steps = script.split(',')
  if (!steps.every(isStep)) throw new CliError(`Unknown plan: ${text}`, 2)
  return scriptedPlan(steps)
}
