/** How one node of several stands: whether it is asked, what it was caught at, and when it is tried again. */
import { LedgerUnavailableError } from '@hefu/protocol'
import { NodeFaultError } from './node-fault.ts'
import type { NodeFault, NodeState } from './node-state.ts'
import { type Question, QuestionTimes } from './question-times.ts'
import type { SingleNode } from './single-node.ts'

/** The longest pause before a node is tried again. */
const LONGEST_PAUSE_MS = 60_000
/** In times of the patience: who has not answered for so long is not waited for. */
const LONGEST_WAIT = 5
/** Questions to one node that wait for an answer: it is asked no more until one has come. */
const MOST_WAITING = 512
/** True answers to other questions, each after its time, that are worth one to the same. */
const ENOUGH_OTHERS = 8
/** So often others have a newer block and a node has not, before it is called frozen. */
const STILL_ROUNDS = 3

/** What a node keeps to, whatever is asked of it. */
export interface StandingTimes {
  /** Unix seconds. */
  readonly clock: () => number
  /** Pause before the first new try; each later one is twice as long. */
  readonly retryAfterMs: number
  /** A node that has not answered for so long is silent, though its answer may come yet; for five times as long, gone. */
  readonly patienceMs: number
}

export class NodeStanding {
  readonly node: SingleNode
  readonly #name: string
  readonly #times: StandingTimes
  readonly #taken: QuestionTimes
  #newest: number | null = null
  #isSilent = false
  /** Its newest block, as against the newest that is agreed on. */
  #stands: 'agrees' | 'ahead' | 'behind' = 'agrees'
  #caught: { readonly fault: NodeFault; readonly at: Question } | null = null
  /** What it did not answer last, and has not answered rightly since. */
  #unanswered: Question | null = null
  /** What it is believed in again for what else it answered: its next pause is as long as if it had not been. */
  #doubted: Question | null = null
  /** True answers to other questions since its time came. */
  #others = 0
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
    this.#taken = new QuestionTimes(LONGEST_WAIT * times.patienceMs)
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

  get isSetAside(): boolean {
    return this.#caught !== null
  }

  /** Whether it was asked so long ago, and has answered nothing of the kind since, that nobody waits for it. */
  isGoneAt(question: Question): boolean {
    return this.#taken.isGoneAt(question)
  }

  /** Milliseconds that it took to answer such a question the last time; `null`: not known, or too long ago. */
  tookAt(question: Question): number | null {
    return this.#taken.tookAt(question)
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
    const asked = this.#taken.ask(question)
    const late = setTimeout(() => this.#hush(), this.#times.patienceMs)
    try {
      const answer = await ask(this.node)
      asked.answered()
      this.#isSilent = false
      this.#show()
      return answer
    } catch (error) {
      if (isUnhelpful(error)) asked.helpedNothing()
      this.#fail(question, error)
      throw error
    } finally {
      clearTimeout(late)
      this.#waiting -= 1
    }
  }

  /** It told the same as others. */
  agreed(question: Question): void {
    if (!this.#isFrozen && this.#caught?.at === question) this.#caught = null
    if (this.#unanswered === question) this.#unanswered = null
    if (this.#doubted === question) this.#doubted = null
    this.#redeem()
    if (this.#caught === null && this.#unanswered === null) {
      if (this.#doubted === null) this.#pauseMs = 0
      this.#dueAt = Number.NEGATIVE_INFINITY
    }
    this.#show()
  }

  /** Receipts are asked for only where a contract told of something: that may be in a year. */
  #redeem(): void {
    const at = this.#caught?.at ?? this.#unanswered
    if (at === null || this.#isFrozen || performance.now() < this.#dueAt) return
    this.#others += 1
    if (this.#others < ENOUGH_OTHERS) return
    this.#caught = null
    this.#unanswered = null
    this.#doubted = at
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

  get #isStill(): boolean {
    return this.#stillRounds >= STILL_ROUNDS
  }

  /** While others go on, that what it tells is true makes it no less frozen. */
  get #isFrozen(): boolean {
    return this.#caught?.fault === 'frozen' && this.#isStill
  }

  #fail(question: Question, error: unknown): void {
    const fault = faultOf(error)
    if (fault !== null) this.catchAt(question, fault)
    else if (isUnhelpful(error)) this.#isSilent = false
    else {
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
    this.#others = 0
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
    if (this.#isSilent || this.#unanswered !== null || this.#newest === null) return 'silent'
    return this.#stands
  }
}

/** What a failing node shows of itself; `null`: it only did not answer. */
function faultOf(error: unknown): NodeFault | null {
  if (error instanceof NodeFaultError) return error.fault
  return error instanceof LedgerUnavailableError && error.code === 'wrong-chain' ? 'other-chain' : null
}

/** It answered, and not what was asked: it would a shorter range, or another block. */
function isUnhelpful(error: unknown): boolean {
  return error instanceof LedgerUnavailableError && UNHELPFUL.includes(error.code)
}

const UNHELPFUL: readonly LedgerUnavailableError['code'][] = ['answer-too-large', 'block-unavailable']
