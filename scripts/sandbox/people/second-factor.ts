/** The second factor of the sample people: one-time passwords by time (RFC 6238), each of which works once. */
import { Secret, TOTP } from 'otpauth'

/** `acr` of who gave a password alone. */
export const PASSWORD_ACR = 'urn:hefu:acr:password'
/** `acr` of who also gave a one-time password. */
export const SECOND_FACTOR_ACR = 'urn:hefu:acr:second-factor'

const PERIOD_SECONDS = 30
/** Steps before and after the present one that are taken (RFC 6238 §5.2). */
const WINDOW = 1

export interface SecondFactor {
  /** The code that would be taken now; `null`: all of the window were used, a new one comes within half a minute. */
  codeOf(person: string): string | null
  /** Takes a code of six digits, once; none of an earlier step is taken after it (RFC 6238 §5.2). */
  take(person: string, code: string): boolean
}

/**
 * Secrets are new at every start: nobody keeps them, for the page itself shows the code.
 *
 * @param now Unix milliseconds
 */
export function createSecondFactor(people: readonly string[], now: () => number = Date.now): SecondFactor {
  const generators = new Map(
    people.map((one) => [one, new TOTP({ secret: new Secret(), period: PERIOD_SECONDS })]),
  )
  const lastTaken = new Map<string, number>()
  const present = (): number => Math.floor(now() / 1000 / PERIOD_SECONDS)
  return {
    codeOf: (person) => {
      const step = Math.max(present(), (lastTaken.get(person) ?? 0) + 1)
      if (step > present() + WINDOW) return null
      return generators.get(person)?.generate({ timestamp: step * PERIOD_SECONDS * 1000 }) ?? null
    },
    take: (person, code) => {
      const delta =
        generators.get(person)?.validate({ token: code, timestamp: now(), window: WINDOW }) ?? null
      if (delta === null || present() + delta <= (lastTaken.get(person) ?? 0)) return false
      lastTaken.set(person, present() + delta)
      return true
    },
  }
}
