/** What nodes tell in answer to one question, until enough of them have told the same. */
import type { NodeStanding } from './node-standing.ts'
import type { NodeFault } from './node-state.ts'
import type { Question } from './question-times.ts'
import type { SingleNode } from './single-node.ts'

/** What is asked of a node, and in words what for. */
export interface NodeQuestion<Answer> {
  readonly question: Question
  readonly purpose: string
  readonly ask: (node: SingleNode) => Promise<Answer>
  /** Who is to be asked. Absent: all. */
  readonly mayKnow?: (standing: NodeStanding) => boolean
  /** Bytes that a node's answer has, or more, where this is what is asked for. Absent: none is so long as is not read. */
  readonly bytesOf?: (answer: Answer) => number
}

/** A question that several nodes can answer alike. */
export interface SharedQuestion<Answer> extends NodeQuestion<Answer> {
  /** The same for answers that are the same. */
  readonly keyOf: (answer: Answer) => string
  /** What a node that told another is caught at; `null`: it may well be so. */
  readonly faultOf: (told: Answer, agreed: Answer, standing: NodeStanding) => NodeFault | null
}

/** An answer, and who told it: also who comes to tell it later. */
export interface Agreed<Answer> {
  readonly answer: Answer
  readonly tellers: Set<NodeStanding>
}

/** An answer, and the key of it: made once, for an answer may be long. */
interface Told<Answer> {
  readonly key: string
  readonly answer: Answer
}

export class Ballot<Answer> {
  readonly #shared: SharedQuestion<Answer>
  readonly #needed: number
  readonly #told = new Map<NodeStanding, Told<Answer>>()
  readonly #tellers = new Map<string, Set<NodeStanding>>()
  #agreed: (Told<Answer> & Agreed<Answer>) | null = null

  constructor(shared: SharedQuestion<Answer>, needed: number) {
    this.#shared = shared
    this.#needed = needed
  }

  /** `null` while too few tell the same. */
  get agreed(): Agreed<Answer> | null {
    return this.#agreed
  }

  /** Whether so many more who tell the same as others could make it enough. */
  mayAgreeWith(more: number): boolean {
    return Math.max(0, ...this.counts) + more >= this.#needed
  }

  /** How many tell each answer. */
  get counts(): readonly number[] {
    return [...this.#tellers.values()].map(({ size }) => size)
  }

  /** Who tells another than enough others is caught at it, whoever of them comes first. */
  cast(standing: NodeStanding, answer: Answer): void {
    const key = this.#shared.keyOf(answer)
    const tellers = this.#tellers.get(key) ?? new Set()
    this.#tellers.set(key, tellers.add(standing))
    const told = { key, answer }
    this.#told.set(standing, told)
    if (this.#agreed !== null) this.#judge(standing, told, this.#agreed)
    else if (tellers.size >= this.#needed) {
      const agreed = { key, answer, tellers }
      this.#agreed = agreed
      for (const [of, other] of this.#told) this.#judge(of, other, agreed)
    }
  }

  #judge(standing: NodeStanding, told: Told<Answer>, agreed: Told<Answer>): void {
    const { question, faultOf } = this.#shared
    if (told.key === agreed.key) {
      standing.agreed(question)
      return
    }
    const fault = faultOf(told.answer, agreed.answer, standing)
    if (fault !== null) standing.catchAt(question, fault)
  }
}
