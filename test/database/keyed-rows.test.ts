import { expect, it } from 'vitest'
import { ownerSql } from '../support/database.ts'
import { enter } from '../support/transactions.ts'
import { useApp } from '../support/use-app.ts'
import { createUser } from '../support/users.ts'

const { app } = useApp()

it('A stored response holds no row that its caller cannot read, and only its caller can read it', async () => {
  const analyst = await createUser(app, 'analyst')
  const viewer = await createUser(app, 'viewer')
  const { id } = await enter(analyst, { notes: 'not for others' })
  const sql = ownerSql(app.database.appUrl)
  const storeAs = async (userId: string, key: string) => {
    const [session] = await app.sql`select id from data.sessions where user_id = ${userId}`
    const [, , , stored] = await sql.transaction([
      sql`select api.authenticate(${userId}, ${session!['id']}, 1)`,
      sql`select api.claim_idempotency_key(${key}, 'f')`,
      sql`select api.store_response(${key}, 'created', 'transaction', (
            select to_jsonb(r) from (select * from api.own_transactions where id = ${id}) r))`,
      sql`select key, response ->> 'notes' as notes from api.stored_responses`,
    ])
    return stored
  }
  expect(await storeAs(analyst.id, 'own')).toEqual([{ key: 'own', notes: 'not for others' }])
  expect(await storeAs(viewer.id, 'foreign')).toEqual([])
  expect(await app.sql`select key from data.idempotency_keys where user_id = ${viewer.id}`).toEqual(
    [],
  )
})
