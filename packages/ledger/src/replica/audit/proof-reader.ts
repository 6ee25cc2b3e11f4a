/** What an audit asks of a node: headers and proofs, believed in nothing. */
import { type Hex, LedgerUnavailableError } from '@hefu/protocol'
import { BaseError, type Client, numberToHex } from 'viem'
import { connectNode, type RpcLedgerViewOptions } from '../../chain/node-client.ts'
import { createChainCheck } from '../../chain/served-chain.ts'
import { isBlockMissing, toUnavailable } from '../../chain/unavailable.ts'
import type { LedgerNode } from '../../network/network.ts'
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

/** A reader of the node of a network. */
export function connectProofReader(network: LedgerNode, options: RpcLedgerViewOptions = {}): ProofReader {
  const client = connectNode(network.rpcUrl, options)
  const assertChain = createChainCheck(network.chainId, 'ledger')
  const ask = async (block: BlockHeader, method: string, params: readonly unknown[]): Promise<unknown> => {
    try {
      await assertChain(client)
      return await request(client, method, params)
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

function request(client: Client, method: string, params: readonly unknown[]): Promise<unknown> {
  const ask = client.request as (asked: { method: string; params: readonly unknown[] }) => Promise<unknown>
  return ask({ method, params })
}

/** An answer of the node that is an error is one about what was asked; no answer is another matter. */
function toRefused(error: unknown, method: string, { number }: BlockHeader): Error {
  if (error instanceof LedgerUnavailableError) return error
  const isAnswer = error instanceof BaseError && error.walk((one) => 'code' in (one as Error)) !== null
  if (!isAnswer && !isBlockMissing(error)) return toUnavailable(error, 'ledger')
  const said = error instanceof BaseError ? error.details || error.shortMessage : ''
  const message = `ask for ${method} at block ${number}: the node refuses: ${said}`
  return new AuditRefusedError('proofs-refused', message, { cause: error })
}
