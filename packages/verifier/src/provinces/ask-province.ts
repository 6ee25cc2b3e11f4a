/** Asks another province's service for a licence that one of its agencies issued. */
import { MalformedError, parsePresented, usccOf } from '@hefu/protocol'
import { z } from 'zod'
import { boundSignal, unless } from './bound-signal.ts'
import { postBounded } from './bounded-post.ts'
import { createBulkhead, TurnedAwayError } from './bulkhead.ts'
import { parseAnswer } from './parsed-answer.ts'
import type { ProvinceService, ProvinceServices } from './service-table.ts'
import { isSilence, ServiceStatusError, SilentServiceError } from './silent-service.ts'
import { createTokenSource, type TokenSource } from './token-source.ts'

/** As `POST /v1/retrievals/bundle` takes it, with its licence's own names beside. */
export interface ProvinceQuestion {
  readonly licence: string
  readonly licenceId: string
  /** USCC, or in old identifiers the region's code. */
  readonly issuer: string
  readonly receivingRegion: string
  readonly caseNo: string
  readonly useCause: string
  readonly serviceItem: string
}

/**
 * The text that it has; `null`: it has none, or none is configured. Untrusted: verified like whatever is presented.
 *
 * @param signal nobody waits for it any more
 * @throws {TurnedAwayError} where it is not asked now
 * @throws {Error} where it could not be asked, or answered otherwise than it may; the signal's reason
 */
export type AskProvince = (question: ProvinceQuestion, signal: AbortSignal) => Promise<string | null>

/** How a question ended; `busy` and `resting`: it was not asked. */
export type ProvinceOutcome = 'found' | 'not-there' | 'failed' | 'silent' | 'abandoned' | 'busy' | 'resting'

export interface ProvinceWatch {
  /** Each question, by the region of the service. */
  ended(region: string, outcome: ProvinceOutcome): void
  /** Why a service was not heard, or what it answered may not be. */
  failed(region: string, fault: unknown): void
}

export interface AskOptions {
  /** Unix seconds. */
  readonly clock: () => number
  readonly watch: ProvinceWatch
  /** Questions to all services together. */
  readonly mostTogether: number
}

/** For all that one question takes: its turn, a token, the answer, and where the token is refused both once more. */
const QUESTION_MS = 8_000

/** Asks the services that are configured, each within its own bound. */
export function createAskProvince(
  services: ProvinceServices,
  { clock, watch, mostTogether }: AskOptions,
): AskProvince {
  const together = { most: mostTogether, count: 0 }
  const asked = new Map(
    [...services].map(([region, service]) => [
      region,
      { region, service, tokens: createTokenSource(service, clock), bulkhead: createBulkhead(together) },
    ]),
  )
  return async ({ licenceId, issuer, ...question }, signal) => {
    const known = regionsOf(issuer).map((region) => asked.get(region))
    const found = known.find((one) => one !== undefined)
    if (found === undefined) return null
    const { region, bulkhead } = found
    const late = () => new SilentServiceError('ask a service: it does not answer in time')
    const { signal: bounded, done } = boundSignal(signal, QUESTION_MS, late)
    try {
      const bundle = await bulkhead(() => askWithin(found, question, bounded), bounded)
      if (bundle !== null) assertSought(bundle, licenceId, issuer)
      watch.ended(region, bundle === null ? 'not-there' : 'found')
      return bundle
    } catch (error) {
      const outcome = outcomeOf(error, signal)
      watch.ended(region, outcome)
      if (outcome === 'failed' || outcome === 'silent') watch.failed(region, error)
      throw error
    } finally {
      done()
    }
  }
}

function outcomeOf(error: unknown, signal: AbortSignal): ProvinceOutcome {
  if (error instanceof TurnedAwayError) return error.why
  if (signal.aborted) return 'abandoned'
  return isSilence(error) ? 'silent' : 'failed'
}

interface AskedService {
  readonly service: ProvinceService
  readonly tokens: TokenSource
}

async function askWithin(
  { service, tokens }: AskedService,
  question: object,
  signal: AbortSignal,
): Promise<string | null> {
  const token = await unless(signal, tokens.current())
  const answer = await askBundle(service, token, question, signal)
  if (answer !== 'token-refused') return answer
  // Such as after a restart of its issuer: another token may be taken, and if not, that is said.
  tokens.drop(token)
  const again = await unless(signal, tokens.current())
  const second = await askBundle(service, again, question, signal)
  if (second !== 'token-refused') return second
  tokens.drop(again)
  throw new ServiceStatusError('ask a service', 401)
}

/** Where a credit code was registered stands in it: the region, its city, its province. It chooses among what is configured. */
function regionsOf(issuer: string): readonly string[] {
  const region = issuer.length === 6 ? issuer : issuer.slice(2, 8)
  return [region, `${region.slice(0, 4)}00`, `${region.slice(0, 2)}0000`]
}

const bundleAnswer = z.object({ bundle: z.string().nullable() })
const problemAnswer = z.object({ code: z.string() })

/** That service asks no other: only what is deposited there is given by this route. */
async function askBundle(
  { url, privateAddress }: ProvinceService,
  token: string,
  question: object,
  signal: AbortSignal,
): Promise<string | null | 'token-refused'> {
  const { status, text } = await postBounded({
    signal,
    url: `${url}/v1/retrievals/bundle`,
    headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` },
    body: JSON.stringify(question),
    mayBePrivate: privateAddress,
  })
  if (status === 200) return bundleAnswer.parse(parseAnswer(text)).bundle
  if (status === 404 && problemAnswer.parse(parseAnswer(text)).code === 'licence-not-found') return null
  if (status === 401) return 'token-refused'
  throw new ServiceStatusError('ask a service', status)
}

/** @throws {Error} for another licence than was asked for */
function assertSought(bundle: string, licenceId: string, issuer: string): void {
  try {
    const { claims } = parsePresented(bundle).credential
    if (claims.jti === licenceId && (issuer.length === 6 || usccOf(claims) === issuer)) return
  } catch (error) {
    if (!(error instanceof MalformedError)) throw error
  }
  throw new Error('ask a service: it answered another licence')
}
