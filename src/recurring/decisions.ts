import { streamKey, type Stream } from './stream.ts'
import type { Decision } from './recurring.repository.ts'

/* What people said about streams, found again after payments came, changed or went. */

/** The largest change of the usual amount of a stream that no transaction leads to. */
const MAX_CHANGE = 2.5

interface Match {
  decision: Decision
  stream: Stream
  /** Transactions in common. */
  common: number
  change: number
}

const sameKind = (decision: Decision, stream: Stream) =>
  decision.user_id === stream.userId &&
  decision.type === stream.type &&
  decision.currency === stream.currency

function matchOf(decision: Decision, stream: Stream, common: number): Match | undefined {
  const [a, b] = [Number(decision.amount_minor), Number(stream.amount)]
  const change = Math.max(a, b) / Math.min(a, b)
  const continues =
    decision.stream_group === stream.group &&
    decision.cadence === stream.cadence &&
    change <= MAX_CHANGE
  return common > 0 || continues ? { decision, stream, common, change } : undefined
}

/** All pairs that could belong together: by transactions, or by payee, cadence and amount. */
function matches(streams: readonly Stream[], decisions: readonly Decision[]): Match[] {
  const byTransaction = new Map(
    streams.flatMap((stream) => stream.transactions.map(({ id }) => [id, stream] as const)),
  )
  const byGroup = Map.groupBy(streams, ({ group }) => group)
  return decisions.flatMap((decision) => {
    const found = decision.transaction_ids.map((id) => byTransaction.get(id))
    const candidates = new Set([...found, ...(byGroup.get(decision.stream_group) ?? [])])
    return [...candidates].flatMap((stream) => {
      if (!stream || !sameKind(decision, stream)) return []
      const common = found.filter((each) => each === stream).length
      return matchOf(decision, stream, common) ?? []
    })
  })
}

/** A stream with what was decided on it. */
export const withDecision = (stream: Stream, decision: Decision): Stream => ({
  ...stream,
  key: decision.key,
  status: decision.status,
  name: decision.name ?? stream.name,
  decided: { by: decision.decided_by, at: decision.decided_at },
})

/** Gives streams the keys, names and states of the decisions on them. */
export function applyDecisions(
  streams: readonly Stream[],
  decisions: readonly Decision[],
): Stream[] {
  const decided = new Map<Stream, Decision>()
  const used = new Set<Decision>()
  const best = matches(streams, decisions).toSorted(
    (a, b) =>
      b.common - a.common || a.change - b.change || (a.decision.id < b.decision.id ? -1 : 1),
  )
  for (const { decision, stream } of best) {
    if (decided.has(stream) || used.has(decision)) continue
    decided.set(stream, decision)
    used.add(decision)
  }
  const taken = new Set(decisions.map(({ user_id, key }) => `${user_id} ${key}`))
  const freeKey = ({ userId, group, key }: Stream) => {
    let free = key
    for (let place = 1; taken.has(`${userId} ${free}`); place++) free = streamKey(group, place)
    taken.add(`${userId} ${free}`)
    return free
  }
  return streams.map((stream) => {
    const decision = decided.get(stream)
    return decision ? withDecision(stream, decision) : { ...stream, key: freeKey(stream) }
  })
}
