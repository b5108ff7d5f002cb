import { createHash } from 'node:crypto'
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64'
import { uniformInt } from 'pure-rand/distribution/uniformInt'
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'

export interface Random {
  /** A whole number, both ends included. */
  integer(low: number, high: number): number
  chance(probability: number): boolean
  pick<T>(list: readonly T[]): T
}

/** Random numbers that the key alone determines. */
export function createRandom(key: string): Random {
  const generator = xoroshiro128plus(createHash('sha256').update(key).digest().readInt32LE())
  const integer = (low: number, high: number) => uniformInt(generator, low, high)
  return {
    integer,
    chance: (probability) => uniformFloat64(generator) < probability,
    pick: (list) => {
      if (list.length === 0) throw new RangeError('nothing to pick from')
      return list[integer(0, list.length - 1)]!
    },
  }
}
