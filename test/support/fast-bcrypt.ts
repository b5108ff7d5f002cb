import bcrypt from 'bcryptjs'

/*
 * A setup file: comparing a password with a hash costs 150 ms of CPU and has the same result each time,
 * so tests that log in with the same password compute it once. Hashing has a random salt and stays.
 */

const { compare } = bcrypt
const results = new Map<string, Promise<boolean>>()

bcrypt.compare = (password: string, hash: string) => {
  const key = JSON.stringify([password, hash])
  const result = results.get(key) ?? compare(password, hash)
  results.set(key, result)
  return result
}
