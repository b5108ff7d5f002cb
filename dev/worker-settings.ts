import { readFileSync } from 'node:fs'
import path from 'node:path'
import { CliError } from './cli-error.ts'
import { projectFolder } from './project.ts'
import { parseDatabaseUrl, setting } from './settings.ts'

/** Names of what the Worker can be told: what wrangler.toml names, and the one that may be missing. */
export function knownSettings(): string[] {
  const text = readFileSync(path.join(projectFolder, 'wrangler.toml'), 'utf8')
  const section = (name: string) =>
    text.split(/^(?=\[)/m).find((each) => each.startsWith(`[${name}]`)) ?? ''
  const vars = [...section('vars').matchAll(/^(\w+) *=/gm)].map((match) => match[1] ?? '')
  const required = /^required *= *\[([^\]]*)\]/m.exec(section('secrets'))?.[1] ?? ''
  const secrets = [...required.matchAll(/"(\w+)"/g)].map((match) => match[1] ?? '')
  return [...secrets, 'JWT_SECRET_PREVIOUS', ...vars]
}

/** Refuses addresses that the Worker could not use, before anything is started. */
export function checkSettings(vars: string[]): void {
  const valueOf = (name: string) =>
    vars.findLast((each) => each.startsWith(`${name}:`))?.slice(name.length + 1) ?? setting(name)
  const databaseUrl = valueOf('DATABASE_URL')
  if (databaseUrl !== undefined) parseDatabaseUrl(databaseUrl, 'DATABASE_URL')
  const endpoint = valueOf('NEON_FETCH_ENDPOINT')
  if (!endpoint || /^https?:$/.test(URL.parse(endpoint)?.protocol ?? '')) return
  throw new CliError('NEON_FETCH_ENDPOINT is not an address like http://127.0.0.1:4444/sql')
}

/** What a log line of the Worker says to be wrong with its settings; null when it is another line. */
export function findSettingsIssue(line: string): string | null {
  try {
    const entry: unknown = JSON.parse(line)
    if (typeof entry !== 'object' || entry === null) return null
    if (!('event' in entry) || entry.event !== 'request' || !('error' in entry)) return null
    const { error } = entry
    if (typeof error !== 'object' || error === null || !('message' in error)) return null
    const known = 'name' in error && error.name === 'ConfigurationError'
    return known && typeof error.message === 'string' ? error.message : null
  } catch {
    return null
  }
}
