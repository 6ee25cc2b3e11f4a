/**
 * Sends the calls of one account, each exactly once, whatever is stopped, lost or answered late: what is signed is
 * written down first, and signed anew with another nonce only once its own was used for good by something else.
 */
import { setTimeout as pause } from 'node:timers/promises'
import { LedgerUnavailableError } from '@hefu/protocol'
import type { LedgerAccount } from './account.ts'
import { type Finality, findFinalBlock } from './finality.ts'
import type { Dispatch, EncodedCall, Outbox, Settlement } from './outbox.ts'
import { LedgerRefusedError } from './refusal.ts'
import { broadcast, findMined, signAgain, signNew, transactionCount, tryOut } from './transactions.ts'

export interface SenderOptions {
  readonly account: LedgerAccount
  readonly outbox: Outbox
  readonly finality: Finality
  /** How long one call is waited for; it is kept, and goes on the next time. Default: 120,000. */
  readonly timeoutMs?: number
  /** After so long without being mined a transaction is signed again with a higher fee. Default: 30,000. */
  readonly bumpAfterMs?: number
  /** The fee is raised to so many times the first at most. Default: 8. */
  readonly mostFeeFactor?: number
  /** Between two questions whether it is mined. Default: 200. */
  readonly pollingMs?: number
}

/** Sends for one account. Several of them, in one process or many, may do so for the same account. */
export interface Sender {
  /**
   * Has a call mined, once for each name, and waits until that is final. A name that was settled before is answered
   * from the outbox.
   *
   * @throws {LedgerRefusedError} when the contract refuses; `Reverted` when it did so in the chain
   * @throws {LedgerUnavailableError} when it cannot be told in time: it may still be mined, and goes on the next time
   */
  send(id: string, call: EncodedCall): Promise<Settlement>
  /**
   * Finishes what was begun, and what a chain that lost blocks has no more.
   *
   * @throws {LedgerUnavailableError}
   */
  resume(): Promise<void>
}

const DEFAULT_TIMEOUT_MS = 120_000
const DEFAULT_BUMP_AFTER_MS = 30_000
const DEFAULT_MOST_FEE_FACTOR = 8
const DEFAULT_POLLING_MS = 200
/** A nonce is used by another when so many questions in a row say so: behind a balancer one node may be late. */
const TIMES_USED = 3
export function createSender(options: SenderOptions): Sender {
  const { outbox } = options
  // Ours alone: one call after the other, so that their nonces come in their order.
  let last: Promise<unknown> = Promise.resolve()
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const mine = last.then(work, work)
    last = mine.catch(() => {})
    return mine
  }
  const finishOpen = async (): Promise<void> => {
    for (const dispatch of await outbox.open()) await settle(options, dispatch)
  }
  return {
    send: (id, call) =>
      inTurn(async () => {
        await finishOpen()
        const settled =
          (await outbox.findSettlement(id)) ?? (await settle(options, await begin(options, id, call)))
        if (settled.reverted) throw new LedgerRefusedError('Reverted', [settled.transactionHash])
        return settled
      }),
    resume: () =>
      inTurn(async () => {
        await reopenLost(options)
        await finishOpen()
      }),
  }
}

/** The first transaction of a call, tried out, signed and written down; not sent yet. */
async function begin({ account, outbox }: SenderOptions, id: string, call: EncodedCall): Promise<Dispatch> {
  await tryOut(account, call)
  const nonce = await transactionCount(account, 'pending')
  const dispatch: Dispatch = { id, call, nonce, attempts: [await signNew(account, call, nonce)] }
  await outbox.save(dispatch)
  return dispatch
}

/** Sends a dispatch until it is mined for good. */
async function settle(options: SenderOptions, begun: Dispatch): Promise<Settlement> {
  const { account, outbox, finality } = options
  const { timeoutMs = DEFAULT_TIMEOUT_MS, bumpAfterMs = DEFAULT_BUMP_AFTER_MS } = options
  const deadline = performance.now() + timeoutMs
  let dispatch = begun
  let signedAt = performance.now()
  let timesUsed = 0
  for (;;) {
    const finalBlock = await findFinalBlock(account.reader, finality)
    // In this order: what is mined between the two questions is seen by the first of the next round.
    const isUsed = (await transactionCount(account, BigInt(finalBlock))) > dispatch.nonce
    const mined = await findMined(account, dispatch.attempts)
    if (mined !== null && mined.blockNumber <= finalBlock) {
      await outbox.settle(dispatch.id, mined)
      return mined
    }
    timesUsed = mined === null && isUsed ? timesUsed + 1 : 0
    if (timesUsed === TIMES_USED) {
      dispatch = await beginAnew(options, dispatch)
      signedAt = performance.now()
      timesUsed = 0
    } else if (mined === null && !isUsed) {
      if (performance.now() - signedAt > bumpAfterMs) {
        dispatch = await raiseFee(options, dispatch)
        signedAt = performance.now()
      }
      await broadcast(account, dispatch)
    }
    if (performance.now() > deadline) throw notYetMined(dispatch)
    await pause(options.pollingMs ?? DEFAULT_POLLING_MS)
  }
}

/** Another transaction of this account has the nonce, for good: none of these can be mined any more. */
async function beginAnew(options: SenderOptions, { id, call }: Dispatch): Promise<Dispatch> {
  try {
    return await begin(options, id, call)
  } catch (error) {
    if (error instanceof LedgerRefusedError) await options.outbox.drop(id)
    throw error
  }
}

/** The same call with the same nonce for a higher fee: one of them is mined at most. */
async function raiseFee(options: SenderOptions, dispatch: Dispatch): Promise<Dispatch> {
  const { account, outbox, mostFeeFactor = DEFAULT_MOST_FEE_FACTOR } = options
  const attempt = await signAgain(account, dispatch, mostFeeFactor)
  if (attempt === null) return dispatch
  const raised = { ...dispatch, attempts: [...dispatch.attempts, attempt] }
  await outbox.save(raised)
  return raised
}

/** From the newest back to the first that stands where it was: what lies behind that one stands too. */
async function reopenLost({ account, outbox }: SenderOptions): Promise<void> {
  for await (const { dispatch, settlement } of outbox.settledBackwards()) {
    const mined = await findMined(account, dispatch.attempts)
    if (mined?.blockHash === settlement.blockHash) return
    await outbox.reopen(dispatch.id)
  }
}

function notYetMined({ attempts }: Dispatch): LedgerUnavailableError {
  const message = `wait for ${attempts.at(-1)?.transactionHash}: not mined for good in time; it is kept and goes on`
  return new LedgerUnavailableError('unreachable', message)
}
