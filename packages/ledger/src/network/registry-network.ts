/** Where a registry of ledgers is, and which nodes answer for the ledgers that it may name. */
import { type Hex, malformed, parseHex, quote } from '@hefu/protocol'
import { type Network, parseJsonObject, parseNetwork, parsePositiveInteger, parseRpcUrl } from './network.ts'

/** A registry on a chain, and the nodes to ask: its own, and one for every other chain that its ledgers are on. */
export interface RegistryNetwork {
  /** JSON-RPC endpoint over http or https for the registry and the ledgers on its chain. */
  readonly rpcUrl: string
  readonly chainId: number
  /** Address of the registry's contract, lower case. */
  readonly registry: Hex
  /** JSON-RPC endpoints for ledgers on other chains, by chain id. */
  readonly nodes: ReadonlyMap<number, string>
}

const MAX_NODES = 64

/**
 * Reads a network file that names a `ledger` to pin or, without one, a `registry` to follow. A file with both pins the
 * ledger: whoever follows the registry leaves `ledger` out.
 *
 * @throws {MalformedError}
 */
export function parseTrustedNetwork(text: string): Network | RegistryNetwork {
  const { ledger, registry } = parseJsonObject(text)
  if (ledger !== undefined) return parseNetwork(text)
  if (registry !== undefined) return parseRegistryNetwork(text)
  throw malformed('missing', 'network', 'a ledger to pin or a registry to follow', 'neither')
}

/**
 * Reads a network file (JSON) with the members of {@link RegistryNetwork}; without `nodes`, ledgers on other chains
 * cannot be asked.
 *
 * @throws {MalformedError}
 */
export function parseRegistryNetwork(text: string): RegistryNetwork {
  const value = parseJsonObject(text)
  const chainId = parsePositiveInteger(value['chainId'], 'chainId', 1)
  return {
    rpcUrl: parseRpcUrl(value['rpcUrl']),
    chainId,
    registry: parseHex(value['registry'], 20, 'network.registry'),
    nodes: parseNodes(value['nodes'] ?? {}, chainId),
  }
}

function parseNodes(value: unknown, ownChainId: number): ReadonlyMap<number, string> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw malformed('wrong-type', 'network.nodes', 'an object: chain id → http or https URL', quote(value))
  }
  const nodes = Object.entries(value)
  if (nodes.length > MAX_NODES) {
    throw malformed('too-large', 'network.nodes', `at most ${MAX_NODES} chains`, `${nodes.length}`)
  }
  return new Map(
    nodes.map(([chainId, rpcUrl]) => [
      parseOtherChain(chainId, ownChainId),
      parseRpcUrl(rpcUrl, `network.nodes.${chainId}`),
    ]),
  )
}

/** The node of the registry's own chain is `rpcUrl`: two for one chain would leave open which is asked. */
function parseOtherChain(text: string, ownChainId: number): number {
  const chainId = Number(text)
  if (/^[1-9][0-9]{0,15}$/.test(text) && Number.isSafeInteger(chainId) && chainId !== ownChainId)
    return chainId
  const expected = `ids of chains other than ${ownChainId}, in decimal digits`
  throw malformed('wrong-value', 'network.nodes', expected, quote(text))
}
