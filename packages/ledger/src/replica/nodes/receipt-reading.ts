/** The receipts of a block, from one node: all at once, or one by one. */
import type { Hex } from '@hefu/protocol'
import { BlockUnknownError, NodeRefusalError, NodeSilenceError } from '../../chain/node-error.ts'
import { isBlockMissing } from '../../chain/unavailable.ts'
import { askEach } from '../blocks/bounded-asking.ts'
import type { Ask } from './batched-asking.ts'
import { parseReceipt, parseReceipts, type Receipt, sizeOfReceipt } from './block-receipts.ts'
import { parseBytes, parseList, parseMembers } from './node-answer.ts'
import { NodeFaultError } from './node-fault.ts'
import { bytesOfReceipts, isWithinOneAnswer } from './overlong-answer.ts'

/** JSON-RPC 2.0 and EIP-1474: no such method, none with such parameters, or one that is not supported. */
const NO_SUCH_METHOD: readonly number[] = [-32_601, -32_602, -32_004]

/**
 * The receipts of a block: all at once, or one by one from a node that has no such question or finds them too many.
 * Throws {@link BlockUnknownError} for a block that the node does not have, as for one that was replaced.
 */
export function createReceiptReading(ask: Ask): (hash: Hex) => Promise<readonly Receipt[]> {
  let isOneByOne = false
  let gathered: Promise<unknown> = Promise.resolve()
  /** One block behind the other: what is gathered of one node at once is no more than of one block. */
  const gather = async (hash: Hex): Promise<readonly Receipt[]> => {
    const receipts = gathered.then(() => gatherReceipts(ask, hash))
    gathered = receipts.catch(() => undefined)
    return await receipts
  }
  return async (hash) => {
    if (isOneByOne) return await gather(hash)
    try {
      return parseReceipts(known(await ask('eth_getBlockReceipts', [hash])))
    } catch (error) {
      if (isMethodMissing(error)) isOneByOne = true
      else if (isOverlong(error)) return assertLong(await gather(hash), hash)
      else if (!isRefusedAtOnce(error)) throw error
    }
    return await gather(hash)
  }
}

/** Digits of all receipts of a block: one of 30 million gas has no more, as every byte of a log costs 8. */
const MOST_DIGITS = 8 * 1024 * 1024

/** Each is read as it comes, so that what is none, or too much, ends it before the others are asked for. */
async function gatherReceipts(ask: Ask, hash: Hex): Promise<readonly Receipt[]> {
  const { transactions } = parseMembers(known(await ask('eth_getBlockByHash', [hash, false])), 'a block')
  let digits = 0
  return await askEach(parseList(transactions, 'the transactions of a block'), async (transaction) => {
    const named = parseBytes(transaction, 'the hash of a transaction', 32)
    const receipt = parseReceipt(known(await ask('eth_getTransactionReceipt', [named])))
    digits += sizeOfReceipt(receipt)
    if (digits <= MOST_DIGITS) return receipt
    const message = `read the receipts of block ${hash}: more than ${MOST_DIGITS} digits`
    throw new NodeFaultError('malformed', message)
  })
}

/** By `null` a node says that it has no such block, or no transaction of one: it was replaced, or has not come yet. */
function known(answer: unknown): unknown {
  if (answer === null) throw new BlockUnknownError()
  return answer
}

/** Who answers without an end, and each by itself shortly, made up the rest. */
function assertLong(receipts: readonly Receipt[], hash: Hex): readonly Receipt[] {
  if (!isWithinOneAnswer(bytesOfReceipts(receipts))) return receipts
  const message = `read the receipts of block ${hash}: the node’s answer is longer than they are`
  throw new NodeFaultError('malformed', message)
}

function isMethodMissing(error: unknown): boolean {
  return error instanceof NodeRefusalError && NO_SUCH_METHOD.includes(error.code)
}

function isOverlong(error: unknown): boolean {
  return error instanceof NodeSilenceError && error.silence === 'too-large'
}

/**
 * Whether each by itself may be answered all the same: engines and those who serve them refuse a question that they do
 * not have in words and by codes of their own.
 */
function isRefusedAtOnce(error: unknown): boolean {
  return error instanceof NodeRefusalError && !isBlockMissing(error)
}
