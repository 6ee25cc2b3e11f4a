/** What the page is told of the network: enough for its own verifier to ask the ledger while this service is away. */
import type { Network } from '@hefu/ledger/chain-view'
import type { RegistryNetwork } from '@hefu/ledger/registry'

/** A network as JSON, and the origins of its nodes. */
export interface PublicNetwork {
  readonly network: object
  readonly origins: readonly string[]
}

interface Nodes {
  readonly rpcUrl: string
  readonly otherRpcUrls?: readonly string[]
}

/** `null` where a node’s address is more than an origin: what stands beside that may be a key, which is for this service and for no page. */
export function publicNetworkOf(network: Network | RegistryNetwork): PublicNetwork | null {
  const urls = nodesOf(network).flatMap(({ rpcUrl, otherRpcUrls = [] }) => [rpcUrl, ...otherRpcUrls])
  if (!urls.every(isOriginAlone)) return null
  const nodes = 'registry' in network ? { nodes: Object.fromEntries(network.nodes) } : {}
  return { network: { ...network, ...nodes }, origins: [...new Set(urls.map((url) => new URL(url).origin))] }
}

function nodesOf(network: Network | RegistryNetwork): readonly Nodes[] {
  return 'registry' in network ? [network, ...network.nodes.values()] : [network]
}

function isOriginAlone(url: string): boolean {
  const { origin, href } = new URL(url)
  return href === `${origin}/`
}
