import fc from 'fast-check'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { useApp } from '../support/use-app.ts'
import { collectLog } from '../support/log-lines.ts'
import { iterations, seed } from '../support/iterations.ts'
import { listByCursor, listByPage, read, summary } from './model/read-commands.ts'
import { changeRole, createUser, listUsers, login, setActive } from './model/user-commands.ts'
import { create, remove, restore, update } from './model/write-commands.ts'
import { newRun } from './model/world.ts'

const { app } = useApp()
let log: string[]
const seen = new Map<string, number>()

beforeAll(() => {
  log = collectLog()
})
afterAll(() => {
  vi.restoreAllMocks()
  console.info(JSON.stringify(Object.fromEntries([...seen].toSorted())))
})

// What makes rows, and what looks at many of them, comes more often than what hashes a password.
const often = [create, create, create, update, remove, restore, read, changeRole, setActive]
const commands = fc.commands(
  [
    ...[...often, ...often, ...often, create, create, update, update, listUsers],
    ...[listByCursor, listByCursor, listByCursor, listByPage, listByPage, summary, summary],
    ...[login, createUser],
  ],
  { maxCommands: 24, size: 'max' },
)

it('The API does what a model of a hundred lines does, whatever users do', async () => {
  let runs = 0
  await fc.assert(
    fc.asyncProperty(commands, async (chosen) => {
      const run = await newRun(app, seen)
      await fc.asyncModelRun(() => run, chosen)
      runs++
    }),
    { numRuns: iterations(20, 200), ...seed },
  )
  expect(runs).toBeGreaterThanOrEqual(iterations(20, 200))
})

// Only what comes some fifty times in two hundred runs: a run without it would be news.
it('The runs of the model wrote, found, withheld and refused rows', () => {
  const expected = [
    ...[
      'POST /v1/transactions 201',
      'POST /v1/transactions 403',
      'DELETE /v1/transactions/:id 204',
    ],
    ...['PATCH /v1/transactions/:id 200', 'PATCH /v1/transactions/:id 403'],
    ...['POST /v1/transactions/:id/restore 200', 'GET /v1/auth/me 401'],
    ...['GET /v1/transactions 200', 'GET /v1/transactions 404'],
    ...['GET /v1/transactions/:id 200', 'GET /v1/transactions/:id 404'],
    ...['GET /v1/dashboard/summary 200', 'GET /v1/dashboard/summary 404'],
    ...['PATCH /v1/users/:id 200', 'PATCH /v1/users/:id 403', 'GET /v1/users 200'],
  ]
  expect([...seen.keys()]).toEqual(expect.arrayContaining(expected))
})

it('The runs of the model leave intact audit chains and a log without secrets', async () => {
  expect(await app.sql`select * from api.verify_audit(null)`).toEqual([])
  expect(log.join('\n')).not.toMatch(/zeppelin|sandals|umbrellas|@example\.com|ebr_|eyJ|\$2b\$/i)
})
