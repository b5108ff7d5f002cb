import { neon, neonConfig, type NeonQueryFunction } from '@neondatabase/serverless'
import { inject } from 'vitest'

/** A database of its own for one test file. */
export interface TestDatabase {
  /** What the Worker gets: the role `app`. */
  appUrl: string
  /** The same for logins and maintenance: the role `app_login`. */
  loginUrl: string
  /** The owner, who bypasses row isolation. */
  ownerUrl: string
  /** Clones the migrated template. */
  create(): Promise<void>
  drop(): Promise<void>
}

const { controlUrl, neonUrl, template } = inject('stack')

/** What the Worker calls instead of Neon. */
export const neonEndpoint = neonUrl

/** A database with a name of its own, which is not there yet. */
export function newTestDatabase(): TestDatabase {
  const name = `test_${crypto.randomUUID().replaceAll('-', '')}`
  const urlOf = (url: string) => Object.assign(new URL(url), { pathname: `/${name}` }).href
  const ask = async (method: 'POST' | 'DELETE') => {
    const response = await fetch(`${controlUrl}/${name}`, { method })
    if (!response.ok) throw new Error(`${method} ${name}: ${await response.text()}`)
  }
  return {
    appUrl: urlOf(template.appUrl),
    loginUrl: urlOf(template.loginUrl),
    ownerUrl: urlOf(template.ownerUrl),
    create: () => ask('POST'),
    drop: () => ask('DELETE'),
  }
}

/** SQL as the owner through the same endpoint, to arrange rows and to look behind the API. */
export function ownerSql(ownerUrl: string): NeonQueryFunction<false, false> {
  neonConfig.fetchEndpoint = neonUrl
  return neon(ownerUrl)
}

let calls = 0
const send = globalThis.fetch
globalThis.fetch = (input, init) => {
  if (input === neonUrl) calls++
  return send(input, init)
}

/** How many calls of the database were sent from this isolate so far, `ownerSql` included. */
export const databaseCalls = () => Promise.resolve(calls)
