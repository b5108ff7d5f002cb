import { beforeAll, describe, expect, it } from 'vitest'
import { someTransaction } from '../support/transactions.ts'
import { useApp } from '../support/use-app.ts'
import { databaseState, expectProblem, findRefusalIssue } from './harness.ts'
import { bulkFields, createWorld, transactionFields, writes, type World } from './operations.ts'
import * as bad from './values.ts'

const { app, admin } = useApp()
let world: World

beforeAll(async () => {
  world = await createWorld(app, admin)
})

const writeEntries = Object.entries(writes)
const fields = writeEntries.flatMap(([name, { fields: all }]) =>
  Object.keys(all).map((field) => ({ name, field })),
)

function send(name: string, raw: string) {
  const { method, path } = writes[name]!
  return app.call(method, path(world), { token: admin.token, raw })
}

/** The legal body of an operation with another JSON text in one field. */
function bodyWith(name: string, field: string, text: string): string {
  const { [field]: _replaced, ...rest } = writes[name]!.body(world)
  return `{${JSON.stringify(rest).slice(1, -1)}${Object.keys(rest).length > 0 ? ',' : ''}"${field}":${text}}`
}

describe('An invalid value in a body', () => {
  it.each(fields)('is refused by name: $field of $name', async ({ name, field }) => {
    const before = await databaseState(app)
    const issues = []
    for (const text of writes[name]!.fields[field]!) {
      const response = await send(name, bodyWith(name, field, text))
      issues.push(findRefusalIssue(response, `body.${field}`, text))
    }
    expect(issues.filter(Boolean)).toEqual([])
    expect(await databaseState(app)).toEqual(before)
  })

  it.each(writeEntries)('is named when it is missing: %s', async (name, { required, body }) => {
    for (const field of required) {
      const { [field]: _missing, ...rest } = body(world)
      const response = await send(name, JSON.stringify(rest))
      expect(response.body.errors).toEqual([{ location: `body.${field}`, message: 'Required.' }])
    }
    const nothing = await send(name, '{}')
    expectProblem(nothing, 422, 'validation_failed')
    expect(nothing.body.errors.map((error: { location: string }) => error.location)).toEqual(
      required.length > 0 ? required.map((field) => `body.${field}`) : ['body'],
    )
  })

  it.each(writeEntries)('is named when its field is unknown: %s', async (name, { body }) => {
    const before = await databaseState(app)
    for (const unknown of ['id', 'Amount', 'password_hash', 'constructor', 'toString', '', '🦄']) {
      const response = await send(name, JSON.stringify({ ...body(world), [unknown]: 'x' }))
      expect(findRefusalIssue(response, `body.${unknown}`, unknown)).toBeUndefined()
    }
    expect(await databaseState(app)).toEqual(before)
  })
})

describe('An invalid value in an operation of a bulk write', () => {
  const legal: Record<string, Record<string, unknown>> = {
    create: { op: 'create', data: someTransaction },
    update: { op: 'update', version: 1, data: { category: 'Household' } },
    delete: { op: 'delete', version: 1 },
  }
  const ofData = Object.entries({ ...transactionFields, user_id: bad.badId })
  const cases = [
    ...ofData.map(([field, values]) => ['create', `data.${field}`, values] as const),
    ...Object.entries(transactionFields).map(
      ([field, values]) => ['update', `data.${field}`, values] as const,
    ),
    ...['create', 'update'].map((op) => [op, 'data', ['null', '[]', '"x"', '1', '{}']] as const),
    ...Object.keys(legal).map((op) => [op, 'op', bulkFields.op] as const),
    ...['update', 'delete'].map((op) => [op, 'id', bulkFields.id] as const),
    ...['update', 'delete'].map((op) => [op, 'version', bulkFields.version] as const),
  ]

  /** The legal operation with another JSON text in one place. */
  function textWith(op: string, place: string, text: string): string {
    const mark = '"the place"'
    const [outer = '', inner] = place.split('.')
    const { data } = legal[op]!
    const value = inner === undefined ? 'the place' : { ...(data as object), [inner]: 'the place' }
    const whole = { ...legal[op], ...(op !== 'create' && { id: world.transactionId }) }
    return JSON.stringify({ ...whole, [outer]: value }).replace(mark, () => text)
  }

  // How many digits an amount may have, where only it changes, the database alone knows.
  const codes = ['validation_failed', 'bulk_failed']

  it.each(cases)('is refused by name: %s, %s', async (op, place, values) => {
    const before = await databaseState(app)
    const issues = []
    for (const text of values) {
      const both = `[${JSON.stringify(legal['create'])},${textWith(op, place, text)}]`
      const atomic = await send('bulkTransactions', `{"operations":${both}}`)
      issues.push(findRefusalIssue(atomic, `body.operations.1.${place}`, text, codes))
    }
    expect(issues.filter(Boolean)).toEqual([])
    expect(await databaseState(app)).toEqual(before)
  })

  it('is refused by its position when it is not an object', async () => {
    const issues = []
    for (const text of ['null', '[]', '"create"', '1', 'true', '{}', '{"op":"create"}']) {
      const response = await send('bulkTransactions', `{"operations":[${text}]}`)
      issues.push(findRefusalIssue(response, 'body.operations.0', text))
    }
    expect(issues.filter(Boolean)).toEqual([])
  })
})

describe('A write', () => {
  it.each(writeEntries)('refuses unknown parameters: %s', async (name, operation) => {
    const before = await databaseState(app)
    for (const parameter of ['dry', '__proto__', 'constructor']) {
      const path = `${operation.path(world)}?${parameter}=true`
      const raw = JSON.stringify(operation.body(world))
      const response = await app.call(operation.method, path, { token: admin.token, raw })
      expect(findRefusalIssue(response, `query.${parameter}`, name)).toBeUndefined()
    }
    expect(await databaseState(app)).toEqual(before)
  })
})

describe('Several invalid values', () => {
  it('are all named at once', async () => {
    const { status, body } = await admin.post('/v1/transactions', {
      type: 'gift',
      amount: '-1',
      currency: 'eur',
      category: ' ',
      date: '2026-02-30',
      notes: 7,
      user_id: 'me',
      more: true,
    })
    expect(status).toBe(422)
    expect(body.errors.map((error: { location: string }) => error.location).sort()).toEqual(
      ['amount', 'category', 'currency', 'date', 'more', 'notes', 'type', 'user_id'].map(
        (field) => `body.${field}`,
      ),
    )
  })

  it('get a short response even when there are a thousand unknown fields', async () => {
    const many = Object.fromEntries(Array.from({ length: 1000 }, (_, n) => [`field_${n}`, n]))
    const { status, text } = await admin.post('/v1/transactions', many)
    expect(status).toBe(422)
    expect(text.length).toBeLessThan(10_000)
  })
})

describe('A validation message', () => {
  it('suggests the field that was probably meant, and lists the valid ones', async () => {
    const { body } = await admin.post('/v1/transactions', { ...someTransaction, externalID: 'x' })
    expect(body.errors).toEqual([
      {
        location: 'body.externalID',
        message: 'Unknown field `externalID`. Did you mean `external_id`?',
      },
    ])
    expect(body.detail).toMatch(/^Known body fields: `date`, `type`, `amount`, .*`user_id`\.$/)
  })

  it('suggests fields inside of a bulk write', async () => {
    const operations = [{ op: 'create', data: { ...someTransaction, note: 'x' } }]
    const { body } = await admin.post('/v1/transactions/bulk', { operations })
    expect(body.errors).toMatchObject([
      {
        location: 'body.operations.0.data.note',
        message: 'Unknown field `note`. Did you mean `notes`?',
      },
    ])
  })

  it('says that a missing field is required, and what an invalid one must be', async () => {
    const missing = await send('createUser', '{}')
    expect(missing.body.errors[0].message).toBe('Required.')
    for (const value of ['7', 'null', '""', '{}']) {
      for (const field of ['name', 'role', 'email']) {
        const wrong = await send('createUser', bodyWith('createUser', field, value))
        expect(wrong.body.errors[0].message).not.toBe('Required.')
      }
    }
  })

  it('says the same inside of a bulk write', async () => {
    for (const mode of ['atomic', 'each']) {
      const asked = [{}, { op: 'delete' }, { op: 'create', data: { amount: '1' } }]
      const { body } = await send('bulkTransactions', JSON.stringify({ mode, operations: asked }))
      const errors = [
        body,
        ...(body.results ?? []).map(({ problem }: { problem: unknown }) => problem),
      ]
        .flatMap((problem) => problem.errors ?? [])
        .map(({ location, message }: { location: string; message: string }) => [location, message])
      for (const part of ['0.op', '1.id', '2.data.type', '2.data.currency', '2.data.date']) {
        expect(errors).toContainEqual([`body.operations.${part}`, 'Required.'])
      }
    }
  })
})

describe('The tables of invalid bodies', () => {
  it('name every field of every body in the OpenAPI document', async () => {
    const { body: document } = await app.call('GET', '/openapi.json')
    const bodies: Record<string, string[]> = {}
    const files: string[] = []
    for (const operation of Object.values<any>(document.paths).flatMap(Object.values<any>)) {
      if (!operation.requestBody) continue
      const schema = operation.requestBody.content['application/json']?.schema
      if (!schema) {
        files.push(operation.operationId)
        continue
      }
      const resolved = document.components.schemas[schema.$ref?.split('/').at(-1)] ?? schema
      bodies[operation.operationId] = Object.keys(resolved.properties).sort()
    }
    expect(bodies).toEqual(
      Object.fromEntries(
        writeEntries.map(([name, { fields: all }]) => [name, Object.keys(all).sort()]),
      ),
    )
    // Files that must be refused stand in test/csv/bad-files.test.ts.
    expect(files).toEqual(['importTransactions'])
  })
})
