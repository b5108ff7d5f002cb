import ipaddr from 'ipaddr.js'
import type { Principal } from './client.ts'

/**
 * The principal of a client address. Whoever has one IPv6 address has a whole /64 of them, so that
 * is what is counted; an IPv4 address in IPv6 clothes is the IPv4 address.
 */
export function addressPrincipal(address: string | undefined): Principal {
  if (address === undefined || !ipaddr.isValid(address)) return 'address:unknown'
  const parsed = ipaddr.process(address)
  if (parsed.kind() === 'ipv4') return `address:${parsed.toString()}`
  const network = ipaddr.IPv6.networkAddressFromCIDR(`${parsed.toString()}/64`)
  return `address:${network.toString()}/64`
}

/** The principal of an account that somebody tries to log in to. Its name holds no address. */
export async function accountPrincipal(email: string): Promise<Principal> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(email))
  const hex = [...new Uint8Array(digest).slice(0, 16)].map((byte) =>
    byte.toString(16).padStart(2, '0'),
  )
  return `account:${hex.join('')}`
}
