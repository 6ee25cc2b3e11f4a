/** How many requests of one kind may be under way: what they hold together is bounded by that. */
import { httpProblem } from './problem.ts'
import type { Step } from './route.ts'

export type Gate = Step<unknown, void>

/**
 * Lets so many requests in at once, from before their bodies are read until their answers are taken or their
 * connections end. Whoever comes beyond is turned away at once: a queue would only make everyone late.
 */
export function createGate(most: number): Gate {
  let underWay = 0
  return (ctx) => {
    if (underWay >= most) {
      // Its body is not read: the connection cannot carry another request.
      ctx.set('Connection', 'close')
      throw httpProblem('busy')
    }
    underWay += 1
    ctx.res.once('close', () => {
      underWay -= 1
    })
  }
}
