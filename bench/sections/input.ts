import { send, type Call } from '../load/http.ts'
import { figure, ratio } from '../report/table.ts'
import type { Bench, Metrics, SectionResult } from './section.ts'

const ROUNDS = { full: 7, quick: 3, tiny: 1 }
/** Rows of a file; each has notes of 1,900 characters. */
const SIZES = [250, 500, 1000, 2000]
const NOTES = 1900

const repeat = (part: string) => part.repeat(Math.floor(NOTES / part.length))
/** Combining marks are normalized in quadratic time where many follow each other. */
const TEXTS = {
  'plain words': repeat('market '),
  '30 marks after each letter': repeat(`a${'\u0315\u0300\u05ae'.repeat(10)}`),
  '1,899 marks in a row, refused': `a${'\u0315\u0300\u05ae'.repeat(633)}`,
}

/** How the time for a file grows with its size, for texts that are slow to normalize. */
export async function input({ stack, duration }: Bench): Promise<SectionResult> {
  const headers = {
    'content-type': 'text/csv',
    ...(await stack.authorization(stack.users.writers[0]!)),
  }
  const path = '/v1/transactions/import?dry_run=true'
  const metrics: Metrics = {}
  const rows: string[][] = []
  for (const [name, notes] of Object.entries(TEXTS)) {
    const times: number[] = []
    for (const size of SIZES) {
      const lines = Array.from(
        { length: size },
        () => `expense,1.00,EUR,Bench,${stack.lastDay},${notes}`,
      )
      const body = ['type,amount,currency,category,date,notes', ...lines, ''].join('\n')
      const call: Call = { method: 'POST', path, headers, body }
      times.push(await median(ROUNDS[duration], () => send(stack.apiOrigins[0]!, call)))
    }
    const growth = times.at(-1)! / times[0]! / (SIZES.at(-1)! / SIZES[0]!)
    metrics[`input.${name}.growth`] = growth
    rows.push([name, ...times.map(figure), ratio(growth)])
  }
  metrics['input.growth'] = Math.max(
    ...Object.keys(TEXTS).map((name) => metrics[`input.${name}.growth`]!),
  )
  return {
    tables: [
      {
        title: 'Dry run of an import, by the text of its notes',
        columns: ['p50 in ms', ...SIZES.map((size) => `${size} rows`), 'growth ÷ size'],
        rows,
        notes: ['Linear work has a growth of at most 1.'],
      },
    ],
    metrics,
  }
}

async function median(rounds: number, work: () => Promise<unknown>): Promise<number> {
  const times: number[] = []
  for (let round = 0; round < rounds; round++) {
    const start = performance.now()
    await work()
    times.push(performance.now() - start)
  }
  return times.toSorted((a, b) => a - b)[Math.floor(rounds / 2)]!
}
