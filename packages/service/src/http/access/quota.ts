/** How many requests a client may make in a minute, in one process or in all that share a database. */
import { type RateLimiterAbstract, RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import type { AnswerHeaders } from '../problem.ts'
import { accessProblem } from './access-problem.ts'

export interface QuotaClient {
  readonly id: string
  readonly requestsPerMinute: number
}

export interface Quota {
  /**
   * Counts one request, and gives the header fields that say what is left.
   *
   * @throws {ProblemError} `too-many-requests`
   */
  use(client: QuotaClient): Promise<AnswerHeaders>
  close(): Promise<void>
}

export const QUOTA_SECONDS = 60
/** Clients differ in how many they may make: the limiter counts, and the comparison is ours. */
export const MOST_COUNTED = 2_147_483_647

/** Counts in this process alone. */
export function createMemoryQuota(): Quota {
  return createQuota(createMemoryCounter(), async () => undefined)
}

/** Of clients that are registered: their number bounds what is held. */
export function createMemoryCounter(): RateLimiterMemory {
  return new RateLimiterMemory({ points: MOST_COUNTED, duration: QUOTA_SECONDS })
}

export function createQuota(counter: RateLimiterAbstract, close: () => Promise<void>): Quota {
  return {
    use: async ({ id, requestsPerMinute }) => {
      const { consumedPoints, msBeforeNext } = await counter.consume(id).catch(countOf)
      const seconds = Math.max(1, Math.ceil(msBeforeNext / 1_000))
      const headers = fieldsOf(requestsPerMinute, Math.max(0, requestsPerMinute - consumedPoints), seconds)
      if (consumedPoints <= requestsPerMinute) return headers
      throw accessProblem('too-many-requests', [], {
        headers: { ...headers, 'Retry-After': String(seconds) },
      })
    },
    close,
  }
}

/** The limiter throws its count where the count is beyond its own bound. */
function countOf(thrown: unknown): RateLimiterRes {
  if (thrown instanceof RateLimiterRes) return thrown
  throw thrown
}

/** As in draft-ietf-httpapi-ratelimit-headers. */
function fieldsOf(most: number, left: number, seconds: number): AnswerHeaders {
  return {
    'RateLimit-Policy': `"client";q=${most};w=${QUOTA_SECONDS}`,
    RateLimit: `"client";r=${left};t=${seconds}`,
  }
}
