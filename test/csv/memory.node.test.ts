import { execFile } from 'node:child_process'
import path from 'node:path'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { isLong } from '../support/iterations.ts'

const run = promisify(execFile)
const probe = path.join(import.meta.dirname, 'memory-probe.ts')
/** A Worker has 128 MB for all that it does at once. Strings are the most of it here. */
const LIMIT = '--max-old-space-size=80'

const usual = [
  ['quotes that never close', '"lines.3".*Unclosed quote'],
  ['20,000 rows of other letters', '20000 rows'],
] as const
const more = [
  ['wrong quotes in one record', 'more than 20000 rows'],
  ['one record of many fields', 'more than 1000 fields'],
  ['180 columns that nobody reads', String.raw`1\d{4} rows`],
  ['20,000 long rows', '^[78][0-9]{6} bytes, 20000 rows'],
] as const

it.each([...usual, ...(isLong ? more : [])])(
  'A file of 8 MB with %s is read in the memory of a Worker',
  async (name, expected) => {
    const { stdout } = await run(process.execPath, [LIMIT, probe, name])
    expect(stdout).toMatch(new RegExp(expected))
  },
)
