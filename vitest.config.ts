import { createHash } from 'node:crypto'
import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { cloudflareTest } from '@cloudflare/vitest-pool-workers'
import { defineConfig } from 'vitest/config'
import { projectFolder } from './dev/project.ts'
import { findWorkerImports } from './dev/worker-imports.ts'

/** How many times as many iterations as usual the project `long` makes. */
const ROUNDS = Number(process.env['EDGEBOOK_ROUNDS'] ?? '1')
if (!Number.isInteger(ROUNDS) || ROUNDS < 1) throw new Error('EDGEBOOK_ROUNDS takes a whole number')

// Miniflare looks up data of Cloudflare's edge on the internet otherwise.
process.env['CLOUDFLARE_CF_FETCH_ENABLED'] = 'false'
process.env['WRANGLER_WRITE_LOGS'] = 'false'
process.env['WRANGLER_LOG'] ??= 'warn'
process.env['WRANGLER_SEND_METRICS'] = 'false'
process.env['WRANGLER_SEND_ERROR_REPORTS'] = 'false'
// Secrets that wrangler.toml requires; test/support/app.ts makes the real ones per file.
process.env['DATABASE_URL'] ??= 'postgresql://app:none@127.0.0.1:1/none'
process.env['LOGIN_DATABASE_URL'] ??= 'postgresql://app_login:none@127.0.0.1:1/none'
process.env['JWT_SECRET'] ??= 'a secret of the test run, 32 bytes or more'

// Everything that tests fetch goes through here: they reach this machine and nothing else.
const LOOPBACK_ONLY = {
  name: 'loopback-only',
  modules: true,
  script: `export default {
    fetch(request, env) {
      const { hostname } = new URL(request.url)
      if (['127.0.0.1', 'localhost'].includes(hostname)) return env.LOOPBACK.fetch(request)
      return new Response('Tests may not reach ' + hostname, { status: 502 })
    }
  }`,
  compatibilityDate: '2026-10-01',
  serviceBindings: { LOOPBACK: { network: { allow: ['local'] } } },
}

/** In the place of `zod`, as in wrangler.toml: what is tested is what is deployed. */
const zod = path.join(projectFolder, 'src/http/zod.ts')
/** It goes into what Vite bundles and keeps, and Vite does not look whether it has changed. */
const zodHash = createHash('sha256').update(readFileSync(zod)).digest('hex').slice(0, 8)

const worker = cloudflareTest({
  wrangler: { configPath: './wrangler.toml' },
  miniflare: {
    outboundService: LOOPBACK_ONLY.name,
    workers: [LOOPBACK_ONLY],
    // Disks of shared machines are slow at times: every request writes to a Durable Object.
    unsafeEphemeralDurableObjects: true,
  },
})

// Machines are noisy, and a test says what is promised, not how fast this one is.
const TIMEOUT = 3 * 60_000
const LONG_TIMEOUT = 20 * 60_000 * ROUNDS
const tests = 'test/**/*.test.ts'
const inNode = ['test/dev/**', 'test/**/*.node.test.ts']
/** Files that try something many times or with many rows: as often as usual, and far more often. */
const iterated = globSync(tests).filter((file) =>
  readFileSync(file, 'utf8').includes('support/iterations.ts'),
)

/** Tests that run inside workerd. */
const insideWorker = {
  globalSetup: [],
  setupFiles: './test/support/fast-bcrypt.ts',
  // Two workerds for all files: far faster than one each.
  isolate: false,
  maxWorkers: 2,
  testTimeout: TIMEOUT,
  hookTimeout: TIMEOUT,
  // Bundled once and kept: three seconds of every start. All or none: of a package that is bundled
  // in part there would be two copies, and `instanceof` would fail.
  deps: { optimizer: { ssr: { enabled: true, include: findWorkerImports() } } },
}
const workerd = {
  extends: true as const,
  plugins: [worker],
  resolve: { alias: [{ find: /^zod$/, replacement: zod }] },
}

export default defineConfig({
  cacheDir: `.edgebook/vite/${zodHash}`,
  test: {
    globalSetup: './test/support/global-setup.ts',
    // The access log of a passed test is nobody's news.
    silent: 'passed-only',
    slowTestThreshold: Number.POSITIVE_INFINITY,
    coverage: {
      provider: 'istanbul',
      include: ['src/**/*.ts'],
      reporter: ['text-summary', 'lcovonly'],
    },
    projects: [
      {
        ...workerd,
        test: {
          ...insideWorker,
          name: 'worker',
          include: [tests],
          exclude: inNode,
          provide: { factor: 0 },
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: 'node',
          include: inNode.map((files) => files.replace(/\*\*$/, '**/*.test.ts')),
          testTimeout: TIMEOUT,
          hookTimeout: TIMEOUT,
          maxConcurrency: 2,
          maxWorkers: 2,
          provide: { factor: 0 },
          sequence: { groupOrder: 1 },
        },
      },
      {
        ...workerd,
        test: {
          ...insideWorker,
          name: 'long',
          include: iterated,
          exclude: inNode,
          provide: { factor: ROUNDS },
          testTimeout: LONG_TIMEOUT,
          hookTimeout: LONG_TIMEOUT,
          sequence: { groupOrder: 2 },
        },
      },
      {
        test: {
          name: 'long-node',
          include: iterated.filter((file) => /^test.dev.|\.node\.test\.ts$/.test(file)),
          testTimeout: LONG_TIMEOUT,
          hookTimeout: LONG_TIMEOUT,
          maxConcurrency: 2,
          provide: { factor: ROUNDS },
          sequence: { groupOrder: 3 },
        },
      },
    ],
  },
})
