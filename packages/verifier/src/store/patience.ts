/** How long the store is waited for: whoever asks this service is told in time that it is silent. */

/** The store did not answer in time: what became of the work is not known. */
export class StoreTimeoutError extends Error {
  override readonly name = 'StoreTimeoutError'
}

/**
 * The work's own result. Nobody hears of it any more when it comes too late.
 *
 * @throws {StoreTimeoutError}
 */
export async function within<T>(work: Promise<T>, patienceMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new StoreTimeoutError('ask the store: it does not answer')), patienceMs)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
