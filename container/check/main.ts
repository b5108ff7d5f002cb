import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Cleanups } from '../../dev/cleanups.ts'
import { runWithCleanups } from '../../dev/cleanups.ts'
import { CliError } from '../../dev/cli-error.ts'
import { makeTemporaryFolder } from '../../dev/postgres-account.ts'
import { smokeTest } from '../../dev/smoke.ts'
import {
  ADMIN,
  checkAcknowledged,
  HIGH_LIMITS,
  logIn,
  until,
  verifyAll,
  writeUntil,
} from './client.ts'
import { findEngine } from './engine.ts'
import { buildImages } from './images.ts'
import { Stack } from './stack.ts'

// npm run test:container: builds the image, and tries it in containers as docs/self-hosting.md says.

const started = Date.now()
function step(name: string, detail: unknown = ''): void {
  const seconds = ((Date.now() - started) / 1000).toFixed(0).padStart(4)
  console.log(`${seconds} s  ${name}  ${detail === '' ? '' : JSON.stringify(detail)}`.trimEnd())
}

function expect(name: string, holds: boolean, found: unknown): void {
  if (!holds) throw new CliError(`Failed: ${name}. Found: ${JSON.stringify(found).slice(0, 2000)}`)
  step(`✓ ${name}`)
}

await runWithCleanups(async (cleanups) => {
  const stack = await prepare(cleanups)
  tryBadSettings(stack)
  await stack.startPostgres()
  const migrations = await Promise.all([1, 2, 3].map(() => stack.manage('migrate')))
  const applied = migrations.filter((text) => text.includes('Applied 0000_baseline'))
  expect('Three migrations at once: one of them migrates', applied.length === 1, migrations)
  await stack.manage('admin:create')
  let base = await stack.startApi(HIGH_LIMITS)
  step('✓ The API is ready', await stack.size())
  for (const name of await smokeTest(base, ADMIN)) step(`✓ ${name}`)
  await tryAddresses(stack, base)

  let client = await logIn(base)
  const first = new AbortController()
  const writes = writeUntil(first.signal, client, 'crash')
  await until('200 transactions', async () => (await stack.countTransactions()) >= 200)
  await stack.kill('api')
  first.abort()
  const acknowledged = await writes
  step('  Killed with SIGKILL while it wrote', { acknowledged: acknowledged.length })
  base = await stack.startAgain('api')
  client = await logIn(base)
  await checkAcknowledged(client, acknowledged)
  const verified = await verifyAll(client)
  expect(
    'All acknowledged writes outlive SIGKILL of the API',
    verified.transactions >= 200,
    verified,
  )

  const second = new AbortController()
  const more = writeUntil(second.signal, client, 'database')
  await until(
    'more transactions',
    async () => (await stack.countTransactions()) >= verified.transactions + 100,
  )
  await stack.kill('postgres')
  second.abort()
  const alsoAcknowledged = await more
  await stack.startAgain('postgres')
  await until(
    'the API is ready again',
    async () => (await fetch(`${base}/health/ready`)).status === 200,
  )
  await checkAcknowledged(client, [...acknowledged, ...alsoAcknowledged])
  const total = await verifyAll(client)
  expect('All acknowledged writes outlive SIGKILL of PostgreSQL', total.transactions > 0, total)

  await tryBackup(stack, client, total)
  await tryStop(stack, await logIn(base))
  console.log('All container tests passed')
})

async function prepare(cleanups: Cleanups): Promise<Stack> {
  const scratch = makeTemporaryFolder('edgebook-container-')
  // A storage that is named stays, with the stand-ins in it: they take minutes to make.
  const storage = process.env['EDGEBOOK_CONTAINER_STORAGE']
  const engine = findEngine(storage ?? path.join(scratch, 'storage'))
  cleanups.push(() => {
    if (storage === undefined) engine.remove()
    rmSync(scratch, { recursive: true, force: true })
  })
  step(`Using ${engine.name}${engine.hasRegistry ? '' : ', without a registry'}`)
  const images = await buildImages(engine, scratch)
  const size = await engine.run('image', 'inspect', '--format={{.Size}}', images.api)
  step('✓ The image is built', { bytes: Number(size) })
  const secrets = path.join(scratch, 'secrets')
  mkdirSync(secrets)
  const stack = new Stack(engine, images, secrets)
  cleanups.push(() => stack.remove())
  return stack
}

/** What is wrong is said in a line, and the exit code is not 0. */
function tryBadSettings(stack: Stack): void {
  const cases: [name: string, env: Record<string, string>, flags: string[], says: RegExp][] = [
    ['no settings', { DATABASE_URL: '', JWT_SECRET: '', JWT_SECRET_FILE: '' }, [], /must be set/],
    [
      'a default secret',
      { JWT_SECRET_FILE: '', JWT_SECRET: 'change-me-'.repeat(5) },
      [],
      /example/,
    ],
    ['a short secret', { JWT_SECRET_FILE: '', JWT_SECRET: 'short' }, [], /at least 32/],
    ['a read-only volume', {}, [`--volume=${stack.secrets}:/var/lib/edgebook:ro`], /read-only/],
    ['a full disk', {}, ['--tmpfs=/var/lib/edgebook:size=64k', '--user=0:0'], /disk is full/],
    ['no database', { DATABASE_WAIT_SECONDS: '1' }, [], /Cannot use the database/],
    ['an unknown command', {}, ['command:nonsense'], /Unknown: nonsense/],
  ]
  stack.databaseHost = '127.0.0.1'
  for (const [name, env, flags, says] of cases) {
    const { status, stderr } = stack.tryApi(env, flags)
    expect(`Refused: ${name}`, status !== 0 && says.test(stderr), { status, stderr })
  }
}

async function tryAddresses(stack: Stack, base: string): Promise<void> {
  const addressOf = async (headers: Record<string, string>) => {
    const client = await logIn(base, headers)
    const { data } = await client.get('/v1/auth/sessions')
    return (data as { current: boolean; address: string }[]).find(({ current }) => current)?.address
  }
  const plain = await addressOf({})
  const forged = await addressOf({
    'CF-Connecting-IP': '198.51.100.7',
    'X-Forwarded-For': '198.51.100.8',
  })
  expect('A forged header is not the address of a session', forged === plain, { plain, forged })
  step('  The address that arrives through the network of containers', plain)
  await stack.stop('api')
  const trusting = await stack.startApi({ ...HIGH_LIMITS, TRUSTED_PROXIES: plain ?? '' })
  if (trusting !== base) throw new CliError(`The API moved from ${base} to ${trusting}.`)
  const told = await addressOf({ 'X-Forwarded-For': '198.51.100.9, 198.51.100.8' })
  expect('A trusted proxy tells the address', told === '198.51.100.8', told)
}

async function tryBackup(
  stack: Stack,
  client: Awaited<ReturnType<typeof logIn>>,
  total: { transactions: number; entries: number },
): Promise<void> {
  const dump = stack.backup()
  writeFileSync(path.join(stack.secrets, 'edgebook.dump'), dump)
  step('  A backup', { bytes: dump.length, transactions: total.transactions })
  await client.post('/v1/transactions', {
    type: 'expense',
    amount: '1.00',
    currency: 'EUR',
    category: 'After the backup',
    date: '2026-01-01',
  })
  await stack.stop('api')
  const broken = stack.restore(dump.subarray(0, dump.length / 2))
  expect('Half a backup is refused', broken.status !== 0, broken)
  const restored = stack.restore(dump)
  expect('A backup is restored', restored.status === 0, restored)
  await stack.manage('migrate')
  const again = await logIn(await stack.startApi(HIGH_LIMITS))
  const after = await verifyAll(again)
  const same = after.transactions === total.transactions
  expect('Roll-ups, records and audit log are right after the restore', same, { total, after })
}

/** SIGTERM: what runs is finished, and nothing takes longer than Docker waits. */
async function tryStop(stack: Stack, client: Awaited<ReturnType<typeof logIn>>): Promise<void> {
  const exports = Array.from({ length: 8 }, () => client.get('/v1/dashboard?scope=all'))
  await new Promise((resolve) => setTimeout(resolve, 20))
  const start = Date.now()
  const code = await stack.stop('api')
  const done = await Promise.allSettled(exports)
  const refused = done.filter(({ status }) => status === 'rejected').length
  expect(
    'SIGTERM ends it in less than ten seconds',
    Date.now() - start < 10_000,
    Date.now() - start,
  )
  expect('It ends with 0', code === 0, code)
  step('  Requests that ran when it was stopped', { finished: done.length - refused, refused })
}
