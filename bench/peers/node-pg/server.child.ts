import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text as textOf } from 'node:stream/consumers'
import { compare } from 'bcryptjs'
import { Pool } from 'pg'
import { serve } from '../../processes/child.ts'
import type { NewRow, PeerSettings } from '../peer.ts'
import { createQueries } from './queries.ts'
import { issueToken, readToken } from './token.ts'

// A service as a good developer writes it by hand: node:http, pg with a pool and prepared statements.

const LIFETIME_SECONDS = 900

class HttpError extends Error {
  readonly status: number

  constructor(status: number) {
    super(String(status))
    this.status = status
  }
}

const found = <T>(value: T | undefined): T => {
  if (value === undefined) throw new HttpError(404)
  return value
}

type Queries = ReturnType<typeof createQueries>

const bodyOf = async <T>(request: IncomingMessage) => JSON.parse(await textOf(request)) as T

/** Who calls. The token has to be good, and the account still active. */
async function authenticate(request: IncomingMessage, secret: string, queries: Queries) {
  const token = /^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1]
  const claims = token === undefined ? null : readToken(token, secret)
  if (claims === null) throw new HttpError(401)
  if ((await queries.activeUser(claims.sub)) === undefined) throw new HttpError(401)
  return claims
}

async function login(request: IncomingMessage, secret: string, queries: Queries) {
  const { email, password } = await bodyOf<{ email: string; password: string }>(request)
  const user = await queries.credentials(email)
  if (user === undefined || !(await compare(password, user.password_hash))) throw new HttpError(401)
  const exp = Math.floor(Date.now() / 1000) + LIFETIME_SECONDS
  return { access_token: issueToken({ sub: user.id, role: user.role, exp }, secret) }
}

async function route(request: IncomingMessage, secret: string, queries: Queries): Promise<unknown> {
  const url = new URL(request.url ?? '/', 'http://peer')
  const [, resource, id] = url.pathname.split('/')
  const what = `${request.method} ${resource}`
  if (what === 'POST login') return login(request, secret, queries)
  const { sub, role } = await authenticate(request, secret, queries)
  if (what === 'GET dashboard') {
    const [from = '', to = '', before = ''] = ['from', 'to', 'before'].map(
      (name) => url.searchParams.get(name) ?? '',
    )
    return queries.dashboard(sub, from, to, before)
  }
  if (what === 'GET transactions') {
    return id === undefined
      ? queries.list(sub, url.searchParams)
      : found(await queries.one(sub, id))
  }
  if (role === 'viewer') throw new HttpError(403)
  if (what === 'POST bulk') return queries.bulk(sub, await bodyOf<NewRow[]>(request))
  if (what === 'POST transactions') return queries.create(sub, await bodyOf<NewRow>(request))
  if (what === 'PATCH transactions' && id !== undefined) {
    if (role !== 'admin') throw new HttpError(403)
    const { notes } = await bodyOf<{ notes: string }>(request)
    return found(await queries.update(sub, id, notes))
  }
  throw new HttpError(404)
}

const closers: (() => Promise<void>)[] = []

async function start({ databaseUrl, secret }: PeerSettings): Promise<string> {
  const pool = new Pool({ connectionString: databaseUrl, max: 20 })
  pool.on('error', () => {})
  const queries = createQueries(pool)
  const server = createServer((request, response) => {
    route(request, secret, queries).then(
      (body) => {
        response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body))
      },
      (error: unknown) => {
        const status = error instanceof HttpError ? error.status : 500
        response.writeHead(status).end(String(error))
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

serve({ start }, async () => {
  for (const close of closers) await close()
})
