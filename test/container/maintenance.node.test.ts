import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { lastDue, startMaintenance } from '../../container/maintenance.ts'

const cron = { text: '17 3 * * *', hour: 3, minute: 17 }
const at = (text: string) => Date.parse(text)

let stateDir: string
let server: Server
let socketPath: string
let runs: string[]
let status: number

beforeEach(async () => {
  stateDir = mkdtempSync(path.join(tmpdir(), 'edgebook-maintenance-'))
  socketPath = path.join(stateDir, 'cron')
  runs = []
  status = 204
  server = createServer((request, response) => {
    let text = ''
    request.on('data', (chunk: Uint8Array) => (text += new TextDecoder().decode(chunk)))
    request.on('end', () => {
      const { scheduledTime } = JSON.parse(text) as { scheduledTime: number }
      runs.push(new Date(scheduledTime).toISOString())
      response.writeHead(status).end()
    })
  })
  await new Promise<void>((resolve) => server.listen(socketPath, resolve))
})
afterEach(async () => {
  await new Promise((resolve) => server.close(resolve))
  rmSync(stateDir, { recursive: true })
})

const file = () => path.join(stateDir, 'maintenance.json')
const stored = () => (JSON.parse(readFileSync(file(), 'utf8')) as { last: string }).last

/** Starts at a time, waits for what it does first, and stops. */
async function startAt(time: string, expected: number): Promise<void> {
  const maintenance = startMaintenance({ cron, stateDir, socketPath, now: () => at(time) })
  await vi.waitFor(() => expect(runs).toHaveLength(expected), { timeout: 10_000 })
  await vi.waitFor(() => expect(stored()).toBeTruthy(), { timeout: 10_000 })
  maintenance.stop()
}

it('The last run due is that of today once its time has come, and else that of yesterday', () => {
  expect(lastDue(at('2026-03-02T03:17:00Z'), cron)).toBe(at('2026-03-02T03:17:00Z'))
  expect(lastDue(at('2026-03-02T03:16:59Z'), cron)).toBe(at('2026-03-01T03:17:00Z'))
  expect(lastDue(at('2026-01-01T00:00:00Z'), cron)).toBe(at('2025-12-31T03:17:00Z'))
})

it('A new server does not run the maintenance before its first night', async () => {
  await startAt('2026-03-02T12:00:00Z', 0)
  expect(stored()).toBe('2026-03-02T03:17:00.000Z')
})

it('A run that was missed is made up for once after a start', async () => {
  writeFileSync(file(), '{"last":"2026-03-01T03:17:00.000Z"}')
  await startAt('2026-03-05T12:00:00Z', 1)
  await vi.waitFor(() => expect(stored()).toBe('2026-03-05T03:17:00.000Z'), { timeout: 10_000 })
  await startAt('2026-03-05T13:00:00Z', 1)
  expect(runs).toEqual(['2026-03-05T03:17:00.000Z'])
})

it('A run that failed counts as missed', async () => {
  status = 500
  writeFileSync(file(), '{"last":"2026-03-01T03:17:00.000Z"}')
  await startAt('2026-03-02T12:00:00Z', 1)
  expect(stored()).toBe('2026-03-01T03:17:00.000Z')
  status = 204
  await startAt('2026-03-02T12:10:00Z', 2)
  await vi.waitFor(() => expect(stored()).toBe('2026-03-02T03:17:00.000Z'), { timeout: 10_000 })
})
