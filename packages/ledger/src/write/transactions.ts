/** Transactions of one account: tried out, signed, handed to a node, and found again. */
import type { Hex } from '@hefu/protocol'
import {
  type Abi,
  BaseError,
  decodeFunctionData,
  keccak256,
  parseTransaction,
  TransactionReceiptNotFoundError,
  type TransactionSerializable,
} from 'viem'
import { ledgerAbi } from '../abi/ledger-abi.ts'
import type { LedgerAccount } from './account.ts'
import type { Dispatch, EncodedCall, Settlement, SignedAttempt } from './outbox.ts'
import { toLedgerError } from './refusal.ts'

/**
 * Runs a call as it would run in the next block.
 *
 * @throws {LedgerRefusedError} when the contract would refuse it
 * @throws {LedgerUnavailableError}
 */
export async function tryOut({ reader, writer }: LedgerAccount, { to, data }: EncodedCall): Promise<void> {
  const abi: Abi = ledgerAbi
  const { functionName, args = [] } = decodeFunctionData({ abi, data })
  await asked(
    reader.simulateContract({
      address: to,
      abi,
      functionName,
      args,
      account: writer.account,
      blockTag: 'pending',
    }),
  )
}

/** How many transactions of the account stand in the chain at a block, or with those that wait (`pending`). */
export async function transactionCount(
  { reader, address }: LedgerAccount,
  at: 'pending' | bigint,
): Promise<number> {
  if (at === 'pending') return asked(reader.getTransactionCount({ address, blockTag: 'pending' }))
  return at < 0n ? 0 : asked(reader.getTransactionCount({ address, blockNumber: at }))
}

/** Signs a call with a nonce, for the fee that the node proposes. Nothing is sent. */
export async function signNew(
  { writer, reader }: LedgerAccount,
  { to, data }: EncodedCall,
  nonce: number,
): Promise<SignedAttempt> {
  const gas = withMargin(
    await asked(reader.estimateGas({ account: writer.account, to, data, blockTag: 'pending' })),
  )
  const request = await asked(writer.prepareTransactionRequest({ to, data, nonce, gas }))
  return sign(writer, request as TransactionSerializable)
}

/**
 * What a call costs depends on the second in which it is mined: a time that stands there already costs next to nothing
 * to write, and a second later it costs what writing does. Gas that is not used is not paid.
 */
function withMargin(estimated: bigint): bigint {
  return estimated + estimated / 4n + 50_000n
}

/** Nodes take a replacement from a tenth more on. */
const RAISE_PERCENT = 25n

/** The last attempt for a quarter more; `null`: its fee may not be raised further, or is nothing. */
export async function signAgain(
  { writer }: LedgerAccount,
  { attempts }: Dispatch,
  mostFeeFactor: number,
): Promise<SignedAttempt | null> {
  const [first, last] = [attempts[0], attempts.at(-1)].map((attempt) =>
    parseTransaction(attempt?.raw ?? '0x'),
  )
  if (first === undefined || last === undefined) return null
  const most = feeOf(first) * BigInt(mostFeeFactor)
  const raised = raiseFees(last)
  if (feeOf(raised) === feeOf(last) || feeOf(raised) > most) return null
  return sign(writer, raised)
}

type Unsigned = ReturnType<typeof parseTransaction>

/** The most that a unit of gas may cost. */
function feeOf({ maxFeePerGas, gasPrice }: Unsigned): bigint {
  return maxFeePerGas ?? gasPrice ?? 0n
}

function raiseFees({ r: _r, s: _s, v: _v, yParity: _y, ...unsigned }: Unsigned): Unsigned {
  const { maxFeePerGas, maxPriorityFeePerGas, gasPrice } = unsigned
  const fees =
    gasPrice === undefined
      ? { maxFeePerGas: raise(maxFeePerGas), maxPriorityFeePerGas: raise(maxPriorityFeePerGas) }
      : { gasPrice: raise(gasPrice) }
  return { ...unsigned, ...fees } as Unsigned
}

function raise(fee: bigint = 0n): bigint {
  return fee + (fee * RAISE_PERCENT + 99n) / 100n
}

async function sign(
  { account }: LedgerAccount['writer'],
  transaction: TransactionSerializable,
): Promise<SignedAttempt> {
  if (account.signTransaction === undefined)
    throw new TypeError('sign a transaction: the account keeps no key')
  const raw = await account.signTransaction(transaction)
  return { transactionHash: keccak256(raw), raw }
}

/**
 * Hands the newest attempt to the node. That it knows the transaction, or that its nonce is used meanwhile, is for the
 * next look at the chain to tell.
 *
 * @throws {LedgerUnavailableError} when the node cannot be reached
 */
export async function broadcast(
  { writer }: LedgerAccount,
  { attempts }: Pick<Dispatch, 'attempts'>,
): Promise<void> {
  const raw = attempts.at(-1)?.raw ?? '0x'
  try {
    await writer.sendRawTransaction({ serializedTransaction: raw })
  } catch (error) {
    if (!isAboutNonce(error)) throw toLedgerError(error)
  }
}

/**
 * Has a nonce used by a transaction to the account itself, so that those behind it can be mined.
 *
 * @throws {LedgerUnavailableError} when the node cannot be reached
 */
export async function sendNothing(account: LedgerAccount, nonce: number): Promise<void> {
  await broadcast(account, { attempts: [await signNew(account, { to: account.address, data: '0x' }, nonce)] })
}

/** Engines have no common code for it, only words. */
const ABOUT_NONCE = /already known|known transaction|already imported|nonce|replacement|underpriced/i

function isAboutNonce(error: unknown): boolean {
  return error instanceof BaseError && ABOUT_NONCE.test(error.details)
}

/** Where one of the attempts stands in the chain now, if one does. */
export async function findMined(
  { reader }: Pick<LedgerAccount, 'reader'>,
  attempts: readonly SignedAttempt[],
): Promise<Settlement | null> {
  for (const { transactionHash } of attempts) {
    const receipt = await receiptOf(reader, transactionHash)
    if (receipt === null) continue
    const { blockNumber, blockHash, status } = receipt
    // A node may have the receipt of a block that it left: what stands in the chain is told by the number.
    const { hash } = await asked(reader.getBlock({ blockNumber }))
    if (hash !== blockHash) continue
    return { transactionHash, blockNumber: Number(blockNumber), blockHash, reverted: status === 'reverted' }
  }
  return null
}

async function receiptOf(reader: LedgerAccount['reader'], hash: Hex) {
  try {
    return await reader.getTransactionReceipt({ hash })
  } catch (error) {
    if (error instanceof TransactionReceiptNotFoundError) return null
    throw toLedgerError(error)
  }
}

async function asked<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer
  } catch (error) {
    throw toLedgerError(error)
  }
}
