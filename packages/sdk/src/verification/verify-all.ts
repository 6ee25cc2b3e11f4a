/** Many verifications, so many at a time: a folder, a tender, a night’s queue. */
import { limitOf } from '@hefu/protocol'
import { assertOptions } from './options.ts'
import type { Verification } from './verification.ts'

/** How far a run is. */
export interface BatchProgress {
  /** Verifications that came to a result, whatever it is. */
  readonly done: number
  /** Those of them that came to none: an error is in their item. */
  readonly failed: number
  /** Under way, or waiting to be asked again. */
  readonly running: number
}

export interface BatchOptions {
  /** Verifications at a time, 1 to 1,024. Default: 8. */
  readonly concurrency?: number
  /**
   * How long the run waits at most where a service says when to ask again (an error with `retryAfterSeconds`), in seconds,
   * 0 to 3,600; one that asks for more is the error of its item. 0: it never waits. Default: 120.
   */
  readonly longestWaitSeconds?: number
  /** Called after each, before its item is handed on. */
  readonly onProgress?: (progress: BatchProgress) => void
  /**
   * Ends the run: nothing more is begun, and the iteration throws the signal’s reason. What is under way ends by itself,
   * within its own limits of time, and is not handed on.
   */
  readonly signal?: AbortSignal
}

/** What became of one request: where there is no `verification`, `error` says why. */
export type BatchItem<Request> = {
  /** Which of the requests it is, from 0. */
  readonly index: number
  readonly request: Request
} & (
  | { readonly verification: Verification; readonly error: null }
  /** What `verify` threw: a `MalformedError`, a `RemoteVerifierError`. Says nothing about the licence. */
  | { readonly verification: null; readonly error: unknown }
)

const OPTIONS: readonly (keyof BatchOptions)[] = ['concurrency', 'longestWaitSeconds', 'onProgress', 'signal']
const DEFAULT_CONCURRENCY = 8
const MOST_CONCURRENCY = 1_024
const DEFAULT_LONGEST_WAIT_SECONDS = 120
const MOST_WAIT_SECONDS = 3_600
/** A service that says 0 is not asked at once all the same. */
const SHORTEST_WAIT_MS = 200
/** Waits after each other in which no request came to a verification: then errors are handed on. */
const MOST_FRUITLESS_WAITS = 10

/**
 * Verifies requests as they are given, each once, and hands on each item as it comes, not in the order of the requests:
 * one that waits holds up no other, and `index` says which it is. No more requests are taken than are under way at a time,
 * and none while nobody takes the items: a source of any length takes the memory of so many. An error of one request is in
 * its item, and ends nothing; an error of the source is thrown once what is under way was handed on. What a service tells to
 * come again later is asked again then, and nothing is begun or taken meanwhile: its quota is that of all. Ten such waits
 * after each other in which nothing was verified end the waiting, until something is. Nothing else is tried again here: a
 * remote verifier tries again by its own rules.
 *
 * @param verifier a local or a remote one
 * @param requests a list, or whatever gives one after another
 * @throws {RangeError} for a concurrency or a wait beyond its bounds, and for an option of another name
 */
export function verifyAll<Request>(
  verifier: { verify(request: Request): Promise<Verification> },
  requests: Iterable<Request> | AsyncIterable<Request>,
  options: BatchOptions = {},
): AsyncIterableIterator<BatchItem<Request>> {
  assertOptions(options, OPTIONS)
  const { concurrency = DEFAULT_CONCURRENCY, longestWaitSeconds = DEFAULT_LONGEST_WAIT_SECONDS } = options
  if (!Number.isInteger(concurrency) || concurrency < 1 || concurrency > MOST_CONCURRENCY)
    throw new RangeError(
      `verify all: a concurrency of ${concurrency}, expected a whole number from 1 to ${MOST_CONCURRENCY}`,
    )
  limitOf('longestWaitSeconds', longestWaitSeconds, MOST_WAIT_SECONDS)
  return run(verifier, iteratorOf(requests), { ...options, concurrency, longestWaitSeconds })
}

function iteratorOf<Request>(
  requests: Iterable<Request> | AsyncIterable<Request>,
): Iterator<Request> | AsyncIterator<Request> {
  return Symbol.asyncIterator in requests ? requests[Symbol.asyncIterator]() : requests[Symbol.iterator]()
}

/** What is waited for. */
type Event<Request> =
  | { readonly of: 'source'; readonly taken: IteratorResult<Request> }
  | { readonly of: 'source-error'; readonly error: unknown }
  | { readonly of: 'item'; readonly item: BatchItem<Request> }
  | { readonly of: 'abort' }
  | { readonly of: 'waited' }

async function* run<Request>(
  verifier: { verify(request: Request): Promise<Verification> },
  source: Iterator<Request> | AsyncIterator<Request>,
  {
    concurrency,
    longestWaitSeconds,
    onProgress,
    signal,
  }: BatchOptions & { readonly concurrency: number; readonly longestWaitSeconds: number },
): AsyncGenerator<BatchItem<Request>, undefined, undefined> {
  const events = createQueue<Event<Request>>()
  const abort = (): void => events.push({ of: 'abort' })
  let [begun, running, done, failed] = [0, 0, 0, 0]
  let state: 'idle' | 'taking' | 'over' = 'idle'
  let fault: { readonly error: unknown } | undefined
  const waiting: BatchItem<Request>[] = []
  const wait = createWait(() => events.push({ of: 'waited' }))
  let fruitlessWaits = 0
  signal?.addEventListener('abort', abort)
  try {
    for (;;) {
      signal?.throwIfAborted()
      if (state === 'idle' && running < concurrency && !wait.isOn()) {
        state = 'taking'
        void takeNext(source).then(events.push)
      }
      if (state === 'over' && running === 0) break
      const event = await events.next()
      signal?.throwIfAborted()
      if (event.of === 'source-error') {
        state = 'over'
        fault = event
      } else if (event.of === 'source') {
        state = event.taken.done === true ? 'over' : 'idle'
        if (event.taken.done === true) continue
        running += 1
        void verifyOne(verifier, event.taken.value, begun++).then(events.push)
      } else if (event.of === 'waited') {
        for (const { request, index } of waiting.splice(0))
          void verifyOne(verifier, request, index).then(events.push)
      } else if (event.of === 'item') {
        const seconds = secondsToWait(event.item.error)
        const isWorthIt = seconds <= longestWaitSeconds && fruitlessWaits < MOST_FRUITLESS_WAITS
        if (longestWaitSeconds > 0 && isWorthIt) {
          // Those of one burst wait together.
          if (!wait.isOn()) fruitlessWaits += 1
          wait.extend(Math.max(SHORTEST_WAIT_MS, seconds * 1_000))
          waiting.push(event.item)
          continue
        }
        if (event.item.verification !== null) fruitlessWaits = 0
        running -= 1
        done += 1
        failed += event.item.verification === null ? 1 : 0
        onProgress?.({ done, failed, running })
        yield event.item
      }
    }
    if (fault !== undefined) throw fault.error
  } finally {
    wait.end()
    signal?.removeEventListener('abort', abort)
    // Not waited for: a source that says nothing would keep whoever left from leaving.
    if (state !== 'over') void endOf(source)
  }
}

/** By what an error says of itself, be it of a remote verifier or of one that asks such: infinite where it says nothing. */
function secondsToWait(error: unknown): number {
  const seconds = error instanceof Error && 'retryAfterSeconds' in error ? error.retryAfterSeconds : null
  return typeof seconds === 'number' && seconds >= 0 ? seconds : Number.POSITIVE_INFINITY
}

/** One wait for all: the longest that any asked for while it was on. */
function createWait(over: () => void): { isOn(): boolean; extend(milliseconds: number): void; end(): void } {
  let timer: ReturnType<typeof setTimeout> | undefined
  let until = 0
  const end = (): void => {
    clearTimeout(timer)
    timer = undefined
  }
  return {
    isOn: () => timer !== undefined,
    extend: (milliseconds) => {
      const asked = performance.now() + milliseconds
      if (timer !== undefined && asked <= until) return
      end()
      until = asked
      timer = setTimeout(() => {
        timer = undefined
        over()
      }, milliseconds)
    },
    end,
  }
}

async function takeNext<Request>(
  source: Iterator<Request> | AsyncIterator<Request>,
): Promise<Event<Request>> {
  try {
    return { of: 'source', taken: await source.next() }
  } catch (error) {
    return { of: 'source-error', error }
  }
}

async function verifyOne<Request>(
  verifier: { verify(request: Request): Promise<Verification> },
  request: Request,
  index: number,
): Promise<Event<Request>> {
  try {
    return { of: 'item', item: { index, request, verification: await verifier.verify(request), error: null } }
  } catch (error) {
    return { of: 'item', item: { index, request, verification: null, error } }
  }
}

async function endOf(source: Iterator<unknown> | AsyncIterator<unknown>): Promise<void> {
  try {
    await source.return?.()
  } catch {
    // It was left before its end: what it says of that is for nobody.
  }
}

/** What happened, in its order, and a promise of the next. Races would keep what never settles for every turn. */
function createQueue<T>(): { push(event: T): void; next(): Promise<T> } {
  const waiting: T[] = []
  let wake: ((event: T) => void) | undefined
  return {
    push: (event) => {
      if (wake === undefined) waiting.push(event)
      else wake(event)
      wake = undefined
    },
    next: () => {
      const event = waiting.shift()
      if (event !== undefined) return Promise.resolve(event)
      return new Promise((resolve) => {
        wake = resolve
      })
    },
  }
}
