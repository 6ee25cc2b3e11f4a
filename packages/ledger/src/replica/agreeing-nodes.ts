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
      this.#askAll(this.#toAsk(shared), shared, failures, {
        each: (standing, answer) => {
          ballot.cast(standing, answer)
          if (ballot.agreed !== null) resolve(ballot.agreed)
        },
        last: () => reject(this.#tooFew(shared, ballot.counts, failures)),
      })
    })
  }

  /**
   * What each of them answers on its own: of all that are not silent.
   *
   * @throws {LedgerUnavailableError} when fewer answer than have to agree
   */
  hear<Answer>(question: NodeQuestion<Answer>): Promise<ReadonlyMap<NodeStanding, Answer>> {
    const asked = this.#toAsk(question)
    const heard = new Map<NodeStanding, Answer>()
    const failures: NodeFailure[] = []
    return new Promise((resolve, reject) => {
      const isEnough = (): boolean => heard.size >= this.needed
      const late = setTimeout(() => isEnough() && resolve(heard), this.#patienceMs)
      this.#askAll(asked, question, failures, {
        each: (standing, answer) => {
          heard.set(standing, answer)
          if (isEnough() && asked.every((one) => heard.has(one) || one.isSilent)) resolve(heard)
        },
        last: () => {
          clearTimeout(late)
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
    const waiting = this.#inTurn(this.#toAsk(question))
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

  #askAll<Answer>(
    asked: readonly NodeStanding[],
    { question, ask }: NodeQuestion<Answer>,
    failures: NodeFailure[],
    { each, last }: Hearing<Answer>,
  ): void {
    let left = asked.length
    const end = (): void => {
      left -= 1
      if (left === 0) last()
    }
    for (const standing of asked)
      standing
        .ask(question, ask)
        .then(
          (answer) => each(standing, answer),
          (error: unknown) => void failures.push({ standing, error }),
        )
        .finally(end)
    if (asked.length === 0) last()
  }

  /** Those that are due; where they are too few, others before their time, the next ones first. */
  #toAsk({ mayKnow = () => true }: NodeQuestion<unknown>): readonly NodeStanding[] {
    const now = performance.now()
    const able = this.standings.filter((standing) => !standing.isBusy && mayKnow(standing))
    const due = able.filter(({ dueAt }) => dueAt <= now)
    if (due.length >= this.needed) return due
    return able.toSorted((one, other) => one.dueAt - other.dueAt).slice(0, Math.max(due.length, this.needed))
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

/** What becomes of answers. */
interface Hearing<Answer> {
  readonly each: (standing: NodeStanding, answer: Answer) => void
  /** Once every node has answered, or failed. */
  readonly last: () => void
}
