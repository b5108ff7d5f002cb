import { inject } from 'vitest'
import { findFreePort } from '../../dev/ports.ts'
import { waitUntilReady } from '../../dev/readiness.ts'
import { seedDemoData } from '../../dev/seed/seed.ts'
import { startWrangler } from '../../dev/wrangler.ts'
import type { TestDatabaseUrls } from './test-databases.ts'

export type DemoApi = Awaited<ReturnType<typeof startDemoApi>>

/** Starts the API in workerd, on a database of its own with fresh demo data. */
export async function startDemoApi(dataDir: string) {
  const { controlUrl, neonUrl } = inject('stack')
  const made = await fetch(controlUrl, { method: 'POST' })
  const { name, ownerUrl, appUrl, loginUrl } = (await made.json()) as TestDatabaseUrls
  await seedDemoData(ownerUrl)
  const port = await findFreePort()
  const bindings = {
    DATABASE_URL: appUrl,
    LOGIN_DATABASE_URL: loginUrl,
    NEON_FETCH_ENDPOINT: neonUrl,
    JWT_SECRET: 'a secret of this test, 32 bytes or more',
  }
  const wrangler = startWrangler({ port, dataDir, bindings, vars: [] })
  const url = `http://127.0.0.1:${port}`
  const stop = async () => {
    await wrangler.stop()
    await fetch(`${controlUrl}/${name}`, { method: 'DELETE' })
  }
  const broken = wrangler.ended.then(() => 'The Worker has ended by itself.')
  await waitUntilReady(url, broken).catch(async (error: unknown) => {
    await stop()
    throw error
  })
  return { url, stop }
}
