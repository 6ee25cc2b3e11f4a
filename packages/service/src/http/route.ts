/**
 * A route is a list of named steps. Each finds what the steps before it found, and the compiler proves that it was
 * found: a step that needs a body does not fit behind a list that read none.
 */
import type { ParameterizedContext } from 'koa'

/** What the log knows of one request. */
export interface RequestState {
  /** A random UUID of ours; nothing of the sender's. */
  requestId: string
  /** Identifier of the registered client that the guard let in. */
  client?: string
  /** The code of the problem that it was answered with. */
  problem?: string
  /** What the route wants its line in the log to say. Never anything that was sent. */
  described?: object
}

/** One request and where its answer goes. */
export type Exchange = ParameterizedContext<RequestState>

/** Asks or does one thing; what it finds, if anything, is known to all steps after it. Throws to end the route. */
export type Step<Known, Found> = (exchange: Exchange, known: Known) => Found | Promise<Found>

/** A whole route, as the router takes it. */
export type Handler = (exchange: Exchange) => Promise<void>

/** What a request has for as long as its route is under way. */
export interface Held {
  /** The route has ended, in whatever way. */
  leave(): void
}

/** A route under way: steps that together have found `Known`. */
export interface Route<Known> {
  /** Goes on with a step that finds something. */
  find<Found extends object>(step: Step<Known, Found>): Route<Known & Found>
  /** Goes on with a step that lets the request pass, or throws. */
  assert(step: Step<Known, void>): Route<Known>
  /** Does all that follows within what is taken here; whatever way the route ends, it is left. */
  within<Place extends Held>(take: (exchange: Exchange) => Place): Route<Known & { readonly place: Place }>
  /** Ends with the step that answers. */
  answer(step: Step<Known, void>): Handler
}

/** A route of no steps yet. */
export function route(): Route<object> {
  return extend(async () => ({}))
}

/** The steps so far; what they take for as long as the route is under way, they add to what is `held`. */
type Run<Known> = (exchange: Exchange, held: Held[]) => Promise<Known>

function extend<Known extends object>(run: Run<Known>): Route<Known> {
  return {
    find: (step) =>
      extend(async (exchange, held) => {
        const known = await run(exchange, held)
        return { ...known, ...(await step(exchange, known)) }
      }),
    assert: (step) =>
      extend(async (exchange, held) => {
        const known = await run(exchange, held)
        await step(exchange, known)
        return known
      }),
    within: (take) =>
      extend(async (exchange, held) => {
        const known = await run(exchange, held)
        const place = take(exchange)
        held.push(place)
        return { ...known, place }
      }),
    answer: (step) => async (exchange) => {
      const held: Held[] = []
      try {
        await step(exchange, await run(exchange, held))
      } finally {
        for (const place of held) place.leave()
      }
    },
  }
}
