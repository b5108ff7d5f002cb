import { describe, expect, it } from 'vitest'
import { useApp } from '../support/use-app.ts'

const { app, viewer } = useApp()

describe('A response', () => {
  const paths = [
    '/',
    '/health',
    '/openapi.json',
    '/v1/auth/me',
    '/v1/nothing',
    '/problems/not_found',
  ]

  it.each([...paths, '/ui'])('asks browsers to use HTTPS for a year: %s', async (path) => {
    const { headers } = await app.call('GET', path, { token: viewer.token })
    expect(headers.get('Strict-Transport-Security')).toBe('max-age=31536000; includeSubDomains')
    expect(headers.get('X-Content-Type-Options')).toBe('nosniff')
  })

  it.each(paths)('can load nothing and be in no frame: %s', async (path) => {
    const { headers } = await app.call('GET', path, { token: viewer.token })
    expect(headers.get('Content-Security-Policy')).toBe(
      "default-src 'none'; frame-ancestors 'none'",
    )
  })
})

describe('Swagger UI', () => {
  it('does not store the token', async () => {
    const { text } = await app.call('GET', '/ui')
    expect(text).not.toContain('persistAuthorization')
  })
})
