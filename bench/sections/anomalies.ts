import { anomalyKinds, type Anomaly } from '../../src/anomalies/anomaly.ts'
import { findAnomalies } from '../../src/anomalies/find.ts'
import type { MonthRow } from '../../src/anomalies/unusual-months.ts'
import { cadences } from '../../src/recurring/grid.ts'
import { MAX_ROWS, type StreamRow } from '../../src/recurring/payment.ts'
import { findStreams, type Stream } from '../../src/recurring/stream.ts'
import { createAccount, TODAY, type Account, type PlantedAnomaly } from '../data/accounts.ts'
import { figure, type Table } from '../report/table.ts'
import type { Metrics, SectionResult } from './section.ts'

/* How many planted recurring payments and anomalies are found, and how many others. No server runs. */

const ACCOUNTS = 60
const percent = (share: number) => `${(100 * share).toFixed(1)} %`

function monthsOf(rows: readonly StreamRow[]): MonthRow[] {
  const months = new Map<string, MonthRow>()
  for (const { user_id: userId, type, currency, category, date, amount_minor } of rows) {
    const month = `${date.slice(0, 7)}-01`
    const key = `${userId} ${category} ${month}`
    const row = months.get(key) ?? { userId, type, currency, category, month, amount: 0n, count: 0 }
    months.set(key, { ...row, amount: row.amount + amount_minor, count: row.count + 1 })
  }
  return [...months.values()]
}

export interface Tally {
  planted: number
  found: number
  /** Found without having been planted. */
  others: number
}
const tally = (): Tally => ({ planted: 0, found: 0, others: 0 })

const share = (of: readonly string[], known: ReadonlySet<string>) =>
  of.filter((id) => known.has(id)).length / of.length

function countStreams(
  account: Account,
  streams: readonly Stream[],
  tallies: Map<string, Tally>,
): void {
  const planted = account.streams.map(({ cadence, ids }) => ({ cadence, ids, known: new Set(ids) }))
  for (const { cadence, ids } of planted) {
    const count = tallies.get(cadence)!
    count.planted += 1
    const found = streams.some((stream) => {
      const own = new Set(stream.transactions.map(({ id }) => id))
      return stream.cadence === cadence && share(ids, own) >= 0.8
    })
    if (found) count.found += 1
  }
  for (const stream of streams) {
    const ids = stream.transactions.map(({ id }) => id)
    if (!planted.some(({ known }) => share(ids, known) >= 0.5))
      tallies.get(stream.cadence)!.others += 1
  }
}

const isThis = (
  planted: PlantedAnomaly,
  { transactionId, relatedId, category, date, kind }: Anomaly,
) => {
  if (planted.month !== undefined)
    return kind === 'unusual_month' && planted.month === `${category} ${date}`
  return [transactionId, relatedId].some((id) => id !== null && planted.ids.includes(id))
}

function countAnomalies(
  { anomalies: planted }: Account,
  found: readonly Anomaly[],
  tallies: Map<string, Tally>,
): void {
  for (const one of planted) {
    const count = tallies.get(one.kind)!
    count.planted += 1
    if (found.some((each) => isThis(one, each))) count.found += 1
  }
  for (const each of found) {
    if (!planted.some((one) => isThis(one, each))) tallies.get(each.kind)!.others += 1
  }
}

/** The sum of several tallies. */
export const sumOf = (tallies: Iterable<Tally>): Tally =>
  [...tallies].reduce(
    (all, each) => ({
      planted: all.planted + each.planted,
      found: all.found + each.found,
      others: all.others + each.others,
    }),
    tally(),
  )

const recall = ({ planted, found }: Tally) => found / planted
const precision = ({ found, others }: Tally) => found / (found + others)

function table(title: string, tallies: ReadonlyMap<string, Tally>, notes: string[]): Table {
  const row = (name: string, each: Tally) => [
    name,
    String(each.planted),
    percent(recall(each)),
    String(each.others),
    percent(precision(each)),
    figure(each.others / ACCOUNTS),
  ]
  return {
    title,
    columns: ['', 'planted', 'recall', 'others found', 'precision', 'others per account'],
    rows: [
      ...[...tallies].map(([name, each]) => row(name, each)),
      row('all', sumOf(tallies.values())),
    ],
    notes,
  }
}

/** Milliseconds of processor time for the largest account that is examined. */
function processorTime(): number {
  const rows = [1, 2, 3, 4, 5]
    .flatMap((seed) => createAccount(seed, true).rows)
    .slice(0, MAX_ROWS)
    .map((row) => ({ ...row, user_id: 'one' }))
  const months = monthsOf(rows)
  const runs = 10
  const run = () =>
    findAnomalies({
      rows,
      streams: findStreams(rows, TODAY),
      months,
      since: '2024-11-25',
      today: TODAY,
    })
  run()
  const start = process.cpuUsage()
  for (let index = 0; index < runs; index++) run()
  const { user, system } = process.cpuUsage(start)
  return (user + system) / 1000 / runs
}

/** Counts over random accounts, half of them without anything planted but recurring payments. */
export function measureAnomalies(accounts = ACCOUNTS) {
  const streams = new Map(cadences.map((name) => [name as string, tally()]))
  const kinds = new Map(anomalyKinds.map((name) => [name as string, tally()]))
  let quiet = 0
  for (let seed = 0; seed < accounts; seed++) {
    const account = createAccount(seed, seed % 2 === 0)
    const { rows } = account
    const detected = findStreams(rows, TODAY)
    const found = findAnomalies({
      rows,
      streams: detected,
      months: monthsOf(rows),
      since: '2024-11-25',
      today: TODAY,
    })
    countStreams(account, detected, streams)
    countAnomalies(account, found, kinds)
    if (seed % 2 === 1) quiet += found.length
  }
  return { streams, kinds, perQuietAccount: quiet / Math.floor(accounts / 2) }
}

export function anomalies(): Promise<SectionResult> {
  const { streams, kinds, perQuietAccount } = measureAnomalies()
  const milliseconds = processorTime()
  const metrics: Metrics = {
    'anomalies.per quiet account': perQuietAccount,
    'anomalies.processor time': milliseconds,
  }
  const sums: [string, Tally][] = [
    ['streams', sumOf(streams.values())],
    ['all', sumOf(kinds.values())],
  ]
  for (const [name, each] of [...streams, ...kinds, ...sums]) {
    metrics[`anomalies.${name}.recall`] = recall(each)
    metrics[`anomalies.${name}.precision`] = precision(each)
  }
  const tables = [
    table(`Recurring payments in ${ACCOUNTS} random accounts of two years`, streams, [
      'A stream is found if it has the cadence, and at least 80 % of the payments.',
    ]),
    table('Anomalies in the same accounts, planted in half of them', kinds, [
      `Accounts with nothing planted have ${figure(perQuietAccount)} anomalies in two years.`,
      `${MAX_ROWS} transactions take ${figure(milliseconds)} ms of processor time.`,
    ]),
  ]
  return Promise.resolve({ tables, metrics })
}
