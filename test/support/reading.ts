import type { TestResponse, Call } from './app.ts'
import { hasParameter, operations, type Operation } from './operations.ts'

/** Reads of transactions, of what is computed from them, and of imports, that ask for no single row. */
export const reads = operations.filter(
  (operation) => operation.method === 'GET' && hasParameter(operation, 'scope'),
)

const PERIOD = 'date_from=2026-01-01&date_to=2026-12-31'

/** The ways to ask. */
const questions = [
  '',
  'limit=50',
  'page=1&limit=1',
  'q=zeppelin',
  'q=ZEPPELIN&page=1&include=totals',
  'sort=amount',
  'sort=-amount&limit=100&include=totals',
  'category=Zeppelin&category=Groceries&sort=amount',
  'min_amount=7000&type=income',
  'external_id=zeppelin-1',
  'updated_since=2020-01-01T00:00:00Z&deleted=exclude&sort=date',
  'updated_since=2020-01-01T00:00:00Z&deleted=exclude&sort=date&q=zeppelin&page=1&include=totals',
  'external_id=zeppelin-1&sort=-updated_at&limit=1',
  'source=zeppelin',
  'currency=KWD',
  `${PERIOD}&currency=EUR`,
  'interval=week',
  `interval=day&${PERIOD}`,
  'format=ndjson',
  'trailer=true',
]

/** Every way to read, with `whose` as the scope: `''`, `scope=all`, `user_id=…`. */
export function readPaths(operation: Operation, whose: string): string[] {
  const known = (question: string) =>
    [...new URLSearchParams(question).keys()].every((name) => hasParameter(operation, name))
  return questions.filter(known).map((question) => {
    const full = [question, whose].filter(Boolean).join('&')
    return operation.path + (full && `?${full}`)
  })
}

/** What somebody reads in every way that the role allows, by path. */
export async function readEverything(
  call: Call,
  { token, role }: { token: string; role: NonNullable<Operation['roles']>[number] },
  whose = '',
): Promise<Map<string, TestResponse>> {
  const paths = reads
    .filter(({ roles }) => roles?.includes(role))
    .flatMap((operation) => readPaths(operation, whose))
  const responses = await Promise.all(paths.map((path) => call('GET', path, { token })))
  const failed = responses.find(({ status }) => status !== 200)
  if (failed) throw new Error(`A read responded ${failed.text}`)
  return new Map(paths.map((path, index) => [path, responses[index]!]))
}
