import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { createServer, connect, type Server } from 'node:net'
import path from 'node:path'
import { CliError, messageOf } from '../dev/cli-error.ts'

/** Enough for what the rate limiter writes in a day or more. */
const MIN_FREE_BYTES = 1024 * 1024

const REASONS: [pattern: RegExp, reason: string][] = [
  [/EROFS/, 'the file system is read-only. Mount a volume there'],
  [/EACCES|EPERM/, 'this account may not write there. Make it its owner'],
  [/ENOSPC|EDQUOT/, 'the disk is full. Free some space'],
  [/ENOTDIR|EEXIST/, 'it is not a folder'],
  [/ENOENT/, 'there is no such folder, nor can it be made. Make it first'],
]

/** Makes the state folder and writes to it, since workerd would only fail at the first request. */
export function checkStateFolder(folder: string): void {
  const probe = path.join(folder, `.probe-${process.pid}`)
  try {
    // Not with its parents: in /proc, Node would try forever.
    if (!existsSync(folder)) mkdirSync(folder)
    const file = openSync(probe, 'w', 0o600)
    try {
      // Unlike writeSync, this goes on after a part was written.
      writeFileSync(file, new Uint8Array(MIN_FREE_BYTES))
      fsyncSync(file)
    } finally {
      closeSync(file)
      rmSync(probe, { force: true })
    }
  } catch (error) {
    const message = messageOf(error)
    const reason = REASONS.find(([pattern]) => pattern.test(message))?.[1] ?? message
    throw new CliError(`Cannot use STATE_DIR ${folder}: ${reason}.`)
  }
}

/**
 * Locks the folder for as long as this process lives: two servers would each count for themselves and
 * overwrite each other. A socket also works between containers, where process ids tell nothing.
 */
export async function lockStateFolder(folder: string): Promise<() => void> {
  const socket = path.join(folder, 'lock.sock')
  if (await isListening(socket)) {
    throw new CliError(`STATE_DIR ${folder} is in use by another server. Give each one its own.`)
  }
  rmSync(socket, { force: true })
  const server: Server = createServer((connection) => connection.destroy())
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(new CliError(`Cannot lock ${folder}: ${error.message}`)))
    server.listen(socket, resolve)
  })
  server.unref()
  return () => server.close()
}

function isListening(socket: string): Promise<boolean> {
  return new Promise((resolve) => {
    const connection = connect(socket)
    connection.once('connect', () => {
      connection.destroy()
      resolve(true)
    })
    connection.once('error', () => resolve(false))
  })
}
