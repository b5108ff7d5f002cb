import { Client } from 'pg'
import type { WireQuery, WireRequest } from '../../dev/neon-wire.ts'

/** How statements are sent again. */
export interface ReplayOptions {
  /** As prepared statements, which are parsed and planned once. */
  prepared: boolean
  /** Changes a value before it is sent again: an id that may be there once. */
  replace?: (value: unknown) => unknown
}

/** Sends what the Worker has asked straight to PostgreSQL, on one connection. */
export interface Replay {
  run(): Promise<void>
  close(): Promise<void>
}

export async function openReplay(
  url: string,
  { begin, queries }: WireRequest,
  { prepared, replace = (value) => value }: ReplayOptions,
): Promise<Replay> {
  const client = new Client({ connectionString: url })
  client.on('error', () => {})
  await client.connect()
  const query = ({ query: text, params }: WireQuery, index: number) =>
    client.query({
      text,
      values: params.map(replace),
      rowMode: 'array' as const,
      types: { getTypeParser: () => (value: unknown) => value },
      ...(prepared ? { name: `q${index}` } : { queryMode: 'extended' }),
    })
  return {
    run: async () => {
      await client.query(begin)
      for (const [index, each] of queries.entries()) await query(each, index)
      await client.query('commit')
    },
    close: () => client.end(),
  }
}
