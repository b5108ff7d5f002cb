import { expect, it } from 'vitest'
import {
  findClientAddress,
  isFromProxy,
  parseAddress,
  parseNetworks,
} from '../../container/client-address.ts'

const trust = (header: string, networks: string) => ({ header, networks: parseNetworks(networks) })
const find = (
  connection: string,
  headers: Record<string, string>,
  trusted: ReturnType<typeof trust> | null,
) => findClientAddress(connection, new Headers(headers), trusted)

const forged = {
  'CF-Connecting-IP': '198.51.100.1',
  'X-Forwarded-For': '198.51.100.2',
  'X-Real-IP': '198.51.100.3',
}

it('Without trusted proxies the address of the connection counts, whatever the headers say', () => {
  expect(find('203.0.113.9:4711', forged, null)).toBe('203.0.113.9')
  expect(find('[2001:db8::9]:4711', forged, null)).toBe('2001:db8::9')
  expect(find('[::ffff:203.0.113.9]:4711', forged, null)).toBe('203.0.113.9')
})

it('A connection that does not come from a trusted proxy is not believed', () => {
  expect(find('203.0.113.9:1', forged, trust('X-Forwarded-For', '10.0.0.0/8'))).toBe('203.0.113.9')
  expect(isFromProxy('203.0.113.9:1', trust('X-Forwarded-For', '10.0.0.0/8'))).toBe(false)
  expect(isFromProxy('10.1.2.3:1', trust('X-Forwarded-For', '10.0.0.0/8'))).toBe(true)
})

it.each([
  ['198.51.100.7', '198.51.100.7'],
  // What the client wrote itself is to the left of what the proxy appended.
  ['1.1.1.1, 198.51.100.7', '198.51.100.7'],
  ['1.1.1.1, 198.51.100.7, 10.9.9.9, 10.0.0.2', '198.51.100.7'],
  ['198.51.100.7:5000, 10.0.0.2', '198.51.100.7'],
  ['[2001:db8::7]:5000, 10.0.0.2', '2001:db8::7'],
  ['::ffff:198.51.100.7', '198.51.100.7'],
  // Only proxies: the first of them.
  ['10.0.0.3, 10.0.0.2', '10.0.0.3'],
  // What cannot be read ends the list at the last proxy that is known.
  ['198.51.100.7, unknown, 10.0.0.2', '10.0.0.2'],
  ['198.51.100.7, ', '10.0.0.1'],
  ['', '10.0.0.1'],
  ['not an address', '10.0.0.1'],
])('X-Forwarded-For "%s" from a trusted proxy tells the address %s', (value, address) => {
  const proxies = trust('X-Forwarded-For', '10.0.0.0/8')
  expect(find('10.0.0.1:80', { 'X-Forwarded-For': value }, proxies)).toBe(address)
})

it('A header with one address is believed only if it has one', () => {
  const proxies = trust('X-Real-IP', '10.0.0.1')
  expect(find('10.0.0.1:80', { 'X-Real-IP': '198.51.100.7' }, proxies)).toBe('198.51.100.7')
  expect(find('10.0.0.1:80', { 'X-Real-IP': '1.1.1.1, 198.51.100.7' }, proxies)).toBe('10.0.0.1')
  expect(find('10.0.0.1:80', { 'X-Forwarded-For': '198.51.100.7' }, proxies)).toBe('10.0.0.1')
  expect(find('10.0.0.2:80', { 'X-Real-IP': '198.51.100.7' }, proxies)).toBe('10.0.0.2')
})

it('Networks of IPv6 match addresses of IPv6 only', () => {
  const proxies = trust('X-Forwarded-For', 'fd00::/8, 2001:db8::1')
  const headers = { 'X-Forwarded-For': '198.51.100.7' }
  expect(find('[fd12::1]:80', headers, proxies)).toBe('198.51.100.7')
  expect(find('[2001:db8::1]:80', headers, proxies)).toBe('198.51.100.7')
  expect(find('[2001:db8::2]:80', headers, proxies)).toBe('2001:db8::2')
  expect(find('10.0.0.1:80', headers, proxies)).toBe('10.0.0.1')
})

it.each(['10.0.0.0/33', 'fd00::/129', 'example.org', '10.0.0', '10.0.0.0/8/8', '0x0a.1', '1', '*'])(
  'The network "%s" is refused',
  (text) => {
    expect(() => parseNetworks(text)).toThrow('is not an address or a network')
  },
)

it('Addresses in forms that programs read differently are not addresses', () => {
  for (const text of ['1', '0x7f.1', '127.1', '010.0.0.1', '1.2.3.4.5', '::1%', '', '[::1'])
    expect(parseAddress(text)?.toString() ?? null, text).toBeNull()
})
