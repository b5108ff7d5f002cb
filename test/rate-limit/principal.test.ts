import { describe, expect, it } from 'vitest'
import { addressPrincipal } from '../../src/rate-limit/principal.ts'

describe('The counted caller', () => {
  it.each([
    ['203.0.113.7', 'address:203.0.113.7'],
    ['::ffff:203.0.113.7', 'address:203.0.113.7'],
    ['2001:db8:1:2:3:4:5:6', 'address:2001:db8:1:2::/64'],
    ['2001:db8:1:2:ffff:ffff:ffff:ffff', 'address:2001:db8:1:2::/64'],
    ['2001:DB8:1:3::1', 'address:2001:db8:1:3::/64'],
    ['::1', 'address:::/64'],
    ['no address', 'address:unknown'],
    [undefined, 'address:unknown'],
  ])('of %s is %s', (address, principal) => {
    expect(addressPrincipal(address)).toBe(principal)
  })
})
