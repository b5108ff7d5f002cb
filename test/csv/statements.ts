import { expect } from 'vitest'
import type { TestApp, TestResponse } from '../support/app.ts'
import type { User } from '../support/users.ts'
import { sendFile } from './support.ts'

/** What the call says about a statement without currency and category. */
export const bank = 'currency=EUR&category=Bank'

/** A statement of three columns. */
export const statement = (...rows: string[]) => `Date,Amount,Description\n${rows.join('\n')}\n`

/** A row as `2026-03-14 expense 3.50 EUR [Bank]`, and a text that its payee or its notes contain. */
export type ExpectedRow = [row: string, text?: string]

interface Row {
  date: string
  type: string
  amount: string
  currency: string
  category: string
  payee: string | null
  notes: string | null
}

const lineOf = (row: Row) =>
  `${row.date} ${row.type} ${row.amount} ${row.currency} [${row.category}]`
const textOf = ({ payee, notes }: Row) => [payee, notes].filter((text) => text !== null).join(' | ')

/** Compares rows of a report or of a list, in any order. */
export function expectRows(rows: readonly Row[], expected: readonly ExpectedRow[]): void {
  const found = rows.map((row) => [lineOf(row), textOf(row)] as const).toSorted(byBoth)
  const wanted = expected.map(([line, text = '']) => [line, text] as const).toSorted(byBoth)
  expect(found.map(([line]) => line)).toEqual(wanted.map(([line]) => line))
  for (const [index, [line, text]] of wanted.entries())
    expect(found[index]![1], line).toContain(text)
}

const byBoth = ([line, text]: readonly string[], [otherLine, otherText]: readonly string[]) =>
  `${line}\n${text}` < `${otherLine}\n${otherText}` ? -1 : 1

/** The calls of one user about files. */
export function importsOf(app: TestApp, user: User) {
  const send = (file: BodyInit, query: string = bank, headers: Record<string, string> = {}) =>
    sendFile(app, user, file, query, headers)
  const withStatus = async (status: number, response: Promise<TestResponse>) => {
    const { text, body, ...rest } = await response
    expect(rest.status, text).toBe(status)
    return { ...rest, text, body }
  }
  const transactions = async () => {
    const { body } = await user.get('/v1/transactions?sort=date&limit=100')
    return body.data
  }
  return {
    send,
    transactions,
    /** The response to a dry run of a file that can be read. */
    report: async (...call: Parameters<typeof send>) =>
      (await withStatus(200, send(call[0], call[1] ?? bank, call[2]))).body,
    /** Imports a file and returns the import. */
    take: async (file: BodyInit, query: string = bank, headers: Record<string, string> = {}) =>
      (await withStatus(201, send(file, `${query}&dry_run=false`, headers))).body,
    /** Expects that the file is not imported, for a reason with this code. */
    refused: async (status: number, code: string, ...call: Parameters<typeof send>) => {
      const response = await send(...call)
      expect([response.status, response.body.code], response.text).toEqual([status, code])
      return response.body
    },
    expectStored: async (...expected: ExpectedRow[]) => expectRows(await transactions(), expected),
  }
}

export type Imports = ReturnType<typeof importsOf>

/** Expects a question: an error at an option of the call, whose message has its values. */
export function expectQuestion(body: TestResponse['body'], option: string, values: RegExp[]): void {
  const { code, errors } = body
  expect(code, JSON.stringify(body)).toBe('validation_failed')
  const asked = errors.find((error: { location: string }) => error.location === `query.${option}`)
  expect(asked, JSON.stringify(errors)).toBeDefined()
  for (const value of values) expect(asked.message).toMatch(value)
}

/** Removes for good what a user deleted, as the nightly maintenance does after 90 days. */
export async function purge(app: TestApp, { id }: User): Promise<void> {
  await app.sql`update data.transactions set deleted_at = now() - interval '100 days'
                 where user_id = ${id} and deleted_at is not null`
  await app.sql`select api.purge_transactions('90 days', 1000)`
}
