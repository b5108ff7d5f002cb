import { execFile } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { projectFolder } from '../../dev/project.ts'
import { startDemoApi, type DemoApi } from '../support/demo-api.ts'
import { exampleExceptions } from '../support/examples.ts'
import { isLong } from '../support/iterations.ts'
import { operations } from '../support/operations.ts'

interface Sent {
  name: string
  status?: number
  problem?: string
}

const run = promisify(execFile)
const describeIfLong = isLong ? describe : () => {}

describe('An operation of openapi.json', () => {
  it('has a summary of its own, which is its name in Postman', () => {
    const summaries = operations.map(({ summary }) => summary)
    expect(summaries).toEqual([...new Set(summaries)])
  })
})

// The tools of Postman take 90 MB, so only this test installs them, by a lockfile of their own.
describeIfLong('A Postman collection that is made from openapi.json', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'edgebook-postman-'))
  let api: DemoApi | undefined

  beforeAll(async () => {
    cpSync(path.join(projectFolder, 'test/postman'), folder, { recursive: true })
    await run('npm', ['ci', '--ignore-scripts', '--no-audit'], { cwd: folder })
    api = await startDemoApi(folder)
  })
  afterAll(async () => {
    await api?.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  it('runs with its examples unchanged on fresh demo data, except for the listed operations', async () => {
    const openapi = path.join(projectFolder, 'openapi.json')
    const { stdout } = await run(process.execPath, ['run.mjs', openapi, api!.url], { cwd: folder })
    const sent = JSON.parse(stdout) as Sent[]
    const outcomes = sent.map(({ name, status = 0, problem }) => [
      name,
      status >= 200 && status < 300 ? 'succeeds' : `${status} ${problem}`,
    ])
    expect(Object.fromEntries(outcomes)).toEqual(
      Object.fromEntries(
        operations.map(({ id, summary }) => [
          summary,
          exampleExceptions[id]?.join(' ') ?? 'succeeds',
        ]),
      ),
    )
  })
})
