/** Several nodes of one chain: asked together, or one after the other until one proves what it says. */
import { Asking, type Hearing, type ToAsk } from './asking.ts'
import { askInTurn } from './asking-in-turn.ts'
import { type Agreed, Ballot, type NodeQuestion, type SharedQuestion } from './ballot.ts'
import { Heard } from './heard.ts'
import type { NodeStanding } from './node-standing.ts'
import { isWithinOneAnswer, OverlongAnswerError } from './overlong-answer.ts'
import type { Question } from './question-times.ts'
import { type NodeFailure, noneProven, tooFew } from './too-few.ts'

/** Slow is who takes so much longer than the quickest of them, and a part of the patience at least. */
const SLOWER = 4
const LEAST_SLOWNESS = 1 / 8

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
      this.#askAll(shared, {
        each: (standing, answer) => {
          ballot.cast(standing, answer)
          if (ballot.agreed === null) return
          judgeOverlong(shared, ballot.agreed.answer, failures)
          resolve(ballot.agreed)
        },
        failed: (failure) => {
          failures.push(failure)
          if (ballot.agreed !== null) judgeOverlong(shared, ballot.agreed.answer, failures)
        },
        isAnswered: () => ballot.agreed !== null,
        mayBecome: (more) => ballot.agreed === null && ballot.mayAgreeWith(more),
        last: () => {
          if (ballot.agreed === null) reject(this.#tooFew(shared.purpose, ballot.counts, failures))
        },
      })
    })
  }

  /**
   * What each of them answers on its own: of all that are not silent, and of the silent ones where what these answer
   * could make another thing of it.
   *
   * @param mayBecome whether so many more answers could; absent: never
   * @throws {LedgerUnavailableError} when fewer answer than have to agree
   */
  hear<Answer>(
    question: NodeQuestion<Answer>,
    mayBecome: (heard: readonly Answer[], more: number) => boolean = () => false,
  ): Promise<Heard<Answer>> {
    const heard = new Heard<Answer>()
    const failures: NodeFailure[] = []
    return new Promise((resolve, reject) => {
      // The word of who was caught is heard, and nobody else is left out for it.
      const isEnough = (more: number): boolean => heard.believed.length + more >= this.needed
      this.#askAll(question, {
        each: (standing, answer) => heard.add(standing, answer),
        failed: (failure) => void failures.push(failure),
        isAnswered: () => isEnough(0),
        mayBecome: (more) => (isEnough(0) ? mayBecome(heard.believed, more) : isEnough(more)),
        last: () => {
          if (heard.answers.size < this.needed)
            return reject(this.#tooFew(question.purpose, [heard.answers.size], failures))
          heard.end()
          resolve(heard)
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
    const failures: NodeFailure[] = []
    let proven: { readonly answer: Answer } | null = null
    return askInTurn([...this.#inTurn(first, question.question), ...others], this.#patienceMs, {
      ask: (standing) => standing.ask(question.question, question.ask),
      answered: (standing, answer) => {
        standing.agreed(question.question)
        proven ??= { answer }
        judgeOverlong(question, answer, failures)
      },
      failed: (standing, error) => {
        failures.push({ standing, error })
        if (proven !== null) judgeOverlong(question, proven.answer, failures)
      },
      none: () => noneProven(question.purpose, failures, this.standings),
    })
  }

  #askAll<Answer>(question: NodeQuestion<Answer>, hearing: Hearing<Answer>): void {
    new Asking(question, hearing, {
      needed: this.needed,
      patienceMs: this.#patienceMs,
      isSlow: (standing) => this.#isSlow(standing, question.question),
    }).begin(this.#toAsk(question))
  }

  /** Those that are due; where they are too few, others before their time, the next ones first. */
  #toAsk({ mayKnow = () => true }: Pick<NodeQuestion<unknown>, 'mayKnow'>): ToAsk {
    const now = performance.now()
    const able = this.standings
      .filter((standing) => !standing.isBusy && mayKnow(standing))
      .toSorted((one, other) => Math.max(now, one.dueAt) - Math.max(now, other.dueAt))
    const due = able.filter(({ dueAt }) => dueAt <= now).length
    const asked = Math.max(due, this.needed)
    return { first: able.slice(0, asked), others: able.slice(asked) }
  }

  /** Each first once, the slow ones last, and behind them the silent ones. */
  #inTurn(standings: readonly NodeStanding[], question: Question): NodeStanding[] {
    const first = standings.length === 0 ? 0 : this.#turn++ % standings.length
    const turned = [...standings.slice(first), ...standings.slice(0, first)]
    const rank = (one: NodeStanding): number => (one.isSilent ? 2 : Number(this.#isSlow(one, question)))
    return turned.toSorted((one, other) => rank(one) - rank(other))
  }

  #isSlow(standing: NodeStanding, question: Question): boolean {
    const took = standing.tookAt(question)
    if (took === null || took < this.#patienceMs * LEAST_SLOWNESS) return false
    const quickest = Math.min(
      ...this.standings.map((one) => one.tookAt(question) ?? Number.POSITIVE_INFINITY),
    )
    return took > SLOWER * quickest
  }

  #tooFew(purpose: string, counts: readonly number[], failures: readonly NodeFailure[]): Error {
    return tooFew(purpose, this.needed, counts, failures, this.standings)
  }
}

/** Who answered at more length than is read is caught at it once it is known that the answer is short. */
function judgeOverlong<Answer>(
  { question, bytesOf }: NodeQuestion<Answer>,
  answer: Answer,
  failures: NodeFailure[],
): void {
  if (bytesOf === undefined || failures.length === 0 || !isWithinOneAnswer(bytesOf(answer))) return
  for (const { standing, error } of failures.splice(0))
    if (error instanceof OverlongAnswerError) standing.catchAt(question, 'malformed')
}
