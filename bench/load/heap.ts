import { get } from 'node:http'
import { text as textOf } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { CliError } from '../../dev/cli-error.ts'

/** What an isolate holds, in bytes: objects, what was taken for them, and array buffers beside. */
export interface Heap {
  used: number
  total: number
  buffers: number
}

interface Reply {
  id?: number
  result?: { usedSize?: number; totalSize: number; backingStorageSize?: number }
}

/** How an isolate is looked at. */
export interface Watching {
  everyMs: number
  /** Collects what nobody needs before each look: what is left is in use. */
  collect: boolean
}

/** Asks the inspector of an isolate again and again how much it holds. */
export interface HeapWatch {
  /** What there was since the last time that somebody asked. */
  take(): Heap[]
  stop(): Promise<void>
}

/** The address of the isolate of a Worker. */
async function findTarget(inspector: string, worker: string): Promise<string> {
  const list = await new Promise<string>((resolve, reject) => {
    get(`http://${inspector}/json`, (response) => void textOf(response).then(resolve, reject)).once(
      'error',
      reject,
    )
  })
  const targets = JSON.parse(list) as { id: string; webSocketDebuggerUrl: string }[]
  const target = targets.find(({ id }) => id.endsWith(`user:${worker}`))
  if (target === undefined) throw new CliError(`The inspector knows no Worker ${worker}.`)
  return target.webSocketDebuggerUrl
}

export async function watchHeap(
  inspector: string,
  worker: string,
  { everyMs, collect }: Watching,
): Promise<HeapWatch> {
  const socket = new WebSocket(await findTarget(inspector, worker))
  await new Promise<void>((resolve, reject) => {
    socket.addEventListener('open', () => resolve())
    socket.addEventListener('error', () => reject(new CliError('The inspector does not answer.')))
  })
  let heaps: Heap[] = []
  let answered: (reply: Reply) => void = () => {}
  socket.addEventListener('message', ({ data }) => answered(JSON.parse(String(data)) as Reply))
  // An isolate that computes answers later: no second question before that.
  const ask = (method: string) =>
    new Promise<Reply>((resolve) => {
      answered = resolve
      socket.send(JSON.stringify({ id: 1, method }))
    })
  let running = true
  const polling = (async () => {
    while (running) {
      if (collect) await ask('HeapProfiler.collectGarbage')
      const { result } = await ask('Runtime.getHeapUsage')
      if (result?.usedSize !== undefined) {
        const { usedSize, totalSize, backingStorageSize = 0 } = result
        heaps.push({ used: usedSize, total: totalSize, buffers: backingStorageSize })
      }
      await sleep(everyMs)
    }
  })()
  return {
    take: () => {
      const taken = heaps
      heaps = []
      return taken
    },
    stop: async () => {
      running = false
      await Promise.race([polling, sleep(5000)])
      socket.close()
    },
  }
}
