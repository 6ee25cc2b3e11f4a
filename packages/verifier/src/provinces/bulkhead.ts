/**
 * What one other service may hold of this one: a few questions under way, a few that wait for these, and none for a
 * while where it is silent. Without it, whoever asks for licences of a province whose service hangs would take every
 * place that others have theirs verified in.
 */
import { isSilence } from './silent-service.ts'

const MOST_UNDER_WAY = 4
const MOST_WAITING = 4
/** Silences in a row, after which the service rests. */
const MOST_SILENT = 3
/** Once it has rested, one question tries whether it answers again. */
const REST_MS = 5_000
/** Who waited so long in vain before it left has met a silence, too. */
const SILENT_AFTER_MS = 2_000

/** It is not asked now: as many ask already as may, or it rests after silence. */
export class TurnedAwayError extends Error {
  override readonly name = 'TurnedAwayError'
  readonly why: 'busy' | 'resting'

  constructor(why: TurnedAwayError['why']) {
    super(`ask a service: ${why}`)
    this.why = why
  }
}

/** Does a piece of work where there is room for it. @throws {TurnedAwayError} and what the work throws, or the signal's reason */
export type Bulkhead = <T>(work: () => Promise<T>, signal: AbortSignal) => Promise<T>

/** How many questions all services together may hold, under way and waiting. */
export interface Together {
  readonly most: number
  count: number
}

/** `clock`: milliseconds that only go forward. */
export function createBulkhead(together: Together, clock: () => number = () => performance.now()): Bulkhead {
  let underWay = 0
  const waiting = new Set<() => void>()
  const rest = createRest(clock)
  /** The place passes on: nobody comes in between. */
  const leave = (): void => {
    const [first] = waiting
    if (first === undefined) underWay -= 1
    else first()
  }
  const enter = async (signal: AbortSignal): Promise<void> => {
    if (underWay >= MOST_UNDER_WAY) await turn(waiting, signal)
    else underWay += 1
  }
  return async (work, signal) => {
    rest.assertAwake()
    if (waiting.size >= MOST_WAITING || together.count >= together.most) throw new TurnedAwayError('busy')
    together.count += 1
    try {
      await enter(signal)
      try {
        return await rest.listen(work, signal)
      } finally {
        leave()
      }
    } finally {
      together.count -= 1
    }
  }
}

/** Waits until its turn has come. */
function turn(waiting: Set<() => void>, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const leave = (): void => {
      waiting.delete(begin)
      reject(signal.reason)
    }
    const begin = (): void => {
      waiting.delete(begin)
      signal.removeEventListener('abort', leave)
      resolve()
    }
    if (signal.aborted) return leave()
    signal.addEventListener('abort', leave)
    waiting.add(begin)
  })
}

interface Rest {
  /** @throws {TurnedAwayError} */
  assertAwake(): void
  /** Does the work, unless the service rests by now, and hears whether it was silence. */
  listen<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T>
}

function createRest(clock: () => number): Rest {
  let silences = 0
  let restsUntil = 0
  let isTried = false
  const isResting = (): boolean => silences >= MOST_SILENT && (isTried || clock() < restsUntil)
  const assertAwake = (): void => {
    if (isResting()) throw new TurnedAwayError('resting')
  }
  return {
    assertAwake,
    listen: async (work, signal) => {
      assertAwake()
      const isTrial = silences >= MOST_SILENT
      const startedAt = clock()
      isTried ||= isTrial
      try {
        const answer = await work()
        silences = 0
        return answer
      } catch (error) {
        const leftInVain = signal.aborted && clock() - startedAt >= SILENT_AFTER_MS
        if (leftInVain || isSilence(error)) {
          silences += 1
          restsUntil = clock() + REST_MS
        } else if (!signal.aborted) silences = 0
        throw error
      } finally {
        if (isTrial) isTried = false
      }
    },
  }
}
