/** This page's own verifier, for when the service is away: it asks the ledger's nodes, and signs nothing. */
import { createLocalVerifier, parseNetwork, type Verification, type VerificationRequest } from '@hefu/sdk'
import { createRegistryDirectory, parseRegistryNetwork } from '@hefu/sdk/registry'

export interface OwnVerification {
  readonly verification: Verification
  /** Host and port of each node that was trusted. */
  readonly nodes: readonly string[]
}

/**
 * @param network what the settings of the service say of it
 * @throws {MalformedError} for a network that no network file could say, and a request that cannot be answered
 */
export async function verifyHere(request: VerificationRequest, network: unknown): Promise<OwnVerification> {
  const { source, nodes } = sourceOf(network)
  return { verification: await createLocalVerifier(source).verify(request), nodes }
}

type Source = Parameters<typeof createLocalVerifier>[0]

function sourceOf(network: unknown): { readonly source: Source; readonly nodes: readonly string[] } {
  const text = JSON.stringify(network)
  if ('ledger' in Object(network)) {
    const pinned = parseNetwork(text)
    return { source: { network: pinned }, nodes: hostsOf([pinned]) }
  }
  const registry = parseRegistryNetwork(text)
  return {
    source: { directory: createRegistryDirectory(registry) },
    nodes: hostsOf([registry, ...registry.nodes.values()]),
  }
}

interface Nodes {
  readonly rpcUrl: string
  readonly otherRpcUrls?: readonly string[]
}

function hostsOf(chains: readonly Nodes[]): readonly string[] {
  const urls = chains.flatMap(({ rpcUrl, otherRpcUrls = [] }) => [rpcUrl, ...otherRpcUrls])
  return [...new Set(urls.map((url) => new URL(url).host))]
}
