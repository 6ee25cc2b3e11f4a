/** How many requests of one kind may be under way: what they hold together is bounded by that. */
import type { ServerResponse } from 'node:http'
import { firstOf } from './first-of.ts'
import { httpProblem } from './http-problem.ts'
import type { Step } from './route.ts'

export type Gate = Step<unknown, void>

/**
 * Lets so many requests in at once, until their answers are taken or their connections end. Whoever comes beyond is
 * turned away at once: a queue would only make everyone late. It stands behind the reading of a body, so that no place
 * is held by who sends none; and who takes no answer gives way to who comes.
 */
export function createGate(most: number): Gate {
  const underWay = new Set<ServerResponse>()
  return ({ res }) => {
    // Whoever left while a step before this one waited would never give the place back.
    if (res.destroyed) throw httpProblem('busy')
    if (underWay.size >= most && !endUntaken(underWay)) throw httpProblem('busy')
    underWay.add(res)
    res.once('close', () => underWay.delete(res))
  }
}

/** Ends the oldest answer that is written and not taken; whether there was one. */
function endUntaken(underWay: Set<ServerResponse>): boolean {
  const untaken = firstOf(underWay, ({ writableEnded }) => writableEnded)
  if (untaken === undefined) return false
  underWay.delete(untaken)
  untaken.destroy()
  return true
}
