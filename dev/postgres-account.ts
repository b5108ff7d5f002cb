import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  chmodSync,
  chownSync,
  existsSync,
  lchownSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  realpathSync,
  statSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { CliError } from './cli-error.ts'
import { makeFolders } from './folders.ts'

/** The account that runs PostgreSQL: null means the one that runs this process. */
export type Account = { uid: number; gid: number } | null

const ROOT_HOME = '/var/lib/edgebook'

/**
 * PostgreSQL refuses to run as root, so root hands it to an ordinary account: the one that owns
 * the data (or the folder it will stand in), and `nobody` where root owns everything.
 */
export function chooseAccount(dataDir: string): Account {
  if (process.getuid?.() !== 0) return null
  for (const place of [path.join(dataDir, 'cluster'), ...withParents(dataDir)]) {
    if (!existsSync(place)) continue
    const { uid, gid } = statSync(place)
    if (uid !== 0) return { uid, gid }
  }
  return nobody()
}

function nobody(): { uid: number; gid: number } {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((entry) => entry.startsWith('nobody:'))
  const [uid, gid] = line?.split(':').slice(2, 4).map(Number) ?? []
  // macOS writes nobody as -2, which its system calls know as 4294967294.
  return { uid: (uid ?? 65534) >>> 0, gid: (gid ?? 65534) >>> 0 }
}

function withParents(folder: string): string[] {
  const parent = path.dirname(folder)
  return parent === folder ? [folder] : [folder, ...withParents(parent)]
}

/**
 * The folder that PostgreSQL can work in: the one asked for, or, where the account cannot reach
 * it (a checkout below /root), one of root's own that stands for it.
 */
export function reachableFolder(folder: string, account: Account): string {
  makeFolder(folder)
  if (account === null || canReach(folder, account)) return realpathSync(folder)
  const name = createHash('sha256').update(realpathSync(folder)).digest('hex').slice(0, 16)
  const other = path.join(ROOT_HOME, name)
  makeFolder(other)
  if (canReach(other, account)) return other
  throw new CliError(
    `PostgreSQL cannot run as root, and account ${account.uid} can reach neither ${folder} ` +
      `nor ${other}. Choose a folder that it can reach, or run as an ordinary user.`,
  )
}

/** A new folder for temporary files that the account of PostgreSQL can pass through as well. */
export function makeTemporaryFolder(prefix: string): string {
  const folder = mkdtempSync(path.join(tmpdir(), prefix))
  if (process.getuid?.() === 0) chmodSync(folder, 0o755)
  return folder
}

/** Says plainly when a folder belongs to another account, which only root could change. */
export function checkOwner(place: string, account: Account): void {
  const own = process.getuid?.()
  if (account !== null || own === undefined || statSync(place).uid === own) return
  throw new CliError(
    `${place} belongs to another account. Take it over with ` +
      `"sudo chown -R $(id -u) '${place}'", delete it, or choose another folder (--data).`,
  )
}

function makeFolder(folder: string): void {
  const made = makeFolders(folder)
  if (made === undefined || process.getuid?.() !== 0) return
  // Whatever root's umask says, the account has to pass through what was made here; and
  // in an ordinary user's checkout the folders are to stay that user's.
  matchOwner(made)
  for (const each of withParents(folder).filter((place) => place.startsWith(made))) {
    chmodSync(each, 0o755)
  }
}

function canReach(folder: string, account: { uid: number; gid: number }): boolean {
  const result = spawnSync('/bin/sh', ['-c', 'cd "$1" && ls -d .', 'sh', folder], {
    ...account,
    cwd: '/',
    stdio: 'ignore',
  })
  return result.status === 0
}

/** What root writes into an ordinary user's folder is to be that user's. */
export function matchOwner(place: string): void {
  if (process.getuid?.() === 0) giveTo(statSync(path.dirname(place)), place)
}

/** Gives a file or a whole folder to the account, when that is not the one running this. */
export function giveTo(account: Account, place: string): void {
  if (account === null) return
  const owner = statSync(place)
  if (owner.uid === account.uid && owner.gid === account.gid) return
  chownSync(place, account.uid, account.gid)
  if (!owner.isDirectory()) return
  for (const entry of readdirSync(place, { recursive: true, encoding: 'utf8' })) {
    lchownSync(path.join(place, entry), account.uid, account.gid)
  }
}
