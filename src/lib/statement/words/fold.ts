/** Longer texts are cut before they are normalised: a header or a word of a bank is shorter. */
const MAX_LENGTH = 100

/** Letters that do not decompose into a letter and a mark. */
const letters: Record<string, string> = {
  ß: 'ss',
  ł: 'l',
  ø: 'o',
  æ: 'ae',
  œ: 'oe',
  đ: 'd',
  ı: 'i',
}

const PLAIN = /^[a-z\d]+$/
const ASCII = /^[\0-\x7f]*$/

/** Lower case, without diacritics; what is neither a letter nor a digit becomes one blank. */
export function fold(text: string): string {
  const short = text.slice(0, MAX_LENGTH).toLowerCase()
  if (PLAIN.test(short)) return short
  if (ASCII.test(short)) return short.replace(/[^a-z\d]+/g, ' ').trim()
  return short
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replace(/[ßłøæœđı]/g, (letter) => letters[letter]!)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

/** How German and Nordic words are written where there are only the letters of ASCII. */
const ascii: Record<string, string> = { ä: 'ae', ö: 'oe', ü: 'ue', å: 'aa', ø: 'oe' }

/** The forms in which a word of a table is found: "Währung" and "Waehrung". */
export function foldings(word: string): string[] {
  const lower = word.toLowerCase()
  const spelled = lower.replace(/[äöüåø]/g, (letter) => ascii[letter]!)
  return spelled === lower ? [fold(word)] : [fold(word), fold(spelled)]
}
