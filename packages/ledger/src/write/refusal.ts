/** What the ledger's contract refuses, and failures on the way to it, as errors of this package. */
import { LedgerUnavailableError, quote } from '@hefu/protocol'
import {
  BaseError,
  type ContractErrorName,
  ContractFunctionRevertedError,
  HttpRequestError,
  TimeoutError,
} from 'viem'
import { accessManagerAbi } from '../abi/access-manager-abi.ts'
import { councilAbi } from '../abi/council-abi.ts'
import { ledgerAbi } from '../abi/ledger-abi.ts'
import { registryKeeperAbi } from '../abi/registry-keeper-abi.ts'
import { rulebookAbi } from '../abi/rulebook-abi.ts'
import { seatsAbi } from '../abi/seats-abi.ts'

/**
 * Why a transaction was refused: a custom error of contracts/interfaces, such as `AnchorAlreadyExists`; `Reverted`: it
 * was mined all the same and changed nothing; `AccountUnfunded`: the account cannot pay what it costs; `unknown error`:
 * for a reason that this version does not know, which is quoted.
 */
export type RefusalCode =
  | ContractErrorName<
      | typeof ledgerAbi
      | typeof rulebookAbi
      | typeof registryKeeperAbi
      | typeof councilAbi
      | typeof seatsAbi
      | typeof accessManagerAbi
    >
  | 'Reverted'
  | 'AccountUnfunded'
  | 'unknown error'

/** The contract refused a transaction: nothing was written. */
export class LedgerRefusedError extends Error {
  override readonly name = 'LedgerRefusedError'
  readonly code: RefusalCode
  /** The offending values. */
  readonly args: readonly unknown[]

  constructor(code: RefusalCode, args: readonly unknown[], options?: ErrorOptions) {
    super(`write to the ledger: refused with ${code}(${args.map(String).join(', ')})`, options)
    this.code = code
    this.args = args
  }
}

/** A viem error as {@link LedgerRefusedError} when the contract spoke, as `LedgerUnavailableError` otherwise. */
export function toLedgerError(error: unknown): unknown {
  if (!(error instanceof BaseError)) return error
  if (isUnfunded(error)) return new LedgerRefusedError('AccountUnfunded', [], { cause: error })
  const reverted = error.walk((cause) => cause instanceof ContractFunctionRevertedError)
  if (reverted instanceof ContractFunctionRevertedError && !isOfTransport(error)) return toRefusal(reverted)
  return new LedgerUnavailableError('unreachable', `write to the ledger: ${error.shortMessage}`, {
    cause: error,
  })
}

const ABIS = [ledgerAbi, rulebookAbi, registryKeeperAbi, councilAbi, seatsAbi, accessManagerAbi]

/** Errors that the contracts know. */
const KNOWN: ReadonlySet<string> = new Set(
  ABIS.flatMap((abi) => abi.flatMap((entry) => (entry.type === 'error' ? [entry.name] : []))),
)

/** Whose words a foreign reason is, nobody knows: it is quoted, cut to what a sentence holds. */
function toRefusal(reverted: ContractFunctionRevertedError): unknown {
  const { data, reason, signature, raw } = reverted
  if (data !== undefined && KNOWN.has(data.errorName)) {
    return new LedgerRefusedError(data.errorName as RefusalCode, data.args ?? [], { cause: reverted })
  }
  const said = reason ?? signature ?? raw
  if (PASSING_WORDS.test(said ?? '')) {
    const message = `write to the ledger: ${quote(said ?? '')}`
    return new LedgerUnavailableError('unreachable', message, { cause: reverted })
  }
  return new LedgerRefusedError('unknown error', [quote(said ?? '')], { cause: reverted })
}

/** Engines have no common code for it, only words. */
const UNFUNDED =
  /insufficient (funds|balance)|lack of funds|upfront cost|InsufficientFunds|gas required exceeds allowance/i

function isUnfunded(error: BaseError): boolean {
  return wordsOf(error).some((words) => UNFUNDED.test(words))
}

function isOfTransport(error: BaseError): boolean {
  return error.walk((cause) => cause instanceof HttpRequestError || cause instanceof TimeoutError) !== null
}

/** What nodes behind a balancer say that have not caught up yet. */
const PASSING_WORDS =
  /(header|block|state) .*not (be )?(found|available)|unknown block|missing trie node|syncing/i
/** Of a gateway before the node, or a node that is asked too much. */
const PASSING_STATUS: ReadonlySet<number> = new Set([408, 425, 429, 500, 502, 503, 504])

/** Whether the same question may be answered a moment later. */
export function isPassing(error: unknown): boolean {
  if (!(error instanceof LedgerUnavailableError)) return false
  const { cause } = error
  if (!(cause instanceof BaseError)) return false
  const status = cause.walk((inner) => inner instanceof HttpRequestError)
  if (status instanceof HttpRequestError && status.status !== undefined)
    return PASSING_STATUS.has(status.status)
  if (cause.walk((inner) => inner instanceof TimeoutError) !== null) return true
  return wordsOf(cause).some((words) => PASSING_WORDS.test(words))
}

/** What each error in the chain says, and the node in it. */
function wordsOf(error: BaseError): readonly string[] {
  const words: string[] = []
  for (let inner: unknown = error; inner instanceof Error; inner = inner.cause) {
    words.push(inner instanceof BaseError ? `${inner.shortMessage} ${inner.details}` : inner.message)
  }
  return words
}
