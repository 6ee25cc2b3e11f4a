/** An integrator, as it is registered with this service: what it may ask, and what it is shown. */

/** `'any'`, or these alone. */
export type Permitted = 'any' | ReadonlySet<string>

export interface VerifierClient {
  /** The `client_id` of its tokens. */
  readonly id: string
  readonly requestsPerMinute: number
  /** Catalogue codes of the types of licence that it may have verified. */
  readonly licenceTypes: Permitted
  /** Codes of the regions that it may ask for. */
  readonly receivingRegions: Permitted
  /** The whole report, with what its checks stood on where that is asked for; or only what to do: no field and no name. */
  readonly shown: 'explanation' | 'report' | 'verdict'
  /** USCCs of the agencies whose licences it may deposit, and {@link HOLDERS}. */
  readonly deposits: Permitted
  /** Whether it may be given licences themselves, as a service item demands them. */
  readonly givenBundles: boolean
  /** How many batches of it may be kept at once; 0: it gives none. */
  readonly batches: number
  /** The regions to which `receivingRegions` is narrowed for whom it asks. Absent: for nobody in particular. */
  readonly narrowedTo?: readonly string[]
}

/** Beside USCCs: what holders present, who prove by their signatures that they do. */
export const HOLDERS = 'holders'

/** Whoever asks a service that checks no tokens. */
export const ANYBODY: VerifierClient = {
  id: 'anybody',
  requestsPerMinute: Number.POSITIVE_INFINITY,
  licenceTypes: 'any',
  receivingRegions: 'any',
  shown: 'report',
  deposits: 'any',
  givenBundles: true,
  batches: 8,
}

export function isPermitted(permitted: Permitted, code: string): boolean {
  return permitted === 'any' || permitted.has(code)
}
