/** How one node of several stands: whether it is asked, what it was caught at, and when it is tried again. */
import { LedgerUnavailableError } from '@hefu/protocol'
import { NodeFaultError } from './node-fault.ts'
import type { NodeFault, NodeState } from './node-state.ts'
import type { SingleNode } from './single-node.ts'

/** What a node is asked. Who was caught at one of them, or silent, is as before once it has answered the same rightly. */
export type Question = 'newest' | 'block' | 'final' | 'logs' | 'receipts'

/** The longest pause before a node is tried again. */
const LONGEST_PAUSE_MS = 60_000
/** Questions to one node that wait for an answer: it is asked no more until one has come. */
const MOST_WAITING = 512
/** So often others have a newer block and a node has not, before it is called frozen. */
const STILL_ROUNDS = 3

/** What a node keeps to, whatever is asked of it. */
export interface StandingTimes {
  /** Unix seconds. */
  readonly clock: () => number
  /** Pause before the first new try; each later one is twice as long. */
  readonly retryAfterMs: number
  /** A node that has not answered for so long is called silent, though its answer may come yet. */
  readonly patienceMs: number
}

export class NodeStanding {
  readonly node: SingleNode
  readonly #name: string
  readonly #times: StandingTimes
  #newest: number | null = null
  #isSilent = false
  /** Its newest block, as against the newest that is agreed on. */
  #stands: 'agrees' | 'ahead' | 'behind' = 'agrees'
  #caught: { readonly fault: NodeFault; readonly at: Question } | null = null
  /** What it did not answer last, and has not answered rightly since. */
  #unanswered: Question | null = null
  #pauseMs = 0
  /** By the machine's monotonic clock. */
  #dueAt = Number.NEGATIVE_INFINITY
  #waiting = 0
  #stillRounds = 0
  #shown: NodeState['state'] = 'silent'
  #since: number

  /** @param rpcUrl of which host and port alone are ever named: the rest may be a secret */
  constructor(rpcUrl: string, node: SingleNode, times: StandingTimes) {
    this.node = node
    this.#name = new URL(rpcUrl).host
    this.#times = times
    this.#since = times.clock()
  }

  get state(): NodeState {
    return {
      node: this.#name,
      state: this.#shown,
      newest: this.#newest,
      since: this.#since,
      fault: this.#caught?.fault ?? null,
    }
  }

  /** Number of the newest block that it told of. */
  get newest(): number | null {
    return this.#newest
  }

  /** Whether it did not answer the last question. */
  get isSilent(): boolean {
    return this.#isSilent
  }

  get dueAt(): number {
    return this.#dueAt
  }

  get isBusy(): boolean {
    return this.#waiting >= MOST_WAITING
  }

  /** Asks it, and takes note of an answer that is none. */
  async ask<Answer>(question: Question, ask: (node: SingleNode) => Promise<Answer>): Promise<Answer> {
    this.#waiting += 1
    const late = setTimeout(() => this.#hush(), this.#times.patienceMs)
    try {
      const answer = await ask(this.node)
      this.#isSilent = false
      this.#show()
      return answer
    } catch (error) {
      this.#fail(question, error)
      throw error
    } finally {
      clearTimeout(late)
      this.#waiting -= 1
    }
  }

  /** It told the same as others. */
  agreed(question: Question): void {
    const isFrozen = this.#caught?.fault === 'frozen' && this.#isStill
    if (this.#caught?.at === question && !isFrozen) this.#caught = null
    if (this.#unanswered === question) this.#unanswered = null
    if (this.#caught === null && this.#unanswered === null) {
      this.#pauseMs = 0
      this.#dueAt = Number.NEGATIVE_INFINITY
    }
    this.#show()
  }

  /** It was caught at something, and is set aside for a while. */
  catchAt(question: Question, fault: NodeFault): void {
    this.#caught = { fault, at: question }
    this.#putOff()
  }

  /**
   * Its newest block, and the newest that is agreed on: before it is said whether it told the same of it.
   *
   * @param moved whether that is another than the last time
   */
  stands(newest: number, agreed: number, moved: boolean): void {
    if (newest !== this.#newest || newest === agreed) this.#stillRounds = 0
    else if (moved) this.#stillRounds += 1
    this.#newest = newest
    this.#stands = newest === agreed ? 'agrees' : newest < agreed ? 'behind' : 'ahead'
    if (this.#isStill) this.catchAt('newest', 'frozen')
    this.#show()
  }

  /** While others go on, that what it tells is true makes it no less frozen. */
  get #isStill(): boolean {
    return this.#stillRounds >= STILL_ROUNDS
  }

  #fail(question: Question, error: unknown): void {
    const fault = faultOf(error)
    if (fault !== null) this.catchAt(question, fault)
    else if (!isTooMuch(error)) {
      this.#isSilent = true
      this.#unanswered = question
      this.#putOff()
    }
  }

  #hush(): void {
    this.#isSilent = true
    this.#show()
  }

  #putOff(): void {
    const now = performance.now()
    // Questions that were under way together fail together: they put it off once.
    if (now >= this.#dueAt) {
      this.#pauseMs = Math.min(LONGEST_PAUSE_MS, this.#pauseMs * 2 || this.#times.retryAfterMs)
      this.#dueAt = now + this.#pauseMs
    }
    this.#show()
  }

  #show(): void {
    const state = this.#stateNow()
    if (state === this.#shown) return
    this.#shown = state
    this.#since = this.#times.clock()
  }

  #stateNow(): NodeState['state'] {
    if (this.#caught !== null) return 'set-aside'
    if (this.#isSilent || this.#newest === null) return 'silent'
    return this.#stands
  }
}

/** What a failing node shows of itself; `null`: it only did not answer. */
function faultOf(error: unknown): NodeFault | null {
  if (error instanceof NodeFaultError) return error.fault
  return error instanceof LedgerUnavailableError && error.code === 'wrong-chain' ? 'other-chain' : null
}

/** It would answer a shorter range. */
function isTooMuch(error: unknown): boolean {
  return error instanceof LedgerUnavailableError && error.code === 'answer-too-large'
}
