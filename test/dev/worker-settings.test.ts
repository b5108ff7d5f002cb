import { expect, it } from 'vitest'
import { CliError } from '../../dev/cli-error.ts'
import { checkSettings, knownSettings, findSettingsIssue } from '../../dev/worker-settings.ts'

it('knows what wrangler.toml names', () => {
  const known = knownSettings()
  expect(known.slice(0, 3)).toEqual(['DATABASE_URL', 'JWT_SECRET', 'JWT_SECRET_PREVIOUS'])
  expect(known).toContain('RATE_LIMIT_ANONYMOUS')
  expect(known).toContain('NEON_FETCH_ENDPOINT')
  expect(known).toContain('CORS_ORIGINS')
})

it.each([
  ['DATABASE_URL:mysql://me:geheim@x/y', /^(?!.*geheim)DATABASE_URL is not a connection string/],
  ['DATABASE_URL:', 'DATABASE_URL is not a connection string'],
  ['NEON_FETCH_ENDPOINT:garbage', 'NEON_FETCH_ENDPOINT is not an address like http://'],
  ['NEON_FETCH_ENDPOINT:localhost:4444/sql', 'NEON_FETCH_ENDPOINT is not an address'],
])('refuses %s', (text, message) => {
  const check = () => checkSettings(['RATE_LIMIT_READ:1/2', text])
  expect(check).toThrow(CliError)
  expect(check).toThrow(message)
})

it('lets pass what the Worker can use', () => {
  checkSettings([
    'DATABASE_URL:postgres://me@x/y',
    'NEON_FETCH_ENDPOINT:no',
    'NEON_FETCH_ENDPOINT:http://127.0.0.1:4444/sql',
  ])
  checkSettings(['DATABASE_URL:postgresql://me@x/y', 'NEON_FETCH_ENDPOINT:'])
})

it('finds the reason in the log line of a request, and in no other', () => {
  const error = { name: 'ConfigurationError', message: 'RATE_LIMIT_READ: no', stack: [] }
  const line = { level: 'error', event: 'request', status: 500, error }
  expect(findSettingsIssue(JSON.stringify(line))).toBe('RATE_LIMIT_READ: no')
  const others = [
    { ...line, event: 'other' },
    { ...line, error: { name: 'Error', message: 'x' } },
    { ...line, error: { name: 'ConfigurationError' } },
    { ...line, error: undefined },
    null,
  ]
  for (const other of others) expect(findSettingsIssue(JSON.stringify(other))).toBeNull()
  expect(findSettingsIssue('GET /health 500')).toBeNull()
})
