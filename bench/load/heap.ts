import { setTimeout as sleep } from 'node:timers/promises'
import { CliError } from '../../dev/cli-error.ts'
import { send } from './http.ts'

/** What an isolate holds, in bytes. */
export interface Heap {
  /** Objects, including what is not collected yet. */
  used: number
  /** Memory that was reserved for objects. */
  total: number
  /** Array buffers, which lie outside the heap. */
  buffers: number
}

interface Reply {
  result?: { usedSize: number; totalSize: number; backingStorageSize?: number }
}

/** Opens the inspector of a Worker's isolate. */
async function openInspector(inspector: string, worker: string): Promise<WebSocket> {
  const text = await send(`http://${inspector}`, { path: '/json' })
  const targets = JSON.parse(text) as { id: string; webSocketDebuggerUrl: string }[]
  const target = targets.find(({ id }) => id.endsWith(`user:${worker}`))
  if (target === undefined) throw new CliError(`The inspector does not know Worker ${worker}.`)
  const socket = new WebSocket(target.webSocketDebuggerUrl)
  await new Promise<void>((resolve, reject) => {
    socket.addEventListener('open', () => resolve())
    socket.addEventListener('error', () => reject(new CliError('The inspector does not respond.')))
  })
  return socket
}

/**
 * Asks the inspector repeatedly how much an isolate holds while `work` runs.
 *
 * @param collect Collects garbage before each look, so that only what is in use is left
 */
export async function watchHeap<T>(
  { inspector, worker, everyMs, collect }: Watched,
  work: () => Promise<T>,
): Promise<{ result: T; heaps: Heap[] }> {
  const socket = await openInspector(inspector, worker)
  let reply: (text: string) => void = () => {}
  socket.addEventListener('message', ({ data }) => reply(String(data)))
  // One question at a time: an isolate that is busy responds later.
  const ask = (method: string) =>
    new Promise<Reply>((resolve) => {
      reply = (text) => resolve(JSON.parse(text) as Reply)
      socket.send(JSON.stringify({ id: 1, method }))
    })
  const heaps: Heap[] = []
  let running = true
  const polling = (async () => {
    while (running) {
      if (collect) await ask('HeapProfiler.collectGarbage')
      const { result } = await ask('Runtime.getHeapUsage')
      if (running && result !== undefined) {
        const { usedSize, totalSize, backingStorageSize = 0 } = result
        heaps.push({ used: usedSize, total: totalSize, buffers: backingStorageSize })
      }
      await sleep(everyMs)
    }
  })()
  try {
    return { result: await work(), heaps }
  } finally {
    running = false
    await Promise.race([polling, sleep(5000)])
    socket.close()
  }
}

interface Watched {
  inspector: string
  worker: string
  everyMs: number
  collect: boolean
}
