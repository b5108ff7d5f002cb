/** Rows of keys, each shifted to the right of the one above. */
const LAYOUTS = [
  ['1234567890-=', 'qwertyuiop[]', "asdfghjkl;'", 'zxcvbnm,./'],
  ['1234567890ß', 'qwertzuiopü+', 'asdfghjklöä#', 'yxcvbnm,.-'],
  ['1234567890)=', 'azertyuiop^$', 'qsdfghjklmù*', 'wxcvbn,;:!'],
  ['1234567890-=', 'йцукенгшщзхъ', 'фывапролджэ', 'ячсмитьбю.'],
]
const SHIFTS = [0, 0.5, 0.75, 1.25]
/** Digits with Shift, on a US keyboard. */
const SHIFTED_DIGITS = ')!@#$%^&*('

type Places = ReadonlyMap<string, readonly [x: number, y: number]>

const layouts: Places[] = LAYOUTS.map(
  (rows) =>
    new Map(
      rows.flatMap((row, y) => [...row].map((key, x) => [key, [x + SHIFTS[y]!, y]] as const)),
    ),
)

const unshifted = (key: string) => {
  const digit = SHIFTED_DIGITS.indexOf(key)
  return digit === -1 ? key : String(digit)
}

function areNeighbours(places: Places, from: string, to: string): boolean {
  const [one, other] = [places.get(from), places.get(to)]
  if (!one || !other) return false
  const [dx, dy] = [Math.abs(one[0] - other[0]), Math.abs(one[1] - other[1])]
  return dy === 0 ? dx <= 1 : dy === 1 && dx < 1
}

/** Whether at least three in four steps of a text in lower case go to the same or to the next key. */
export function isKeyboardWalk(lower: string): boolean {
  const keys = [...lower].map(unshifted)
  const steps = keys.length - 1
  return layouts.some((places) => {
    const walked = keys
      .slice(1)
      .filter((key, i) => key === keys[i] || areNeighbours(places, keys[i]!, key))
    return walked.length >= steps * 0.75
  })
}
