/** How many requests of one kind may be under way: what they hold together is bounded by that. */
import type { ServerResponse } from 'node:http'
import { firstOf } from './first-of.ts'
import { httpProblem } from './http-problem.ts'
import { createPace, type Pace } from './loop-pace.ts'
import type { Step } from './route.ts'

export type Gate = Step<unknown, void>

/** A gate whose fullness is told at the door. */
export interface LoadGate {
  /** Stands before everything, the token and the body too: turns away who would find no place, and takes none. */
  readonly turnAway: Gate
  /** Takes a place; behind the reading of a body. */
  readonly gate: Gate
}

/**
 * Lets so many requests in at once, until their answers are taken or their connections end. Whoever comes beyond is
 * turned away at once: a queue would only make everyone late. It stands behind the reading of a body, so that no place
 * is held by who sends none; and who takes no answer gives way to who comes.
 */
export function createGate(most: number): Gate {
  const underWay = new Set<ServerResponse>()
  return ({ res }) => enter(underWay, most, res)
}

/**
 * A gate for so many at most, and for as many as its pace allows. What comes beyond costs next to nothing: neither a
 * signature nor a body is read for it, so that those who were let in do not wait for those who were not.
 */
export function createLoadGate(most: number, pace: Pace = createPace(most)): LoadGate {
  const underWay = new Set<ServerResponse>()
  // An answer that is written costs the thread nothing more: it is not ended for who comes sooner than at the bound.
  const assertPace = (): void => {
    if (countUnanswered(underWay) >= pace()) throw httpProblem('busy')
  }
  return {
    turnAway: assertPace,
    gate: ({ res }) => {
      assertPace()
      enter(underWay, most, res)
    },
  }
}

function enter(underWay: Set<ServerResponse>, most: number, res: ServerResponse): void {
  // Whoever left while a step before this one waited would never give the place back.
  if (res.destroyed) throw httpProblem('busy')
  if (underWay.size >= most && !endUntaken(underWay)) throw httpProblem('busy')
  underWay.add(res)
  res.once('close', () => underWay.delete(res))
}

function countUnanswered(underWay: Set<ServerResponse>): number {
  let count = 0
  for (const { writableEnded } of underWay) if (!writableEnded) count += 1
  return count
}

/** Ends the oldest answer that is written and not taken; whether there was one. */
function endUntaken(underWay: Set<ServerResponse>): boolean {
  const untaken = firstOf(underWay, ({ writableEnded }) => writableEnded)
  if (untaken === undefined) return false
  underWay.delete(untaken)
  untaken.destroy()
  return true
}
