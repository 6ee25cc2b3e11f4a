/** How many requests of one kind may be under way: what they hold together is bounded by that. */
import type { ServerResponse } from 'node:http'
import { firstOf } from './first-of.ts'
import { httpProblem } from './http-problem.ts'
import { createPace, type Pace } from './loop-pace.ts'
import type { Exchange, Held, Step } from './route.ts'
import { createStayPace, type StayPace } from './stay-pace.ts'

/** What a request has that was let in. */
export interface Place extends Held {
  /** Nobody waits for the answer any more: what is under way for it ends, by the problem that is its reason. */
  readonly signal: AbortSignal
  /** Does what waits for another machine: meanwhile it has its place, and counts in no pace. */
  aside<T>(work: () => Promise<T>): Promise<T>
}

/** Lets a request in, or throws. */
export type Gate = (exchange: Exchange) => Place

/** A gate whose fullness is told at the door. */
export interface LoadGate {
  /** Stands before everything, the token and the body too: turns away who would find no place, and takes none. */
  readonly turnAway: Step<unknown, void>
  /** Takes a place; behind the reading of a body. */
  readonly gate: Gate
}

/**
 * Lets so many requests in at once, until their work has ended and their answers are taken, or their connections end:
 * who leaves gives no place to the next while the work goes on. Whoever comes beyond is turned away at once: a queue
 * would only make everyone late. It stands behind the reading of a body, so that no place is held by who sends none; and
 * who takes no answer gives way to who comes.
 */
export function createGate(most: number): Gate {
  const underWay = new Set<Entered>()
  return ({ res }) => enter(underWay, most, res)
}

/**
 * A gate for so many at most, and for as many as the thread has time for and as stay no longer than is usual. What comes
 * beyond costs next to nothing: neither a signature nor a body is read for it, so that those who were let in do not wait
 * for those who were not.
 */
export function createLoadGate(
  most: number,
  pace: Pace = createPace(most),
  stays: StayPace = createStayPace(most),
): LoadGate {
  const underWay = new Set<Entered>()
  // An answer that is written costs the thread nothing more: it is not ended for who comes sooner than at the bound.
  const assertPace = (): void => {
    if (underWay.size >= most && firstOf(underWay, isUntaken) === undefined) throw httpProblem('busy')
    if (countPaced(underWay) >= Math.min(pace(), stays.bound())) throw httpProblem('busy')
  }
  return {
    turnAway: assertPace,
    gate: ({ res }) => {
      assertPace()
      return tellingStay(enter(underWay, most, res), stays, underWay.size)
    },
  }
}

/** Who waited for another machine stayed for its sake, and tells nothing of this one. */
function tellingStay(place: Place, { hear }: StayPace, among: number): Place {
  const cameAt = performance.now()
  let wasAside = false
  return {
    signal: place.signal,
    aside: (work) => {
      wasAside = true
      return place.aside(work)
    },
    leave: () => {
      place.leave()
      if (!wasAside && !place.signal.aborted) hear(performance.now() - cameAt, among)
    },
  }
}

interface Entered {
  readonly res: ServerResponse
  isAtWork: boolean
  /** How much of its work waits for other machines. */
  aside: number
}

function enter(underWay: Set<Entered>, most: number, res: ServerResponse): Place {
  // Whoever left while a step before this one waited would never give the place back.
  if (res.destroyed) throw httpProblem('abandoned')
  if (underWay.size >= most && !endUntaken(underWay)) throw httpProblem('busy')
  const entered: Entered = { res, isAtWork: true, aside: 0 }
  underWay.add(entered)
  const leaving = new AbortController()
  res.once('close', () => {
    if (entered.isAtWork) leaving.abort(httpProblem('abandoned'))
    else underWay.delete(entered)
  })
  return {
    signal: leaving.signal,
    aside: async (work) => {
      entered.aside += 1
      try {
        return await work()
      } finally {
        entered.aside -= 1
      }
    },
    leave: () => {
      entered.isAtWork = false
      if (res.closed) underWay.delete(entered)
    },
  }
}

function countPaced(underWay: Set<Entered>): number {
  let count = 0
  for (const { res, aside } of underWay) if (!res.writableEnded && aside === 0) count += 1
  return count
}

function isUntaken({ res }: Entered): boolean {
  return res.writableEnded
}

/** Ends the oldest answer that is written and not taken; whether there was one. */
function endUntaken(underWay: Set<Entered>): boolean {
  const untaken = firstOf(underWay, isUntaken)
  if (untaken === undefined) return false
  underWay.delete(untaken)
  untaken.res.destroy()
  return true
}
