import { v7 as uuidv7 } from 'uuid'
import { expect, it } from 'vitest'
import { appSql } from '../support/roles-sql.ts'
import { useApp } from '../support/use-app.ts'
import { createUser, type User } from '../support/users.ts'
import { sendFile } from './support.ts'

/*
 * The Worker of the release before this one runs on the new schema while a deployment replaces it, and
 * after a rollback. It calls these functions with rows that have no line and no fingerprint.
 */

const { app, admin } = useApp()

const row = (ordinal: number, date: string, externalId?: string) => ({
  id: uuidv7(),
  ordinal,
  date,
  type: 'expense',
  amount_minor: '450',
  currency: 'EUR',
  category: 'Food',
  ...(externalId !== undefined && { external_id: externalId, source: 'bank' }),
})
const rows = () =>
  JSON.stringify([row(0, '2026-03-14'), row(1, '2026-03-14'), row(2, '2026-03-15', 'r-1')])

const read = async ({ token }: User) =>
  (await app.call('GET', '/v1/transactions', { token })).body.data

it('The Worker of the release before imports, finds duplicates and reverts', async () => {
  const owner = await createUser(app, 'analyst')
  const sql = appSql(app)
  const id = uuidv7()
  const take = async (importId: string) =>
    (
      await sql.as(
        owner,
        (each) =>
          each`select * from api.import_own_transactions(
                 ${importId}::uuid, 'a.csv'::text, null::text, 3, ${rows()}::jsonb, true)`,
      )
    )[0]![0]
  expect(await take(id)).toMatchObject({ created_count: 3, duplicate_count: 0 })
  const [matches] = await sql.as(
    owner,
    (each) => each`select * from api.match_own_import(${rows()}::jsonb, true)`,
  )
  expect(matches!.map(({ ordinal, matched_by: by }) => [ordinal, by])).toEqual([
    [0, 'values'],
    [1, 'values'],
    [2, 'external_id'],
  ])
  expect(await take(uuidv7())).toMatchObject({ created_count: 0, duplicate_count: 3 })
  expect(await read(owner)).toHaveLength(3)
  await sql.as(owner, (each) => each`select * from api.revert_own_import(${id}::uuid)`)
  expect(await read(owner)).toHaveLength(0)
})

it('An admin imports for others with the functions of the release before', async () => {
  const owner = await createUser(app, 'viewer')
  const sql = appSql(app)
  const id = uuidv7()
  const [[created]] = (await sql.as(
    admin,
    (each) =>
      each`select * from api.import_transactions(
             ${owner.id}::uuid, ${id}::uuid, null::text, null::text, 3, ${rows()}::jsonb, true)`,
  )) as [[Record<string, unknown>]]
  expect(created).toMatchObject({ created_count: 3, user_id: owner.id })
  await sql.as(admin, (each) => each`select * from api.revert_import(${id}::uuid, false)`)
  expect(await read(owner)).toHaveLength(0)
})

it('A file of the release before is a question to this one, and not imported twice', async () => {
  const owner = await createUser(app, 'analyst')
  await appSql(app).as(
    owner,
    (each) =>
      each`select * from api.import_own_transactions(
             ${uuidv7()}::uuid, null::text, null::text, 3, ${rows()}::jsonb, true)`,
  )
  const file =
    'date,amount,currency,category\n2026-03-14,-4.50,EUR,Food\n2026-03-14,-4.50,EUR,Food\n'
  const { status, body } = await sendFile(app, owner, file, 'dry_run=false')
  expect([status, body.code]).toEqual([422, 'likely_duplicates'])
})
