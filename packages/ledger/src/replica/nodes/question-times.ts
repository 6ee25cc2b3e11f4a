/** How long one node takes to answer, by what it is asked: whoever was slow at it is asked later. */

/**
 * What a node is asked. Who was caught at one of them, or silent, is as before once it has answered the same rightly, or
 * others so often after its time that it need not be asked the same again, which may be never.
 */
export type Question = 'newest' | 'block' | 'final' | 'logs' | 'receipts'

/** For so long it is remembered how long a node took. */
const REMEMBERED_MS = 60_000

/** One question to a node, which has an end. */
export interface AskedQuestion {
  answered(): void
  /** It was answered, and nothing came of it. */
  helpedNothing(): void
}

export class QuestionTimes {
  readonly #goneAfterMs: number
  /** What is open, and since when nothing of the kind was answered. By the machine's monotonic clock, as all. */
  readonly #openSince = new Map<Question, number>()
  readonly #taken = new Map<Question, { readonly ms: number; readonly at: number }>()

  constructor(goneAfterMs: number) {
    this.#goneAfterMs = goneAfterMs
  }

  ask(question: Question): AskedQuestion {
    const begun = performance.now()
    if (!this.#openSince.has(question)) this.#openSince.set(question, begun)
    const end = (ms: number, at: number): void => {
      this.#openSince.delete(question)
      this.#taken.set(question, { ms, at })
    }
    return {
      answered: () => {
        const now = performance.now()
        end(now - begun, now)
      },
      helpedNothing: () => end(Number.POSITIVE_INFINITY, performance.now()),
    }
  }

  isGoneAt(question: Question): boolean {
    const since = this.#openSince.get(question)
    return since !== undefined && performance.now() - since >= this.#goneAfterMs
  }

  tookAt(question: Question): number | null {
    const taken = this.#taken.get(question)
    return taken === undefined || performance.now() - taken.at > REMEMBERED_MS ? null : taken.ms
  }
}
