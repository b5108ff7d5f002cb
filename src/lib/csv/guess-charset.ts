import { dosTables, languages, lettersOf, priors, type Language } from './charset-languages.ts'
import { guessDoubleByte, type Guess } from './guess-double-byte.ts'

interface Fit extends Guess {
  /** Logarithm of how likely the text is. */
  score: number
  decoded: string
}

/** How many letters beyond ASCII are looked at. */
const MAX_LETTERS = 2000
/** How much more likely the text must be in one character set than in every other. */
const CERTAIN = Math.log(1000)
/** The same as logarithm, for each letter that no text of the language would have there. */
const MISPLACED = Math.log(1e-4)
/** For a letter of another language in the same character set, as in foreign names. */
const FOREIGN = Math.log(2e-4)
const MAX_FOREIGN = 0.05
const LONELY = Math.log(0.01)
const MAX_MISPLACED = 0.02
/** How many different letters show that a text is in another script than Latin. */
const MIN_OTHER_SCRIPT = 12
const DEFAULT_PRIOR = 0.1

const SYMBOLS = new Map([
  ...[...'€£–’“”„\u00a0§°«»…'].map((each) => [each, Math.log(0.3)] as const),
  ...[...'‘‚—•·´¡¿ªº²®©™½'].map((each) => [each, Math.log(0.02)] as const),
])
const WITHIN_WORDS = new Set('’·')
const CURRENCY_SIGNS = new Set('€£')
const LONELY_WORDS = new Set('àèéóåøíиваоуяс')

const isLetter = (text: string) => /^\p{L}/u.test(text)
const isLatin = (text: string) => /^\p{Script=Latin}/u.test(text)
const isUpper = (text: string) => text !== text.toLowerCase()
const isLower = (text: string) => text !== text.toUpperCase()

const ALL_BYTES = Uint8Array.from({ length: 256 }, (_, byte) => byte)

/** A byte beyond ASCII with its neighbours, and how often they occur. */
interface Place {
  bytes: readonly [number, number, number]
  count: number
}

function placesOf(bytes: Uint8Array): Place[] {
  const places = new Map<number, Place>()
  let left = MAX_LETTERS
  for (let at = 0; at < bytes.length && left > 0; at++) {
    const byte = bytes[at]!
    if (byte < 0x80) continue
    left--
    const [before, after] = [bytes[at - 1] ?? 10, bytes[at + 1] ?? 10]
    const key = (before << 16) | (byte << 8) | after
    const place = places.get(key)
    if (place) place.count++
    else places.set(key, { bytes: [before, byte, after], count: 1 })
  }
  return [...places.values()]
}

function bytesBeyondAscii(bytes: Uint8Array): Uint8Array {
  const used = new Uint8Array(256)
  for (const byte of bytes) used[byte] = 1
  return ALL_BYTES.filter((byte) => byte > 0x7f && used[byte] === 1)
}

/** What each byte is in a character set of single bytes. */
function tableOf(charset: string): string {
  const dos = dosTables[charset]
  if (dos === undefined) return new TextDecoder(charset).decode(ALL_BYTES)
  return new TextDecoder().decode(ALL_BYTES.subarray(0, 0x80)) + dos
}

/** How likely each letter is in a language, as logarithms. */
function weightsOf({ frequent, others }: Language, charset: string): Map<string, number> {
  const weight = (letters: string, share: number) =>
    [...letters].map((letter) => [letter, Math.log(share / letters.length)] as const)
  return new Map([
    ...[...lettersOf(charset)].map((letter) => [letter, FOREIGN] as const),
    ...weight(frequent, others ? 0.85 : 1),
    ...weight(others, 0.15),
  ])
}

function scoreOfSymbol(symbol: string, before: string, after: string): number {
  const within = isLetter(before) && isLetter(after) && !WITHIN_WORDS.has(symbol)
  const joined = CURRENCY_SIGNS.has(symbol) && isLetter(after)
  const among = [before, after].every((each) => each > '\u007f') && symbol !== '\u00a0'
  return within || joined || among ? MISPLACED : (SYMBOLS.get(symbol) ?? MISPLACED)
}

/** A capital letter within a word of small ones, or the other way round: `BÑckerei`, `BéCKEREI`. */
function hasOddCase(before: string, letter: string, after: string): boolean {
  if (!isLetter(before)) return false
  if (isUpper(letter)) return isLower(before) || (isLetter(after) && isLower(after))
  return isUpper(before) && isLetter(after) && isUpper(after)
}

function scoreOfLetter(
  weights: Map<string, number>,
  [before, letter, after]: readonly [string, string, string],
): number {
  const weight = weights.get(letter) ?? weights.get(letter.toLowerCase())
  if (weight === undefined) return MISPLACED
  const besides = [before, after]
  if (besides.some((each) => /^\d/.test(each))) return MISPLACED
  const letters = besides.filter(isLetter)
  if (letters.some((each) => isLatin(each) !== isLatin(letter))) return MISPLACED
  if (hasOddCase(before, letter, after)) return MISPLACED
  const lonely = letters.length === 0 && !LONELY_WORDS.has(letter)
  return weight + (lonely ? LONELY : 0)
}

function fitOf(
  places: readonly Place[],
  used: Uint8Array,
  language: Language,
  charset: string,
): Fit | undefined {
  const table = tableOf(charset)
  const weights = weightsOf(language, charset)
  let score = Math.log(priors[charset] ?? DEFAULT_PRIOR)
  let misplaced = 0
  let foreign = 0
  let all = 0
  for (const { bytes, count } of places) {
    const [before, letter, after] = bytes.map((byte) => table[byte]!) as [string, string, string]
    const each =
      isLetter(letter) && !SYMBOLS.has(letter)
        ? scoreOfLetter(weights, [before, letter, after])
        : scoreOfSymbol(letter, before, after)
    if (each === MISPLACED) misplaced += count
    if (each === FOREIGN) foreign += count
    all += count
    score += each * count
  }
  if (misplaced > all * MAX_MISPLACED || foreign > all * MAX_FOREIGN) return undefined
  const reason = `It is not UTF-8, and its letters are those of ${language.name} in ${charset}.`
  return { charset, reason, score, decoded: Array.from(used, (byte) => table[byte]).join('') }
}

/** Whether what is there shows that it is this one, and not one that is not among them. */
function isEnough({ charset, decoded }: Fit, distinct: number): boolean {
  if (charset in dosTables) return false
  const letters = [...decoded].filter((each) => isLetter(each) && !SYMBOLS.has(each))
  if (letters.length === 0) return charset === 'windows-1252'
  return letters.some(isLatin) || distinct >= MIN_OTHER_SCRIPT
}

/**
 * The character set in which a text that is not UTF-8 makes sense, if it makes far less in every other
 * one that would give another text.
 */
export function guessCharset(bytes: Uint8Array): Guess | undefined {
  const doubleByte = guessDoubleByte(bytes)
  if (doubleByte) return doubleByte
  const places = placesOf(bytes)
  const used = bytesBeyondAscii(bytes)
  const fits = languages
    .flatMap((language) =>
      language.charsets.map((charset) => fitOf(places, used, language, charset)),
    )
    .filter((fit) => fit !== undefined)
    .toSorted((a, b) => b.score - a.score)
  const [best] = fits
  const rival = fits.find(({ decoded }) => decoded !== best?.decoded)
  if (!best || !isEnough(best, used.length)) return undefined
  if (rival && best.score - rival.score < CERTAIN) return undefined
  return { charset: best.charset, reason: best.reason }
}
