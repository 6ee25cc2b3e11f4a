/** What nodes answered each on its own, and what those answer who come when the others are gone on from. */
import type { NodeStanding } from './node-standing.ts'

/** Is told of an answer that came late. */
type Listener<Answer> = (standing: NodeStanding, answer: Answer) => void

export class Heard<Answer> {
  readonly #answers = new Map<NodeStanding, Answer>()
  readonly #late: (readonly [NodeStanding, Answer])[] = []
  #listener: Listener<Answer> | null = null
  #isEnded = false

  /** Those that came in time. */
  get answers(): ReadonlyMap<NodeStanding, Answer> {
    return this.#answers
  }

  /** Of who was not caught at anything. */
  get believed(): readonly Answer[] {
    return [...this.#answers].flatMap(([standing, answer]) => (standing.isSetAside ? [] : [answer]))
  }

  add(standing: NodeStanding, answer: Answer): void {
    if (!this.#isEnded) this.#answers.set(standing, answer)
    else if (this.#listener === null) this.#late.push([standing, answer])
    else this.#listener(standing, answer)
  }

  /** Whoever answers from now on is late. */
  end(): void {
    this.#isEnded = true
  }

  /** Tells of each that is late, also of those that have come already. */
  eachLate(listener: Listener<Answer>): void {
    this.#listener = listener
    for (const [standing, answer] of this.#late.splice(0)) listener(standing, answer)
  }
}
