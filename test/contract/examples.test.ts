import { hash } from 'bcryptjs'
import { beforeAll, describe, expect, it } from 'vitest'
import { demoPassword } from '../../dev/seed/personas.ts'
import { demoTables, insertion } from '../../dev/seed/tables.ts'
import { utcToday } from '../../src/lib/calendar.ts'
import { exampleExceptions, exampleRequest } from '../support/examples.ts'
import { operations } from '../support/operations.ts'
import { useApp } from '../support/use-app.ts'

const { app } = useApp()

beforeAll(async () => {
  const tables = demoTables(1, utcToday(new Date()), await hash(demoPassword, 4))
  for (const each of tables) await app.sql.query(insertion(each), [JSON.stringify(each.rows)])
})

// The tests of this file depend on each other on purpose: they are one visit to Swagger UI.
describe('An operation in Swagger UI, sent unchanged and in its order', () => {
  /** As a person does, it is the token of the latest response that has one. */
  let token: string | undefined

  it.each(operations)('succeeds on fresh demo data: $id', async (operation) => {
    const { path, ...request } = exampleRequest(operation)
    const authorization = operation.needsToken ? token : undefined
    const response = await app.call(operation.method, path, { ...request, token: authorization })
    const expected = exampleExceptions[operation.id]
    if (expected) expect([response.status, response.body.code], response.text).toEqual(expected)
    else expect(response.status, response.text).toBeLessThan(300)
    token = response.body?.access_token ?? token
  })

  it('lists as exceptions only operations that exist', () => {
    const ids = new Set(operations.map(({ id }) => id))
    expect(Object.keys(exampleExceptions).filter((id) => !ids.has(id))).toEqual([])
  })
})
