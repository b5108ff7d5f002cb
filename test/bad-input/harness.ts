import { expect } from 'vitest'
import type { TestResponse, TestApp } from '../support/app.ts'

const KEYS = {
  api_keys: 'id',
  audit_log: 'id',
  idempotency_keys: 'user_id, key',
  imports: 'id',
  recovery_codes: 'user_id, code_hash',
  refresh_tokens: 'token_hash',
  sessions: 'id',
  totp_secrets: 'user_id',
  transactions: 'id',
  users: 'id',
}

/** The database in a few numbers: two equal results mean that nothing was written in between. */
export const databaseState = (app: TestApp): Promise<unknown> =>
  app.sql.query(
    Object.entries(KEYS)
      .map(
        ([table, key]) => `select '${table}' "table", count(*),
                                  md5(string_agg(t::text, '' order by ${key})) from data.${table} t`,
      )
      .join(' union all '),
  )

/** Whether a problem document names a field, or a part of it. */
function names(response: TestResponse, location: string): boolean {
  const errors: { location: string; message: string }[] = response.body?.errors ?? []
  return errors.some(
    (error) =>
      (error.location === location || error.location.startsWith(`${location}.`)) &&
      error.message !== '',
  )
}

/** How the validation library and JavaScript would say it. */
const FOREIGN =
  /^Invalid |expected |received |^Too (big|small)|Unrecognized|No matching|JSON at|undefined|\bNaN\b|\[object/

/** Whether every message is a sentence of ours. */
const areSentences = (messages: readonly string[]) =>
  messages.every((message) => /^[A-Z"].*[.?]$/s.test(message) && !FOREIGN.test(message))

/** What is wrong with the refusal of a value; undefined when it is as it should be. */
export function findRefusalIssue(
  response: TestResponse,
  location: string,
  value: string,
  codes: readonly string[] = ['validation_failed', 'invalid_cursor'],
): object | undefined {
  const { status, headers, body } = response
  const right =
    status === 422 &&
    headers.get('Content-Type') === 'application/problem+json' &&
    body.status === 422 &&
    codes.includes(body.code) &&
    names(response, location) &&
    areSentences(body.errors.map((error: { message: string }) => error.message))
  return right ? undefined : { value: value.slice(0, 80), location, status, errors: body?.errors }
}

/** A problem document of this status and code. */
export function expectProblem(response: TestResponse, status: number, code: string): void {
  expect({ status: response.status, code: response.body?.code }).toEqual({ status, code })
  expect(response.headers.get('Content-Type')).toBe('application/problem+json')
  expect(response.body).toMatchObject({ type: `/problems/${code}`, status })
  expect(response.body.request_id).not.toBe('')
}

/** What a problem document names. */
export const locations = ({ body }: TestResponse): string[] =>
  (body.errors ?? []).map((error: { location: string }) => error.location)
