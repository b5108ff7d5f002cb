import { Client } from 'pg'
import type { WireQuery, WireRequest } from '../../dev/neon-wire.ts'

export interface Replay {
  run(): Promise<void>
  close(): Promise<void>
}

/**
 * Sends the statements of a request straight to PostgreSQL, on one connection.
 *
 * @param prepared Whether they are parsed and planned once, or each time as the endpoint does
 */
export async function openReplay(
  url: string,
  { begin, queries }: WireRequest,
  prepared: boolean,
): Promise<Replay> {
  const client = new Client({ connectionString: url })
  client.on('error', () => {})
  await client.connect()
  const query = ({ query: text, params }: WireQuery, index: number) =>
    client.query({
      text,
      values: [...params],
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
