import type { Role } from '../../src/db/enums.ts'
import { testSecret, type TestResponse } from '../support/app.ts'
import { document, fillPath, type Parameter, type Part } from '../support/operations.ts'
import { createAccessTokens } from '../../src/access/access-tokens.ts'
import { isLong } from '../support/iterations.ts'
import { cases, type Expected, type ValidRequest } from '../contract/expectations.ts'
import { diverge, type Field, type Mode, type Side, type Twins, type World } from './twins.ts'

/* Sends every request that the OpenAPI document knows to two databases, and compares the responses. */

interface Sent {
  path?: Record<string, string> | undefined
  query?: string | undefined
  json?: unknown
  raw?: string | undefined
  headers?: Record<string, string> | undefined
  /** The ETag that either database gave. */
  etags?: [string, string]
}

/** Keys of anomalies and recurring payments are hashes of ids. */
const ID = /[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}|\b(?:ano|rec)_[\da-f]{16}/g
const INSTANT = /\d{4}-\d\d-\d\dT[\d:.]+Z/g
/** Secrets that are made at random: tokens, keys, codes, and their encoded forms. */
const RANDOM =
  /\b(?:eb[a-z]_[\w.-]+|ey[\w-]+\.[\w-]+\.[\w-]+|[\w-]{43}|[A-Z2-7]{32}|[A-Z\d]{4}(?:-[A-Z\d]{2,4}){3,})/g
/** Headers that say when, how fast, and how often. */
const VARYING = new Set(['date', 'server-timing', 'ratelimit', 'ratelimit-policy'])

const OF_REPORT = /^"[\w-]{22}\.[\da-f]{32}"$/

/** A text without ids and times, besides those that are the same in both databases. */
function normalised(text: string, known: ReadonlySet<string>): string {
  const ids = new Map<string, string>()
  return text
    .replace(ID, (id) => {
      if (known.has(id)) return id
      if (!ids.has(id)) ids.set(id, `id ${ids.size}`)
      return ids.get(id)!
    })
    .replace(INSTANT, (instant) => (instant.startsWith('2026-0') ? instant : 'then'))
    .replace(RANDOM, 'random')
}

function comparable({ status, headers, text }: TestResponse, known: ReadonlySet<string>) {
  const body = normalised(text, known)
  const isHashed = body !== text || status === 304
  const shown = [...headers].filter(([name]) => !VARYING.has(name))
  // A weak ETag is the hash of the body, and that of a report has the ids of what matched, which are
  // random here. Both tell no more than the body does.
  const rest = shown.map(([name, value]) =>
    name === 'etag' && ((value.startsWith('W/') && isHashed) || OF_REPORT.test(value))
      ? `${name}: hash`
      : `${name}: ${normalised(value, known)}`,
  )
  return [String(status), ...rest.toSorted(), body].join('\n')
}

/** The first line that differs, from a little before the place. */
function differing(one: string, other: string): string {
  const at = [...one].findIndex((letter, index) => letter !== other[index])
  const part = (text: string) => text.slice(Math.max(0, at - 60), at + 60)
  return `${part(one)}\n  or\n${part(other)}`
}

const resolve = (schema: Part): Part =>
  schema['$ref'] ? document.components.schemas[String(schema['$ref']).split('/').at(-1)!]! : schema

/** Values of a parameter, valid ones and those that could tell. */
function valuesOf({ name, schema }: Parameter, { probes, rowIds, importId }: World): string[] {
  const { enum: values, type, format, pattern = '', items, minimum } = resolve(schema)
  if (values) return values.map(String)
  if (name === 'cursor' || name === 'user_id' || name === 'scope') return []
  if (type === 'boolean') return ['true', 'false']
  if (type === 'integer') return [String(minimum ?? 1), '2']
  if (type === 'array' && items?.enum) return [...items.enum, items.enum.join(',')]
  if (format === 'uuid') return [importId, rowIds[0]!]
  if (format === 'date') return ['2026-02-01']
  if (format === 'date-time') return ['2026-02-03T00:00:00Z']
  if (String(pattern).includes('d{4}-')) return ['2026-02']
  if (String(pattern).includes('A-Z]{3}')) return ['EUR']
  return probes
}

const encoded = (name: string, value: string) => `${name}=${encodeURIComponent(value)}`

/** Parameters that lead to other queries: each is combined with all others. */
const combined = (parameters: readonly Parameter[]) => {
  const has = (name: string) => parameters.some((each) => each.name === name)
  return [
    '',
    ...(has('page') ? ['page=1&limit=2'] : []),
    ...(isLong && has('format') ? ['format=ndjson'] : []),
  ]
}

function queriesOf({ parameters }: Expected, world: World): string[] {
  const inQuery = parameters.filter((each) => each.in === 'query')
  const single = inQuery.flatMap((each) =>
    valuesOf(each, world).map((value) => encoded(each.name, value)),
  )
  return combined(inQuery).flatMap((more) => [
    ...(more ? [more] : []),
    ...single.map((one) => (more ? `${one}&${more}` : one)),
  ])
}

/** A body with a value put into every object of it. */
function withField(json: unknown, name: string, value: unknown): unknown[] {
  if (Array.isArray(json)) {
    return json.flatMap((each, index) =>
      withField(each, name, value).map((changed) => json.with(index, changed)),
    )
  }
  if (typeof json !== 'object' || json === null) return []
  return [
    { ...json, [name]: value },
    ...Object.entries(json).flatMap(([key, each]) =>
      withField(each, name, value).map((changed) => ({ ...json, [key]: changed })),
    ),
  ]
}

const isCsv = ({ headers }: ValidRequest) => headers?.['Content-Type'] === 'text/csv'

/** Files with what the rows of both databases may be. */
const files = ({ probes }: World, field: Field) =>
  probes.flatMap((probe) => [
    `date,type,amount,currency,category,${field}\n2026-01-10,income,50,USD,Category 0,"${probe}"\n`,
    `date,type,amount,currency,category\n2026-01-10,income,${Number(probe) || 50},USD,${probe}\n`,
  ])

function bodiesOf(operation: Expected, valid: ValidRequest, world: World, field: Field): Sent[] {
  if (isCsv(valid)) return files(world, field).map((raw) => ({ raw }))
  if (!operation.body || valid.json === undefined) return []
  return [
    ...world.probes.flatMap((probe) => withField(valid.json, field, probe)),
    ...withField(valid.json, 'external_id', 'id-0'),
    ...withField(valid.json, field, null),
  ].map((json) => ({ json }))
}

export interface Walk {
  twins: Twins
  world: World
  role: Role
  field: Field
  mode: Mode
}

const tokens = createAccessTokens([testSecret], () => new Date())

export class Walker {
  /** Requests whose responses differ. */
  readonly differences: string[] = []
  readonly visited = new Set<string>()
  requests = 0
  private readonly known: ReadonlySet<string>
  private valid: [ValidRequest, ValidRequest] = [{}, {}]
  private token = ''

  private readonly walk: Walk

  constructor(walk: Walk) {
    this.walk = walk
    const { caller, creator, rowIds, importId } = walk.world
    this.known = new Set([caller.id, creator.id, importId, ...rowIds])
  }

  /** Every operation that the role may call. Those without a token know no role. */
  async everything(): Promise<void> {
    for (const operation of cases) {
      if (!operation.roles?.includes(this.walk.role)) continue
      await this.operation(operation)
    }
  }

  /** Whether the responses to a valid request differ. */
  async differs(operation: Expected): Promise<boolean> {
    await this.prepare(operation)
    await this.compare(operation, {})
    return this.differences.length > 0
  }

  private async operation(operation: Expected): Promise<void> {
    this.visited.add(operation.id)
    await this.prepare(operation)
    const { world, field } = this.walk
    const [valid] = this.valid
    const responses = await this.compare(operation, {})
    const queries = queriesOf(operation, world)
    if (operation.method === 'GET') {
      await Promise.all(queries.map((query) => this.compare(operation, { query })))
    } else {
      for (const query of queries) await this.compare(operation, { query })
    }
    await this.pages(operation)
    for (const sent of bodiesOf(operation, valid, world, field)) await this.compare(operation, sent)
    if (operation.path.includes('{id}')) {
      for (const id of [world.rowIds[0]!, world.importId]) {
        await this.compare(operation, { path: { id } })
      }
    }
    const etags = responses.map(({ headers }) => headers.get('ETag') ?? '') as [string, string]
    if (operation.method === 'GET' && etags[0] !== '') {
      await this.compare(operation, { etags })
      await this.compare(operation, { headers: { 'If-None-Match': '"1"' } })
    }
    if (operation.method !== 'GET') {
      for (let times = 0; times < 2; times++) {
        await this.compare(operation, { headers: { 'Idempotency-Key': `walk-${operation.id}` } })
      }
    }
  }

  /** Every page by cursor, in every order. */
  private async pages(operation: Expected): Promise<void> {
    const named = (name: string) => operation.parameters.find((each) => each.name === name)
    if (!named('cursor')) return
    const sort = named('sort')
    const orders = sort ? valuesOf(sort, this.walk.world).map((value) => `&sort=${value}`) : ['']
    for (const order of orders) {
      let cursor = ''
      do {
        const query = `limit=3${order}${cursor && `&cursor=${encodeURIComponent(cursor)}`}`
        const [response] = await this.compare(operation, { query })
        cursor = response.body?.next_cursor ?? ''
      } while (cursor !== '')
    }
  }

  /** A session that the operation may end, and the rows that it needs, in both databases. */
  private async prepare(operation: Expected): Promise<void> {
    const { twins, world, field, mode } = this.walk
    const { id: userId, role } = world.caller
    const sessionId = crypto.randomUUID()
    this.token = await tokens.issue({ userId, sessionId, tokenVersion: 1, role })
    const caller = { ...world.caller, sessionId, token: this.token }
    for (const side of [0, 1] as const) {
      const app = twins.apps[side]
      await app.sql.transaction((sql) => [
        sql`alter table data.users disable trigger user`,
        sql`update data.users u set token_version = 1, password_hash = c.password_hash, active = true
              from data.users c where u.id = ${userId} and c.id = ${world.creator.id}`,
        sql`alter table data.users enable trigger user`,
        sql`insert into data.sessions (id, user_id, expires_at, verified_at)
            values (${sessionId}, ${userId}, now() + interval '1 day', now() + interval '1 hour')`,
      ])
      this.valid[side] = (await operation.expected.request?.(app, caller)) ?? {}
    }
    await diverge(twins, world, field, mode)
  }

  private async compare(operation: Expected, sent: Sent): Promise<[TestResponse, TestResponse]> {
    this.requests++
    const responses = await Promise.all([
      this.send(0, operation, sent),
      this.send(1, operation, sent),
    ])
    const [one, other] = responses.map((each) => comparable(each, this.known))
    if (one !== other) {
      const what = [
        sent.query,
        sent.path && 'path',
        sent.json && JSON.stringify(sent.json),
        sent.raw,
      ]
      this.differences.push(
        `${operation.id} ${what.filter(Boolean).join(' ')}\n${differing(one!, other!)}`,
      )
    }
    return responses
  }

  private send(side: Side, operation: Expected, sent: Sent): Promise<TestResponse> {
    const valid = this.valid[side]
    const query = sent.query ? `?${sent.query}` : (valid.query ?? '')
    const json = sent.json ?? valid.json
    const raw = sent.raw ?? valid.raw
    return this.walk.twins.apps[side].call(
      operation.method,
      fillPath(operation.path, { ...valid.path, ...sent.path }) + query,
      {
        token: this.token,
        ...(raw === undefined ? { json } : { raw }),
        headers: {
          ...{ ...valid.headers, 'X-Request-Id': 'walk', ...sent.headers },
          ...(sent.etags && { 'If-None-Match': sent.etags[side] }),
        },
      },
    )
  }
}
