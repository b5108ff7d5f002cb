import { expect } from 'vitest'

const MOST = 8

const isTree = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null

function shown(value: unknown): string {
  const text = JSON.stringify(value, (_, each: unknown) =>
    typeof each === 'bigint' ? each.toString() : each,
  )
  return text === undefined ? 'nothing' : text.length > 120 ? `${text.slice(0, 120)}…` : text
}

function* compare(found: unknown, wanted: unknown, path: string): Generator<string> {
  if (isTree(found) && isTree(wanted) && Array.isArray(found) === Array.isArray(wanted)) {
    for (const key of new Set([...Object.keys(found), ...Object.keys(wanted)])) {
      const step = Array.isArray(found) ? `[${key}]` : path && ` ${key}`
      yield* compare(found[key], wanted[key], path + (step || key))
    }
  } else if (found !== wanted) {
    yield `${path}: ${shown(found)} instead of ${shown(wanted)}`
  }
}

const first = (lines: string[]) =>
  lines.length <= MOST ? lines : [...lines.slice(0, MOST), `and ${lines.length - MOST} more`]

/** Expects two values as of JSON to be equal; a failure names the first places where they differ. */
export function expectSame(found: unknown, wanted: unknown, message?: string): void {
  expect(first([...compare(found, wanted, '')]), message).toEqual([])
}

/** Expects the same names in any order; a failure says which are missing and which are too many. */
export function expectNames(
  found: readonly string[],
  wanted: readonly string[],
  message?: string,
): void {
  const missing = wanted.filter((name) => !found.includes(name))
  const tooMany = found.filter((name) => !wanted.includes(name))
  const difference = { missing: first(missing), tooMany: first(tooMany) }
  expect(difference, message).toEqual({ missing: [], tooMany: [] })
  expect(found.toSorted(), message).toEqual(wanted.toSorted())
}

/**
 * Expects rows with these ids, in this order. A failure describes those that are missing or too many,
 * and else those that are out of place.
 */
export function expectRows<Row extends { id: string }>(
  ids: readonly string[],
  wanted: readonly Row[],
  all: readonly Row[],
  describe: (row: Row) => string,
  message?: string,
): void {
  const rows = new Map(all.map((row) => [row.id, row]))
  const named = (id: string) => {
    const row = rows.get(id)
    return row ? `${describe(row)} (${id})` : id
  }
  const names = wanted.map(({ id }) => named(id))
  expectNames(ids.map(named), names, message)
  expectSame(ids.map(named), names, message)
}
