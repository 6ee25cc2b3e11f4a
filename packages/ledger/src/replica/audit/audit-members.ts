/** What storage has to hold of regions, agencies, names and keys. */
import { encodeHex, type Hex, type OfficialName, parseBase64url } from '@hefu/protocol'
import { hexToBigInt, sha256, stringToBytes } from 'viem'
import {
  decodeAgencyStatus,
  decodeUscc,
  encodeAlgorithm,
  encodeTime,
  encodeUscc,
  regionText,
} from '../../abi/codes.ts'
import { passedOverSlot } from '../../slots/licence-slots.ts'
import {
  keySlot,
  type MemberCode,
  memberSlot,
  nameTextSlot,
  RULEBOOKS_SLOT,
} from '../../slots/member-slots.ts'
import type { Dated, Left } from '../facts/dated.ts'
import { type AgencyRecord, type RegionRecord, THE_ONE } from '../facts/facts.ts'
import {
  absentClaim,
  type Expected,
  exactly,
  type FactPlace,
  hexText,
  never,
  oneOf,
  type SlotClaim,
  slotClaim,
  structClaims,
} from './audit-claim.ts'
import {
  bytesClaims,
  type DatedClaim,
  datedListClaims,
  listClaims,
  timelineClaims,
  wholeFact,
} from './audit-lists.ts'
import type { AuditSubject } from './audit-subject.ts'
import type { IndexRange } from './audit-tally.ts'

/** The order of `RegionStatus`. */
const REGION_STATUSES: readonly (RegionRecord['status'] | 'none')[] = [
  'none',
  'active',
  'suspended',
  'retired',
  'closed',
  'closed-suspended',
]
const NAME_DIGEST_BYTES = 27
const USCC_BYTES = 18

const region = (code: number): Expected =>
  exactly(code, (stored) => (stored === 0n ? 'none' : regionText(Number(stored))))
const regionStatus = (stored: bigint): string => REGION_STATUSES[Number(stored)] ?? `code ${stored}`

export function regionClaims({ facts, ledger, members }: AuditSubject, key: string): readonly SlotClaim[] {
  const [found, code] = [facts.find('regions', key), Number(key)]
  const at = (fact: string, variable: Parameters<typeof memberSlot>[0]): FactPlace => ({
    contract: ledger,
    fact,
    slot: memberSlot(variable, code),
  })
  if (found === null) return [absentClaim(at('region', '_regions'))]
  const { status, parent, pausedUntil, successor, names, left, membership } = found
  return [
    ...structClaims(at('region', '_regions'), 'Region', {
      status: exactly(REGION_STATUSES.indexOf(status), regionStatus),
      parent: region(parent),
      pausedUntil: exactly(pausedUntil),
      members: exactly(members.get(code) ?? 0),
    }),
    ...structClaims(at('regionTenure', '_regionTenures'), 'Tenure', { moved: exactly(left.length > 0) }),
    slotClaim(at('regionSuccessor', '_regionSuccessors'), region(successor), 4),
    ...timelineClaims(
      at('membership', '_memberships'),
      membership.map(({ since, fact }) => ({ since, fact: wholeFact(exactly(fact)) })),
    ),
    ...datedListClaims(at('formerParent', '_formerParents'), left.map(leftPlace)),
    ...nameClaims(ledger, 'regionName', code, names),
  ]
}

export function agencyClaims(subject: AuditSubject, key: string): readonly SlotClaim[] {
  const { facts, ledger } = subject
  const found = facts.find('agencies', key)
  const at = (fact: string, variable: Parameters<typeof memberSlot>[0]): FactPlace => ({
    contract: ledger,
    fact,
    slot: memberSlot(variable, key),
  })
  if (found === null) return [absentClaim(at('agency', '_agencies'))]
  const { since, successor, names, left } = found
  const passedOver = subject.tally.passedOver.get(key) ?? []
  return [
    ...structClaims(at('agency', '_agencies'), 'Agency', {
      ...standingOf(found),
      indexCount: indexCount(subject, key),
      hasPassedOver: exactly(passedOver.length > 0),
    }),
    ...structClaims(at('agencyTenure', '_agencyTenures'), 'Tenure', {
      statusSince: exactly(since),
      moved: exactly(left.length > 0),
    }),
    slotClaim(
      at('agencySuccessor', '_agencySuccessors'),
      exactly(successor === null ? 0 : hexToBigInt(encodeUscc(successor)), usccText),
      USCC_BYTES,
    ),
    ...datedListClaims(at('formerRegion', '_formerRegions'), left.map(leftPlace)),
    ...nameClaims(ledger, 'agencyName', key, names),
    ...listClaims(
      { contract: ledger, fact: 'passedOver', slot: passedOverSlot(key) },
      passedOver,
      rangeClaim,
    ),
  ]
}

/** Of a suspension events tell whose it is, and a verification does not ask. */
function standingOf({ status, region: code }: AgencyRecord): { status: Expected; region: Expected } {
  const codes = [1, 2, 3, 4].filter((one) => decodeAgencyStatus(one) === status)
  const show = (stored: bigint): string =>
    stored <= 4n ? (decodeAgencyStatus(Number(stored)) ?? 'none') : `code ${stored}`
  return { status: oneOf(status, codes, show), region: region(code) }
}

/** All indices are used up by batches and by what was passed over, and by nothing else. */
function indexCount({ tally, indicesAnchored }: AuditSubject, uscc: string): Expected {
  const told = tally.indexCounts.get(uscc) ?? 0
  const passed = (tally.passedOver.get(uscc) ?? []).reduce((sum, { first, end }) => sum + end - first, 0)
  const held = (indicesAnchored.get(uscc) ?? 0) + passed
  return held === told ? exactly(told) : never(`${held} in batches and passed over, of ${told} in events`)
}

function rangeClaim(place: FactPlace, { first, end }: IndexRange): SlotClaim {
  const [claim] = structClaims(place, 'IndexRange', { first: exactly(first), end: exactly(end) })
  return claim as SlotClaim
}

function leftPlace({ at, from }: Left): DatedClaim {
  return { since: at, fact: wholeFact(region(from)) }
}

/** Since when each name, by its digest, and the lines behind every digest. */
function nameClaims(
  contract: Hex,
  fact: string,
  code: MemberCode,
  names: readonly Dated<OfficialName>[],
): readonly SlotClaim[] {
  const told = names.map(({ since, fact: name }) => ({ since, ...linesOf(name) }))
  const entries = told.map(({ since, digest }) => ({
    since,
    fact: wholeFact(exactly(digest, hexText(NAME_DIGEST_BYTES))),
  }))
  return [
    ...timelineClaims({ contract, fact, slot: memberSlot('_names', code) }, entries),
    ...told.flatMap(({ digest, lines }) =>
      bytesClaims({ contract, fact: 'nameText', slot: nameTextSlot(digest) }, lines),
    ),
  ]
}

function linesOf({ zh, en, contact }: OfficialName): { readonly lines: Uint8Array; readonly digest: bigint } {
  const lines = stringToBytes(`${zh}\n${en}\n${contact}`)
  return { lines, digest: hexToBigInt(sha256(lines).slice(0, 2 + 2 * NAME_DIGEST_BYTES) as Hex) }
}

/** Three slots. */
export function keyClaims({ facts, ledger }: AuditSubject, key: string): readonly SlotClaim[] {
  const [uscc = '', kid = ''] = key.split('/')
  const place = { contract: ledger, fact: 'key', slot: keySlot(uscc, kid as Hex) }
  const found = facts.find('keys', key)
  if (found === null) return [absentClaim(place)]
  const { algorithm, validFrom, validUntil, compromisedFrom, publicJwk } = found
  const { x, y } = publicJwk as { readonly x: string; readonly y?: string }
  return structClaims(place, 'Key', {
    algorithm: exactly(encodeAlgorithm(algorithm)),
    validFrom: exactly(validFrom),
    validUntil: exactly(encodeTime(validUntil)),
    compromisedFrom: exactly(encodeTime(compromisedFrom)),
    x: coordinate(x),
    y: y === undefined ? exactly(0, hexText(32)) : coordinate(y),
  })
}

function coordinate(text: string): Expected {
  return exactly(hexToBigInt(encodeHex(parseBase64url(text, 'key'))), hexText(32))
}

/** Which rulebooks were named, and from when on. */
export function rulebookClaims({ facts, ledger }: AuditSubject): readonly SlotClaim[] {
  const place = { contract: ledger, fact: 'rulebook', slot: RULEBOOKS_SLOT }
  const entries = (facts.find('rulebooks', THE_ONE) ?? []).map(({ since, fact }) => ({
    since,
    fact: wholeFact(exactly(hexToBigInt(fact), hexText(20))),
  }))
  return timelineClaims(place, entries)
}

/** As `bytes18` stands in its slot. */
export function usccText(stored: bigint): string {
  return stored === 0n ? 'none' : decodeUscc(hexText(USCC_BYTES)(stored) as Hex)
}
