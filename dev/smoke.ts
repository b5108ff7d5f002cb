import { setTimeout as sleep } from 'node:timers/promises'
import { CliError, messageOf, runTool } from './cli-error.ts'

// npm run smoke -- https://api.example.com
// Checks a deployed API from outside. With SMOKE_EMAIL and SMOKE_PASSWORD it logs in as well and asks
// for a dry run, which writes nothing but a session.

const WAIT = 60_000

interface Reply {
  status: number
  headers: Headers
  body: unknown
}

/** Checks an API, and returns what it checked. @throws CliError with the first thing that is wrong */
export async function smokeTest(
  base: string,
  login?: { email: string; password: string },
): Promise<string[]> {
  const passed: string[] = []
  const api = base.replace(/\/$/, '')
  const check = (name: string, holds: boolean, reply: Reply) => {
    if (!holds) {
      const text = JSON.stringify(reply.body)?.slice(0, 500)
      throw new CliError(`Failed: ${name}. The response was ${reply.status} ${text}`)
    }
    passed.push(name)
  }
  const ready = await waitFor(`${api}/health/ready`)
  check('The API is ready, with database and rate limiter', ready.status === 200, ready)

  const document = await call(`${api}/openapi.json`)
  const { openapi, servers } = document.body as { openapi?: string; servers?: { url: string }[] }
  check('/openapi.json is a document', openapi?.startsWith('3.') === true, document)
  const origin = new URL(api).origin
  check(`/openapi.json names ${origin}`, servers?.[0]?.url === origin, document)

  const script = await call(`${api}/swagger-ui-dist/swagger-ui-bundle.js`)
  const type = script.headers.get('Content-Type') ?? ''
  check('Static files are served', script.status === 200 && type.includes('javascript'), script)

  const anonymous = await call(`${api}/v1/transactions`)
  const { code } = anonymous.body as { code?: string }
  check('A request without a token is refused', code === 'unauthenticated', anonymous)
  if (login) await checkWithLogin(api, login, check)
  return passed
}

async function checkWithLogin(
  api: string,
  login: { email: string; password: string },
  check: (name: string, holds: boolean, reply: Reply) => void,
): Promise<void> {
  const session = await call(`${api}/v1/auth/login`, {
    body: { email: login.email, password: login.password },
  })
  const { access_token: token } = session.body as { access_token?: string }
  // A reply with tokens is not shown.
  check(
    'The login works',
    token !== undefined,
    token === undefined ? session : { ...session, body: '' },
  )
  const headers = { Authorization: `Bearer ${token}` }
  const dashboard = await call(`${api}/v1/dashboard`, { headers })
  check('The dashboard is there', dashboard.status === 200, dashboard)
  const transaction = {
    type: 'expense',
    amount: '1.00',
    currency: 'EUR',
    category: 'Smoke test',
    date: new Date().toISOString().slice(0, 10),
  }
  const tried = await call(`${api}/v1/transactions?dry_run=true`, { headers, body: transaction })
  const { dry_run: dry } = tried.body as { dry_run?: boolean }
  // A viewer may not write, which is a right response too.
  check('A dry run of a write works', dry === true || tried.status === 403, tried)
  const ended = await call(`${api}/v1/auth/logout`, { headers, method: 'POST' })
  check('The logout works', ended.status < 300, ended)
}

async function call(
  url: string,
  { body, headers = {}, method }: { body?: object; headers?: object; method?: string } = {},
): Promise<Reply> {
  const response = await fetch(url, {
    method: method ?? (body === undefined ? 'GET' : 'POST'),
    headers: { ...headers, ...(body && { 'Content-Type': 'application/json' }) },
    signal: AbortSignal.timeout(30_000),
    ...(body && { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  const isJson = (response.headers.get('Content-Type') ?? '').includes('json') && text !== ''
  return {
    status: response.status,
    headers: response.headers,
    body: isJson ? JSON.parse(text) : text,
  }
}

async function waitFor(url: string): Promise<Reply> {
  const end = Date.now() + WAIT
  for (;;) {
    try {
      const reply = await call(url)
      if (reply.status === 200 || Date.now() > end) return reply
    } catch (error) {
      if (Date.now() > end) throw new CliError(`Cannot reach ${url}: ${messageOf(error)}`)
    }
    await sleep(1000)
  }
}

if (import.meta.main) {
  await runTool(async () => {
    const [url] = process.argv.slice(2)
    if (url === undefined || !/^https?:\/\//.test(url)) {
      throw new CliError('npm run smoke -- https://api.example.com', 2)
    }
    const { SMOKE_EMAIL: email, SMOKE_PASSWORD: password } = process.env
    const passed = await smokeTest(url, email && password ? { email, password } : undefined)
    for (const name of passed) console.log(`✓ ${name}`)
  })
}
