import type { Answer, Call } from './app.ts'
import { hasParameter, operations, type Operation } from './operations.ts'

/** Reads of transactions and of what is computed from them, that ask for no single row. */
export const reads = operations.filter(
  (operation) => operation.method === 'GET' && hasParameter(operation, 'scope'),
)

const PERIOD = 'date_from=2026-01-01&date_to=2026-12-31'

/** The ways to ask: each parameter that an operation has, alone or with those that it needs. */
const questions: Record<string, readonly string[]> = {
  limit: ['limit=50'],
  page: ['page=1&limit=1'],
  q: ['q=zeppelin', 'q=ZEPPELIN&page=1&include=totals'],
  sort: ['sort=-amount&limit=100&include=totals'],
  category: ['category=Zeppelin&category=Groceries&sort=amount'],
  min_amount: ['min_amount=7000&type=income&page=1'],
  currency: ['currency=KWD'],
  date_from: [`${PERIOD}&currency=EUR`],
  interval: ['interval=week', `interval=day&${PERIOD}`],
}

/** Every way to read, with `whose` as the scope: `''`, `scope=all`, `user_id=…`. */
export function readPaths(operation: Operation, whose: string): string[] {
  const asked = Object.entries(questions)
    .filter(([name]) => hasParameter(operation, name))
    .flatMap(([, queries]) => queries)
  return ['', ...asked].map((query) => {
    const full = [query, whose].filter(Boolean).join('&')
    return operation.path + (full && `?${full}`)
  })
}

/** What somebody reads in every way that the role allows, by path. */
export async function readEverything(
  call: Call,
  { token, role }: { token: string; role: NonNullable<Operation['roles']>[number] },
  whose = '',
): Promise<Map<string, Answer>> {
  const paths = reads
    .filter(({ roles }) => roles?.includes(role))
    .flatMap((operation) => readPaths(operation, whose))
  const answers = await Promise.all(paths.map((path) => call('GET', path, { token })))
  const failed = answers.find(({ status }) => status !== 200)
  if (failed) throw new Error(`A read answered ${failed.text}`)
  return new Map(paths.map((path, index) => [path, answers[index]!]))
}
