import { describe, expect, it } from 'vitest'
import { prepare, cases } from '../contract/expectations.ts'
import { hasParameter, operations } from '../support/operations.ts'
import { useApp } from '../support/use-app.ts'
import { createUser } from '../support/users.ts'

const { app } = useApp()

const writes = cases.filter(({ method }) => method !== 'GET')
/** Writes of records. An account is not tried: a logout or a new key has nothing to preview. */
const withDryRun = [
  'bulkTransactions',
  'createTransaction',
  'createUser',
  'deleteTransaction',
  'importTransactions',
  'restoreTransaction',
  'revertImport',
  'setMasking',
  'updateTransaction',
  'updateUser',
]
const tried = writes.filter(({ id }) => withDryRun.includes(id))
const untried = writes.filter(({ id }) => !withDryRun.includes(id))

async function everything(): Promise<string> {
  const tables = await app.sql`select tablename from pg_tables where schemaname = 'data'
                                order by tablename`
  const rows = tables.map(({ tablename }) =>
    app.sql.query(`select to_jsonb(t) from data.${tablename} t order by to_jsonb(t)::text`),
  )
  return JSON.stringify(await Promise.all(rows))
}

describe('A dry run', () => {
  it('is offered by the writes of transactions, imports, users and masking, and by no other', () => {
    const offered = operations.filter((operation) => hasParameter(operation, 'dry_run'))
    expect(offered.map(({ id }) => id).toSorted()).toEqual(withDryRun)
  })

  it.each(tried)('of $id changes nothing and uses up no idempotency key', async (operation) => {
    const send = await prepare(app, operation, await createUser(app, 'admin'))
    const before = await everything()
    for (let i = 0; i < 2; i++) {
      const headers = { 'Idempotency-Key': `dry-${operation.id}` }
      const { status, body, text } = await send({ query: '?dry_run=true', headers })
      expect([status, body?.dry_run], text).toEqual([200, true])
      if (operation.id !== 'importTransactions') {
        expect(body.status).toBe(operation.expected.status)
      }
    }
    expect(await everything()).toBe(before)
    // The key is still good for the real thing.
    const real = await send({ headers: { 'Idempotency-Key': `dry-${operation.id}` } })
    expect(real.status, real.text).toBe(operation.expected.status)
    expect(real.headers.get('Idempotency-Replayed')).toBeNull()
    expect(await everything()).not.toBe(before)
  })

  it.each(untried)('of $id is refused as an unknown parameter', async (operation) => {
    const send = await prepare(app, operation, await createUser(app, 'admin'))
    const before = await everything()
    for (const value of ['true', 'false']) {
      const { status, body } = await send({ query: `?dry_run=${value}` })
      expect([status, body.code, body.errors[0].location]).toEqual([
        422,
        'validation_failed',
        'query.dry_run',
      ])
    }
    expect(await everything()).toBe(before)
  })
})
