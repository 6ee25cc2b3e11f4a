/** From which address a request comes: what a header says of it counts only where a configured proxy wrote it. */
import type { IncomingMessage } from 'node:http'
import { BlockList, isIP, isIPv6 } from 'node:net'

/** The header that the proxies write; any other stays what the sender wrote. */
export type ForwardingHeader = 'forwarded' | 'x-forwarded-for'

export interface Proxies {
  /** Addresses, and networks such as `10.0.0.0/8`. */
  readonly addresses: readonly string[]
  readonly header: ForwardingHeader
}

export type AddressReader = (req: IncomingMessage) => string

/** Whether a text is an address, or a network. */
export function isProxyAddress(text: string): boolean {
  const [address = '', prefix, ...rest] = text.split('/')
  const most = isIPv6(address) ? 128 : 32
  return isIP(address) !== 0 && rest.length === 0 && (prefix === undefined || isPrefix(prefix, most))
}

function isPrefix(text: string, most: number): boolean {
  return /^[0-9]{1,3}$/.test(text) && Number(text) <= most
}

/**
 * Reads addresses behind these proxies. From the nearest outwards, the first one that is no proxy of ours is the
 * client: what stands before it was sent by whoever likes. An IPv6 address counts for its network of 64 bits.
 */
export function createAddressReader({ addresses, header }: Proxies): AddressReader {
  const trusted = new BlockList()
  for (const entry of addresses) {
    const [address = '', prefix] = entry.split('/')
    const family = isIPv6(address) ? 'ipv6' : 'ipv4'
    if (prefix === undefined) trusted.addAddress(address, family)
    else trusted.addSubnet(address, Number(prefix), family)
  }
  const isProxy = (address: string): boolean =>
    isIP(address) !== 0 && trusted.check(address, isIPv6(address) ? 'ipv6' : 'ipv4')
  return (req) => {
    let client = plainAddress(req.socket.remoteAddress ?? '')
    const named = isProxy(client) ? namedIn(req, header) : []
    for (const address of named.toReversed()) {
      // What is no address says nothing: the proxy that passed it on stands for its sender.
      if (!isProxy(client) || isIP(address) === 0) break
      client = address
    }
    return networkOf(client)
  }
}

function namedIn(req: IncomingMessage, header: ForwardingHeader): readonly string[] {
  const parts = (req.headersDistinct[header] ?? []).flatMap((line) => line.split(','))
  return parts.map((part) => plainAddress(header === 'forwarded' ? forwardedFor(part) : part.trim()))
}

/** The `for` of one element of `Forwarded` (RFC 7239 §4). */
function forwardedFor(element: string): string {
  return /(?:^|;)\s*for=("?)([^";]*)\1\s*(?:;|$)/i.exec(element)?.[2] ?? ''
}

/** Without brackets, port, and the dress of an IPv4 address as IPv6. */
function plainAddress(text: string): string {
  const bare = /^\[([^\]]*)\](?::\d+)?$/.exec(text)?.[1] ?? /^([0-9.]+):\d+$/.exec(text)?.[1] ?? text
  return /^::ffff:([0-9.]+)$/i.exec(bare)?.[1] ?? bare
}

function networkOf(address: string): string {
  if (!isIPv6(address)) return address
  const [head = '', tail] = address.toLowerCase().split('::')
  const groups = head.split(':').filter(Boolean)
  const last = (tail ?? '').split(':').filter(Boolean)
  const zeros = tail === undefined ? 0 : 8 - groups.length - last.length
  const all = [...groups, ...Array.from({ length: zeros }, () => '0'), ...last]
  return `${all
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')}::/64`
}
