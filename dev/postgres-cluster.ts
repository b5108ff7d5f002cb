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
import { CliError } from './cli-error.ts'
import { checkOwner, giveTo, type Account } from './postgres-account.ts'
import type { Binaries } from './postgres-binaries.ts'
import { runProgram } from './postgres-programs.ts'

/** The files of one PostgreSQL cluster on disk. */
export interface Cluster {
  folder: string
  password: string
  binaries: Binaries
  account: Account
}

/**
 * Finds the cluster of this folder, or makes one; a half-made one is made again.
 *
 * @throws Failure also when the signal aborts it
 */
export async function openCluster(
  home: string,
  binaries: Binaries,
  account: Account,
  signal?: AbortSignal,
): Promise<Cluster> {
  const folder = path.join(home, 'cluster')
  const passwordFile = path.join(home, 'superuser-password')
  if (!existsSync(folder)) {
    await createCluster(home, passwordFile, { folder, binaries, account }, signal)
  }
  checkOwner(folder, account)
  checkVersion(folder, binaries)
  giveTo(account, folder)
  // PostgreSQL refuses a folder that others can look into, which a copy may have become.
  chmodSync(folder, 0o700)
  const cluster = { folder, binaries, account }
  if (!existsSync(passwordFile))
    return { ...cluster, password: await resetPassword(cluster, passwordFile, signal) }
  return { ...cluster, password: readFileSync(passwordFile, 'utf8').trim() }
}

async function createCluster(
  home: string,
  passwordFile: string,
  { folder, binaries, account }: Omit<Cluster, 'password'>,
  signal?: AbortSignal,
): Promise<void> {
  const draft = path.join(home, 'cluster.new')
  rmSync(draft, { recursive: true, force: true })
  mkdirSync(draft, { mode: 0o700 })
  giveTo(account, draft)
  writePassword(passwordFile, randomBytes(24).toString('base64url'), account)
  const result = await runProgram(
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
    { account, folder: draft, signal },
  )
  if (!result.ok) {
    throw new CliError(`Could not create the database cluster in ${draft}:\n${result.reason}`)
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
  throw new CliError(
    `${folder} holds data of PostgreSQL ${found}, and this is PostgreSQL ${expected}. ` +
      `Delete that folder (for npm run dev: --reset), or choose another one.`,
  )
}

/** Sets a new password without knowing the old one, for a folder whose password file is lost. */
async function resetPassword(
  { folder, binaries, account }: Omit<Cluster, 'password'>,
  passwordFile: string,
  signal?: AbortSignal,
): Promise<string> {
  const password = randomBytes(24).toString('base64url')
  const input = `ALTER ROLE postgres PASSWORD '${password}'\n`
  const result = await runProgram(
    binaries.program('postgres'),
    ['--single', '-D', folder, 'postgres'],
    { account, folder, input, signal },
  )
  if (!result.ok) {
    throw new CliError(`Could not set a password in ${folder}:\n${result.reason}`)
  }
  writePassword(passwordFile, password, account)
  return password
}
