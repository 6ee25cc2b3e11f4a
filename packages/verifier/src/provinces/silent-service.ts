/** Why another service was not heard: it says nothing of what was asked. */

/** It was not reached, was lost, or gave no whole answer in time. */
export class SilentServiceError extends Error {
  override readonly name = 'SilentServiceError'
}

/** It answered with a status that gives nothing. */
export class ServiceStatusError extends Error {
  override readonly name = 'ServiceStatusError'
  readonly status: number

  constructor(what: string, status: number) {
    super(`${what}: status ${status}`)
    this.status = status
  }
}

/** Statuses by which a proxy, or the service itself, says that there is none now. */
const AWAY: ReadonlySet<number> = new Set([502, 503, 504])

/** Whether the service is away, as far as can be told: then there is no use in asking it at once again. */
export function isSilence(error: unknown): boolean {
  return (
    error instanceof SilentServiceError || (error instanceof ServiceStatusError && AWAY.has(error.status))
  )
}
