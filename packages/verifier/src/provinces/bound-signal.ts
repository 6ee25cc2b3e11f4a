/** A signal for work that somebody waits for, and nobody longer than so. */

export interface BoundSignal {
  readonly signal: AbortSignal
  /** The work has ended: nothing is kept of it. */
  done(): void
}

/** Ends with `outer`, by its reason, or after so long, by `late`. Not by `AbortSignal.any`: what it makes outlives each question. */
export function boundSignal(
  outer: AbortSignal | undefined,
  milliseconds: number,
  late: () => Error,
): BoundSignal {
  const ending = new AbortController()
  const end = (): void => ending.abort(outer?.reason)
  const timer = setTimeout(() => ending.abort(late()), milliseconds)
  outer?.addEventListener('abort', end)
  if (outer?.aborted === true) end()
  return {
    signal: ending.signal,
    done: () => {
      clearTimeout(timer)
      outer?.removeEventListener('abort', end)
    },
  }
}

/** What the promise becomes, unless the signal comes first: the work goes on, for others who wait for it. */
export function unless<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const end = (): void => reject(signal.reason)
    if (signal.aborted) end()
    signal.addEventListener('abort', end)
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', end))
  })
}
