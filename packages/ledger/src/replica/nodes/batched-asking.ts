/** Questions that are asked of a node together: many in one request, as far as the node takes that. */
import type { NodeClient } from '../../chain/node-client.ts'
import { isRefusal, NodeRefusalError, NodeSilenceError, type RpcRefusal } from '../../chain/node-error.ts'
import { FittingLength } from '../blocks/fitting-length.ts'

/** One question to a node. */
export type Ask = (method: string, params: readonly unknown[]) => Promise<unknown>

/** A question as a request has it. */
export interface RpcQuestion {
  readonly id: number
  readonly method: string
  readonly params: readonly unknown[]
}

/** What a node answers to one of them. */
export interface RpcAnswer {
  readonly id?: unknown
  readonly result?: unknown
  readonly error?: RpcRefusal | null
}

/** By what a node is asked. */
export interface NodeLine {
  readonly client: NodeClient
  /** One question in a request of its own. */
  readonly alone: Ask
  /** Several in one request; what it answers is not read yet. */
  readonly together: (questions: readonly RpcQuestion[]) => Promise<unknown>
}

/** Questions of one request at most: engines, and those who serve them, take as many unless they are told otherwise. */
const LONGEST_BATCH = 100
/** Requests that are under way together: a node that takes no batch is asked so much at once, and no more. */
const REQUESTS_AT_ONCE = 16
/** Busy for now, and who answers for a node that does not: no shorter request is what they ask for. */
const AWAY: readonly number[] = [429, 502, 503, 504]

interface Waiting {
  readonly question: RpcQuestion
  readonly resolve: (result: unknown) => void
  readonly reject: (error: unknown) => void
}

/**
 * What is asked in one turn of the program goes in one request. A node that refuses it is asked in halves, each by
 * itself at last, which is how one that takes no batch is asked; what does not come at all fails, as a question does.
 */
export function createBatchedAsking(line: NodeLine): Ask {
  const fitting = new FittingLength(LONGEST_BATCH)
  let waiting: Waiting[] = []

  const sendWaiting = async (): Promise<void> => {
    const open = waiting
    waiting = []
    let isRefused = false
    const sendNext = async (): Promise<void> => {
      while (open.length > 0) {
        const part = open.splice(0, fitting.length)
        const fate = await settle(line, part)
        // Who answers one question without an end is asked no other.
        if (fate instanceof NodeSilenceError) for (const { reject } of open.splice(0)) reject(fate)
        else {
          if (fate !== 'settled') fitting.refused(part.length)
          if (fate === 'refused') open.unshift(...part)
          isRefused ||= fate !== 'settled'
        }
      }
    }
    await Promise.all(Array.from({ length: REQUESTS_AT_ONCE }, sendNext))
    // Once for all of them: one that takes no batch is tried with another now and again, and not at each question.
    if (!isRefused) fitting.taken()
  }
  return (method, params) =>
    new Promise((resolve, reject) => {
      if (waiting.length === 0) setImmediate(sendWaiting)
      waiting.push({ question: { id: waiting.length, method, params }, resolve, reject })
    })
}

/**
 * What became of a request: `refused` as too much, so that nothing in it is answered; `failed`, so that all of it is;
 * an error where one question alone was answered with more than is read. Rejects never.
 */
async function settle(
  line: NodeLine,
  asked: readonly Waiting[],
): Promise<'settled' | 'refused' | 'failed' | NodeSilenceError> {
  const [first] = asked
  if (first !== undefined && asked.length === 1) {
    const { method, params } = first.question
    try {
      first.resolve(await line.alone(method, params))
    } catch (error) {
      first.reject(error)
      if (error instanceof NodeSilenceError && error.silence === 'too-large') return error
    }
    return 'settled'
  }
  try {
    const answers = await askOnce(line, asked)
    if (answers === 'refused') return 'refused'
    for (const waiting of asked) answer(waiting, answers.get(waiting.question.id) ?? {})
    return 'settled'
  } catch (error) {
    for (const { reject } of asked) reject(error)
    return 'failed'
  }
}

function answer({ resolve, reject }: Waiting, { result, error }: RpcAnswer): void {
  if (error === undefined || error === null) resolve(result)
  else reject(new NodeRefusalError(error))
}

/**
 * The answers by what they answer; `refused`: this was too much at once.
 *
 * @throws what kept the node from answering at all
 */
async function askOnce(
  { together }: NodeLine,
  asked: readonly Waiting[],
): Promise<ReadonlyMap<unknown, RpcAnswer> | 'refused'> {
  const questions = asked.map(({ question }) => question)
  try {
    // Once more where the connection was lost: it may have been kept too long.
    const said = await together(questions).catch((error: unknown) => {
      if (!isLost(error)) throw error
      return together(questions)
    })
    return answersOf(said, asked)
  } catch (error) {
    if (isAway(error)) throw error
    return 'refused'
  }
}

/** By their ids, in whatever order they come: one that is missing would be another's otherwise. */
function answersOf(said: unknown, asked: readonly Waiting[]): ReadonlyMap<unknown, RpcAnswer> | 'refused' {
  if (!Array.isArray(said)) return 'refused'
  const answers = new Map(said.filter(isAnswer).map((answer) => [answer.id, answer]))
  return asked.every(({ question }) => answers.has(question.id)) ? answers : 'refused'
}

function isAnswer(said: unknown): said is RpcAnswer {
  return (
    typeof said === 'object' &&
    said !== null &&
    ('result' in said || isRefusal((said as { readonly error?: unknown }).error))
  )
}

/** Nobody answered, in time or at all, or at another address: half as much would not be answered either. */
function isAway(error: unknown): boolean {
  if (error instanceof NodeSilenceError && ['timed-out', 'redirected'].includes(error.silence)) return true
  return isLost(error) || AWAY.includes(statusOf(error) ?? 0)
}

/** The connection failed, and not what came over it. */
function isLost(error: unknown): boolean {
  return error instanceof NodeSilenceError && error.silence === 'lost'
}

function statusOf(error: unknown): number | undefined {
  return error instanceof NodeSilenceError || error instanceof NodeRefusalError ? error.status : undefined
}
