import { parseAccept } from 'hono/utils/accept'
import type { AppContext } from './context.ts'

/** How much of a media type a range of `Accept` names: all of it, its first half, nothing. */
function precision(range: string, type: string): number {
  if (range === type) return 3
  if (range === `${type.split('/')[0]}/*`) return 2
  return range === '*/*' ? 1 : 0
}

/**
 * What `Accept` prefers: by quality, then by how precisely it is named, then in the order in which
 * we offer. The first where it takes none of them.
 */
export function preferredType<T extends string>(c: AppContext, types: readonly [T, ...T[]]): T {
  const ranges = parseAccept(c.req.header('Accept') ?? '*/*')
  const judged = types.map((type) => {
    const [fitting] = ranges
      .map((range) => ({ named: precision(range.type.toLowerCase(), type), q: range.q }))
      .toSorted((a, b) => b.named - a.named)
    return { type, named: fitting?.named ?? 0, q: fitting?.q ?? 0 }
  })
  const [first] = judged
    .filter(({ named, q }) => named > 0 && q > 0)
    .toSorted((a, b) => b.q - a.q || b.named - a.named)
  return first?.type ?? types[0]
}
