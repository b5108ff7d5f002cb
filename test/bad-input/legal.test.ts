import { describe, expect, it } from 'vitest'
import { enter } from '../support/transactions.ts'
import { useApp } from '../support/use-app.ts'
import { createUser, insertUser } from '../support/users.ts'
import { expectProblem } from './harness.ts'

const { app, admin } = useApp()

/** Enters it, changes another row to it, and reads both: all four say the same. */
async function stored(field: string, value: string | null): Promise<unknown> {
  const created = await enter(admin, { [field]: value })
  const other = await enter(admin)
  const changed = await admin.patch(`/v1/transactions/${other.id}`, { [field]: value })
  const read = await admin.get(`/v1/transactions/${created.id}`)
  const readChanged = await admin.get(`/v1/transactions/${other.id}`)
  const values = [created, changed.body, read.body, readChanged.body].map((row) => row[field])
  expect(new Set(values).size).toBe(1)
  return values[0]
}

/** In the form of a refresh token. */
const oddToken = `ebr_${'x'.repeat(43)}`

const SQL = `'; drop table data.transactions; -- "quoted" $1 $$ \\ \\' %s {} \${x} /* */`

describe('a legal value comes back the same:', () => {
  it.each([
    ['category', '🦄'],
    ['category', '👩‍👩‍👧‍👦 Family 🏳️‍🌈'],
    ['category', 'قهوة / 咖啡 / кофе'],
    ['category', 'x'.repeat(64)],
    ['category', '🦄'.repeat(64)],
    ['category', SQL.slice(0, 64)],
    ['category', 'null'],
    ['category', '\\u0000'],
    ['category', '<script>alert(1)</script>'],
    ['notes', '🦄 and 𝒰𝓃𝒾𝒸ℴ𝒹ℯ'],
    ['notes', 'x'.repeat(2000)],
    ['notes', '🦄'.repeat(2000)],
    ['notes', 'First line\n\tsecond line\r\nthird'],
    ['notes', SQL],
    ['notes', null],
    ['date', '1900-01-01'],
    ['date', '2200-12-31'],
    ['date', '2000-02-29'],
    ['date', '2024-02-29'],
    ['date', '2196-02-29'],
    ['date', '2026-12-31'],
  ])('%s %j', async (field, value) => {
    expect(await stored(field, value)).toBe(value)
  })

  it.each([
    ['category', '  Groceries\t', 'Groceries'],
    ['category', '\u00a0\u3000Groceries\ufeff', 'Groceries'],
    ['category', ` ${'x'.repeat(64)} `, 'x'.repeat(64)],
    ['category', 'Cafe\u0301', 'Caf\u00e9'],
    ['category', 'e\u0301'.repeat(64), '\u00e9'.repeat(64)],
    ['category', '\u212bngstr\u00f6m', '\u00c5ngstr\u00f6m'],
    ['notes', '\n  text  \n', 'text'],
    ['notes', '한국어'.normalize('NFD'), '한국어'],
    ['notes', '', null],
    ['notes', ' \n ', null],
  ])('%s %j is stored as %j', async (field, value, canonical) => {
    expect(await stored(field, value.replace('\t', ' '))).toBe(canonical)
  })

  it('a user whose name is of emoji, with an address in capitals', async () => {
    const response = await admin.post('/v1/users', {
      email: '  Grace.Hopper+tag@EXAMPLE.com ',
      name: ' Gra\u0063\u0327e 🦄 ',
      role: 'viewer',
      password: 'pässwörter 🦄 und mehr',
    })
    expect(response.body).toMatchObject({
      email: 'grace.hopper+tag@example.com',
      name: 'Gra\u00e7e 🦄',
      active: true,
    })
    const login = (secret: string) =>
      app.call('POST', '/v1/auth/login', {
        json: { email: 'GRACE.hopper+tag@example.com', password: secret },
      })
    expect((await login('pässwörter 🦄 und mehr'.normalize('NFD'))).status).toBe(200)
    expectProblem(await login('passworter 🦄 und mehr'), 401, 'invalid_credentials')
  })

  it.each(['🦄'.repeat(100), 'x'.repeat(100)])('a name of 100 characters', async (name) => {
    const { body } = await admin.patch(`/v1/users/${admin.id}`, { name })
    expect(body.name).toBe(name)
  })
})

describe('a secret that nobody can have', () => {
  it.each(['nul\u0000', 'lone \ud800', '🦄'.repeat(100), 'x'.repeat(1000), ' ', SQL])(
    'is a wrong password: %j',
    async (secret) => {
      // Somebody else each time: after five mistakes an account has to wait.
      const { email } = await insertUser(app, 'viewer')
      const json = { email, password: secret }
      expectProblem(await app.call('POST', '/v1/auth/login', { json }), 401, 'invalid_credentials')
    },
  )

  it.each(['nul\u0000', 'lone \ud800', '🦄', SQL, oddToken])(
    'is a wrong refresh token: %j',
    async (secret) => {
      const json = { refresh_token: secret }
      const response = await app.call('POST', '/v1/auth/refresh', { json })
      expectProblem(response, 401, 'invalid_refresh_token')
    },
  )
})

describe('a search', () => {
  const texts = [
    '%',
    '_',
    '\\',
    '\\%',
    '%_%',
    "'",
    '"',
    '🦄',
    '\\\\',
    "' or '1'='1",
    '$1',
    '?',
    ':name',
    '/*',
    'a%b',
    '+',
    '&',
    '#',
    '%41',
  ]

  it.each(texts)('for %j finds the rows that have it, and no other', async (text) => {
    const analyst = await createUser(app, 'analyst')
    const inNotes = await enter(analyst, { notes: `before ${text} behind` })
    const inCategory = await enter(analyst, { category: `x${text}x` })
    await enter(analyst, { notes: 'before A behind', category: 'plain' })
    await enter(analyst, { notes: null, category: 'aXXb' })
    const { body } = await analyst.get(`/v1/transactions?q=${encodeURIComponent(text)}`)
    expect(new Set(body.data.map((row: { id: string }) => row.id))).toEqual(
      new Set([inNotes.id, inCategory.id]),
    )
    const exact = encodeURIComponent(`x${text}x`)
    const byCategory = await analyst.get(`/v1/transactions?category=${exact}`)
    expect(byCategory.body.data).toEqual([inCategory])
  })

  it('does not mind case, blanks around, or how accents are written', async () => {
    const analyst = await createUser(app, 'analyst')
    const row = await enter(analyst, { notes: 'Crème BRÛLÉE' })
    for (const text of ['crème brûlée', ' brûlée ', 'BRÛLÉE'.normalize('NFD')]) {
      const { body } = await analyst.get(`/v1/transactions?q=${encodeURIComponent(text)}`)
      expect(body.data).toEqual([row])
    }
  })

  it('for users takes wildcards for what they are', async () => {
    for (const text of ['%', '_', '\\', "' or '1'='1"]) {
      const name = `name ${text} name`
      await admin.patch(`/v1/users/${admin.id}`, { name })
      const { body } = await admin.get(`/v1/users?q=${encodeURIComponent(text)}`)
      expect(body.data.map((user: { name: string }) => user.name)).toEqual([name])
    }
  })
})
