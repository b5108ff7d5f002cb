import { expect, it } from 'vitest'
import { ownerSql } from '../support/database.ts'
import { enter } from '../support/transactions.ts'
import { useApp } from '../support/use-app.ts'
import { createUser } from '../support/users.ts'

const { app } = useApp()

it('an idempotency key keeps no foreign row, whatever a repository asks it to keep', async () => {
  const analyst = await createUser(app, 'analyst')
  const viewer = await createUser(app, 'viewer')
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
