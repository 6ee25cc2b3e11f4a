/** What a client may is narrowed by what the issuer says of the person whom it asks for. */
import { isRegionCode } from '@hefu/protocol'
import type { Claims } from '@hefu/service'
import type { Permitted, VerifierClient } from './verifier-client.ts'

/** The claim by which an issuer says for which region a person works: six digits. */
export const REGION_CLAIM = 'hefu_region'

/** In the place of a claim that is no region: nothing lies in it. */
const NO_REGION = 'none'

/** The regions that are said of a person; what is no code is there, and is one that nothing lies in. */
export function regionsSaid(said: readonly Claims[]): readonly string[] {
  const values = said.flatMap((claims) => (Object.hasOwn(claims, REGION_CLAIM) ? [claims[REGION_CLAIM]] : []))
  return [...new Set(values.map((value) => (isRegionClaim(value) ? value : NO_REGION)))]
}

export function isRegionClaim(value: unknown): value is string {
  return typeof value === 'string' && isRegionCode(value)
}

/** The same client, for these regions and what lies in them alone: in each, where there are several. None: as it is. */
export function narrowClient(client: VerifierClient, regions: readonly string[]): VerifierClient {
  if (regions.length === 0) return client
  return {
    ...client,
    receivingRegions: regions.reduce<Permitted>(narrow, client.receivingRegions),
    narrowedTo: regions,
  }
}

function narrow(permitted: Permitted, region: string): Permitted {
  if (permitted === 'any') return new Set(region === NO_REGION ? [] : [region])
  const within = [...permitted].filter((code) => liesIn(code, region))
  const isWithin = [...permitted].some((code) => liesIn(region, code))
  return new Set(isWithin ? [region, ...within] : within)
}

/** A province is written with four zeros, a city with two. */
export function liesIn(code: string, region: string): boolean {
  return regionsAround(code).includes(region)
}

/** A region, its city and its province. */
export function regionsAround(code: string): readonly string[] {
  return [code, `${code.slice(0, 4)}00`, `${code.slice(0, 2)}0000`]
}
