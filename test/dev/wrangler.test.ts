import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { findFreePort } from '../../dev/ports.ts'
import { handleOf } from '../../dev/processes.ts'
import { projectFolder } from '../../dev/project.ts'
import { startWrangler, stopWrangler, type Wrangler } from '../../dev/wrangler.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'edgebook wrangler '))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function waitForHealth(url: string): Promise<void> {
  const isUp = () =>
    fetch(`${url}/health`).then(
      ({ ok }) => ok,
      () => false,
    )
  await vi.waitUntil(isUp, { timeout: 120_000, interval: 200 })
}

/** Sends a body of so many bytes in pieces, without saying how long it is. */
async function sendInPieces(url: string, bytes: number): Promise<number | undefined> {
  const headers = { 'content-type': 'application/json', 'transfer-encoding': 'chunked' }
  const call = request(`${url}/v1/auth/login`, { method: 'POST', headers })
  const response = once(call, 'response')
  const piece = Buffer.alloc(64 * 1024, ' ')
  for (let sent = 0; sent < bytes; sent += piece.length) {
    if (!call.write(piece)) await Promise.race([once(call, 'drain'), response])
  }
  call.end()
  const [{ statusCode }] = await response
  return statusCode
}

describe('The Worker of npm run dev', () => {
  let wrangler: Wrangler
  let url: string

  beforeAll(async () => {
    const port = await findFreePort()
    url = `http://127.0.0.1:${port}`
    const nowhere = `127.0.0.1:${await findFreePort()}`
    wrangler = startWrangler({
      port,
      dataDir: folder,
      bindings: {
        DATABASE_URL: `postgresql://app:none@${nowhere}/none`,
        LOGIN_DATABASE_URL: `postgresql://app_login:none@${nowhere}/none`,
        JWT_SECRET: 'a secret of this test, 32 bytes or more',
        NEON_FETCH_ENDPOINT: `http://${nowhere}/sql`,
      },
      vars: [],
    })
    await waitForHealth(url)
  })
  afterAll(() => wrangler.stop())

  it('responds with 413 to a body over the limit that comes without a length', async () => {
    for (let round = 0; round < 6; round++) expect(await sendInPieces(url, 20_000_000)).toBe(413)
  })
})

it('wrangler dev with .dev.vars.example serves the public pages and says what to set', async () => {
  const port = await findFreePort()
  const child = spawn(
    process.execPath,
    [
      path.join(projectFolder, 'node_modules/wrangler/bin/wrangler.js'),
      ...['dev', `--port=${port}`, '--ip=127.0.0.1', '--inspector-port=0', '--env-file'],
      ...['.dev.vars.example', `--persist-to=${path.join(folder, 'alone')}`],
    ],
    // vitest.config.ts sets the required secrets, and the environment is stronger than the file.
    {
      cwd: projectFolder,
      env: { ...process.env, DATABASE_URL: '', LOGIN_DATABASE_URL: '', JWT_SECRET: '' },
      detached: true,
      stdio: 'ignore',
    },
  )
  try {
    const url = `http://127.0.0.1:${port}`
    await waitForHealth(url)
    for (const page of ['/', '/ui', '/openapi.json']) {
      expect((await fetch(url + page)).status).toBe(200)
    }
    const refused = await fetch(`${url}/v1/auth/me`)
    expect([refused.status, await refused.json()]).toEqual([
      500,
      expect.objectContaining({
        code: 'not_configured',
        detail: expect.stringMatching(
          /^DATABASE_URL is missing\. LOGIN_DATABASE_URL is missing\. .* `npm run dev`/,
        ),
      }),
    ])
  } finally {
    await stopWrangler(handleOf(child.pid ?? 0))
  }
})
