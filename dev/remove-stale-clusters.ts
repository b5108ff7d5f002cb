import { existsSync, readdirSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { readHandle } from './folder-lock.ts'
import { removeCluster } from './postgres.ts'
import { isRunning } from './processes.ts'

/** Removes temporary clusters whose folders begin like this and whose runs were killed. */
export async function removeStaleClusters(prefix: string): Promise<void> {
  for (const name of readdirSync(tmpdir()).filter((each) => each.startsWith(prefix))) {
    const folder = path.join(tmpdir(), name)
    try {
      if (statSync(folder).uid === (process.getuid?.() ?? 0) && isAbandoned(folder)) {
        await removeCluster(folder)
      }
    } catch {
      // Another run removes it as well, or is just starting there.
    }
  }
}

function isAbandoned(folder: string): boolean {
  const lock = path.join(folder, 'postgres.lock')
  if (!existsSync(lock)) return Date.now() - statSync(folder).mtimeMs > 10 * 60_000
  const holder = readHandle(lock)
  return holder === null || !isRunning(holder)
}
