import { readFileSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import path from 'node:path'
import type { WorkerManifest } from './worker-manifest.ts'
import { messageOf } from '../dev/cli-error.ts'
import { logEvent } from './log.ts'

const DAY = 86_400_000
/** Timers of Node cannot wait longer than 24 days, and clocks are set: so look often. */
const LOOK_EVERY = 30_000
const RETRY_AFTER = 5 * 60_000

/** The time of the last run that should have been by now. */
export function lastDue(now: number, { hour, minute }: WorkerManifest['cron']): number {
  const today = new Date(now).setUTCHours(hour, minute, 0, 0)
  return today <= now ? today : today - DAY
}

export interface MaintenanceOptions {
  cron: WorkerManifest['cron']
  stateDir: string
  /** Where workerd listens for it. */
  socketPath: string
  now?: () => number
}

/**
 * Runs the nightly maintenance in the place of Cloudflare's cron trigger. The last run is stored, so
 * that one that was missed is made up for after a start.
 */
export function startMaintenance(options: MaintenanceOptions): { stop(): void } {
  const { cron, stateDir, socketPath, now = Date.now } = options
  const file = path.join(stateDir, 'maintenance.json')
  const write = (time: number) =>
    writeFileSync(file, JSON.stringify({ last: new Date(time).toISOString() }))
  let last = readLast(file)
  if (last === null) {
    // A new server has nothing to clean up before its first night.
    last = lastDue(now(), cron)
    write(last)
  }
  let running = false
  let notBefore = 0
  const look = async () => {
    const due = lastDue(now(), cron)
    if (running || due <= (last ?? 0) || now() < notBefore) return
    running = true
    try {
      await post(socketPath, { cron: cron.text, scheduledTime: due })
      last = due
      write(due)
    } catch (error) {
      // The Worker has logged why it failed.
      notBefore = now() + RETRY_AFTER
      logEvent('error', 'maintenance_not_run', { message: messageOf(error) })
    } finally {
      running = false
    }
  }
  const timer = setInterval(() => void look(), LOOK_EVERY)
  void look()
  return { stop: () => clearInterval(timer) }
}

function readLast(file: string): number | null {
  try {
    const { last } = JSON.parse(readFileSync(file, 'utf8')) as { last: string }
    return Number.isNaN(Date.parse(last)) ? null : Date.parse(last)
  } catch {
    return null
  }
}

function post(socketPath: string, body: object): Promise<void> {
  return new Promise((resolve, reject) => {
    const sent = request(
      { socketPath, method: 'POST', path: '/', timeout: 10 * 60_000 },
      (response) => {
        response.resume()
        if (response.statusCode === 204) response.once('end', resolve)
        else reject(new Error(`The Worker responded with ${response.statusCode}.`))
      },
    )
    sent.once('timeout', () => sent.destroy(new Error('The Worker did not respond in time.')))
    sent.once('error', reject)
    sent.end(JSON.stringify(body))
  })
}
