/**
 * Sends the calls of one account, each exactly once, whatever is stopped, lost or answered late: what is signed is
 * written down first, and signed anew with another nonce only once its own was used for good by something else.
 */
import { setTimeout as pause } from 'node:timers/promises'
import { type Hex, LedgerUnavailableError } from '@hefu/protocol'
import type { Finality } from '../network/network.ts'
import type { LedgerAccount } from './account.ts'
import { findFinalBlock } from './finality.ts'
import type { Dispatch, EncodedCall, Outbox, Settlement } from './outbox.ts'
import { isPassing, LedgerRefusedError } from './refusal.ts'
import {
  broadcast,
  findMined,
  sendNothing,
  signAgain,
  signNew,
  transactionCount,
  tryOut,
} from './transactions.ts'

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

/** The node was reached, and the transaction is not final in time: it is kept, and goes on. */
export class NotYetFinalError extends LedgerUnavailableError {
  readonly transactionHash: Hex

  constructor(transactionHash: Hex) {
    super('unreachable', `wait for ${transactionHash}: not mined for good in time; it is kept and goes on`)
    this.transactionHash = transactionHash
  }
}

/** Sends for one account. Several of them, in one process or many, may do so for the same account. */
export interface Sender {
  /**
   * Has a call mined, once for each name, and waits until that is final. A name that was settled before is answered
   * from the outbox.
   *
   * @throws {LedgerRefusedError} when the contract refuses, and then nothing is kept of it; `Reverted` when it did so in
   *   the chain
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
  const { account, outbox } = options
  // Ours alone: one call after the other, so that their nonces come in their order.
  let last: Promise<unknown> = Promise.resolve()
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const mine = last.then(work, work)
    last = mine.catch(() => {})
    return mine
  }
  return {
    send: (id, call) =>
      inTurn(async () => {
        await finishOpen(options)
        const known = await outbox.findSettlement(id)
        const settled = known ?? (await settle(options, await begin(options, id, call)))
        if (!settled.reverted) return settled
        await outbox.drop(id)
        throw new LedgerRefusedError('Reverted', [settled.transactionHash])
      }),
    resume: () =>
      inTurn(async () => {
        await reopenLost(account, outbox)
        await finishOpen(options)
      }),
  }
}

/** Each in the order in which it was signed. What is refused then, and forgotten, is told to who sends it again. */
async function finishOpen(options: SenderOptions): Promise<void> {
  const { outbox } = options
  for (const dispatch of await outbox.open()) {
    try {
      await settle(options, dispatch)
    } catch (error) {
      const isForgotten = error instanceof LedgerRefusedError && (await outbox.find(dispatch.id)) === null
      if (!isForgotten) throw error
    }
  }
}

/** The first transaction of a call, tried out, signed and written down; not sent yet. Another process may have begun. */
async function begin(options: SenderOptions, id: string, call: EncodedCall): Promise<Dispatch> {
  const { outbox } = options
  const begun = await outlasting(options, () =>
    outbox.alone(async () => (await outbox.find(id)) ?? (await writeDown(options, id, call))),
  )
  if (begun !== null) return begun
  await finishOpen(options)
  return begin(options, id, call)
}

/**
 * A call is refused, and signed, over a chain that has what was settled before it: `null` where that was lost, and is
 * open again.
 */
async function writeDown(
  { account, outbox }: SenderOptions,
  id: string,
  call: EncodedCall,
): Promise<Dispatch | null> {
  const refusal = await refusalOf(account, call)
  const count = await transactionCount(account, 'pending')
  const least = (await newestNonce(outbox)) + 1
  // A chain that lost blocks counts from before them: what is signed with such a nonce would come before what they held.
  if ((refusal !== null || count < least) && (await reopenLost(account, outbox))) return null
  if (refusal !== null) throw refusal
  // All of it stands: a node behind a balancer is late.
  const nonce = Math.max(count, least)
  const dispatch: Dispatch = { id, call, nonce, attempts: [await signNew(account, call, nonce)] }
  await outbox.save(dispatch)
  return dispatch
}

/** Why the contract would refuse a call now; `null`: it would take it. */
async function refusalOf(account: LedgerAccount, call: EncodedCall): Promise<LedgerRefusedError | null> {
  try {
    await tryOut(account, call)
    return null
  } catch (error) {
    if (error instanceof LedgerRefusedError) return error
    throw error
  }
}

/** Of what is settled; -1: nothing is. */
async function newestNonce(outbox: Outbox): Promise<number> {
  for await (const { dispatch } of outbox.settledBackwards()) return dispatch.nonce
  return -1
}

/** What fails for a passing reason is tried again until the time is over. */
async function outlasting<T>(
  { timeoutMs = DEFAULT_TIMEOUT_MS, pollingMs = DEFAULT_POLLING_MS }: SenderOptions,
  work: () => Promise<T>,
): Promise<T> {
  const deadline = performance.now() + timeoutMs
  for (;;) {
    try {
      return await work()
    } catch (error) {
      if (!isPassing(error) || performance.now() > deadline) throw error
    }
    await pause(pollingMs)
  }
}

/** Sends a dispatch until it is mined for good; another process may do the same, or raise its fee meanwhile. */
async function settle(options: SenderOptions, begun: Dispatch): Promise<Settlement> {
  const { timeoutMs = DEFAULT_TIMEOUT_MS, pollingMs = DEFAULT_POLLING_MS } = options
  const deadline = performance.now() + timeoutMs
  const watch: Watch = { dispatch: begun, signedAt: performance.now(), timesUsed: 0 }
  for (;;) {
    const settlement = await look(options, watch).catch((error: unknown) => {
      if (!isPassing(error) || performance.now() > deadline) throw error
      return null
    })
    if (settlement !== null) return settlement
    if (performance.now() > deadline)
      throw new NotYetFinalError(watch.dispatch.attempts.at(-1)?.transactionHash ?? '0x')
    await pause(pollingMs)
  }
}

/** What is watched of a dispatch from one question to the next. */
interface Watch {
  dispatch: Dispatch
  /** Of the newest attempt, by the monotonic clock. */
  signedAt: number
  /** How often in a row the nonce was used, and by none of the attempts. */
  timesUsed: number
}

/** Looks once where a dispatch stands, and does what is to be done about it. */
async function look(options: SenderOptions, watch: Watch): Promise<Settlement | null> {
  const { account, outbox, finality, bumpAfterMs = DEFAULT_BUMP_AFTER_MS } = options
  const { dispatch } = watch
  const finalBlock = await findFinalBlock(account.reader, finality)
  // In this order: what is mined between the two questions is seen by the first of the next round.
  const isUsed = (await transactionCount(account, BigInt(finalBlock))) > dispatch.nonce
  const mined = await findMined(account, dispatch.attempts)
  if (mined !== null && mined.blockNumber <= finalBlock) {
    await outbox.settle(dispatch.id, mined)
    return mined
  }
  watch.timesUsed = mined === null && isUsed ? watch.timesUsed + 1 : 0
  if (watch.timesUsed === TIMES_USED) {
    watch.dispatch = await beginAnew(options, dispatch)
    watch.signedAt = performance.now()
    watch.timesUsed = 0
  } else if (mined === null && !isUsed) {
    const isOverdue = performance.now() - watch.signedAt > bumpAfterMs
    if (isOverdue) {
      watch.dispatch = await raiseFee(options, dispatch)
      watch.signedAt = performance.now()
    }
    await sendWhatIsBefore(options, watch.dispatch, isOverdue)
    await broadcast(account, watch.dispatch)
  }
  return null
}

/** The chain lost blocks meanwhile: nothing is mined before those in front of it are again. */
async function sendWhatIsBefore(
  { account, outbox }: SenderOptions,
  { nonce }: Dispatch,
  isOverdue: boolean,
): Promise<void> {
  const count = await transactionCount(account, 'pending')
  if (count >= nonce) return
  await reopenLost(account, outbox)
  const earlier = (await outbox.open()).filter((open) => open.nonce < nonce)
  for (const dispatch of earlier) await broadcast(account, dispatch)
  // Nobody has the next one any more: it was refused in its block, or stood in a journal that is gone.
  if (isOverdue && !earlier.some((open) => open.nonce === count)) await sendNothing(account, count)
}

/** Another transaction of this account has the nonce, for good: none of these can be mined any more. */
async function beginAnew(options: SenderOptions, dispatch: Dispatch): Promise<Dispatch> {
  const { outbox } = options
  const { id, call } = dispatch
  return outbox.alone(async () => {
    const newer = await newerThan(outbox, dispatch)
    if (newer !== null) return newer
    try {
      // What was lost in front of it comes first, the next time.
      return (await writeDown(options, id, call)) ?? dispatch
    } catch (error) {
      if (error instanceof LedgerRefusedError) await outbox.drop(id)
      throw error
    }
  })
}

/** The same call with the same nonce for a higher fee: one of them is mined at most. */
async function raiseFee(options: SenderOptions, dispatch: Dispatch): Promise<Dispatch> {
  const { account, outbox, mostFeeFactor = DEFAULT_MOST_FEE_FACTOR } = options
  return outbox.alone(async () => {
    const newer = await newerThan(outbox, dispatch)
    if (newer !== null) return newer
    const attempt = await signAgain(account, dispatch, mostFeeFactor)
    if (attempt === null) return dispatch
    const raised = { ...dispatch, attempts: [...dispatch.attempts, attempt] }
    await outbox.save(raised)
    return raised
  })
}

/** What another process made of the dispatch meanwhile. */
async function newerThan(outbox: Outbox, { id, attempts }: Dispatch): Promise<Dispatch | null> {
  const found = await outbox.find(id)
  const isOurs = found?.attempts.at(-1)?.transactionHash === attempts.at(-1)?.transactionHash
  return isOurs ? null : found
}

/**
 * Takes back the settlements that the chain has no more: from the newest back to the first that stands where it was, for
 * what lies behind that one stands too.
 *
 * @returns whether there were any
 * @throws {LedgerUnavailableError}
 */
export async function reopenLost(account: Pick<LedgerAccount, 'reader'>, outbox: Outbox): Promise<boolean> {
  let hasLost = false
  for await (const { dispatch, settlement } of outbox.settledBackwards()) {
    const mined = await findMined(account, dispatch.attempts)
    if (mined?.blockHash === settlement.blockHash) break
    await outbox.reopen(dispatch.id)
    hasLost = true
  }
  return hasLost
}

/**
 * Notes the settlements of what is open, and was mined for good meanwhile: nothing is sent for it.
 *
 * @throws {LedgerUnavailableError}
 */
export async function settleMined(
  account: Pick<LedgerAccount, 'reader'>,
  outbox: Outbox,
  finality: Finality,
): Promise<void> {
  const open = await outbox.open()
  if (open.length === 0) return
  const finalBlock = await findFinalBlock(account.reader, finality)
  for (const { id, attempts } of open) {
    const mined = await findMined(account, attempts)
    if (mined !== null && mined.blockNumber <= finalBlock) await outbox.settle(id, mined)
  }
}
