import { execFileSync, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmodSync, chownSync, mkdtempSync, realpathSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { CliError } from './cli-error.ts'
import { makeFolders } from './folders.ts'

/** The account that runs PostgreSQL: null means the one that runs this process. */
export type Account = { uid: number; gid: number } | null

const ROOT_HOME = '/var/lib/edgebook'

const isRoot = () => process.getuid?.() === 0

/** PostgreSQL refuses to run as root, so the owner of the cluster runs it then, or `nobody`. */
export function chooseAccount(dataDir: string): Account {
  if (!isRoot()) return null
  const cluster = statSync(path.join(dataDir, 'cluster'), { throwIfNoEntry: false })
  if (cluster && cluster.uid !== 0) return { uid: cluster.uid, gid: cluster.gid }
  // macOS writes -2, which its system calls know as 4294967294.
  const idOf = (kind: string) => Number(execFileSync('id', [kind, 'nobody'])) >>> 0
  return { uid: idOf('-u'), gid: idOf('-g') }
}

/**
 * The folder that PostgreSQL can work in: the requested one, or one in /var/lib/edgebook where
 * the account cannot reach it, as in a checkout below /root.
 */
export function reachableFolder(folder: string, account: Account): string {
  makeOpenFolder(folder)
  if (account === null || canReach(folder, account)) return realpathSync(folder)
  const name = createHash('sha256').update(realpathSync(folder)).digest('hex').slice(0, 16)
  const other = path.join(ROOT_HOME, name)
  makeOpenFolder(other)
  if (canReach(other, account)) return other
  throw new CliError(
    `PostgreSQL cannot run as root, and account ${account.uid} can reach neither ${folder} ` +
      `nor ${other}. Choose a folder that it can reach, or run as an ordinary user.`,
  )
}

/** A new folder for temporary files that the account of PostgreSQL can pass through as well. */
export function makeTemporaryFolder(prefix: string): string {
  const folder = mkdtempSync(path.join(tmpdir(), prefix))
  if (isRoot()) chmodSync(folder, 0o755)
  return folder
}

/** Whatever root's umask is, the account has to pass through what is made here. */
function makeOpenFolder(folder: string): void {
  for (const made of makeFolders(folder)) if (isRoot()) chmodSync(made, 0o755)
}

function canReach(folder: string, account: { uid: number; gid: number }): boolean {
  const command = 'cd "$1" && ls -d .'
  const options = { ...account, cwd: '/', stdio: 'ignore' } as const
  return spawnSync('/bin/sh', ['-c', command, 'sh', folder], options).status === 0
}

/** Gives a file or a folder to the account, when that is not the one running this. */
export function giveTo(account: Account, place: string): void {
  if (account !== null) chownSync(place, account.uid, account.gid)
}
