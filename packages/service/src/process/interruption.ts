/** Being told to stop. */

/**
 * Aborted by the first SIGTERM or SIGINT, upon which the work at hand is to be finished. The second one ends the
 * process at once, as the system does: nobody waits for it any more.
 */
export function listenForInterruption(): AbortSignal {
  const controller = new AbortController()
  const interrupt = () => {
    process.off('SIGTERM', interrupt).off('SIGINT', interrupt)
    controller.abort()
  }
  process.on('SIGTERM', interrupt).on('SIGINT', interrupt)
  return controller.signal
}
