import { formatDecimal } from './amounts.ts'

/**
 * Shares in percent with two digits that add up to exactly 100.00, by the largest remainder method
 * (Hamilton). Ties go to the earlier part.
 */
export function shares(parts: readonly bigint[]): string[] {
  const whole = parts.reduce((sum, part) => sum + part, 0n)
  if (whole === 0n) return parts.map(() => '0.00')
  const floors = parts.map((part) => (part * 10_000n) / whole)
  let missing = Number(10_000n - floors.reduce((sum, floor) => sum + floor, 0n))
  const byRemainder = parts
    .map((part, index) => ({ index, remainder: (part * 10_000n) % whole }))
    // Stable: equal remainders stay in the order of the parts.
    .toSorted((a, b) => Number(b.remainder - a.remainder))
  for (const { index } of byRemainder) {
    if (missing-- <= 0) break
    floors[index]! += 1n
  }
  return floors.map((floor) => formatDecimal(floor, 2))
}

/** Change in percent with two digits, rounded half away from zero; null if `from` is 0. */
export function changePercent(from: bigint, to: bigint): string | null {
  if (from === 0n) return null
  const base = from < 0n ? -from : from
  const change = (to - from) * 10_000n
  const rounded =
    change < 0n ? -((-change * 2n + base) / (2n * base)) : (change * 2n + base) / (2n * base)
  return formatDecimal(rounded, 2)
}
