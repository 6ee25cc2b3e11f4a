/** What an audit asks of a node: headers and proofs, believed in nothing. */
import { type Hex, LedgerUnavailableError } from '@hefu/protocol'
import { numberToHex } from 'viem'
import { connectNode } from '../../chain/node-client.ts'
import { NodeRefusalError } from '../../chain/node-error.ts'
import type { RpcLedgerViewOptions } from '../../chain/node-post.ts'
import { createChainCheck } from '../../chain/served-chain.ts'
import { toUnavailable } from '../../chain/unavailable.ts'
import { type LedgerNode, takeNode } from '../../network/network.ts'
import type { Word } from '../../slots/slot-arithmetic.ts'
import type { BlockHeader } from '../blocks/node-reader.ts'
import { AuditRefusedError } from './audit-error.ts'

/**
 * Every function throws {@link LedgerUnavailableError} when the node cannot be asked, and {@link AuditRefusedError}
 * `proofs-refused` when it does not prove what it is asked for. What they answer is as the node says it.
 */
export interface ProofReader {
  /** By `eth_getBlockByHash`. */
  header(block: BlockHeader): Promise<unknown>
  /** By `eth_getProof`. */
  proof(contract: Hex, slots: readonly Word[], block: BlockHeader): Promise<unknown>
}

/**
 * A reader of the node of a network.
 *
 * @throws {MalformedError} for a network that no network file could say
 */
export function connectProofReader(given: LedgerNode, options: RpcLedgerViewOptions = {}): ProofReader {
  const network = takeNode(given)
  const client = connectNode(network.rpcUrl, options)
  const assertChain = createChainCheck(network.chainId, 'ledger')
  const ask = async (block: BlockHeader, method: string, params: readonly unknown[]): Promise<unknown> => {
    try {
      await assertChain(client)
      return await client.ask({ method, params })
    } catch (error) {
      throw toRefused(error, method, block)
    }
  }
  return {
    header: (block) => ask(block, 'eth_getBlockByHash', [block.hash, false]),
    proof: (contract, slots, block) => {
      const keys = slots.map((slot) => numberToHex(slot, { size: 32 }))
      return ask(block, 'eth_getProof', [contract, keys, numberToHex(block.number)])
    },
  }
}

/** An answer of the node that is an error is one about what was asked; no answer is another matter. */
function toRefused(error: unknown, method: string, { number }: BlockHeader): Error {
  if (error instanceof LedgerUnavailableError) return error
  if (!(error instanceof NodeRefusalError)) return toUnavailable(error, 'ledger')
  const message = `ask for ${method} at block ${number}: the node refuses: ${error.said}`
  return new AuditRefusedError('proofs-refused', message, { cause: error })
}
