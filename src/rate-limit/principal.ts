import ipaddr from 'ipaddr.js'
import type { Principal } from './client.ts'

/**
 * The principal of a client address. IPv6 is counted per /64, because a client usually has all of
 * its addresses. An IPv4-mapped IPv6 address counts as IPv4.
 */
export function addressPrincipal(address: string | undefined): Principal {
  if (address === undefined || !ipaddr.isValid(address)) return 'address:unknown'
  const parsed = ipaddr.process(address)
  if (parsed.kind() === 'ipv4') return `address:${parsed.toString()}`
  const network = ipaddr.IPv6.networkAddressFromCIDR(`${parsed.toString()}/64`)
  return `address:${network.toString()}/64`
}

/** The principal of a login attempt. Hashed, so that it does not contain the e-mail address. */
export async function accountPrincipal(email: string): Promise<Principal> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(email))
  const hex = [...new Uint8Array(digest).slice(0, 16)].map((byte) =>
    byte.toString(16).padStart(2, '0'),
  )
  return `account:${hex.join('')}`
}
