import { Buffer } from 'node:buffer'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { newApiKey } from '../../src/access/api-key-format.ts'
import { hmac, utf8, type Purpose } from '../../src/lib/crypto/derived-keys.ts'
import { createEncryption } from '../../src/lib/crypto/encryption.ts'
import { addressPrincipal } from '../../src/rate-limit/principal.ts'
import { testSecret } from '../support/app.ts'
import { collectLog } from '../support/log-lines.ts'
import { someTransaction } from '../support/transactions.ts'
import { useApp } from '../support/use-app.ts'
import { createUser, loginAs, password } from '../support/users.ts'

const { app } = useApp()
let log: string[]

beforeAll(() => void (log = collectLog()))
afterAll(() => void vi.restoreAllMocks())

const purposes: Record<Purpose, true> = {
  'refresh token': true,
  'login pass': true,
  'api key': true,
  'totp secret': true,
  fingerprint: true,
  'stored response': true,
  log: true,
}
const names = Object.keys(purposes) as Purpose[]

const base64Url = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url')

/** HKDF with SHA-256, written here by RFC 5869 and not taken from the code. */
async function derived(purpose: Purpose, secret = testSecret): Promise<Uint8Array<ArrayBuffer>> {
  const sign = async (key: Uint8Array<ArrayBuffer>, data: Uint8Array<ArrayBuffer>) => {
    const algorithm = { name: 'HMAC', hash: 'SHA-256' }
    const imported = await crypto.subtle.importKey('raw', key, algorithm, false, ['sign'])
    return new Uint8Array(await crypto.subtle.sign('HMAC', imported, data))
  }
  const extracted = await sign(new Uint8Array(32), utf8(secret))
  return sign(extracted, new Uint8Array([...utf8(`edgebook ${purpose}`), 1]))
}

async function expectedHmac(purpose: Purpose, data: Uint8Array<ArrayBuffer>, secret?: string) {
  const algorithm = { name: 'HMAC', hash: 'SHA-256' }
  const key = await crypto.subtle.importKey(
    'raw',
    await derived(purpose, secret),
    algorithm,
    false,
    ['sign'],
  )
  return new Uint8Array(await crypto.subtle.sign('HMAC', key, data))
}

async function decrypted(purpose: Purpose, owner: string, text: string): Promise<string> {
  const bytes = new Uint8Array(Buffer.from(text, 'base64url'))
  const key = await crypto.subtle.importKey('raw', await derived(purpose), 'AES-GCM', false, [
    'decrypt',
  ])
  const parameters = { name: 'AES-GCM', iv: bytes.slice(0, 12), additionalData: utf8(owner) }
  return new TextDecoder().decode(await crypto.subtle.decrypt(parameters, key, bytes.slice(12)))
}

describe('The key of a purpose', () => {
  // A secret of its own: the code keeps a key of one kind for each secret and purpose.
  const secret = 'a secret of this file, with its own keys'

  it.each(names)(
    'is derived from the secret by HKDF with the name of the purpose: %s',
    async (name) => {
      const data = utf8('data')
      expect(await hmac(secret, name, data)).toEqual(await expectedHmac(name, data, secret))
    },
  )

  it('differs from that of every other purpose', async () => {
    const macs = await Promise.all(names.map((name) => hmac(secret, name, utf8('data'))))
    expect(new Set(macs.map(base64Url)).size).toBe(names.length)
  })

  it('decrypts nothing that was encrypted for another purpose', async () => {
    const [one, other] = [
      createEncryption([testSecret], 'totp secret'),
      createEncryption([testSecret], 'stored response'),
    ]
    const text = await one.encrypt('owner', 'text')
    expect(await one.decrypt('owner', text)).toEqual({ text: 'text', current: true })
    expect(await other.decrypt('owner', text)).toBeUndefined()
    expect(await decrypted('totp secret', 'owner', text)).toBe('text')
  })
})

describe('The key for', () => {
  it('refresh tokens makes the next token', async () => {
    const { refreshToken } = await loginAs(app, 'viewer')
    const json = { refresh_token: refreshToken }
    const { body } = await app.call('POST', '/v1/auth/refresh', { json })
    const next = base64Url(await expectedHmac('refresh token', utf8(refreshToken)))
    expect(body.refresh_token).toBe(`ebr_${next}`)
  })

  it('API keys signs them', async () => {
    const subject = { id: crypto.randomUUID(), userId: crypto.randomUUID() }
    const key = await newApiKey([testSecret], { ...subject, role: 'viewer', access: 'read' })
    const bytes = new Uint8Array(Buffer.from(key.slice('ebk_'.length), 'base64url'))
    const signature = await expectedHmac('api key', bytes.slice(0, -32))
    expect(base64Url(bytes.slice(-32))).toBe(base64Url(signature))
  })

  it('TOTP secrets encrypts them, and the key for stored responses the response', async () => {
    const user = await loginAs(app, 'viewer')
    const headers = { 'Idempotency-Key': 'totp' }
    const { body } = await user.post('/v1/auth/totp', { password }, { headers })
    const [row] = await app.sql`select secret from data.totp_secrets where user_id = ${user.id}`
    expect(await decrypted('totp secret', user.id, row!['secret'])).toBe(body.secret)
    const [stored] = await app.sql`select response from data.idempotency_keys
                                    where user_id = ${user.id}`
    const response = await decrypted('stored response', user.id, stored!['response'].encrypted)
    expect(JSON.parse(response)).toMatchObject({ secret: body.secret })
  })

  it('fingerprints hashes requests, in the same way as the releases before', async () => {
    const user = await createUser(app, 'analyst')
    const headers = { 'Idempotency-Key': 'one' }
    await user.post('/v1/transactions?dry_run=false', someTransaction, { headers })
    const [row] = await app.sql`select fingerprint from data.idempotency_keys
                                 where user_id = ${user.id}`
    const request = ['POST', '/v1/transactions', '?dry_run=false', null]
    const parts = [['analyst', null], ...request, JSON.stringify(someTransaction)]
    const hash = base64Url(await expectedHmac('fingerprint', utf8(JSON.stringify(parts))))
    expect(row!['fingerprint'].replaceAll('=', '')).toBe(hash)
  })

  it('the log hashes networks', async () => {
    const address = '198.51.100.77'
    await app.call('POST', '/v1/auth/refresh', {
      headers: { 'CF-Connecting-IP': address },
      json: { refresh_token: 'unknown' },
    })
    const hash = base64Url(await expectedHmac('log', utf8(addressPrincipal(address))))
    expect(JSON.parse(log.at(-1)!)).toMatchObject({ network_hash: hash.slice(0, 16) })
  })
})
