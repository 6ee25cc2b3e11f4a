/** Where work waits while somebody has paused it. */

export interface PauseGate {
  /** Aborted by the next pause: for work that can be taken up again where it stopped. */
  readonly untilPause: () => AbortSignal
  pause(): void
  goOn(): void
  /** @throws the reason of the signal */
  pass(signal: AbortSignal): Promise<void>
}

export function createPauseGate(): PauseGate {
  const waiting = new Set<() => void>()
  let pausing = new AbortController()
  return {
    untilPause: () => pausing.signal,
    pause: () => pausing.abort(),
    goOn: () => {
      if (pausing.signal.aborted) pausing = new AbortController()
      for (const go of waiting) go()
      waiting.clear()
    },
    pass: async (signal) => {
      while (pausing.signal.aborted && !signal.aborted)
        await new Promise<void>((go) => {
          waiting.add(go)
          signal.addEventListener('abort', () => go(), { once: true })
        })
      signal.throwIfAborted()
    },
  }
}
