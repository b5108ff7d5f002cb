import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { CliError } from '../dev/cli-error.ts'
import type { Cleanups } from '../dev/cleanups.ts'
import { waitUntilReady } from '../dev/readiness.ts'
import { readTarget, waitForDatabase } from './database.ts'
import { localHost } from './health-check.ts'
import { logEvent } from './log.ts'
import { startMaintenance } from './maintenance.ts'
import { migrateDatabase } from './migrate.ts'
import { readServerSettings, type ServerSettings } from './settings.ts'
import { startSqlEndpoint, type Targets } from './sql-endpoint.ts'
import { checkStateFolder, lockStateFolder } from './state-folder.ts'
import { startWorkerd } from './workerd.ts'
import type { WorkerManifest } from './worker-manifest.ts'

/** Docker kills ten seconds after it has asked. */
const STOP_TIMEOUT = 7000
const DRAIN_TIMEOUT = 1000

/** Runs the API until it is stopped. Never resolves; `cleanups` stop what it started. */
export async function serve(
  manifest: WorkerManifest,
  cleanups: Cleanups,
  signal: AbortSignal,
): Promise<never> {
  const started = Date.now()
  const settings = readServerSettings(process.env, manifest)
  checkStateFolder(settings.stateDir)
  cleanups.push(await lockStateFolder(settings.stateDir))
  const targets = await openDatabase(settings, signal)

  const sockets = mkdtempSync(path.join(tmpdir(), 'edgebook-'))
  cleanups.push(() => rmSync(sockets, { recursive: true, force: true }))
  const sqlSocket = path.join(sockets, 'sql')
  const cronSocket = path.join(sockets, 'cron')
  const endpoint = await startSqlEndpoint({
    socketPath: sqlSocket,
    targets,
    poolSize: settings.poolSize,
  })
  cleanups.push(async () => {
    await endpoint.drain(DRAIN_TIMEOUT)
    await endpoint.stop()
  })
  signal.throwIfAborted()
  const workerd = await startWorkerd({ ...settings, sqlSocket, cronSocket })
  cleanups.push(() => workerd.stop(STOP_TIMEOUT))
  await waitUntilReady(`http://${localHost(settings)}:${settings.port}`, workerd.ended)
  const maintenance = startMaintenance({ ...settings, cron: manifest.cron, socketPath: cronSocket })
  cleanups.push(() => maintenance.stop())
  announce(settings, Date.now() - started)
  throw new CliError(await workerd.ended)
}

async function openDatabase(settings: ServerSettings, signal: AbortSignal): Promise<Targets> {
  const { appUrl, loginUrl, ownerUrl, ca, waitSeconds, migrateOnStart } = settings
  if (migrateOnStart && ownerUrl !== null) {
    await migrateDatabase(settings.values, { ownerUrl, ca, waitSeconds }, signal)
  }
  const targets: Targets = [
    [appUrl, readTarget('DATABASE_URL', appUrl, ca)],
    [loginUrl, readTarget('LOGIN_DATABASE_URL', loginUrl, ca)],
  ]
  for (const [index, name] of ['DATABASE_URL', 'LOGIN_DATABASE_URL'].entries()) {
    const onWait = () => logEvent('info', 'waiting_for_database', { setting: name })
    await waitForDatabase(name, targets[index]![1], { seconds: waitSeconds, signal, onWait })
  }
  return targets
}

function announce({ host, port, trustsProxies }: ServerSettings, milliseconds: number): void {
  logEvent('info', 'started', { host, port, start_ms: milliseconds })
  if (trustsProxies) return
  logEvent('warn', 'no_trusted_proxy', {
    message:
      'Rate limits and the audit log use the address of each connection. Behind a reverse proxy, or ' +
      'where the container network hides addresses, all clients share one: see docs/self-hosting.md.',
  })
}
