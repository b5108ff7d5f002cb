const leap = (year: number) => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
const monthLengths = (year: number) => [
  ...[31, leap(year) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31],
]
const pad = (number: number) => String(number).padStart(2, '0')

/** Every day from 1900 to 2200, counted by the rules of the calendar and without `Date`. */
export function everyDay(): string[] {
  const days: string[] = []
  for (let year = 1900; year <= 2200; year++) {
    for (const [index, length] of monthLengths(year).entries()) {
      for (let day = 1; day <= length; day++) days.push(`${year}-${pad(index + 1)}-${pad(day)}`)
    }
  }
  return days
}
