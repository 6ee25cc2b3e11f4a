/** `agency.json`: who this folder issues for, under which key, on which ledger. Nothing in it is secret. */
import type { Network } from '@hefu/ledger'
import { parseNetwork } from '@hefu/ledger'
import {
  type Hex,
  isRegionCode,
  isUscc,
  parseJsonText,
  SIGNATURE_ALGORITHMS,
  type SignatureAlgorithm,
  type Uscc,
} from '@hefu/protocol'
import { z } from 'zod'

const AGENCY_MEDIA_TYPE = 'application/vnd.hefu.agency+json;version=1'

/** Members, elements and levels: those of its network among them. */
const MOST_PARTS = 4_096

export interface Agency {
  /** USCC. */
  readonly agency: Uscc
  /** GB/T 2260. */
  readonly region: string
  readonly algorithm: SignatureAlgorithm
  /** RFC 7638 thumbprint of the signing key. */
  readonly kid: string
  /** Address of the operator's account. */
  readonly operator: Hex
  readonly network: Network
}

const agencySchema = z.strictObject({
  mediaType: z.literal(AGENCY_MEDIA_TYPE),
  agency: z.string().refine(isUscc),
  region: z.string().refine(isRegionCode),
  algorithm: z.enum(SIGNATURE_ALGORITHMS),
  kid: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
  operator: z.string().regex(/^0x[0-9a-f]{40}$/),
  network: z.unknown(),
})

/** The text of `agency.json`. */
export function encodeAgency({ agency, region, algorithm, kid, operator, network }: Agency): string {
  const object = { mediaType: AGENCY_MEDIA_TYPE, agency, region, algorithm, kid, operator, network }
  return `${JSON.stringify(object, null, 2)}\n`
}

/**
 * Reads `agency.json`.
 *
 * @throws {MalformedError} for no JSON, a member that is there twice and a wrong network, {ZodError} for other members
 */
export function parseAgency(text: string): Agency {
  const { mediaType: _, network, ...rest } = agencySchema.parse(parseJsonText(text, MOST_PARTS, 'agency'))
  return { ...rest, operator: rest.operator as Hex, network: parseNetwork(JSON.stringify(network)) } as Agency
}
