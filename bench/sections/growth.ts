import { countCalls, type CallCount } from '../load/count-calls.ts'
import { compare, type Measured } from '../load/compare.ts'
import { ms, times } from '../report/table.ts'
import { READ_NAMES, readCalls, type ReadName } from './reads.ts'
import { sizeName, type Bench, type Findings } from './section.ts'

const MANY = 16
/** Milliseconds for one client, from which on 16 of them would only wait for each other. */
const TOO_SLOW = 400
const WHOLE_BOOK = 'dashboard of the whole book'

/** What each read takes on accounts of each size, for one client and for 16. */
export async function growth(bench: Bench): Promise<Findings> {
  const { stack, sizes } = bench
  const accounts = await Promise.all(
    stack.people.accounts.map((person) => readCalls(stack, person)),
  )
  const calls = await countCalls(stack)
  const figures: Record<string, number> = {}
  const alone: string[][] = []
  const together: string[][] = []
  const keep = (name: string, clients: number, measured: Row) => {
    measured.forEach((each, index) => {
      if (!each) return
      const { p50, p99, rate, failed } = each
      const size = sizeName(sizes[index] ?? 0)
      const key = `growth.${name}.${size}.${clients}`
      Object.assign(figures, { [`${key}.p50`]: p50, [`${key}.p99`]: p99, [`${key}.rate`]: rate })
      if (failed > 0) figures[`${key}.failed`] = failed
    })
  }
  for (const name of READ_NAMES) {
    const subjects = accounts.map(({ account, call }) =>
      calls.counted({
        name: `${name}, ${account.person.name}`,
        origin: stack.api[0],
        next: () => call(name),
      }),
    )
    const one = await compare(subjects, bench.pace(1))
    keep(name, 1, one)
    figures[`growth.${name}.ratio`] = ratio(one)
    alone.push(row(name, one))
    const fast = subjects.filter((_, index) => one[index]!.p50 <= TOO_SLOW)
    const found = await compare(fast, bench.pace(MANY))
    const many = subjects.map((each) => found.find((other) => other.name === each.name))
    keep(name, MANY, many)
    together.push(row(name, many))
  }
  alone.push(await measureWholeBook(bench, calls, figures))
  const perRequest = await calls.perRequest()
  figures['growth.calls per request'] = perRequest
  return { tables: tables(sizes, { alone, together }, perRequest), figures }
}

/** One for each account; undefined where it was not run. */
type Row = readonly (Measured | undefined)[]

const ratio = (measured: Row) =>
  (measured.at(-1)?.p50 ?? Number.NaN) / (measured[0]?.p50 ?? Number.NaN)

const row = (name: ReadName, measured: Row) => [
  name,
  ...measured.map((each) => (each ? `${ms(each.p50)} / ${ms(each.p99)}` : '—')),
  times(ratio(measured)),
]

/** There is one book only, so this has one size. */
async function measureWholeBook(
  { stack, sizes, pace }: Bench,
  calls: CallCount,
  figures: Record<string, number>,
): Promise<string[]> {
  const person = stack.people.accounts[0]!
  const headers = { authorization: `Bearer ${await stack.token(person)}` }
  const next = () => ({ path: '/v1/dashboard?scope=all', headers })
  const subject = calls.counted({ name: WHOLE_BOOK, origin: stack.api[0], next })
  const [measured] = await compare([subject], pace(1))
  const { p50, p99 } = measured!
  figures[`growth.${WHOLE_BOOK}.p50`] = p50
  const cells = sizes.map((_, index) =>
    index === sizes.length - 1 ? `${ms(p50)} / ${ms(p99)}` : '',
  )
  return [WHOLE_BOOK, ...cells, '']
}

function tables(
  sizes: readonly number[],
  { alone, together }: Record<'alone' | 'together', string[][]>,
  calls: number,
) {
  const columns = ['p50 / p99 in ms', ...sizes.map((size) => `${sizeName(size)} rows`), 'growth']
  return [
    {
      title: 'Growth: one client',
      columns,
      rows: alone,
      notes: [
        'Growth is the p50 on the largest account divided by that on the smallest.',
        `The database was called ${calls.toFixed(3)} times a request.`,
      ],
    },
    {
      title: 'Growth: 16 clients at once',
      columns,
      rows: together,
      notes: [`— : not run, because one client alone waits more than ${TOO_SLOW} ms.`],
    },
  ]
}
