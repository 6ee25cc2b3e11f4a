/** Several nodes of one chain: asked together, or one after the other until one proves what it says. */
import { type Agreed, Ballot, type NodeQuestion, type SharedQuestion } from './ballot.ts'
import type { NodeStanding } from './node-standing.ts'
import { type NodeFailure, noneProven, tooFew } from './too-few.ts'

export class AgreeingNodes {
  readonly standings: readonly NodeStanding[]
  /** How many must tell the same. */
  readonly needed: number
  readonly #patienceMs: number
  #turn = 0

  constructor(standings: readonly NodeStanding[], needed: number, patienceMs: number) {
    this.standings = standings
    this.needed = needed
    this.#patienceMs = patienceMs
  }

  /**
   * Asks all that are not set aside, and answers as soon as enough have told the same. Who comes later is compared with
   * it all the same.
   *
   * @throws {LedgerUnavailableError} when fewer tell the same
   */
  ask<Answer>(shared: SharedQuestion<Answer>): Promise<Agreed<Answer>> {
    const ballot = new Ballot(shared, this.needed)
    const failures: NodeFailure[] = []
    return new Promise((resolve, reject) => {
      this.#askAll(shared, failures, {
        each: (standing, answer) => {
          ballot.cast(standing, answer)
          if (ballot.agreed !== null) resolve(ballot.agreed)
        },
        isAnswered: () => ballot.agreed !== null,
        last: () => {
          if (ballot.agreed === null) reject(this.#tooFew(shared, ballot.counts, failures))
        },
      })
    })
  }

  /**
   * What each of them answers on its own: of all that are not silent.
   *
   * @throws {LedgerUnavailableError} when fewer answer than have to agree
   */
  hear<Answer>(question: NodeQuestion<Answer>): Promise<ReadonlyMap<NodeStanding, Answer>> {
    const heard = new Map<NodeStanding, Answer>()
    const failures: NodeFailure[] = []
    return new Promise((resolve, reject) => {
      const isEnough = (): boolean => heard.size >= this.needed
      this.#askAll(question, failures, {
        each: (standing, answer) => void heard.set(standing, answer),
        isAnswered: isEnough,
        last: () => {
          if (isEnough()) resolve(heard)
          else reject(this.#tooFew(question, [heard.size], failures))
        },
      })
    })
  }

  /**
   * The first answer that proves itself: the nodes are asked in turn, and the next one also while one is silent.
   *
   * @throws {LedgerUnavailableError} when nobody gives one
   */
  anyOf<Answer>(question: NodeQuestion<Answer>): Promise<Answer> {
    const { first, others } = this.#toAsk(question)
    const waiting = [...this.#inTurn(first), ...others]
    const failures: NodeFailure[] = []
    return new Promise((resolve, reject) => {
      let open = 0
      const next = (): void => {
        const standing = waiting.shift()
        if (standing === undefined) {
          if (open === 0) reject(noneProven(question.purpose, failures, this.standings))
          return
        }
        open += 1
        const late = setTimeout(next, this.#patienceMs)
        standing
          .ask(question.question, question.ask)
          .then((answer) => {
            clearTimeout(late)
            waiting.length = 0
            standing.agreed(question.question)
            resolve(answer)
          })
          .catch((error: unknown) => {
            clearTimeout(late)
            failures.push({ standing, error })
            open -= 1
            next()
          })
      }
      next()
    })
  }

  #askAll<Answer>(question: NodeQuestion<Answer>, failures: NodeFailure[], hearing: Hearing<Answer>): void {
    new Asking(question, this.needed, this.#patienceMs, failures, hearing).begin(this.#toAsk(question))
  }

  /** Those that are due; where they are too few, others before their time, the next ones first. */
  #toAsk({ mayKnow = () => true }: NodeQuestion<unknown>): ToAsk {
    const now = performance.now()
    const able = this.standings
      .filter((standing) => !standing.isBusy && mayKnow(standing))
      .toSorted((one, other) => Math.max(now, one.dueAt) - Math.max(now, other.dueAt))
    const due = able.filter(({ dueAt }) => dueAt <= now).length
    const asked = Math.max(due, this.needed)
    return { first: able.slice(0, asked), others: able.slice(asked) }
  }

  /** Each first once, the silent ones last. */
  #inTurn(standings: readonly NodeStanding[]): NodeStanding[] {
    const first = standings.length === 0 ? 0 : this.#turn++ % standings.length
    const turned = [...standings.slice(first), ...standings.slice(0, first)]
    return turned.toSorted((one, other) => Number(one.isSilent) - Number(other.isSilent))
  }

  #tooFew(
    { purpose }: NodeQuestion<unknown>,
    counts: readonly number[],
    failures: readonly NodeFailure[],
  ): Error {
    return tooFew(purpose, this.needed, counts, failures, this.standings)
  }
}

interface ToAsk {
  readonly first: readonly NodeStanding[]
  /** Put off, the next ones first. */
  readonly others: readonly NodeStanding[]
}

/** What becomes of answers. */
interface Hearing<Answer> {
  readonly each: (standing: NodeStanding, answer: Answer) => void
  /** Whether nobody else need be asked. */
  readonly isAnswered: () => boolean
  /** Once nobody is waited for any more; again for each that answers, or fails, later. */
  readonly last: () => void
}

/**
 * One question to those that are due, and where these give no answer also to the others, before their time. Who is
 * silent is waited for only while too few have answered: it is all that can help then.
 */
class Asking<Answer> {
  readonly #question: NodeQuestion<Answer>
  readonly #needed: number
  readonly #patienceMs: number
  readonly #failures: NodeFailure[]
  readonly #hearing: Hearing<Answer>
  /** Who has neither answered nor failed. */
  readonly #open = new Set<NodeStanding>()
  #others: readonly NodeStanding[] = []
  #answers = 0
  #isLate = false
  #late: NodeJS.Timeout | undefined

  constructor(
    question: NodeQuestion<Answer>,
    needed: number,
    patienceMs: number,
    failures: NodeFailure[],
    hearing: Hearing<Answer>,
  ) {
    this.#question = question
    this.#needed = needed
    this.#patienceMs = patienceMs
    this.#failures = failures
    this.#hearing = hearing
  }

  begin({ first, others }: ToAsk): void {
    this.#others = others
    this.#askThese(first)
  }

  #askThese(asked: readonly NodeStanding[]): void {
    clearTimeout(this.#late)
    this.#isLate = false
    this.#late = setTimeout(() => {
      this.#isLate = true
      this.#look()
    }, this.#patienceMs)
    for (const standing of asked) this.#askOne(standing)
    this.#look()
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
        (error: unknown) => void this.#failures.push({ standing, error }),
      )
      .finally(() => {
        this.#open.delete(standing)
        this.#look()
      })
  }

  /** Whether to wait, to ask the others, or to end. */
  #look(): void {
    if (!this.#isLate && [...this.#open].some(({ isSilent }) => !isSilent)) return
    if (!this.#hearing.isAnswered() && this.#others.length > 0) {
      const asked = this.#others
      this.#others = []
      this.#askThese(asked)
    } else if (this.#open.size === 0 || this.#answers >= this.#needed) {
      clearTimeout(this.#late)
      this.#hearing.last()
    }
  }
}
