import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { parseEnv } from 'node:util'
import { CliError } from './cli-error.ts'
import { projectFolder } from './project.ts'

/** A setting from the environment or else from .dev.vars; empty counts as missing. */
export function setting(name: string): string | undefined {
  const value = process.env[name]
  if (value !== undefined && value !== '') return value
  return devVars()[name] || undefined
}

/** What .dev.vars holds. */
export function devVars(): Record<string, string> {
  const file = path.join(projectFolder, '.dev.vars')
  if (!existsSync(file)) return {}
  const entries = Object.entries(parseEnv(readFileSync(file, 'utf8')))
  return Object.fromEntries(entries.map(([name, value]) => [name, value ?? '']))
}

/** Reads a PostgreSQL connection string without ever showing it. */
export function parseDatabaseUrl(text: string, name: string): URL {
  const url = /^postgres(ql)?:\/\//.test(text) ? URL.parse(text) : null
  if (url === null || url.hostname === '') {
    throw new CliError(`${name} is not a connection string like postgresql://user:password@host/db`)
  }
  return url
}

/**
 * The same database without Neon's connection pooler, which loses what belongs to a session:
 * locks above all.
 */
export function directUrl(text: string): string {
  const url = parseDatabaseUrl(text, 'The database URL')
  url.hostname = url.hostname.replace(/^([^.]+)-pooler\./, '$1.')
  // `pg` checks the certificate for all of these, and warns unless it is said so.
  const mode = url.searchParams.get('sslmode')
  if (mode === 'require' || mode === 'prefer' || mode === 'verify-ca') {
    url.searchParams.set('sslmode', 'verify-full')
  }
  return url.href
}

/** The same host and database for another user. */
export function urlFor(text: string, user: string, password: string, database?: string): string {
  const url = parseDatabaseUrl(text, 'The database URL')
  url.username = encodeURIComponent(user)
  url.password = encodeURIComponent(password)
  if (database !== undefined) url.pathname = `/${encodeURIComponent(database)}`
  return url.href
}
