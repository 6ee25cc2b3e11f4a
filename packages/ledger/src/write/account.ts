/** One account on the ledger's chain: it submits transactions and confirms them. */
import { type Hex, LedgerUnavailableError } from '@hefu/protocol'
import {
  type Abi,
  type Account,
  type Chain,
  createPublicClient,
  createWalletClient,
  defineChain,
  type HttpTransport,
  http,
  type Log,
  type PublicClient,
  type WalletClient,
} from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import { type Network, takeNetwork } from '../network/network.ts'
import { assertPublic } from './public-text.ts'
import { LedgerRefusedError, toLedgerError } from './refusal.ts'

/** A transaction that was handed to a node; nothing is sure until it is confirmed. */
export interface Submission {
  readonly transactionHash: Hex
}

/** The block that holds a transaction. */
export interface Confirmation {
  readonly blockNumber: number
  readonly blockHash: Hex
  /** Unix seconds. */
  readonly blockTime: number
}

export interface ConfirmOptions {
  /** Blocks, the transaction's own among them. */
  readonly confirmations?: number
  readonly timeoutMs?: number
}

const DEFAULT_CONFIRM_TIMEOUT_MS = 120_000
const POLLING_INTERVAL_MS = 200

/** The private key stays in here. */
export interface LedgerAccount {
  readonly address: Hex
  readonly reader: PublicClient
  readonly writer: WalletClient<HttpTransport, Chain, Account>
}

/**
 * An account over a network's node. Nothing is asked of the node yet.
 *
 * @throws {MalformedError} for a network that no network file could say
 */
export function connectAccount(given: Network, privateKey: Hex): LedgerAccount {
  const network = takeNetwork(given)
  const account = privateKeyToAccount(privateKey)
  const chain = chainOf(network)
  return {
    address: account.address.toLowerCase() as Hex,
    reader: connectReader(network),
    writer: createWalletClient({ account, chain, transport: transportOf(network) }),
  }
}

/**
 * What is read of a network's chain.
 *
 * @throws {MalformedError} for a network that no network file could say
 */
export function connectReader(given: Network): PublicClient {
  const network = takeNetwork(given)
  const options = { transport: transportOf(network), pollingInterval: POLLING_INTERVAL_MS }
  return createPublicClient({ chain: chainOf(network), ...options }) as PublicClient
}

/** What is asked and signed goes to the address of the network file, and to no other that a node names. */
function transportOf({ rpcUrl }: Network): HttpTransport {
  return http(rpcUrl, { fetchOptions: { redirect: 'error' } })
}

function chainOf({ chainId, rpcUrl }: Network): Chain {
  return defineChain({
    id: chainId,
    name: 'Hefu',
    nativeCurrency: { name: 'Gas', symbol: 'GAS', decimals: 18 },
    rpcUrls: { default: { http: [rpcUrl] } },
  })
}

/** A call of one function of a contract. */
export interface ContractCall {
  readonly address: Hex
  readonly abi: Abi
  readonly functionName: string
  readonly args: readonly unknown[]
}

/**
 * Tries a call as it would run in the next block, whose time is now and not that of the newest block, and then
 * submits it.
 *
 * @throws {RangeError} when a text of it may not become public: nothing was sent
 * @throws {LedgerRefusedError} when the contract would refuse it: nothing was sent
 * @throws {LedgerUnavailableError} when the node cannot be reached
 */
export async function submit({ reader, writer }: LedgerAccount, call: ContractCall): Promise<Submission> {
  assertPublic(call)
  try {
    const asked = { ...call, account: writer.account, blockTag: 'pending' } as const
    const { request } = await reader.simulateContract(asked)
    const gas = withMargin(await reader.estimateContractGas(asked))
    return { transactionHash: await writer.writeContract({ ...request, gas }) }
  } catch (error) {
    throw toLedgerError(error)
  }
}

/**
 * What a call costs depends on the second in which it is mined: a time that stands there already costs next to nothing
 * to write, and a second later it costs what writing does. Gas that is not used is not paid.
 */
function withMargin(estimated: bigint): bigint {
  return estimated + estimated / 4n + 50_000n
}

/** A transaction that stands in the chain. */
export interface MinedTransaction {
  readonly confirmation: Confirmation
  /** The events that it left, whichever contract's they are. */
  readonly logs: readonly Log[]
}

/**
 * Waits until a transaction stands in the chain with the wanted number of blocks.
 *
 * @throws {LedgerRefusedError} with code `Reverted` when it was mined but refused
 * @throws {LedgerUnavailableError} when it cannot be told in time: the transaction may still come
 */
export async function confirm(
  account: LedgerAccount,
  submission: Submission,
  options: ConfirmOptions = {},
): Promise<Confirmation> {
  return (await waitUntilMined(account, submission, options)).confirmation
}

/**
 * As {@link confirm}, with the events of the transaction.
 *
 * @throws {LedgerRefusedError} as `confirm`
 * @throws {LedgerUnavailableError} as `confirm`
 */
export async function waitUntilMined(
  { reader }: LedgerAccount,
  { transactionHash }: Submission,
  options: ConfirmOptions = {},
): Promise<MinedTransaction> {
  const { confirmations = 1, timeoutMs = DEFAULT_CONFIRM_TIMEOUT_MS } = options
  try {
    const receipt = await reader.waitForTransactionReceipt({
      hash: transactionHash,
      confirmations,
      timeout: timeoutMs,
    })
    if (receipt.status === 'reverted') throw new LedgerRefusedError('Reverted', [transactionHash])
    const block = await reader.getBlock({ blockNumber: receipt.blockNumber })
    if (block.hash !== receipt.blockHash) {
      throw new LedgerUnavailableError(
        'inconsistent',
        `confirm ${transactionHash}: its block is no longer in the chain`,
      )
    }
    const { number, hash, timestamp } = block
    const confirmation = { blockNumber: Number(number), blockHash: hash, blockTime: Number(timestamp) }
    return { confirmation, logs: receipt.logs }
  } catch (error) {
    throw toLedgerError(error)
  }
}

/**
 * What the node answers to a question.
 *
 * @throws {LedgerRefusedError} when the contract refuses the question
 * @throws {LedgerUnavailableError} when the node cannot be asked
 */
export async function answered<T>(asked: Promise<T>): Promise<T> {
  try {
    return await asked
  } catch (error) {
    throw toLedgerError(error)
  }
}
