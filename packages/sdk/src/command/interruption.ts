/** Being told to stop, or having nobody left to tell. */

export interface Interruption {
  /** Aborted by the first SIGINT or SIGTERM, and when nobody reads what is printed any more. */
  readonly signal: AbortSignal
  /** Listens no longer. */
  readonly end: () => void
}

/** The second signal ends the process at once, as the system does: nobody waits for it any more. */
export function listenForInterruption(): Interruption {
  const controller = new AbortController()
  const interrupt = (): void => {
    process.off('SIGTERM', interrupt).off('SIGINT', interrupt)
    controller.abort()
  }
  process.on('SIGTERM', interrupt).on('SIGINT', interrupt)
  process.stdout.on('error', interrupt)
  // The listener of the output stays: what is still to be written to nobody must not end in an uncaught error.
  return { signal: controller.signal, end: () => process.off('SIGTERM', interrupt).off('SIGINT', interrupt) }
}
