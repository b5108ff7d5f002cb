import { describe, expect, it } from 'vitest'
import { sendFile } from '../csv/support.ts'
import { someTransaction } from '../support/transactions.ts'
import { useApp } from '../support/use-app.ts'
import { password } from '../support/users.ts'

const { app, admin, analyst } = useApp()

const MESSAGE = /more than 30 combining marks in a row/
const marks = (count: number) => `a${'\u0316\u0301'.repeat(count / 2)}`

/** Normalizing so many marks takes minutes, so a test that passes has not normalized them. */
const flood = marks(1_000)

describe('More than 30 combining marks in a row', () => {
  it.each(['notes', 'category', 'payee', 'source', 'external_id'])(
    'are refused in a field of a body: %s',
    async (field) => {
      // Within the length that is checked before.
      const { status, body } = await analyst.post('/v1/transactions', {
        ...someTransaction,
        [field]: marks(40),
      })
      expect(status).toBe(422)
      expect(body.errors).toEqual([
        { location: `body.${field}`, message: expect.stringMatching(MESSAGE) },
      ])
    },
  )

  it.each([
    [
      'name',
      '/v1/users',
      { email: 'marks@example.com', role: 'viewer', password, name: marks(40) },
    ],
    [
      'password',
      '/v1/users',
      { email: 'marks@example.com', role: 'viewer', name: 'M', password: flood },
    ],
    ['new_password', '/v1/auth/password', { current_password: password, new_password: flood }],
    ['current_password', '/v1/auth/password', { current_password: flood, new_password: password }],
    ['password', '/v1/auth/login', { email: 'marks@example.com', password: flood.slice(0, 900) }],
    ['name', '/v1/api-keys', { name: marks(40) }],
  ])('are refused as %s of %s', async (field, path, json) => {
    const { status, body } = await admin.post(path, json)
    expect(status).toBe(422)
    expect(body.errors.map(({ location }: { location: string }) => location)).toContain(
      `body.${field}`,
    )
  })

  it.each(['q', 'category', 'payee', 'source', 'external_id'])(
    'are refused in a query: %s',
    async (name) => {
      const { status, body } = await analyst.get(
        `/v1/transactions?${name}=${encodeURIComponent(marks(40))}`,
      )
      expect(status).toBe(422)
      expect(body.errors[0]).toEqual({
        location: `query.${name}`,
        message: expect.stringMatching(MESSAGE),
      })
    },
  )

  it('are refused in the cells of a file, by line', async () => {
    const rows = Array.from({ length: 200 }, () => `2026-03-14,-1.00,EUR,Food,${marks(7_980)}`)
    const file = ['date,amount,currency,category,notes', ...rows].join('\n')
    const { body } = await sendFile(app, analyst, file)
    expect(body.problems.count).toBe(200)
    expect(body.problems.rows[0]).toMatchObject({ line: 2, column: 'notes' })
  })

  it('are refused in the header of a file and in a mapping', async () => {
    const file = `date,amount,currency,category,${marks(40)}\n2026-03-14,1,EUR,Food,x\n`
    expect((await sendFile(app, analyst, file)).body.errors[0].message).toMatch(MESSAGE)
    const plain = 'date,amount,currency,category\n2026-03-14,1,EUR,Food\n'
    const mapping = encodeURIComponent(`notes:${marks(40)}`)
    const mapped = await sendFile(app, analyst, plain, `mapping=${mapping}`)
    expect(mapped.body.errors[0]).toMatchObject({ location: 'query.mapping' })
  })

  it('do not include 30, which are stored in their composed form', async () => {
    const notes = `e${'\u0301'.repeat(30)}`
    const { status, body } = await analyst.post('/v1/transactions', { ...someTransaction, notes })
    expect([status, body.notes]).toEqual([201, notes.normalize('NFC')])
  })
})
