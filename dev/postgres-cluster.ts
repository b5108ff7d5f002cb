import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import { Failure } from './failure.ts'
import { checkOwner, giveTo, type Account } from './postgres-account.ts'
import type { Binaries } from './postgres-binaries.ts'

/** The files of one PostgreSQL cluster on disk. */
export interface Cluster {
  folder: string
  password: string
  binaries: Binaries
  account: Account
}

/** How every PostgreSQL program is started: as the account, and deaf to the caller's PG* variables. */
export function programOptions(account: Account, folder: string) {
  const environment: NodeJS.ProcessEnv = { ...process.env, LC_ALL: 'C', TZ: 'UTC' }
  for (const name of Object.keys(environment)) if (name.startsWith('PG')) delete environment[name]
  return { ...account, cwd: folder, env: environment }
}

/** Finds the cluster of this folder, or makes one; a half-made one is made again. */
export function openCluster(home: string, binaries: Binaries, account: Account): Cluster {
  const folder = path.join(home, 'cluster')
  const passwordFile = path.join(home, 'superuser-password')
  if (!existsSync(folder)) {
    createCluster(home, folder, passwordFile, binaries, account)
  }
  checkOwner(folder, account)
  checkVersion(folder, binaries)
  giveTo(account, folder)
  // PostgreSQL refuses a folder that others can look into, which a copy may have become.
  chmodSync(folder, 0o700)
  const cluster = { folder, binaries, account }
  if (!existsSync(passwordFile))
    return { ...cluster, password: resetPassword(cluster, passwordFile) }
  return { ...cluster, password: readFileSync(passwordFile, 'utf8').trim() }
}

function createCluster(
  home: string,
  folder: string,
  passwordFile: string,
  binaries: Binaries,
  account: Account,
): void {
  const draft = path.join(home, 'cluster.new')
  rmSync(draft, { recursive: true, force: true })
  mkdirSync(draft, { mode: 0o700 })
  giveTo(account, draft)
  writePassword(passwordFile, randomBytes(24).toString('base64url'), account)
  const result = spawnSync(
    binaries.program('initdb'),
    [
      `--pgdata=${draft}`,
      '--username=postgres',
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale=C',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
    ],
    { ...programOptions(account, draft), encoding: 'utf8' },
  )
  if (result.status !== 0) {
    const reason = result.error?.message ?? (result.stderr.trim() || result.stdout.trim())
    throw new Failure(`Could not create the database cluster in ${draft}:\n${reason}`)
  }
  renameSync(draft, folder)
}

function writePassword(file: string, password: string, account: Account): void {
  rmSync(file, { force: true })
  writeFileSync(file, password, { mode: 0o600 })
  giveTo(account, file)
}

function checkVersion(folder: string, binaries: Binaries): void {
  const file = path.join(folder, 'PG_VERSION')
  const found = existsSync(file) ? readFileSync(file, 'utf8').trim() : 'no'
  const expected = binaries.version.split('.')[0]
  if (found === expected) return
  throw new Failure(
    `${folder} holds data of PostgreSQL ${found}, and this is PostgreSQL ${expected}. ` +
      `Delete that folder (for npm run dev: --reset), or choose another one.`,
  )
}

/** Sets a new password without knowing the old one, for a folder whose password file is lost. */
function resetPassword(cluster: Omit<Cluster, 'password'>, passwordFile: string): string {
  const password = randomBytes(24).toString('base64url')
  const result = spawnSync(
    cluster.binaries.program('postgres'),
    ['--single', '-D', cluster.folder, 'postgres'],
    {
      ...programOptions(cluster.account, cluster.folder),
      input: `ALTER ROLE postgres PASSWORD '${password}'\n`,
      encoding: 'utf8',
    },
  )
  if (result.status !== 0) {
    throw new Failure(`Could not set a password in ${cluster.folder}:\n${result.stderr.trim()}`)
  }
  writePassword(passwordFile, password, cluster.account)
  return password
}
