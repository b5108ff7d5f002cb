import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Pool } from 'pg'

/** Where one test file's own database is. */
export interface TestDatabaseUrls {
  name: string
  appUrl: string
  loginUrl: string
  ownerUrl: string
}

interface Options {
  template: string
  superuserUrl: string
  ownerUrl: string
  appUrl: string
  loginUrl: string
}

/**
 * Serves databases to tests, which run inside workerd and cannot make any themselves:
 * `POST /databases` clones the template, `POST /databases/NAME` does so under a name that the test
 * has chosen, `DELETE /databases/NAME` drops a clone.
 */
export async function startTestDatabases(
  options: Options,
): Promise<{ url: string; stop(): Promise<void> }> {
  const pool = new Pool({ connectionString: options.superuserUrl, max: 4 })
  pool.on('error', () => {})
  const clones = new Clones(pool, options)
  const server = createServer((request, response) => {
    const [, path, name] = /^(\/databases)(?:\/(test_[a-z0-9_]+))?$/.exec(request.url ?? '') ?? []
    let work: Promise<object> | null = null
    if (request.method === 'POST' && path !== undefined) work = clones.take(name)
    if (request.method === 'DELETE' && name !== undefined) work = clones.drop(name)
    const done = work ?? Promise.reject(new Error('No such call'))
    void done.then(
      (body) => response.end(JSON.stringify(body)),
      (error: unknown) => response.writeHead(500).end(String(error)),
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/databases`,
    stop: async () => {
      server.closeAllConnections()
      await new Promise<void>((resolve) => server.close(() => resolve()))
      await clones.settled()
      await pool.end()
    },
  }
}

/** Clones of the template; the next one is made while a test file uses the last. */
class Clones {
  readonly #pool: Pool
  readonly #options: Options
  #count = 0
  #next: Promise<string>
  #dropping: Promise<unknown> = Promise.resolve()

  constructor(pool: Pool, options: Options) {
    this.#pool = pool
    this.#options = options
    this.#next = this.#make()
  }

  async take(wanted?: string): Promise<TestDatabaseUrls> {
    const taken = this.#next
    this.#next = taken.then(
      () => this.#make(),
      () => this.#make(),
    )
    // The caller who takes it gets the failure.
    this.#next.catch(() => {})
    const made = await taken
    const name = wanted ?? made
    if (name !== made) await this.#pool.query(`alter database ${made} rename to ${name}`)
    const urlOf = (url: string) => Object.assign(new URL(url), { pathname: `/${name}` }).href
    const { appUrl, loginUrl, ownerUrl } = this.#options
    return { name, appUrl: urlOf(appUrl), loginUrl: urlOf(loginUrl), ownerUrl: urlOf(ownerUrl) }
  }

  /** Drops it while the next tests run; `settled` hears of a failure. */
  drop(name: string): Promise<object> {
    this.#dropping = this.#dropping.then(() =>
      this.#pool.query(`drop database if exists ${name} with (force)`),
    )
    this.#dropping.catch(() => {})
    return Promise.resolve({})
  }

  async settled(): Promise<void> {
    await this.#next.catch(() => {})
    await this.#dropping
  }

  async #make(): Promise<string> {
    const { template, ownerUrl } = this.#options
    const owner = new URL(ownerUrl).username
    const name = `test_${++this.#count}`
    await this.#pool.query(`create database ${name} template ${template} owner ${owner}`)
    return name
  }
}
