import { v7 as uuidv7 } from 'uuid'
import { resolveScope, type Scope, type ScopeRequest } from '../access/scope.ts'
import type { Caller } from '../db/client.ts'
import type { TransactionType } from '../db/enums.ts'
import { utcToday } from '../lib/calendar.ts'
import { compareTexts } from '../lib/compare.ts'
import { AppError } from '../lib/errors.ts'
import type { Cursors } from '../lib/pagination/cursor.ts'
import {
  checkPageRequest,
  pageInMemory,
  type Page,
  type PageRequest,
} from '../lib/pagination/pages.ts'
import { withDecision } from './decisions.ts'
import type { Cadence } from './grid.ts'
import { examine, historyPeriod, streamsOf, type Examined } from './history.ts'
import type { NewDecision, RecurringRepository } from './recurring.repository.ts'
import { streamStates, type Stream, type StreamState, type StreamStatus } from './stream.ts'

export interface StreamFilter {
  state?: StreamState[] | undefined
  status?: StreamStatus[] | undefined
  type?: TransactionType | undefined
  currency?: string | undefined
  cadence?: Cadence[] | undefined
}

export interface StreamListRequest extends ScopeRequest, PageRequest {
  filter: StreamFilter
}

export interface StreamList {
  scope: Scope
  examined: Examined
  page: Page<Stream>
}

/** What a person says about a stream. */
export interface StreamDecision {
  status: StreamStatus
  name: string | null
}

export type RecurringService = ReturnType<typeof createRecurringService>

/** Transactions by which a decision finds its stream again. */
const REMEMBERED = 12

const SHOWN: readonly StreamStatus[] = ['detected', 'confirmed']

const matches = (stream: Stream, filter: StreamFilter) =>
  (filter.status ?? SHOWN).includes(stream.status) &&
  (filter.state === undefined || filter.state.includes(stream.state)) &&
  (filter.cadence === undefined || filter.cadence.includes(stream.cadence)) &&
  (filter.type === undefined || filter.type === stream.type) &&
  (filter.currency === undefined || filter.currency === stream.currency)

/** Active ones first, then late and ended ones; the next due, or the last paid, first. */
const inOrder = (a: Stream, b: Stream) =>
  streamStates.indexOf(a.state) - streamStates.indexOf(b.state) ||
  compareTexts(a.nextDate ?? '', b.nextDate ?? '') ||
  compareTexts(b.lastDate, a.lastDate) ||
  compareTexts(a.key, b.key)

const toRemember = (stream: Stream, { status, name }: StreamDecision): NewDecision => ({
  id: uuidv7(),
  user_id: stream.userId,
  key: stream.key,
  status,
  name,
  stream_group: stream.group,
  type: stream.type,
  currency: stream.currency,
  cadence: stream.cadence,
  amount_minor: stream.amount,
  last_date: stream.lastDate,
  transaction_ids: stream.transactions.slice(-REMEMBERED).map(({ id }) => id),
})

/** Payments that come again and again, and what people said about them. */
export function createRecurringService(
  recurring: RecurringRepository,
  cursors: Cursors,
  now: () => Date,
) {
  return {
    async list(caller: Caller, request: StreamListRequest): Promise<StreamList> {
      checkPageRequest(request)
      const scope = resolveScope(caller, request)
      const today = utcToday(now())
      const period = historyPeriod(today)
      const [found, decisions] = await recurring.read(caller, scope, period)
      const { rows, examined } = examine(found, period)
      const streams = streamsOf(rows, decisions, today)
        .filter((stream) => matches(stream, request.filter))
        .toSorted(inOrder)
      const list = ['recurring', caller.userId, scope, request.filter]
      return { scope, examined, page: await pageInMemory(cursors, list, request, streams) }
    },

    /**
     * Confirms, names or dismisses a stream, or takes that back.
     * @throws AppError `not_found`
     */
    async decide(
      caller: Caller,
      key: string,
      userId: string | undefined,
      decision: StreamDecision,
    ): Promise<Stream> {
      const scope = resolveScope(caller, { userId })
      const today = utcToday(now())
      const period = historyPeriod(today)
      const [found, decisions] = await recurring.readToDecide(caller, scope, period)
      const { rows } = examine(found, period)
      const stream = streamsOf(rows, decisions, today).find((each) => each.key === key)
      if (!stream) throw new AppError('not_found', { detail: 'No recurring payment has this key.' })
      const undecided = { ...stream, name: stream.defaultName }
      const decided = await recurring.decide(caller, toRemember(stream, decision), undecided)
      return withDecision(undecided, decided)
    },
  }
}
