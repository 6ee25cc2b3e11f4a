/** Where a ledger is: the one thing that a reader of the chain must be given, and trusts. */
import { type Hex, type LedgerIdentity, malformed, parseHex, quote } from '@hefu/protocol'

/** A ledger on a chain and a node that answers for it. */
export interface LedgerNode {
  /** JSON-RPC endpoint over http or https. */
  readonly rpcUrl: string
  readonly chainId: number
  /** Address of the ledger's contract, lower case. */
  readonly ledger: Hex
}

/**
 * From when on a block stays, said by who runs the chain, since engines differ. `finalized`: what the node calls so. A
 * number: a block with so many behind it; 0 for an engine whose newest block is never replaced.
 */
export type Finality = 'finalized' | number

/** What a network file says of a ledger. */
export interface Network extends LedgerNode {
  /** Block of the ledger's deployment: no fact is older. */
  readonly deploymentBlock: number
  /** Absent: `finalized`. */
  readonly finality?: Finality
}

/** The identity that receipts and credentials name. */
export function identityOf({ chainId, ledger }: LedgerNode): LedgerIdentity {
  return { chainId, address: ledger }
}

/**
 * Reads a network file (JSON; members beyond those of {@link Network} are left to whoever wrote them).
 *
 * @throws {MalformedError}
 */
export function parseNetwork(text: string): Network {
  const value = parseJsonObject(text)
  return {
    rpcUrl: parseRpcUrl(value['rpcUrl']),
    chainId: parsePositiveInteger(value['chainId'], 'chainId', 1),
    ledger: parseHex(value['ledger'], 20, 'network.ledger'),
    deploymentBlock: parsePositiveInteger(value['deploymentBlock'], 'deploymentBlock', 0),
    ...(value['finality'] === undefined ? {} : { finality: parseFinality(value['finality']) }),
  }
}

/** @throws {MalformedError} */
function parseFinality(value: unknown): Finality {
  return value === 'finalized' ? value : parsePositiveInteger(value, 'finality', 0)
}

/** @throws {MalformedError} for no JSON, and for JSON of another kind */
export function parseJsonObject(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null) return value as Record<string, unknown>
  } catch {
    // The same sentence for no JSON and for JSON of another kind.
  }
  throw malformed('not-json', 'network', 'a JSON object', 'another text')
}

/** @throws {MalformedError} */
export function parseRpcUrl(value: unknown, where = 'network.rpcUrl'): string {
  if (typeof value === 'string' && URL.canParse(value) && /^https?:$/.test(new URL(value).protocol))
    return value
  throw malformed('wrong-value', where, 'an http or https URL', quote(value))
}

/** @throws {MalformedError} */
export function parsePositiveInteger(value: unknown, name: string, min: number): number {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= min) return value
  throw malformed('wrong-value', `network.${name}`, `an integer of at least ${min}`, quote(value))
}
