/** One question to several nodes: whom it is put to, who is waited for, and when it is over. */
import type { NodeQuestion } from './ballot.ts'
import type { NodeStanding } from './node-standing.ts'
import type { NodeFailure } from './too-few.ts'

export interface ToAsk {
  readonly first: readonly NodeStanding[]
  /** Put off, the next ones first. */
  readonly others: readonly NodeStanding[]
}

/** What becomes of answers. */
export interface Hearing<Answer> {
  readonly each: (standing: NodeStanding, answer: Answer) => void
  readonly failed: (failure: NodeFailure) => void
  /** Whether nobody else need be asked. */
  readonly isAnswered: () => boolean
  /** Whether so many more answers could make of it what it is not. */
  readonly mayBecome: (more: number) => boolean
  /** Once nobody is waited for any more; again for each that answers, or fails, later. */
  readonly last: () => void
}

export interface Waiting {
  /** How many must answer. */
  readonly needed: number
  readonly patienceMs: number
  /** Whether it takes much longer than others to answer this. */
  readonly isSlow: (standing: NodeStanding) => boolean
}

/**
 * One question to those that are due, and where these give no answer also to the others, before their time. Who is
 * silent is waited for only while too few have answered, or what it answers could change what is told: until it is gone.
 * Who is slow is not waited for where enough have answered.
 */
export class Asking<Answer> {
  readonly #question: NodeQuestion<Answer>
  readonly #hearing: Hearing<Answer>
  readonly #waiting: Waiting
  /** Who has neither answered nor failed. */
  readonly #open = new Set<NodeStanding>()
  #others: readonly NodeStanding[] = []
  #answers = 0
  #isLate = false
  #late: NodeJS.Timeout | undefined

  constructor(question: NodeQuestion<Answer>, hearing: Hearing<Answer>, waiting: Waiting) {
    this.#question = question
    this.#hearing = hearing
    this.#waiting = waiting
  }

  begin({ first, others }: ToAsk): void {
    this.#others = others
    this.#askThese(first)
  }

  #askThese(asked: readonly NodeStanding[]): void {
    this.#isLate = false
    this.#lookEvery(this.#waiting.patienceMs)
    for (const standing of asked) this.#askOne(standing)
    this.#look()
  }

  /** Who was asked at once is silent at once, and gone at another time. */
  #lookEvery(milliseconds: number): void {
    clearInterval(this.#late)
    this.#late = setInterval(() => {
      this.#isLate = true
      this.#look()
    }, milliseconds)
  }

  #askOne(standing: NodeStanding): void {
    const { question, ask } = this.#question
    this.#open.add(standing)
    standing
      .ask(question, ask)
      .then(
        (answer) => {
          this.#answers += 1
          this.#hearing.each(standing, answer)
        },
        (error: unknown) => this.#hearing.failed({ standing, error }),
      )
      .finally(() => {
        this.#open.delete(standing)
        this.#look()
      })
  }

  /** Whether to wait, to ask the others, or to end. */
  #look(): void {
    const { isAnswered, last } = this.#hearing
    if (this.#isPrompt()) return
    if (!isAnswered() && this.#others.length > 0) {
      const asked = this.#others
      this.#others = []
      this.#askThese(asked)
    } else if (this.#open.size === 0 || (this.#answers >= this.#waiting.needed && !this.#isWorthWaiting())) {
      clearInterval(this.#late)
      last()
    }
  }

  /** Whether somebody may still answer as soon as others do. */
  #isPrompt(): boolean {
    if (this.#isLate) return false
    const isAnswered = this.#hearing.isAnswered()
    return [...this.#open].some(
      (standing) => !standing.isSilent && !(isAnswered && this.#waiting.isSlow(standing)),
    )
  }

  #isWorthWaiting(): boolean {
    const { question } = this.#question
    const awaited = [...this.#open].filter((standing) => !standing.isGoneAt(question)).length
    return awaited > 0 && this.#hearing.mayBecome(awaited)
  }
}
