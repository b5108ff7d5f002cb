import { Client } from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { asSuperuser, prepareDatabase } from '../../dev/local-database.ts'
import { migrate } from '../../dev/migrate.ts'
import { makeTemporaryFolder } from '../../dev/postgres-account.ts'
import { removeCluster, startPostgres, type Postgres } from '../../dev/postgres.ts'
import { directUrl, urlFor } from '../../dev/settings.ts'

const dataDir = makeTemporaryFolder('edgebook-migrate-')
let postgres: Postgres

beforeAll(async () => {
  postgres = await startPostgres({ dataDir, durable: false })
})
afterAll(async () => {
  await postgres.stop()
  await removeCluster(dataDir)
})

async function userOf(url: string): Promise<string | undefined> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<{ user: string }>('select current_user as user')).rows[0]?.user
  } finally {
    await client.end()
  }
}

it('applies everything once when two start at the same time, as an owner like that of Neon', async () => {
  const ownerUrl = await prepareDatabase(postgres.url, 'two_at_once')
  const waits: number[] = []
  const runs = [1, 2].map((n) => migrate(ownerUrl, { onWait: () => waits.push(n) }))
  const [first, second] = await Promise.all(runs)
  expect(waits).toHaveLength(1)
  const counts = [first, second].map((run) => run?.applied.length ?? 0)
  expect(Math.min(...counts)).toBe(0)
  expect(Math.max(...counts)).toBeGreaterThan(0)
  expect((await migrate(ownerUrl)).applied).toEqual([])
})

it('lets the role of the Worker log in with the password that was given or made', async () => {
  const ownerUrl = await prepareDatabase(postgres.url, 'passwords')
  const made = await migrate(ownerUrl, { generateAppPassword: true })
  const password = made.appPassword ?? ''
  expect(password).toMatch(/^[\w-]{32}$/)
  expect(await userOf(urlFor(ownerUrl, 'app', password))).toBe('app')

  const again = await migrate(ownerUrl, { generateAppPassword: true })
  expect(again).toEqual({ applied: [], appPassword: null, appCanLogIn: true })

  const awkward = `it's "a" \\ p@ss/word:é`
  await migrate(ownerUrl, { appPassword: awkward })
  expect(await userOf(urlFor(ownerUrl, 'app', awkward))).toBe('app')
})

it('says what went wrong, without the password', async () => {
  const ownerUrl = await prepareDatabase(postgres.url, 'broken')
  const client = new Client({ connectionString: ownerUrl })
  await client.connect()
  await client.query('create schema app')
  await client.end()
  const failure = await migrate(ownerUrl, { appPassword: 'geheim' }).catch((error: Error) => error)
  expect(failure).toMatchObject({
    name: 'CliError',
    message: expect.stringMatching(/nothing of it was kept: schema "app" already exists/),
  })
  expect(JSON.stringify(failure)).not.toContain('geheim')

  const nobody = urlFor(ownerUrl, 'nobody', 'geheim')
  await expect(migrate(nobody)).rejects.toThrow(/^(?!.*geheim).*password authentication failed/)
})

it('tells of what it could not grant, and of nothing else', async () => {
  const ownerUrl = await prepareDatabase(postgres.url, 'warned')
  await asSuperuser(postgres.url, async (client) => {
    await client.query(`create role stranger login createrole bypassrls password 'geheim'`)
    await client.query('alter database warned owner to stranger')
  })
  // The roles belong to another owner already.
  await migrate(await prepareDatabase(postgres.url, 'first'))
  const said: string[] = []
  const onWarning = (message: string) => said.push(message)
  await migrate(urlFor(ownerUrl, 'stranger', 'geheim'), { onWarning })
  expect(said).toContain(
    'Warning of the database: could not grant app_viewer to stranger: its owner has to',
  )
  expect(
    said.filter((line) => !/: could not (grant|set) .*: its owner has to$/.test(line)),
  ).toEqual([])
})

it('takes the direct host of Neon, never the pooled one', () => {
  const host = 'ep-cool-fog-123-pooler.eu-central-1.aws.neon.tech'
  expect(directUrl(`postgresql://me:x@${host}/db?sslmode=require`)).toBe(
    'postgresql://me:x@ep-cool-fog-123.eu-central-1.aws.neon.tech/db?sslmode=verify-full',
  )
  expect(directUrl('postgres://me:x@127.0.0.1:5432/db')).toBe('postgres://me:x@127.0.0.1:5432/db')
  expect(() => directUrl('mysql://me:secret@x/y')).toThrow(/^(?!.*secret).*not a connection string/)
})
