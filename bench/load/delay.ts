import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import { sleepUntil } from '../../dev/sleep-until.ts'

export interface Delay {
  port: number
  stop(): Promise<void>
}

/** Forwards bytes to a port of this machine; each direction takes half of the latency. */
export async function startDelay(port: number, latencyMs: number): Promise<Delay> {
  const sockets = new Set<Socket>()
  const forward = (from: Socket, to: Socket) => {
    sockets.add(from)
    // Bytes keep their order, and many can be under way at once.
    let before = Promise.resolve()
    const later = (arrive: () => void) => {
      const due = performance.now() + latencyMs / 2
      before = before.then(() => sleepUntil(due)).then(arrive)
    }
    from.on('data', (bytes) => later(() => to.write(bytes)))
    from.on('end', () => later(() => to.end()))
    from.on('error', () => to.destroy())
    from.on('close', () => sockets.delete(from))
  }
  const server = createServer({ noDelay: true }, (near) => {
    const far = connect({ port, host: '127.0.0.1', noDelay: true })
    forward(near, far)
    forward(far, near)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    stop: async () => {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
