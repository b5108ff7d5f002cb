import bcrypt from 'bcryptjs'

/*
 * A setup file: bcrypt costs 150 ms of CPU each time, and tests use few passwords. Each result is real,
 * and computed once.
 */

const { compare, hash: makeHash } = bcrypt

function once<Args extends unknown[], Result>(compute: (...args: Args) => Promise<Result>) {
  const results = new Map<string, Promise<Result>>()
  return (...args: Args): Promise<Result> => {
    const key = JSON.stringify(args)
    const result = results.get(key) ?? compute(...args)
    results.set(key, result)
    return result
  }
}

bcrypt.compare = once((text: string, hash: string) => compare(text, hash))
bcrypt.hash = once((text: string, cost: string | number) => makeHash(text, cost))
