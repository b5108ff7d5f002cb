import { decodeBase64Url, encodeBase64Url } from 'hono/utils/encode'
import { parse, stringify } from 'uuid'
import { hmac, utf8, type Secrets } from '../lib/crypto/derived-keys.ts'
import { apiKeyAccess, userRole, type ApiKeyAccess, type Role } from '../db/enums.ts'

/*
 * `ebk_`, then in base64url: the key's id reversed (16 bytes), the owner's id (16), role and access
 * (1), a secret (32), and an HMAC of all of these (32). The HMAC lets the Worker reject invented keys
 * without a database call. The id is reversed because UUIDv7 begins with the time, and the first
 * characters have to tell keys apart.
 */

const START = 'ebk_'
const ID_BYTES = 16
const SECRET_BYTES = 32
const MAC_BYTES = 32
const SIGNED_BYTES = 2 * ID_BYTES + 1 + SECRET_BYTES
/** Shown to identify a key; contains nothing of the secret. */
const PREFIX_LENGTH = START.length + 8

type Bytes = Uint8Array<ArrayBuffer>

const encode = (bytes: Bytes) => encodeBase64Url(bytes.buffer).replaceAll('=', '')

export interface KeySubject {
  id: string
  userId: string
  role: Role
  access: ApiKeyAccess
}

export const isApiKey = (token: string) => token.startsWith(START)

export const prefixOf = (key: string) => key.slice(0, PREFIX_LENGTH)

/** Stored and looked up in place of the key. A fast hash is safe for 256 random bits. */
export const hashApiKey = async (key: string) =>
  encode(new Uint8Array(await crypto.subtle.digest('SHA-256', utf8(key))))

const idBytes = (id: string): number[] => [...parse(id)]
const rightsByte = ({ role, access }: KeySubject) =>
  userRole.enumValues.indexOf(role) * 2 + apiKeyAccess.enumValues.indexOf(access)

export async function newApiKey(secrets: Secrets, subject: KeySubject): Promise<string> {
  const signed = new Uint8Array([
    ...idBytes(subject.id).toReversed(),
    ...idBytes(subject.userId),
    rightsByte(subject),
    ...crypto.getRandomValues(new Uint8Array(SECRET_BYTES)),
  ])
  const mac = await hmac(secrets[0], 'api key', signed)
  return START + encode(new Uint8Array([...signed, ...mac]))
}

function sameBytes(a: Bytes, b: Bytes): boolean {
  let difference = a.length ^ b.length
  for (const [index, byte] of a.entries()) difference |= byte ^ (b[index] ?? 0)
  return difference === 0
}

function bytesOf(key: string): Bytes | undefined {
  try {
    const bytes = decodeBase64Url(key.slice(START.length))
    // The last character has spare bits; accept only the canonical encoding.
    return bytes.length === SIGNED_BYTES + MAC_BYTES && START + encode(bytes) === key
      ? bytes
      : undefined
  } catch {
    return undefined
  }
}

/** Reads a key; undefined if it was not issued with one of the secrets. */
export async function readApiKey(secrets: Secrets, key: string): Promise<KeySubject | undefined> {
  const bytes = bytesOf(key)
  if (!bytes) return undefined
  const [signed, mac] = [bytes.slice(0, SIGNED_BYTES), bytes.slice(SIGNED_BYTES)]
  const expected = await Promise.all(secrets.map((secret) => hmac(secret, 'api key', signed)))
  if (!expected.some((each) => sameBytes(each, mac))) return undefined
  const rights = signed[2 * ID_BYTES]!
  const [role, access] = [userRole.enumValues[rights >> 1], apiKeyAccess.enumValues[rights & 1]]
  if (role === undefined || access === undefined) return undefined
  return {
    id: stringify(signed.slice(0, ID_BYTES).toReversed()),
    userId: stringify(signed.slice(ID_BYTES, 2 * ID_BYTES)),
    role,
    access,
  }
}
