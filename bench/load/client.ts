import { Agent, request } from 'node:http'

/** What a client sends. */
export interface Call {
  method?: string
  path: string
  headers?: Record<string, string>
  body?: string
}

/** An answer, read to its end. */
export interface Answered {
  status: number
  text: string
}

/** Clients that keep their connections, to one server. */
export class Clients {
  readonly #origin: string
  readonly #agent: Agent

  constructor(origin: string, count: number) {
    this.#origin = origin
    this.#agent = new Agent({ keepAlive: true, maxSockets: count })
  }

  send({ method = 'GET', path, headers = {}, body }: Call): Promise<Answered> {
    return new Promise((resolve, reject) => {
      const sent = request(
        new URL(path, this.#origin).href,
        { method, headers, agent: this.#agent },
        (response) => {
          let text = ''
          response.setEncoding('utf8')
          response.on('data', (part: string) => (text += part))
          response.once('end', () => resolve({ status: response.statusCode ?? 0, text }))
          response.once('error', reject)
        },
      )
      sent.once('error', reject)
      sent.end(body)
    })
  }

  close(): void {
    this.#agent.destroy()
  }
}

/** One call, on a connection of its own. */
export async function callOnce(origin: string, call: Call): Promise<Answered> {
  const clients = new Clients(origin, 1)
  try {
    return await clients.send(call)
  } finally {
    clients.close()
  }
}
