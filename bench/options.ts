import path from 'node:path'
import { parseArgs } from 'node:util'
import { CliError, messageOf } from '../dev/cli-error.ts'
import { projectFolder } from '../dev/project.ts'
import { SECTION_NAMES, type SectionName } from './sections/all.ts'

/** How long is measured; `tiny` only shows that everything runs. */
export type Effort = 'full' | 'quick' | 'tiny'

/** What `npm run bench` was asked for. */
export interface BenchOptions {
  effort: Effort
  sizes: number[]
  only: SectionName[]
  out: string
  markdown: string | null
  help: boolean
}

export const USAGE = `npm run bench -- [options]

  Makes its own data, starts the API and what it is compared with, measures them beside each other
  and prints tables. Takes some ten minutes; with --quick less than two.

  --quick            accounts of 1k, 10k and 100k rows, and shorter measurements
  --sizes A,B,…      accounts of these sizes, the smallest first (1000,100000,1000000)
  --only A,B,…       only these sections: ${SECTION_NAMES.join(', ')}
  --out FILE         where the figures go as JSON (bench/results/latest.json)
  --markdown FILE    writes the tables into this file too, between <!-- bench --> and <!-- /bench -->
  --help             this text`

const FULL = [1000, 100_000, 1_000_000]
const QUICK = [1000, 10_000, 100_000]

/** Reads the arguments; what is unknown or makes no sense is refused. */
export function readOptions(args: string[], directory = process.cwd()): BenchOptions {
  const values = parse(args)
  const quick = values.quick ?? false
  return {
    effort: quick ? 'quick' : 'full',
    sizes: values.sizes === undefined ? (quick ? QUICK : FULL) : readSizes(values.sizes),
    only: values.only === undefined ? [...SECTION_NAMES] : readSections(values.only),
    out: path.resolve(
      directory,
      values.out ?? path.join(projectFolder, 'bench/results/latest.json'),
    ),
    markdown: values.markdown === undefined ? null : path.resolve(directory, values.markdown),
    help: values.help ?? false,
  }
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
        quick: { type: 'boolean' },
        sizes: { type: 'string' },
        only: { type: 'string' },
        out: { type: 'string' },
        markdown: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    }).values
  } catch (error) {
    throw usageError(messageOf(error))
  }
}

function readSizes(text: string): number[] {
  const sizes = text.split(',').map(Number)
  const rising = sizes.every((size, index) => index === 0 || size > (sizes[index - 1] ?? 0))
  // Below 600 rows there is no page from the middle on, nor a row with the rare word.
  if (
    rising &&
    sizes.every((size) => Number.isInteger(size) && size >= 600 && size <= 10_000_000)
  ) {
    return sizes
  }
  throw usageError(`--sizes takes rising numbers of rows from 600 to 10000000, not "${text}"`)
}

function readSections(text: string): SectionName[] {
  const asked = text.split(',')
  const unknown = asked.filter((name) => !SECTION_NAMES.some((known) => known === name))
  if (unknown.length > 0) {
    throw usageError(`There is no section ${unknown.join(', ')}: ${SECTION_NAMES.join(', ')}`)
  }
  return SECTION_NAMES.filter((name) => asked.includes(name))
}

function usageError(message: string): CliError {
  return new CliError(`${message}\n\nnpm run bench -- --help shows every option.`, 2)
}
