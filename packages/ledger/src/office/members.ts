/** What the ledger says of a region and of an agency now, for whoever administers them. */
import type { Hex, OfficialName } from '@hefu/protocol'
import { type PublicClient, zeroAddress } from 'viem'
import { decodeName, decodeUscc, encodeUscc } from '../abi/codes.ts'
import { ledgerAbi } from '../abi/ledger-abi.ts'
import { STANDS_SECONDS } from '../abi/longest-wait.ts'
import type { Network } from '../network/network.ts'
import { answered } from '../write/account.ts'

/** In the order of `RegionStatus`. */
const REGION_STANDINGS = ['none', 'active', 'suspended', 'retired', 'closed', 'closed-suspended'] as const
/** In the order of `AgencyStatus`. */
const AGENCY_STANDINGS = ['none', 'active', 'suspended', 'retired', 'paused'] as const

/** How a region or an agency stands; `none`: it never was on this ledger. */
export type Standing = (typeof REGION_STANDINGS)[number] | (typeof AGENCY_STANDINGS)[number]

/** An account that was nominated and has not accepted. */
export interface Nominee {
  readonly account: Hex
  /** Unix seconds. */
  readonly nominatedAt: number
  /** Unix seconds from which on it cannot be accepted any more. */
  readonly standsUntil: number
}

/** To whom an office would return. */
export interface FormerHolder {
  readonly account: Hex
  /** Unix seconds from which on it does not return any more. */
  readonly returnsUntil: number
}

export interface RegionRecord {
  readonly code: string
  readonly name: OfficialName | null
  readonly standing: Standing
  /** `null` for a province. */
  readonly parent: string | null
  readonly admin: Hex
  /** Unix seconds at which the admin took office. */
  readonly heldSince: number
  readonly nominee: Nominee | null
  readonly former: FormerHolder | null
  /** Agencies and regions in it that are not retired. */
  readonly members: number
  /** Unix seconds; `null` when it is not paused. */
  readonly pausedUntil: number | null
  /** What follows it since it was retired; `null`: nothing does. */
  readonly successor: string | null
}

export interface AgencyRecord {
  /** USCC. */
  readonly code: string
  readonly name: OfficialName | null
  readonly standing: Standing
  readonly region: string
  readonly operator: Hex
  /** Unix seconds at which the operator took office. */
  readonly heldSince: number
  readonly nominee: Nominee | null
  readonly former: FormerHolder | null
  /** Status indices that its anchors cover or passed over. */
  readonly indexCount: number
  /** Which agency acts on its licences since it was retired; `null`: none, its region does. */
  readonly successor: string | null
}

/** @throws {LedgerUnavailableError} */
export async function readRegion(
  reader: PublicClient,
  { ledger }: Network,
  code: string,
  now: number,
): Promise<RegionRecord> {
  const at = { address: ledger, abi: ledgerAbi } as const
  const region = Number(code)
  const [facts, lines, nominated, { heldSince }, former, successor] = await answered(
    Promise.all([
      reader.readContract({ ...at, functionName: 'region', args: [region] }),
      reader.readContract({ ...at, functionName: 'regionNameAt', args: [region, now] }),
      reader.readContract({ ...at, functionName: 'nominatedRegionAdmin', args: [region] }),
      reader.readContract({ ...at, functionName: 'tenureOfRegion', args: [region] }),
      reader.readContract({ ...at, functionName: 'formerRegionAdmin', args: [region] }),
      reader.readContract({ ...at, functionName: 'regionSuccessorOf', args: [region] }),
    ]),
  )
  const { admin, status, parent, pausedUntil, members } = facts
  return {
    code,
    name: decodeName(lines),
    standing: REGION_STANDINGS[status] ?? 'none',
    parent: parent === 0 ? null : String(parent),
    admin: admin.toLowerCase() as Hex,
    heldSince,
    nominee: nomineeOf(nominated),
    former: formerOf(former),
    members,
    pausedUntil: pausedUntil > now ? pausedUntil : null,
    successor: successor === 0 ? null : String(successor),
  }
}

/** @throws {LedgerUnavailableError} */
export async function readAgency(
  reader: PublicClient,
  { ledger }: Network,
  code: string,
  now: number,
): Promise<AgencyRecord> {
  const at = { address: ledger, abi: ledgerAbi } as const
  const agency = encodeUscc(code)
  const [facts, lines, nominated, { heldSince }, former, successor] = await answered(
    Promise.all([
      reader.readContract({ ...at, functionName: 'agency', args: [agency] }),
      reader.readContract({ ...at, functionName: 'agencyNameAt', args: [agency, now] }),
      reader.readContract({ ...at, functionName: 'nominatedOperator', args: [agency] }),
      reader.readContract({ ...at, functionName: 'tenureOfAgency', args: [agency] }),
      reader.readContract({ ...at, functionName: 'formerOperator', args: [agency] }),
      reader.readContract({ ...at, functionName: 'agencySuccessorOf', args: [agency] }),
    ]),
  )
  const { operator, region, status, indexCount } = facts
  return {
    code,
    name: decodeName(lines),
    standing: AGENCY_STANDINGS[status] ?? 'none',
    region: String(region),
    operator: operator.toLowerCase() as Hex,
    heldSince,
    nominee: nomineeOf(nominated),
    former: formerOf(former),
    indexCount,
    successor: Number(successor) === 0 ? null : decodeUscc(successor),
  }
}

function nomineeOf({ candidate, nominatedAt }: { candidate: Hex; nominatedAt: number }): Nominee | null {
  if (candidate === zeroAddress) return null
  return {
    account: candidate.toLowerCase() as Hex,
    nominatedAt,
    standsUntil: nominatedAt + STANDS_SECONDS,
  }
}

/** `LONGEST_ABSENCE` of contracts/types/FormerHolder.sol. */
const LONGEST_ABSENCE_SECONDS = 60 * 86_400

function formerOf({ account, leftAt }: { account: Hex; leftAt: number }): FormerHolder | null {
  if (account === zeroAddress) return null
  return { account: account.toLowerCase() as Hex, returnsUntil: leftAt + LONGEST_ABSENCE_SECONDS }
}
