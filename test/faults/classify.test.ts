import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Fault } from '../support/fault-proxy-plan.ts'
import type { TestResponse } from '../support/app.ts'
import { faultyPath } from '../support/faults.ts'
import { collectLog } from '../support/log-lines.ts'
import { someTransaction } from '../support/transactions.ts'
import { useApp } from '../support/use-app.ts'

const { app, analyst } = useApp()
let log: string[]
let notes = 0

beforeAll(() => {
  log = collectLog()
})
beforeEach(() => void log.splice(0))
afterAll(() => void vi.restoreAllMocks())

const DEADLINE = 500

/** The app with a way to the database that fails by plan. */
function behind(plan: string) {
  const path = faultyPath(plan)
  const call = app.with({
    NEON_FETCH_ENDPOINT: path.endpoint,
    DATABASE_DEADLINE_MS: String(DEADLINE),
  })
  return { path, call }
}

/** A note that is found again wherever it has leaked to, and that looks like a line of a stack. */
const newNote = () => `zeppelin-${++notes}\n    at zeppelin-${notes} (note.ts:1:1)`
/** Longer than any run of digits in a random id, so that it is found only where it has leaked. */
const amount = '98765432109.87'
const body = (note: string) => ({ ...someTransaction, amount, notes: note })

const rowsWith = async (note: string) => {
  const rows = await app.sql`select id from data.transactions where notes = ${note}`
  return rows.length
}

/** Nothing of SQL, its parameters, a proxy's message or a stack is in what was answered or logged. */
function expectNothingTold(response: TestResponse) {
  for (const text of [response.text, log.join('\n')]) {
    expect(text).not.toMatch(/zeppelin|Groceries|98765432109|insert into|app\.authenticate|proxy/i)
    expect(text).not.toContain(analyst.email)
    expect(text).not.toContain(analyst.token)
  }
  expect(response.text).not.toMatch(/\bat \S+:\d+|NeonDbError|SyntaxError/)
}

function expectUnknown(response: TestResponse) {
  expect(response.status).toBe(503)
  expect(response.headers.get('Retry-After')).toBe('2')
  expect(response.body.code).toBe('database_unavailable')
  expectNothingTold(response)
}

/** Each way to fail, and whether the row is there afterwards. */
const ways: [fault: Fault, written: number][] = [
  ['no-forward', 0],
  ['no-answer-hang', 0],
  ['no-500', 0],
  ['no-400-without-code', 0],
  ['no-429', 0],
  ['dropped-answer', 1],
  ['cut-answer', 1],
  ['broken-json', 1],
  ['wrong-shape', 1],
  ['hang', 1],
  ['late', 1],
  ['500', 1],
  ['400-without-code', 1],
  ['400-html', 1],
  ['507', 1],
]

describe.each(ways)('When the database path fails with %s,', (fault, written) => {
  it('a write without a key is sent once, and the response says that the outcome is unknown', async () => {
    const { path, call } = behind(fault)
    const note = newNote()
    const response = await call('POST', '/v1/transactions', {
      token: analyst.token,
      json: body(note),
    })
    expectUnknown(response)
    await path.settled()
    expect(await path.steps()).toEqual({ [fault]: 1 })
    expect(await rowsWith(note)).toBe(written)
  })

  it('a write with a key that the client sends again is done once', async () => {
    const { path, call } = behind(`${fault},${fault},${fault},pass`)
    const note = newNote()
    const request = {
      token: analyst.token,
      json: body(note),
      headers: { 'Idempotency-Key': `once-${notes}` },
    }
    let response = await call('POST', '/v1/transactions', request)
    for (let tries = 0; response.status !== 201 && tries < 3; tries++) {
      expectUnknown(response)
      response = await call('POST', '/v1/transactions', request)
    }
    await path.settled()
    expect(response.status).toBe(201)
    expect(response.body.notes).toBe(note)
    expect(await rowsWith(note)).toBe(1)
  })

  it('a read responds within the deadline, with the rows or an error', async () => {
    const { call } = behind(`${fault},pass`)
    const start = performance.now()
    const response = await call('GET', '/v1/transactions', { token: analyst.token })
    // Far below the minutes that a lost response would take without a deadline.
    expect(performance.now() - start).toBeLessThan(DEADLINE + 30_000)
    const lasts = ['no-answer-hang', 'hang', 'late'].includes(fault)
    if (lasts) expectUnknown(response)
    else expect([response.status, response.body.data]).toEqual([200, expect.any(Array)])
  })
})
