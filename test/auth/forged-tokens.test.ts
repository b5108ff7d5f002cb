import { sign } from 'hono/jwt'
import type { JWTPayload } from 'hono/utils/jwt/types'
import { beforeAll, describe, expect, it } from 'vitest'
import { newRefreshToken } from '../../src/access/refresh-tokens.ts'
import { testSecret } from '../support/app.ts'
import { useApp } from '../support/use-app.ts'
import { createUser } from '../support/users.ts'

const { app, admin } = useApp()
let claims: JWTPayload

const part = (value: unknown) =>
  btoa(JSON.stringify(value)).replaceAll('=', '').replaceAll('+', '-').replaceAll('/', '_')

beforeAll(() => {
  claims = JSON.parse(atob(admin.token.split('.')[1]!.replaceAll('-', '+').replaceAll('_', '/')))
})

async function expectRefused(token: string) {
  const { status, body, headers } = await app.call('GET', '/v1/auth/me', { token })
  expect(status).toBe(401)
  expect(headers.get('WWW-Authenticate')).toMatch(/^Bearer/)
  expect(JSON.stringify(body)).not.toContain(token.slice(0, 20))
}

describe('a forged token is refused', () => {
  it('while the same claims, signed as they should be, are taken', async () => {
    const { status } = await app.call('GET', '/v1/auth/me', {
      token: await sign(claims, testSecret),
    })
    expect(status).toBe(200)
  })

  it.each(['exp', 'iat', 'iss', 'aud', 'use', 'sub', 'sid', 'ver', 'role'])(
    'without %s',
    async (name) => {
      const { [name]: _left, ...rest } = claims
      await expectRefused(await sign(rest, testSecret))
    },
  )

  it.each([
    ['a time to come', { iat: Math.floor(Date.now() / 1000) + 3600 }],
    ['an end that is past', { exp: Math.floor(Date.now() / 1000) - 1 }],
    ['an expiry that is not a number', { exp: '9999999999' as unknown as number }],
    ['another issuer', { iss: 'somebody' }],
    ['another audience', { aud: 'other-api' }],
    ['another use', { use: 'refresh' }],
    ['an unknown role', { role: 'root' }],
    ['a user whose id is not a UUID', { sub: "' or true --" }],
    ['another token version', { ver: 2 }],
    ['another session', { sid: '0198c2a4-5b1e-7d2a-9b60-3f4f5f0c8a11' }],
  ])('with %s', async (_what, changed) => {
    await expectRefused(await sign({ ...claims, ...changed }, testSecret))
  })

  it('with another secret', async () => {
    await expectRefused(await sign(claims, 'not the secret, but of the same length'))
  })

  it('with no algorithm', async () => {
    await expectRefused(`${part({ alg: 'none', typ: 'JWT' })}.${part(claims)}.`)
  })

  it('with another algorithm', async () => {
    await expectRefused(await sign(claims, testSecret, 'HS512'))
  })

  it('with claims that were changed after signing', async () => {
    const [header, , signature] = admin.token.split('.')
    await expectRefused(`${header}.${part({ ...claims, role: 'admin', ver: 1 })}x.${signature}`)
  })

  it('where it is a refresh token', () => expectRefused(newRefreshToken()))

  it('where it raises the role of its user: the database knows better', async () => {
    const viewer = await createUser(app, 'viewer')
    const own = JSON.parse(
      atob(viewer.token.split('.')[1]!.replaceAll('-', '+').replaceAll('_', '/')),
    )
    const token = await sign({ ...own, role: 'admin' }, testSecret)
    const { status } = await app.call('GET', '/v1/users', { token })
    expect(status).toBe(403)
  })
})
