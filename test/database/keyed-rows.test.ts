import { afterAll, beforeAll, expect, it } from 'vitest'
import { actor } from '../support/actors.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import { ownerSql } from '../support/database.ts'
import { enter } from '../support/transactions.ts'

let app: TestApp

beforeAll(async () => {
  app = await startTestApp()
})
afterAll(() => app.database.drop())

it('an idempotency key keeps no foreign row, whatever a repository asks it to keep', async () => {
  const analyst = await actor(app, 'analyst')
  const viewer = await actor(app, 'viewer')
  const { id } = await enter(analyst, { notes: 'not for others' })
  const [session] = await app.sql`select id from book.sessions where user_id = ${viewer.id}`
  const sql = ownerSql(app.database.appUrl)
  for (const [entity, entityId] of [
    ['transaction', id],
    ['user', analyst.id],
  ]) {
    const key = `foreign ${entity}`
    const results = await sql.transaction([
      sql`select app.authenticate(${viewer.id}, ${session!['id']}, 1)`,
      sql`select app.claim_key(${key}, 'f')`,
      sql`select app.keep_result(${key}, 'created', ${entity}, ${entityId})`,
      sql`select * from app.kept_result(${key})`,
    ])
    expect(results[3]).toEqual([])
  }
})
