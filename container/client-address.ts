import ipaddr from 'ipaddr.js'

type Address = ipaddr.IPv4 | ipaddr.IPv6
type Network = [Address, number]

/** Which header tells the client's address, and from which proxies it is believed. */
export interface TrustedProxies {
  header: string
  networks: Network[]
}

/** Reads a list that each proxy appends the address to that it was called from. */
const LIST_HEADER = 'x-forwarded-for'

/** An address, as a proxy writes it: also with a port, and an IPv6 one in brackets. */
export function parseAddress(text: string): Address | null {
  const [, bracketed] = /^\[([^\]]*)\](?::\d{1,5})?$/.exec(text.trim()) ?? []
  const [, beforePort] = /^([\d.]+):\d{1,5}$/.exec(text.trim()) ?? []
  const address = bracketed ?? beforePort ?? text.trim()
  // `isValid` takes "1" and "0x7f.1" too, which are addresses to some programs and not to others.
  const valid = ipaddr.IPv4.isValidFourPartDecimal(address) || ipaddr.IPv6.isValid(address)
  return valid ? ipaddr.process(address.replace(/%.*$/, '')) : null
}

/**
 * Reads a list such as "10.0.0.0/8, 2001:db8::/32, 192.0.2.7".
 * @throws Error that names the part that is not a network
 */
export function parseNetworks(text: string): Network[] {
  const parts = text.split(',').map((part) => part.trim())
  return parts.filter(Boolean).map((part) => {
    const [, base = part, bits] = /^(.*)\/(\d{1,3})$/.exec(part) ?? []
    const address = parseAddress(base)
    const most = address?.kind() === 'ipv4' ? 32 : 128
    const length = bits === undefined ? most : Number(bits)
    if (address === null || base.startsWith('[') || length > most) {
      throw new Error(`"${part}" is not an address or a network such as 10.0.0.0/8.`)
    }
    return [address, length]
  })
}

const isTrusted = (address: Address, { networks }: TrustedProxies) =>
  networks.some(
    ([network, length]) => address.kind() === network.kind() && address.match(network, length),
  )

/**
 * The address of the client: that of the connection, unless it is a trusted proxy. What a proxy
 * appended is read from the right, past other trusted proxies: a client can write the rest itself.
 */
export function findClientAddress(
  connection: string | undefined,
  headers: Headers,
  trust: TrustedProxies | null,
): string | undefined {
  let nearest = parseAddress(connection ?? '')
  if (nearest === null || trust === null) return nearest?.toString()
  const value = headers.get(trust.header) ?? ''
  // A header with one address for the client is not a list, so more than one is not believed.
  const hops = trust.header.toLowerCase() === LIST_HEADER ? value.split(',').toReversed() : [value]
  for (const hop of hops) {
    if (!isTrusted(nearest, trust)) break
    const address = parseAddress(hop)
    if (address === null) break
    nearest = address
  }
  return nearest.toString()
}

/** Whether what the connection's other side says about the request is believed. */
export function isFromProxy(connection: string | undefined, trust: TrustedProxies | null): boolean {
  const address = parseAddress(connection ?? '')
  return address !== null && trust !== null && isTrusted(address, trust)
}
