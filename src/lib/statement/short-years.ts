/** The numbers at both ends of a date, of which one is a year with two digits. */
export interface ShortYear {
  first: string
  last: string
  separator: string
}

/** Files are rarely older. */
const MAX_AGE = 10
const MIN_DAYS = 5

/**
 * Where the year is, over all dates of a column: it is recent and changes little, while days do
 * not. Undefined if either place is possible.
 */
export function yearPlace(
  dates: readonly ShortYear[],
  today: string,
): 'first' | 'last' | undefined {
  const thisYear = Number(today.slice(2, 4))
  const isRecent = (year: string) => (thisYear + 1 - Number(year) + 100) % 100 <= MAX_AGE + 1
  const firsts = new Set(dates.map(({ first }) => first))
  const lasts = new Set(dates.map(({ last }) => last))
  const isFirstRecent = [...firsts].every(isRecent)
  const isLastRecent = [...lasts].every(isRecent)
  if (isFirstRecent && !isLastRecent) {
    return firsts.size <= 2 && lasts.size >= MIN_DAYS ? 'first' : undefined
  }
  if (isLastRecent && !isFirstRecent) return 'last'
  if (lasts.size < firsts.size) return 'last'
  // With dots and slashes the year is at the end nearly everywhere.
  return dates.every(({ separator }) => separator === '-' || separator === '') ? undefined : 'last'
}
