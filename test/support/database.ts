import { neon, neonConfig, type NeonQueryFunction } from '@neondatabase/serverless'
import { inject } from 'vitest'

/** A database of its own for one test file. */
export interface TestDatabase {
  /** What the Worker gets: the role `app`. */
  appUrl: string
  /** The owner, whom no wall stops. */
  ownerUrl: string
  drop(): Promise<void>
}

interface Clone {
  name: string
  appUrl: string
  ownerUrl: string
}

const { controlUrl, neonUrl } = inject('stack')

/** What the Worker calls instead of Neon. */
export const neonEndpoint = neonUrl

/** Clones the migrated template. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const response = await fetch(controlUrl, { method: 'POST' })
  if (!response.ok) throw new Error(`No test database: ${await response.text()}`)
  const { name, appUrl, ownerUrl }: Clone = JSON.parse(await response.text())
  return {
    appUrl,
    ownerUrl,
    drop: async () => {
      const dropped = await fetch(`${controlUrl}/${name}`, { method: 'DELETE' })
      if (!dropped.ok) throw new Error(`Database not dropped: ${await dropped.text()}`)
    },
  }
}

/** SQL as the owner through the same endpoint, to arrange rows and to look behind the API. */
export function ownerSql(ownerUrl: string): NeonQueryFunction<false, false> {
  neonConfig.fetchEndpoint = neonUrl
  return neon(ownerUrl)
}

/** How many calls the endpoint has had from anybody so far, `ownerSql` included. */
export async function databaseCalls(): Promise<number> {
  const response = await fetch(new URL('/__stats', neonUrl))
  const { requests }: { requests: number } = JSON.parse(await response.text())
  return requests
}
