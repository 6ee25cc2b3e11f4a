/** Many verifications, so many at a time: a folder, a tender, a night’s queue. */
import { limitOf } from '@hefu/protocol'
import type { Verification } from './verification.ts'

/** How far a run is. */
export interface BatchProgress {
  /** Verifications that came to a result, whatever it is. */
  readonly done: number
  /** Those of them that came to none: an error is in their item. */
  readonly failed: number
  /** Under way. */
  readonly running: number
}

export interface BatchOptions {
  /** Verifications at a time, 1 to 1,024. Default: 8. */
  readonly concurrency?: number
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

const DEFAULT_CONCURRENCY = 8
const MOST_CONCURRENCY = 1_024

/**
 * Verifies requests as they are given, each once, and hands on each item as it comes, not in the order of the requests:
 * one that waits holds up no other, and `index` says which it is. No more requests are taken than are under way at a time,
 * and none while nobody takes the items: a source of any length takes the memory of so many. An error of one request is in
 * its item, and ends nothing; an error of the source is thrown once what is under way was handed on. Nothing is tried again
 * here: a remote verifier tries again by its own rules.
 *
 * @param verifier a local or a remote one
 * @param requests a list, or whatever gives one after another
 * @throws {RangeError} for a concurrency beyond its bounds
 */
export function verifyAll<Request>(
  verifier: { verify(request: Request): Promise<Verification> },
  requests: Iterable<Request> | AsyncIterable<Request>,
  options: BatchOptions = {},
): AsyncIterableIterator<BatchItem<Request>> {
  const { concurrency = DEFAULT_CONCURRENCY } = options
  limitOf('concurrency', concurrency, MOST_CONCURRENCY)
  if (!Number.isInteger(concurrency) || concurrency < 1)
    throw new RangeError(`verify all: a concurrency of ${concurrency}, expected a whole number from 1 on`)
  return run(verifier, iteratorOf(requests), { ...options, concurrency })
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

async function* run<Request>(
  verifier: { verify(request: Request): Promise<Verification> },
  source: Iterator<Request> | AsyncIterator<Request>,
  { concurrency, onProgress, signal }: BatchOptions & { readonly concurrency: number },
): AsyncGenerator<BatchItem<Request>, undefined, undefined> {
  const events = createQueue<Event<Request>>()
  const abort = (): void => events.push({ of: 'abort' })
  let [begun, running, done, failed] = [0, 0, 0, 0]
  let state: 'idle' | 'taking' | 'over' = 'idle'
  let fault: { readonly error: unknown } | undefined
  signal?.addEventListener('abort', abort)
  try {
    for (;;) {
      signal?.throwIfAborted()
      if (state === 'idle' && running < concurrency) {
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
      } else if (event.of === 'item') {
        running -= 1
        done += 1
        failed += event.item.verification === null ? 1 : 0
        onProgress?.({ done, failed, running })
        yield event.item
      }
    }
    if (fault !== undefined) throw fault.error
  } finally {
    signal?.removeEventListener('abort', abort)
    // Not waited for: a source that says nothing would keep whoever left from leaving.
    if (state !== 'over') void endOf(source)
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
