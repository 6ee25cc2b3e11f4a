/** Asks another province's service for a licence that one of its agencies issued. */
import { MalformedError, parseJsonText, parsePresented, usccOf } from '@hefu/protocol'
import { z } from 'zod'
import { postBounded } from './bounded-post.ts'
import type { ProvinceService, ProvinceServices } from './service-table.ts'

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

/** The text that it has; `null`: it has none, or none is configured. Untrusted: verified like whatever is presented. @throws {Error} where it could not be asked, or answered otherwise than it may */
export type AskProvince = (question: ProvinceQuestion) => Promise<string | null>

/** `clock`: Unix seconds. */
export function createAskProvince(services: ProvinceServices, clock: () => number): AskProvince {
  const asked = new Map(
    [...services].map(([region, service]) => [
      region,
      { service, tokenOf: createTokenSource(service, clock) },
    ]),
  )
  return async ({ licenceId, issuer, ...question }) => {
    const known = regionsOf(issuer).map((region) => asked.get(region))
    const found = known.find((one) => one !== undefined)
    if (found === undefined) return null
    const bundle = await askBundle(found.service, await found.tokenOf(), question)
    if (bundle !== null) assertSought(bundle, licenceId, issuer)
    return bundle
  }
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
): Promise<string | null> {
  const { status, text } = await postBounded({
    url: `${url}/v1/retrievals/bundle`,
    headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` },
    body: JSON.stringify(question),
    mayBePrivate: privateAddress,
  })
  if (status === 200) return bundleAnswer.parse(readAnswer(text)).bundle
  if (status === 404 && problemAnswer.parse(readAnswer(text)).code === 'licence-not-found') return null
  throw new Error(`ask a service: status ${status}`)
}

/** Members, elements and levels: a problem document has a few dozen. */
const MOST_PARTS = 4_096

function readAnswer(text: string): unknown {
  return parseJsonText(text, MOST_PARTS, 'answer')
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

const tokenAnswer = z.object({ access_token: z.string().max(8_192), expires_in: z.number() })
/** A token is not used up to its last second. */
const SPARE_SECONDS = 30

function createTokenSource(service: ProvinceService, clock: () => number): () => Promise<string> {
  let held: { readonly token: string; readonly until: number } | undefined
  return async () => {
    if (held !== undefined && clock() < held.until) return held.token
    const { access_token: token, expires_in: seconds } = await requestToken(service)
    held = { token, until: clock() + seconds - SPARE_SECONDS }
    return token
  }
}

/** By the client's own credentials (RFC 6749 §4.4), for the audience (RFC 8707). */
async function requestToken(service: ProvinceService): Promise<z.output<typeof tokenAnswer>> {
  const { tokenUrl: url, clientId, secret, audience, privateAddress } = service
  const credentials = Buffer.from(`${encodeURIComponent(clientId)}:${encodeURIComponent(secret)}`)
  const { status, text } = await postBounded({
    url,
    headers: {
      'Content-Type': 'application/x-www-form-urlencoded',
      Authorization: `Basic ${credentials.toString('base64')}`,
    },
    body: String(
      new URLSearchParams({ grant_type: 'client_credentials', resource: audience, scope: 'retrieve' }),
    ),
    mayBePrivate: privateAddress,
  })
  if (status !== 200) throw new Error(`request a token: status ${status}`)
  return tokenAnswer.parse(readAnswer(text))
}
