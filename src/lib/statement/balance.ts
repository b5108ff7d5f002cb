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
  /** Whether the balances follow with the fees and without them. */
  isFeeUnclear?: true
  matched: number
  total: number
  /** The first two lines between which the balance does not follow. */
  contradiction?: [number, number]
  rows: readonly BalanceRow[]
}

const byTime = (a: BalanceRow, b: BalanceRow) => (a.time < b.time ? -1 : a.time > b.time ? 1 : 0)

/**
 * The orders in which the rows may have happened. A file that runs backwards in time cannot be read
 * forwards: with the other signs, the balances before each row would follow as well.
 */
function ordersOf(rows: readonly BalanceRow[]): (readonly BalanceRow[])[] {
  const backwards = rows.toReversed()
  const orders = [rows.toSorted(byTime), backwards.toSorted(byTime)]
  const steps = rows.slice(1).map((row, index) => byTime(rows[index]!, row))
  const trend = steps.reduce<number>((sum, step) => sum + step, 0)
  // Dates that are not quite in order, as where a card was charged later.
  if (trend !== 0) orders.push(trend < 0 ? [...rows] : backwards)
  return orders.filter(
    (order, index) => orders.findIndex((other) => isSame(order, other)) === index,
  )
}

const isSame = (one: readonly BalanceRow[], other: readonly BalanceRow[]) =>
  one.every((row, index) => row === other[index])

interface Hypothesis {
  sign: 1 | -1
  hasFees: boolean
  /** Whether the balance of a row is the one before it. */
  isBefore: boolean
}

const moved = ({ amount, fee }: BalanceRow, { sign, hasFees }: Hypothesis) =>
  (sign === 1 ? amount : -amount) - (hasFees ? fee : 0n)

interface State {
  balance: bigint | undefined
  line: number
  /** What moved since. */
  sum: bigint
}

function count(proof: Proof, { balance, sum, line }: State, row: BalanceRow): void {
  proof.total++
  if (balance! + sum === row.balance) proof.matched++
  else proof.contradiction ??= [line, row.line]
}

/** Counts the balances that follow from the one before and the amounts in between. */
function check(rows: readonly BalanceRow[], hypothesis: Hypothesis, opening?: bigint): Proof {
  const groups = new Map<string, State>()
  const isSingle = rows.every(({ group }) => group === rows[0]?.group)
  const proof: Proof = { ...hypothesis, matched: 0, total: 0, rows }
  const { isBefore } = hypothesis
  for (const row of rows) {
    let state = groups.get(row.group)
    if (!state) {
      state = { balance: isSingle && !isBefore ? opening : undefined, line: row.line, sum: 0n }
      groups.set(row.group, state)
    }
    if (!isBefore) state.sum += moved(row, hypothesis)
    if (row.balance !== undefined) {
      if (state.balance !== undefined) count(proof, state, row)
      state = { balance: row.balance, line: row.line, sum: 0n }
      groups.set(row.group, state)
    }
    if (isBefore) state.sum += moved(row, hypothesis)
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
  const proofs = [false, true].flatMap((isBefore) =>
    ordersOf(rows).flatMap((ordered) =>
      fees.flatMap((hasFees) =>
        ([1, -1] as const).map((sign) => check(ordered, { sign, hasFees, isBefore }, opening)),
      ),
    ),
  )
  const share = ({ matched, total }: Proof) => (total === 0 ? 0 : matched / total)
  const [best, ...others] = proofs
    .filter(({ total }) => total > 0)
    .toSorted((a, b) => share(b) - share(a))
  if (!best) return undefined
  // Rows of one moment can be read in both directions, with opposite signs.
  const isUnclear = others.some((other) => share(other) === share(best) && other.sign !== best.sign)
  if (share(best) === 1 && isUnclear) return undefined
  const isFeeUnclear = others.some(
    (other) => share(other) === share(best) && other.hasFees !== best.hasFees,
  )
  return isFeeUnclear ? { ...best, isFeeUnclear } : best
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
  const found: Map<number, 1 | -1>[] = []
  for (const ordered of ordersOf(rows)) {
    const directions = new Map<number, 1 | -1>()
    const before = new Map<string, bigint>()
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
    if (isRight && directions.size > 0) found.push(directions)
  }
  const [first, second] = found
  // Two orders that say different things prove neither.
  const agree = !second || [...second].every(([line, sign]) => (first!.get(line) ?? sign) === sign)
  return agree ? first : undefined
}
