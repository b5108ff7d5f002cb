import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'
import { Pool } from 'pg'
import { createAccessTokens, type AccessTokens } from '../../src/access/access-tokens.ts'
import { serve } from '../processes/rpc.ts'
import { createQueries, type NewTransaction } from './node-pg.queries.ts'

// The service as a good developer writes it by hand: node:http, and pg with a pool.

interface Context {
  request: IncomingMessage
  tokens: AccessTokens
  queries: ReturnType<typeof createQueries>
}

class HttpError extends Error {
  readonly status: number

  constructor(status: number) {
    super(String(status))
    this.status = status
  }
}

function required<T>(value: T | undefined, status: number): T {
  if (value === undefined) throw new HttpError(status)
  return value
}

const bodyOf = async <T>(request: IncomingMessage) => (await json(request)) as T

/** The token has to be valid, and the account active. */
async function authenticate({ request, tokens, queries }: Context) {
  const token = /^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1]
  const subject = await tokens.verify(required(token, 401)).catch(() => undefined)
  const { userId } = required(subject, 401)
  const { role } = required(await queries.activeUser(userId), 401)
  return { userId, role }
}

async function route(context: Context): Promise<unknown> {
  const { request, queries } = context
  const url = new URL(request.url ?? '/', 'http://baseline')
  const [, resource, id] = url.pathname.split('/')
  const operation = `${request.method} ${resource}${id === undefined ? '' : '/id'}`
  const { userId, role } = await authenticate(context)
  const parameter = (name: string) => required(url.searchParams.get(name) ?? undefined, 400)
  switch (operation) {
    case 'GET dashboard':
      return queries.dashboard(userId, parameter('from'), parameter('to'), parameter('before'))
    case 'GET transactions':
      return queries.list(userId, url.searchParams)
    case 'GET transactions/id':
      return required(await queries.one(userId, id!), 404)
  }
  if (role !== 'admin') throw new HttpError(403)
  switch (operation) {
    case 'POST transactions':
      return queries.create(userId, await bodyOf<NewTransaction>(request))
    case 'POST bulk':
      return queries.bulk(userId, await bodyOf<NewTransaction[]>(request))
    case 'PATCH transactions/id': {
      const { notes } = await bodyOf<{ notes: string }>(request)
      return queries.update(userId, id!, notes)
    }
  }
  throw new HttpError(404)
}

const closers: (() => Promise<void>)[] = []

async function start({ databaseUrl, secret }: { databaseUrl: string; secret: string }) {
  const pool = new Pool({ connectionString: databaseUrl, max: 20 })
  pool.on('error', () => {})
  const queries = createQueries(pool)
  const tokens = createAccessTokens([secret], () => new Date())
  const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
    route({ request, tokens, queries }).then(
      (body) => {
        response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body))
      },
      (error: unknown) => {
        response.writeHead(error instanceof HttpError ? error.status : 500).end(String(error))
      },
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closers.push(async () => {
    server.closeAllConnections()
    server.close()
    await pool.end()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

serve({ start }, () => Promise.all(closers.map((close) => close())))
