import { execFile } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { projectFolder } from '../../dev/project.ts'
import { demoPassword } from '../../dev/seed/seed.ts'
import type { Result } from '../clients/result.ts'
import { startDemoApi, type DemoApi } from '../support/demo-api.ts'
import { isLong } from '../support/iterations.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'edgebook-clients-'))
const openapi = path.join(projectFolder, 'openapi.json')
const sources = path.join(projectFolder, 'test/clients')
const modules = path.join(projectFolder, 'node_modules')
/** Generators load TypeScript as a library, which the project's version no longer is. */
const generators = path.join(sources, 'node_modules')

/** Each has a month of its own, long before the demo data. */
const clients = [
  {
    name: 'openapi-fetch',
    month: '2001-05',
    generator: 'openapi-typescript/bin/cli.js',
    options: [openapi, '--output', 'generated/schema.ts'],
  },
  {
    name: 'hey-api',
    month: '2001-06',
    generator: '@hey-api/openapi-ts/bin/run.js',
    options: ['--input', openapi, '--output', 'generated/hey-api', '--no-log-file'],
  },
].slice(0, isLong ? 2 : 1)

const compilers = [
  ['the TypeScript of the project', modules],
  ['TypeScript 5', generators],
].slice(0, isLong ? 2 : 1) as [name: string, modules: string][]

/** Runs a command of an installed package, and fails with what it says. */
async function run(cwd: string, script: string, ...args: string[]): Promise<void> {
  const running = promisify(execFile)(process.execPath, [script, ...args], { cwd })
  await running.catch(({ stdout, stderr }: { stdout: string; stderr: string }) => {
    throw new Error(`${path.basename(script)} failed:\n${stdout}${stderr}`)
  })
}

beforeAll(() => symlinkSync(modules, path.join(folder, 'node_modules'), 'junction'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe.each(clients)('A client that $name generated from openapi.json', (client) => {
  const project = path.join(folder, client.name)

  beforeAll(async () => {
    mkdirSync(path.join(project, 'generated'), { recursive: true })
    for (const file of [`${client.name}.ts`, 'result.ts', 'tsconfig.json']) {
      cpSync(path.join(sources, file), path.join(project, file))
    }
    await run(project, path.join(generators, client.generator), ...client.options)
  })

  it.each(compilers)('compiles under --strict without a cast, with %s', async (_, of) => {
    await run(project, path.join(of, 'typescript/bin/tsc'), '--project', project)
  })
})

const describeIfLong = isLong ? describe : () => {}

describeIfLong('A generated client', () => {
  let api: DemoApi
  beforeAll(async () => {
    api = await startDemoApi(folder)
  })
  afterAll(() => api.stop())

  it.each(clients)('reads what the API sends and writes what it takes: $name', async (client) => {
    const program = (await import(path.join(folder, client.name, `${client.name}.ts`))) as {
      run(url: string, password: string, month: string): Promise<Result>
    }
    expect(await program.run(api.url, demoPassword, client.month)).toEqual({
      refused: ['validation_failed', 'body.amount'],
      wouldCreate: '12.50',
      replayed: true,
      notes: 'Bread',
      succeeded: 2,
      imported: 1,
      amounts: ['7.40', '100.00', '12.50'],
      more: false,
      net: '80.10',
    } satisfies Result)
  })
})
