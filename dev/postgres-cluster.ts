import { randomBytes } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import { CliError } from './cli-error.ts'
import { giveTo, type Account } from './postgres-account.ts'
import type { Binaries } from './postgres-binaries.ts'
import { runProgram } from './postgres-programs.ts'

/** The files of one PostgreSQL cluster on disk, and what works on them. */
export interface Cluster {
  folder: string
  passwordFile: string
  binaries: Binaries
  account: Account
}

/**
 * Finds the cluster of this folder, or makes one. A half-made one is made again.
 * @throws CliError also when the signal aborts it
 */
export async function openCluster(
  home: string,
  binaries: Binaries,
  account: Account,
  signal?: AbortSignal,
): Promise<Cluster & { password: string }> {
  const folder = path.join(home, 'cluster')
  const passwordFile = path.join(home, 'superuser-password')
  const cluster = { folder, passwordFile, binaries, account }
  if (!existsSync(folder)) await createCluster(cluster, signal)
  checkOwner(folder, account)
  checkVersion(folder, binaries)
  if (!existsSync(passwordFile)) await resetPassword(cluster, signal)
  return { ...cluster, password: readFileSync(passwordFile, 'utf8').trim() }
}

async function createCluster(cluster: Cluster, signal?: AbortSignal): Promise<void> {
  const { folder, passwordFile, binaries, account } = cluster
  const draft = `${folder}.new`
  rmSync(draft, { recursive: true, force: true })
  mkdirSync(draft, { mode: 0o700 })
  giveTo(account, draft)
  writePassword(cluster, newPassword())
  const args = [
    `--pgdata=${draft}`,
    '--username=postgres',
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
  ]
  await runProgram(binaries.program('initdb'), args, { account, folder: draft, signal })
  renameSync(draft, folder)
}

const newPassword = () => randomBytes(24).toString('base64url')

function writePassword({ passwordFile, account }: Cluster, password: string): void {
  rmSync(passwordFile, { force: true })
  writeFileSync(passwordFile, password, { mode: 0o600 })
  giveTo(account, passwordFile)
}

/** Sets a new password without knowing the old one, for a folder whose password file is lost. */
async function resetPassword(cluster: Cluster, signal?: AbortSignal): Promise<void> {
  const { folder, binaries, account } = cluster
  const password = newPassword()
  const input = `ALTER ROLE postgres PASSWORD '${password}'\n`
  const args = ['--single', '-D', folder, 'postgres']
  await runProgram(binaries.program('postgres'), args, { account, folder, input, signal })
  writePassword(cluster, password)
}

function checkOwner(folder: string, account: Account): void {
  const own = account?.uid ?? process.getuid?.()
  if (own === undefined || statSync(folder).uid === own) return
  throw new CliError(
    `${folder} belongs to another account. Delete it, or choose another folder (--data).`,
  )
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
