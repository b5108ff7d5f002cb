import { expect } from 'vitest'
import type { Answer, TestApp } from '../support/app.ts'

/** The whole book in a few numbers: two that are equal mean that nothing was written between them. */
export async function bookState(app: TestApp): Promise<unknown> {
  return await app.sql`
    select 'users' "table", count(*), md5(string_agg(t::text, '' order by id)) from book.users t
    union all
    select 'transactions', count(*), md5(string_agg(t::text, '' order by id))
      from book.transactions t
    union all
    select 'sessions', count(*), md5(string_agg(t::text, '' order by id)) from book.sessions t
    union all
    select 'refresh_tokens', count(*), md5(string_agg(t::text, '' order by token_hash))
      from book.refresh_tokens t`
}

/** Whether a problem document names a field, or a part of it. */
function names(answer: Answer, location: string): boolean {
  const errors: { location: string; message: string }[] = answer.body?.errors ?? []
  return errors.some(
    (error) =>
      (error.location === location || error.location.startsWith(`${location}.`)) &&
      error.message !== '',
  )
}

/** What is wrong with the refusal of a value; undefined when it is as it should be. */
export function faultOfRefusal(
  answer: Answer,
  location: string,
  value: string,
): object | undefined {
  const { status, headers, body } = answer
  const right =
    status === 422 &&
    headers.get('Content-Type') === 'application/problem+json' &&
    body.status === 422 &&
    ['validation_failed', 'invalid_cursor'].includes(body.code) &&
    names(answer, location)
  return right ? undefined : { value: value.slice(0, 80), location, status, errors: body?.errors }
}

/** A problem document of this status and code. */
export function expectProblem(answer: Answer, status: number, code: string): void {
  expect({ status: answer.status, code: answer.body?.code }).toEqual({ status, code })
  expect(answer.headers.get('Content-Type')).toBe('application/problem+json')
  expect(answer.body).toMatchObject({ type: `/problems/${code}`, status })
  expect(answer.body.request_id).not.toBe('')
}

/** What a problem document names. */
export const locations = ({ body }: Answer): string[] =>
  (body.errors ?? []).map((error: { location: string }) => error.location)
