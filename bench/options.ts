import path from 'node:path'
import { parseArgs } from 'node:util'
import { CliError, messageOf } from '../dev/cli-error.ts'
import { projectFolder } from '../dev/project.ts'
import type { RunOptions } from './run.ts'
import { SECTION_NAMES, type SectionName } from './sections/all.ts'

export interface BenchOptions extends RunOptions {
  out: string
  markdown: string | null
  help: boolean
}

export const USAGE = `npm run bench -- [options]

  Creates its own data, starts the API and a service to compare it with, measures both and prints
  tables. Takes about ten minutes; with --quick two to five.

  --quick            accounts of 1k, 10k and 100k rows, and shorter measurements
  --sizes A,B,…      accounts of these sizes, the smallest first (1000,100000,1000000)
  --only A,B,…       only these sections: ${SECTION_NAMES.join(', ')}
  --out FILE         where the figures go as JSON (bench/results/latest.json)
  --markdown FILE    writes the tables into this file too, between <!-- bench --> and <!-- /bench -->
  --help             this text`

/** @throws CliError for invalid arguments */
export function readOptions(args: string[], directory = process.cwd()): BenchOptions {
  const values = parse(args)
  const quick = values.quick ?? false
  const sizes = quick ? [1000, 10_000, 100_000] : [1000, 100_000, 1_000_000]
  const out = values.out ?? path.join(projectFolder, 'bench/results/latest.json')
  return {
    duration: quick ? 'quick' : 'full',
    sizes: values.sizes === undefined ? sizes : readSizes(values.sizes),
    only: values.only === undefined ? SECTION_NAMES : readSections(values.only),
    out: path.resolve(directory, out),
    markdown: values.markdown === undefined ? null : path.resolve(directory, values.markdown),
    help: values.help ?? false,
  }
}

function parse(args: string[]) {
  const text = { type: 'string' } as const
  const flag = { type: 'boolean' } as const
  const options = { quick: flag, sizes: text, only: text, out: text, markdown: text, help: flag }
  try {
    return parseArgs({ args, options }).values
  } catch (error) {
    throw usageError(messageOf(error))
  }
}

function readSizes(text: string): number[] {
  const sizes = text.split(',').map(Number)
  // Smaller accounts have no second page from the middle on, and no row with the rare word.
  const valid = sizes.every((size, index) => {
    const lowest = index === 0 ? 600 : sizes[index - 1]! + 1
    return Number.isInteger(size) && size >= lowest && size <= 10_000_000
  })
  if (valid) return sizes
  throw usageError(`--sizes takes rising numbers of rows from 600 to 10000000, not "${text}"`)
}

function readSections(text: string): SectionName[] {
  const names = text.split(',')
  const unknown = names.filter((name) => !SECTION_NAMES.some((known) => known === name))
  if (unknown.length > 0) {
    throw usageError(`Unknown section ${unknown.join(', ')}. Valid: ${SECTION_NAMES.join(', ')}`)
  }
  return SECTION_NAMES.filter((name) => names.includes(name))
}

function usageError(message: string): CliError {
  return new CliError(`${message}\n\nnpm run bench -- --help shows every option.`, 2)
}
