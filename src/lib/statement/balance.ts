/** A row of the account, as its running balance sees it. All amounts are face values in ten-thousandths. */
export interface BalanceRow {
  line: number
  /** With the sign as written, or undefined where only its size is known. */
  amount: bigint
  fee: bigint
  balance: bigint | undefined
  /** Rows of one account in one currency follow each other. */
  group: string
  /** Sorts rows by time. */
  time: string
}

export interface Proof {
  /** Whether amounts are as the account counts them (1) or with the other sign (-1). */
  sign: 1 | -1
  hasFees: boolean
  matched: number
  total: number
  /** The first two lines between which the balance does not follow. */
  contradiction?: [number, number]
  rows: readonly BalanceRow[]
}

type Order = (rows: readonly BalanceRow[]) => readonly BalanceRow[]

const byTime = (a: BalanceRow, b: BalanceRow) => (a.time < b.time ? -1 : a.time > b.time ? 1 : 0)
const orders: Order[] = [
  (rows) => rows,
  (rows) => rows.toReversed(),
  (rows) => rows.toSorted(byTime),
  (rows) => rows.toReversed().toSorted(byTime),
]

interface Hypothesis {
  sign: 1 | -1
  hasFees: boolean
}

const moved = ({ amount, fee }: BalanceRow, { sign, hasFees }: Hypothesis) =>
  (sign === 1 ? amount : -amount) - (hasFees ? fee : 0n)

/** Counts the balances that follow from the one before and the amounts in between. */
function check(rows: readonly BalanceRow[], hypothesis: Hypothesis, opening?: bigint): Proof {
  const groups = new Map<string, { balance: bigint | undefined; line: number; sum: bigint }>()
  const isSingle = rows.every(({ group }) => group === rows[0]?.group)
  const proof: Proof = { ...hypothesis, matched: 0, total: 0, rows }
  for (const row of rows) {
    let state = groups.get(row.group)
    if (!state) {
      state = { balance: isSingle ? opening : undefined, line: row.line, sum: 0n }
      groups.set(row.group, state)
    }
    state.sum += moved(row, hypothesis)
    if (row.balance === undefined) continue
    if (state.balance !== undefined) {
      proof.total++
      if (state.balance + state.sum === row.balance) proof.matched++
      else proof.contradiction ??= [state.line, row.line]
    }
    groups.set(row.group, { balance: row.balance, line: row.line, sum: 0n })
  }
  return proof
}

/**
 * What the running balance proves of signs, fees and order: the best of all hypotheses. Undefined where
 * no two balances follow each other.
 */
export function proveByBalance(rows: readonly BalanceRow[], opening?: bigint): Proof | undefined {
  if (rows.every(({ balance }) => balance === undefined)) return undefined
  const fees = rows.some(({ fee }) => fee !== 0n) ? [false, true] : [false]
  let best: Proof | undefined
  for (const order of orders) {
    const ordered = order(rows)
    for (const hasFees of fees) {
      for (const sign of [1, -1] as const) {
        const proof = check(ordered, { sign, hasFees }, opening)
        if (!best || proof.matched * (best.total || 1) > best.matched * (proof.total || 1)) best = proof
      }
    }
    if (best && best.total > 0 && best.matched === best.total) break
  }
  return best && best.total > 0 ? best : undefined
}

const size = (value: bigint) => (value < 0n ? -value : value)

/**
 * Directions of amounts without a sign, by the difference of balances, by line. Undefined unless every
 * difference has the size of its amount.
 */
export function directionsByBalance(
  rows: readonly BalanceRow[],
  opening?: bigint,
): Map<number, 1 | -1> | undefined {
  for (const order of orders) {
    const directions = new Map<number, 1 | -1>()
    const before = new Map<string, bigint>()
    const ordered = order(rows)
    const isSingle = ordered.every(({ group }) => group === ordered[0]?.group)
    if (opening !== undefined && isSingle && ordered[0]) before.set(ordered[0].group, opening)
    const isRight = ordered.every(({ line, amount, balance, group }) => {
      const last = before.get(group)
      if (balance === undefined) return false
      before.set(group, balance)
      if (last === undefined) return true
      directions.set(line, balance >= last ? 1 : -1)
      return size(balance - last) === size(amount)
    })
    if (isRight && directions.size > 0) return directions
  }
  return undefined
}
