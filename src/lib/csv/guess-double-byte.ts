export interface Guess {
  charset: string
  /** Why, as a sentence. */
  reason: string
}

interface DoubleByte {
  charset: string
  name: string
  isLead(byte: number): boolean
  /** Whether a pair is one of the frequent characters; undefined for punctuation and letters of ASCII. */
  isCommon(lead: number, trail: number): boolean | undefined
  /** Whether pairs of these leads and trails occur in no other character set as often. */
  isTypical(lead: number, trail: number): boolean
  minTypical: number
  /**
   * By chance, so many different characters are rarely all from the part that another character set
   * shares.
   */
  minDistinct: number
}

const between = (byte: number, first: number, last: number) => byte >= first && byte <= last
const isHigh = (byte: number) => between(byte, 0xa1, 0xfe)

/** Their frequent characters have places of their own in the standards: the first level. */
const charsets: DoubleByte[] = [
  {
    charset: 'shift_jis',
    name: 'Japanese',
    isLead: (byte) => between(byte, 0x81, 0x9f) || byte >= 0xe0,
    isCommon: (lead) => (lead === 0x81 ? undefined : lead <= 0x83 || between(lead, 0x88, 0x98)),
    isTypical: (lead) => between(lead, 0x82, 0x98),
    minTypical: 0.95,
    minDistinct: 8,
  },
  {
    charset: 'euc-jp',
    name: 'Japanese',
    isLead: isHigh,
    isCommon: (lead, trail) =>
      lead === 0xa1 || lead === 0xa3
        ? undefined
        : isHigh(trail) && (between(lead, 0xa4, 0xa5) || between(lead, 0xb0, 0xcf)),
    // Kana, which Chinese and Korean do not have
    isTypical: (lead) => between(lead, 0xa4, 0xa5),
    minTypical: 0.1,
    minDistinct: 24,
  },
  {
    charset: 'euc-kr',
    name: 'Korean',
    isLead: isHigh,
    isCommon: (lead, trail) =>
      lead === 0xa1 || lead === 0xa3 ? undefined : isHigh(trail) && between(lead, 0xb0, 0xc8),
    isTypical: (lead) => between(lead, 0xb0, 0xc8),
    minTypical: 1,
    minDistinct: 24,
  },
  {
    charset: 'gb18030',
    name: 'Chinese',
    isLead: (byte) => byte > 0x80,
    isCommon: (lead, trail) =>
      lead === 0xa1 || lead === 0xa3 ? undefined : isHigh(trail) && between(lead, 0xb0, 0xd7),
    // Neither Korean syllables nor frequent characters of Japanese
    isTypical: (lead) => between(lead, 0xd0, 0xd7),
    minTypical: 0.05,
    minDistinct: 24,
  },
  {
    charset: 'big5',
    name: 'Chinese',
    isLead: (byte) => byte > 0x80,
    isCommon: (lead) => (between(lead, 0xa1, 0xa3) ? undefined : between(lead, 0xa4, 0xc6)),
    // The others have no such trails
    isTypical: (_lead, trail) => between(trail, 0x40, 0x7e),
    minTypical: 0.2,
    minDistinct: 24,
  },
]

const MIN_COMMON = 0.95

function distinctPairs(bytes: Uint8Array, isLead: (byte: number) => boolean): number[] {
  const leads = Uint8Array.from({ length: 256 }, (_, byte) => (byte > 0x7f && isLead(byte) ? 1 : 0))
  const seen = new Uint8Array(65_536)
  const pairs: number[] = []
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at]!
    if (leads[byte] !== 1) continue
    const pair = byte * 256 + (bytes[++at] ?? 0)
    if (seen[pair] === 1) continue
    seen[pair] = 1
    pairs.push(pair)
  }
  return pairs
}

function fits(
  bytes: Uint8Array,
  { charset, isLead, isCommon, isTypical, minTypical, minDistinct }: DoubleByte,
) {
  const pairs = distinctPairs(bytes, isLead)
    .map((pair) => [pair >> 8, pair & 0xff] as const)
    .filter(([lead, trail]) => isCommon(lead, trail) !== undefined)
  const common = pairs.filter(([lead, trail]) => isCommon(lead, trail)).length
  const typical = pairs.filter(([lead, trail]) => isTypical(lead, trail)).length
  if (pairs.length < minDistinct || common < pairs.length * MIN_COMMON) return false
  if (typical < pairs.length * minTypical) return false
  try {
    new TextDecoder(charset, { fatal: true, ignoreBOM: false }).decode(bytes)
    return true
  } catch {
    return false
  }
}

/** Japanese, Chinese or Korean where nearly all characters are frequent ones of exactly one of them. */
export function guessDoubleByte(bytes: Uint8Array): Guess | undefined {
  const found = charsets.filter((each) => fits(bytes, each))
  const [best] = found
  if (!best || found.length > 1) return undefined
  const reason = `It is not UTF-8, and nearly all its characters are frequent ones of ${best.name} in ${best.charset}.`
  return { charset: best.charset, reason }
}
