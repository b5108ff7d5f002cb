import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { readTarget } from '../../container/database.ts'
import { readOwnerSettings, readServerSettings } from '../../container/settings.ts'
import { readWorkerManifest } from '../../container/worker-manifest.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'edgebook-settings-'))
afterAll(() => rmSync(folder, { recursive: true }))

const manifest = readWorkerManifest()
const SECRET = 'bX9vQ2hZ7Lk3Tn8Rp5Ws1Yd6Fg0Hj4Mc'
const valid = {
  DATABASE_URL: 'postgresql://app:a@postgres/edgebook',
  LOGIN_DATABASE_URL: 'postgresql://app_login:b@postgres/edgebook',
  JWT_SECRET: SECRET,
}
const read = (env: Record<string, string>) =>
  readServerSettings({ ...valid, ...env } as unknown as NodeJS.ProcessEnv, manifest)

it('The server has defaults for everything but the database and the secret', () => {
  const settings = read({})
  expect(settings).toMatchObject({
    host: '0.0.0.0',
    port: 8787,
    poolSize: 20,
    trustsProxies: false,
  })
  expect(settings.bindings).toMatchObject({
    ...manifest.vars,
    ...valid,
    NEON_FETCH_ENDPOINT: expect.any(String),
  })
})

it('workerd gets the bindings of the Workers and no other setting', () => {
  const { bindings } = read({
    DATABASE_OWNER_URL: 'postgresql://owner:o@postgres/edgebook',
    PATH: '/bin',
  })
  const names = [
    ...Object.keys(manifest.vars),
    ...manifest.secrets,
    'TRUSTED_PROXIES',
    'TRUSTED_PROXY_HEADER',
  ]
  expect(Object.keys(bindings).sort()).toEqual(names.sort())
})

it('Secrets come from files, and passwords of files go into connection strings without one', () => {
  const file = (name: string, text: string) => {
    writeFileSync(path.join(folder, name), text)
    return path.join(folder, name)
  }
  const settings = read({
    JWT_SECRET: '',
    JWT_SECRET_FILE: file('jwt', `${SECRET}\n`),
    DATABASE_URL: 'postgresql://app@postgres/edgebook',
    APP_DATABASE_PASSWORD_FILE: file('app', 'p@ss/word'),
  })
  expect(settings.bindings['JWT_SECRET']).toBe(SECRET)
  expect(settings.appUrl).toBe('postgresql://app:p%40ss%2Fword@postgres/edgebook')
  expect(settings.bindings['DATABASE_URL']).toBe(settings.appUrl)
})

it.each([
  ['a missing secret', { JWT_SECRET: '' }, 'JWT_SECRET must be set'],
  ['a missing database', { DATABASE_URL: '', LOGIN_DATABASE_URL: '' }, 'DATABASE_URL and LOGIN_'],
  ['a short secret', { JWT_SECRET: 'short' }, 'at least 32 characters'],
  [
    'the secret of an example',
    { JWT_SECRET: 'change-me-to-something-of-32-characters' },
    'an example',
  ],
  ['a secret called secret', { JWT_SECRET: 'my-super-secret-key-0123456789-abcdef' }, 'an example'],
  ['a secret that repeats itself', { JWT_SECRET: 'a'.repeat(64) }, 'can be guessed'],
  ['a secret of two words', { JWT_SECRET: 'horse battery '.repeat(4) }, 'can be guessed'],
  [
    'a weak previous secret',
    { JWT_SECRET_PREVIOUS: '0123456789'.repeat(4) },
    'JWT_SECRET_PREVIOUS',
  ],
  ['both a value and a file', { JWT_SECRET_FILE: '/x' }, 'either JWT_SECRET or JWT_SECRET_FILE'],
  ['a missing file', { JWT_SECRET: '', JWT_SECRET_FILE: '/nowhere' }, 'JWT_SECRET_FILE: ENOENT'],
  ['a file for a folder', { JWT_SECRET: '', JWT_SECRET_FILE: '/' }, 'JWT_SECRET_FILE: EISDIR'],
  ['another kind of database', { DATABASE_URL: 'mysql://x/y' }, 'DATABASE_URL must look like'],
  [
    'a database without a name',
    { DATABASE_URL: 'postgresql://app@x' },
    'DATABASE_URL must look like',
  ],
  ['a port that is not a number', { PORT: '80a' }, 'PORT must be a whole number'],
  ['a port that is too large', { PORT: '65536' }, 'PORT must be a whole number'],
  ['a host name', { HOST: 'localhost' }, 'HOST must be an IP address'],
  ['a flag that is neither', { MIGRATE_ON_START: 'yes' }, 'must be "true" or "false"'],
  ['a migration without an owner', { MIGRATE_ON_START: 'true' }, 'needs DATABASE_OWNER_URL'],
  [
    'a proxy that is not a network',
    { TRUSTED_PROXIES: '10.0.0.0/99' },
    'TRUSTED_PROXIES: "10.0.0.0/99"',
  ],
  ['a header that is not one', { TRUSTED_PROXY_HEADER: 'X Real' }, 'must be the name of a header'],
  ['the header Forwarded', { TRUSTED_PROXY_HEADER: 'forwarded' }, 'cannot be Forwarded'],
  ['a rate limit of the Worker', { RATE_LIMIT_READ: 'many' }, 'RATE_LIMIT_READ must read'],
])('The start is refused with %s', (_, env: Record<string, string>, message) => {
  expect(() => read(env)).toThrow(message)
})

it('A message about a secret does not show it', () => {
  const secret = 'change-me-6Zk2-please-0123456789abcdef'
  expect(() => read({ JWT_SECRET: secret })).not.toThrow(secret)
})

it('Tools refuse the connection string of a role that does not own the database', () => {
  const env = { DATABASE_OWNER_URL: valid.DATABASE_URL } as unknown as NodeJS.ProcessEnv
  expect(() => readOwnerSettings(env, manifest)).toThrow('does not own the database')
  expect(() => readOwnerSettings({} as NodeJS.ProcessEnv, manifest)).toThrow(
    'Set DATABASE_OWNER_URL',
  )
})

it.each([
  ['postgres', '', false],
  ['127.0.0.1', '', false],
  ['10.1.2.3', '', false],
  ['[fd00::1]', '', false],
  ['8.8.8.8', '', true],
  ['172.32.0.1', '', true],
  ['db.example.com', '', true],
  ['postgres', '?sslmode=require', true],
  ['db.example.com', '?sslmode=verify-full', true],
  ['db.example.com', '?sslmode=disable', false],
])('The connection to %s%s is encrypted: %s', (host, query, encrypted) => {
  const { ssl } = readTarget('DATABASE_URL', `postgresql://app:a@${host}/x${query}`, undefined)
  expect(ssl).toEqual(encrypted ? { rejectUnauthorized: true } : false)
})

it('sslmode that would accept any certificate is refused', () => {
  const readWeak = () =>
    readTarget('DATABASE_URL', 'postgresql://a:b@h/x?sslmode=prefer', undefined)
  expect(readWeak).toThrow('sslmode must be')
})
