/** What an audit asks of nodes: headers and proofs, believed in nothing, so that whichever node proves will do. */
import { type Hex, LedgerUnavailableError } from '@hefu/protocol'
import { numberToHex } from 'viem'
import { connectNode } from '../../chain/node-client.ts'
import { NodeRefusalError } from '../../chain/node-error.ts'
import type { RpcLedgerViewOptions } from '../../chain/node-post.ts'
import { createChainCheck } from '../../chain/served-chain.ts'
import { toUnavailable } from '../../chain/unavailable.ts'
import { type ReadNetwork, rpcUrlsOf, takeReadNetwork } from '../../network/network.ts'
import type { Word } from '../../slots/slot-arithmetic.ts'
import type { BlockHeader } from '../blocks/node-reader.ts'
import { askInTurn } from '../nodes/asking-in-turn.ts'
import { AuditRefusedError } from './audit-error.ts'
import { type ProofFailure, unproven } from './unproven.ts'

/** What is proven by an answer. @throws {AuditRefusedError} when it proves nothing */
export type Prove<Proven> = (told: unknown) => Proven | Promise<Proven>

/**
 * Every function throws {@link LedgerUnavailableError} when no node can be asked, and {@link AuditRefusedError} when none
 * proves what it is asked for: both name each node by host and port, and say why.
 */
export interface ProofReader {
  /** By `eth_getBlockByHash`. */
  header<Proven>(block: BlockHeader, prove: Prove<Proven>): Promise<Proven>
  /** By `eth_getProof`. */
  proof<Proven>(
    contract: Hex,
    slots: readonly Word[],
    block: BlockHeader,
    prove: Prove<Proven>,
  ): Promise<Proven>
}

export interface ProofOptions extends RpcLedgerViewOptions {
  /** After so long without an answer the next node is asked as well. Default: 2,000. */
  readonly patienceMs?: number
}

const DEFAULT_PATIENCE_MS = 2_000

/** A node, asked by itself. */
interface ProvingNode {
  /** Host and port alone. */
  readonly name: string
  ask(block: BlockHeader, method: string, params: readonly unknown[]): Promise<unknown>
}

/**
 * A reader of the nodes of a network: the one that proved last is asked first, the others where it does not prove.
 *
 * @throws {MalformedError} for a network that no network file could say
 */
export function connectProofReader(
  given: ReadNetwork,
  { patienceMs = DEFAULT_PATIENCE_MS, ...options }: ProofOptions = {},
): ProofReader {
  const network = takeReadNetwork(given)
  let nodes = rpcUrlsOf(network).map((rpcUrl) => connectProvingNode(rpcUrl, network.chainId, options))
  const ask = async <Proven>(
    prove: Prove<Proven>,
    ...question: Parameters<ProvingNode['ask']>
  ): Promise<Proven> => {
    const failures: ProofFailure[] = []
    let isProven = false
    return await askInTurn(nodes, patienceMs, {
      ask: async (node) => await prove(await node.ask(...question)),
      answered: (node) => {
        if (!isProven) nodes = [node, ...nodes.filter((other) => other !== node)]
        isProven = true
      },
      failed: ({ name }, error) => void failures.push({ name, error }),
      none: () => unproven(failures),
    })
  }
  return {
    header: (block, prove) => ask(prove, block, 'eth_getBlockByHash', [block.hash, false]),
    proof: (contract, slots, block, prove) => {
      const keys = slots.map((slot) => numberToHex(slot, { size: 32 }))
      return ask(prove, block, 'eth_getProof', [contract, keys, numberToHex(block.number)])
    },
  }
}

function connectProvingNode(rpcUrl: string, chainId: number, options: RpcLedgerViewOptions): ProvingNode {
  const client = connectNode(rpcUrl, options)
  const assertChain = createChainCheck(chainId, 'ledger')
  return {
    name: new URL(rpcUrl).host,
    ask: async (block, method, params) => {
      try {
        await assertChain(client)
        return await client.ask({ method, params })
      } catch (error) {
        throw toRefused(error, method, block)
      }
    },
  }
}

/** Characters of what a node says that are repeated. */
const MOST_SAID = 200

/** An answer of the node that is an error is one about what was asked; no answer is another matter. */
function toRefused(error: unknown, method: string, { number }: BlockHeader): Error {
  if (error instanceof LedgerUnavailableError) return error
  if (!(error instanceof NodeRefusalError)) return toUnavailable(error, 'ledger')
  const said = error.said.slice(0, MOST_SAID).replaceAll(/\p{Cc}/gu, ' ')
  const message = `ask for ${method} at block ${number}: the node refuses: ${said}`
  return new AuditRefusedError('proofs-refused', message, { cause: error })
}
