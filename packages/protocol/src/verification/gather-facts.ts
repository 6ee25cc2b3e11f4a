/** What a lookup of the ledger answers, from facts that are kept: the decision of contracts/modules/Lookup.sol. */
import { MAX_ACTS } from './answer-form.ts'
import type { FactSource, StatusPlace } from './fact-source.ts'
import {
  type AgencyFact,
  type LedgerFacts,
  type LedgerQuery,
  LedgerUnavailableError,
  MAX_ORIGINS,
  type OriginFact,
  type RegionFact,
} from './ledger-view.ts'
import { endAt, type StatusEntry, statusAt } from './legal-status.ts'
import { recognitionAt } from './recognition.ts'

/**
 * All facts of one query, as of the source's block.
 *
 * @throws {RangeError} for legal acts that no ledger can have taken in their order
 * @throws {LedgerUnavailableError} `history-too-long` of a past time and a licence with more than 10,000 acts
 * @example
 * ```ts
 * const query = { issuer: 'x', keyId: '0x00', statusIndex: 0, licenceType: 'x', receivingRegion: '440000' }
 * gatherFacts(createMemorySource(sample.memory), query).agency // null
 * ```
 */
export function gatherFacts(source: FactSource, query: LedgerQuery): LedgerFacts {
  const { issuer, root, keyId, licenceType, serviceItem, at = source.block.time } = query
  const anchor = root === undefined ? null : source.anchor(issuer, root)
  const issuedAt = anchor?.anchoredAt ?? at
  const agency = source.agency(issuer, issuedAt)
  return {
    block: source.block,
    agency,
    region: agency && gatherRegion(source, agency, issuedAt),
    key: source.key(issuer, keyId),
    anchor,
    ...gatherStatus(source, query, at),
    origins: gatherOrigins(source, query),
    responsible: source.responsible(issuer),
    licenceType: source.licenceType(licenceType, at),
    responsibility: source.responsibility(issuer, licenceType, issuedAt),
    recognition: recognitionAt(source, query, agency?.region ?? null, at),
    demandedFields: serviceItem === undefined ? null : source.demandedFields(serviceItem, licenceType, at),
  }
}

/** Where the agency was, called as it was then; its standing is that of where the agency is today. */
function gatherRegion(source: FactSource, agency: AgencyFact, issuedAt: number): RegionFact | null {
  const { time } = source.block
  const today = source.agency(agency.agency, time)
  const [then, now] = [source.region(agency.region, issuedAt), today && source.region(today.region, time)]
  return then && now && { ...then, status: now.status }
}

function gatherStatus(
  source: FactSource,
  place: StatusPlace,
  at: number,
): Pick<LedgerFacts, 'status' | 'statusEndsAt' | 'acts' | 'notices' | 'successor' | 'destination'> {
  const acts = source.acts(place)
  const status = statusAt(acts, at)
  const statusNow = statusAt(acts, source.block.time)
  return {
    status,
    statusEndsAt: endAt(acts, at),
    acts: status !== 'valid' || statusNow !== 'valid' ? tellActs(acts, at < source.block.time) : [],
    notices: source.notices(place, at),
    successor: source.successor(place),
    destination: statusNow === 'transferred-out' ? source.destination(place) : null,
  }
}

/** Asked about now, the status is told without a history that is too long to be told; of the past the history is the proof. */
function tellActs(acts: readonly StatusEntry[], isPast: boolean): readonly StatusEntry[] {
  if (acts.length <= MAX_ACTS) return acts
  if (!isPast) return []
  throw new LedgerUnavailableError('history-too-long', `tell the acts on a licence: ${acts.length} of them`)
}

/** One more than a ledger can have makes the facts incoherent, and is not left out. */
function gatherOrigins(source: FactSource, place: StatusPlace): readonly OriginFact[] {
  const { time } = source.block
  return source.origins(place, MAX_ORIGINS + 1).map((origin) => ({
    ...origin,
    status: statusAt(source.acts(origin), time),
    notices: source.notices(origin, time),
  }))
}
