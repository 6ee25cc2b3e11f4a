/** Addresses inside a network, and those that are no host's (IANA special-purpose registries): none of them is asked unless the operator says so of the very service. */
import { BlockList, isIP } from 'node:net'

const INSIDE = new BlockList()
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const)
  INSIDE.addSubnet(network, prefix, 'ipv4')
/** Of the global addresses of IPv6, those that carry an address of IPv4 or are nobody's: protocols and Teredo, documentation, 6to4. */
for (const [network, prefix] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const)
  INSIDE.addSubnet(network, prefix, 'ipv6')

/** All that is assigned to anybody; the other ways to write an address of IPv4 (NAT64, `::10.0.0.1`) are none. */
const GLOBAL = new BlockList()
GLOBAL.addSubnet('2000::', 3, 'ipv6')
/** `::ffff:10.0.0.1` is looked up as the address that it maps. */
GLOBAL.addSubnet('::ffff:0:0', 96, 'ipv6')

/** Whether an IP address is one inside a network, also where IPv6 writes an address of IPv4; of a name nothing is known before it is resolved. */
export function isPrivateAddress(address: string): boolean {
  const family = isIP(address)
  if (family === 6) return !GLOBAL.check(address, 'ipv6') || INSIDE.check(address, 'ipv6')
  return family === 4 && INSIDE.check(address, 'ipv4')
}
