/** The whole part of a finite double; amounts beyond 2^53 keep the digits that a double has. */
export const toMinor = (value: number): bigint => BigInt(Math.round(value))

export const totalOf = (amounts: readonly bigint[]): bigint =>
  amounts.reduce((sum, amount) => sum + amount, 0n)

/**
 * Splits a total in proportion to weights, so that the parts add up to it exactly (largest
 * remainder). Equal remainders go to the earlier part.
 */
export function splitTotal(total: bigint, weights: readonly bigint[]): bigint[] {
  const whole = totalOf(weights)
  if (whole === 0n) return weights.map((_, index) => (index === 0 ? total : 0n))
  const parts = weights.map((weight) => (total * weight) / whole)
  let missing = total - totalOf(parts)
  const byRemainder = weights
    .map((weight, index) => ({ index, remainder: (total * weight) % whole }))
    .toSorted((a, b) => (a.remainder === b.remainder ? 0 : a.remainder < b.remainder ? 1 : -1))
  for (const { index } of byRemainder) {
    if (missing <= 0n) break
    parts[index]! += 1n
    missing -= 1n
  }
  return parts
}

/**
 * Parts that add up to a total. Known amounts stay as they are where the total has room for them;
 * the rest is split in proportion to the estimates.
 */
export function reconcile(
  total: bigint,
  estimates: readonly bigint[],
  known: readonly bigint[],
): bigint[] {
  const certain = totalOf(known)
  const rest = estimates.map((estimate, index) => {
    const more = estimate - known[index]!
    return more > 0n ? more : 0n
  })
  const hasRest = rest.some((part) => part > 0n)
  if (certain > total || (certain < total && !hasRest)) return splitTotal(total, estimates)
  const parts = splitTotal(total - certain, rest)
  return parts.map((part, index) => part + known[index]!)
}
