/** That a person has signed in with a second factor, and not long ago (RFC 9470). Systems are who their credentials say. */
import type { Step } from '../route.ts'
import { challenge } from './access-problem.ts'
import type { TokenGrant } from './access-token.ts'

export interface SecondFactor {
  /** The `acr` by which the issuer says that a second factor was used. */
  readonly acr: string
  /** How long ago the person may have signed in. */
  readonly maxAgeSeconds: number
}

/** Clocks may be apart. */
const SKEW_SECONDS = 30

/** `acr` is written into a challenge, between quotation marks. */
export function isAcr(text: string): boolean {
  return /^[\x21\x23-\x5b\x5d-\x7e]{1,256}$/.test(text)
}

/** `clock`: Unix seconds; `scope`: what the token allows that is asked with. */
export function assertSecondFactor(
  { acr, maxAgeSeconds }: SecondFactor,
  scope: string,
  clock: () => number,
): Step<{ readonly grant: TokenGrant }, void> {
  return (_, { grant: { person, signIn } }) => {
    if (person === null) return
    const age = signIn?.acr === acr ? clock() - signIn.at : Number.POSITIVE_INFINITY
    if (age <= maxAgeSeconds && age >= -SKEW_SECONDS) return
    throw challenge('second-factor-missing', scope, { acr_values: acr, max_age: String(maxAgeSeconds) })
  }
}
