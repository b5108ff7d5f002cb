/** Random numbers that a key alone decides, so that the same key tells the same story again. */
export interface Random {
  /** 32 random bits. */
  word(): number
  /** From 0 up to, but without, 1. */
  fraction(): number
  /** A whole number, both ends included. */
  integer(low: number, high: number): number
  chance(probability: number): boolean
  pick<T>(list: readonly T[]): T
  /** A price in cents between two prices in whole units, more often in the middle of them. */
  cents(low: number, high: number): number
}

/*
 * Only operations that every machine rounds alike are used on the numbers: Math.log or Math.sin may
 * differ in the last digit from one engine to the next, and a cent with it.
 */
export function createRandom(key: string): Random {
  const word = sfc32(key)
  const fraction = () => word() / 2 ** 32
  const integer = (low: number, high: number) => low + Math.floor(fraction() * (high - low + 1))
  return {
    word,
    fraction,
    integer,
    chance: (probability) => fraction() < probability,
    pick: (list) => {
      if (list.length === 0) throw new RangeError('nothing to pick from')
      return list[integer(0, list.length - 1)]!
    },
    cents: (low, high) => {
      const middle = (fraction() + fraction()) / 2
      return Math.round(100 * (low + (high - low) * middle))
    },
  }
}

/** The generator "small fast counting" by Chris Doty-Humphrey, 32 bits wide. */
function sfc32(key: string): () => number {
  const nextSeed = xmur3(key)
  let a = nextSeed()
  let b = nextSeed()
  let c = nextSeed()
  let counter = nextSeed()
  const next = () => {
    const sum = (a + b + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (((c << 21) | (c >>> 11)) + sum) | 0
    return sum >>> 0
  }
  // The first numbers still resemble the seed.
  for (let round = 0; round < 12; round++) next()
  return next
}

/** Spreads a text over as many 32-bit seeds as are asked for. */
function xmur3(text: string): () => number {
  let hash = 1779033703 ^ text.length
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 3432918353)
    hash = (hash << 13) | (hash >>> 19)
  }
  return () => {
    hash = Math.imul(hash ^ (hash >>> 16), 2246822507)
    hash = Math.imul(hash ^ (hash >>> 13), 3266489909)
    hash ^= hash >>> 16
    return hash >>> 0
  }
}

/** A UUIDv7: the time in milliseconds, then random bits. */
export function timedId(instant: string, random: Random): string {
  const time = Date.parse(instant).toString(16).padStart(12, '0')
  const version = `7${hex(random, 3)}`
  const variant = `${random.pick(['8', '9', 'a', 'b'])}${hex(random, 3)}`
  return [time.slice(0, 8), time.slice(8), version, variant, hex(random, 6) + hex(random, 6)].join(
    '-',
  )
}

function hex(random: Random, digits: number): string {
  return random
    .integer(0, 16 ** digits - 1)
    .toString(16)
    .padStart(digits, '0')
}
