import { connect, createServer, type AddressInfo, type Socket } from 'node:net'

/** A stretch of network that takes its time. */
export interface Delay {
  port: number
  stop(): Promise<void>
}

/** Carries bytes to a port of this machine; each direction takes half of the latency. */
export async function startDelay(port: number, latencyMs: number): Promise<Delay> {
  const sockets = new Set<Socket>()
  const server = createServer((near) => {
    const far = connect({ port, host: '127.0.0.1', noDelay: true })
    near.setNoDelay(true)
    carry(near, far)
    carry(far, near)
  })
  const carry = (from: Socket, to: Socket) => {
    sockets.add(from)
    // Timers of one length fire in the order in which they were set, so bytes keep theirs, and those
    // that come meanwhile do not wait for those before.
    from.on('data', (bytes) => setTimeout(() => to.write(bytes), latencyMs / 2))
    from.on('end', () => setTimeout(() => to.end(), latencyMs / 2))
    from.on('error', () => to.destroy())
    from.on('close', () => sockets.delete(from))
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    stop: async () => {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
