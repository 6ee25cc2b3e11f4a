/** Whether what is to be signed could be accepted at all: asked before the first signature. */
import { randomBytes } from 'node:crypto'
import {
  encodeHex,
  keyIdOf,
  type LedgerFacts,
  LedgerUnavailableError,
  type LedgerView,
  type LicenceType,
} from '@hefu/protocol'
import { IssuerError } from '../error/issuer-error.ts'
import type { RegisteredAgency } from './face-names.ts'
import type { AgencyOperator } from './office.ts'

/** Who is to sign what. */
export interface PreflightSubject {
  /** USCC. */
  readonly agency: string
  /** GB/T 2260 code of its region. */
  readonly region: string
  /** Thumbprint of the key that signs. */
  readonly kid: string
  readonly type: Pick<LicenceType, 'code' | 'slug'>
}

export interface PreflightSources {
  readonly view: LedgerView
  readonly operator: Pick<AgencyOperator, 'address' | 'nextIndex' | 'rehearse' | 'canPay'>
}

/**
 * Asks the ledger whether the key stands, the agency is responsible for the type, and an anchor would be taken and paid
 * for. While it cannot be asked nothing is refused: what is recorded then is anchored, or refused, later.
 *
 * @returns the agency as it is registered; `null` when the ledger cannot be asked
 * @throws {IssuerError} `key-unregistered`, `key-outside-term`, `key-compromised`, `type-unregistered`,
 *   `not-responsible`, `account-unfunded`
 * @throws {LedgerRefusedError} when it would take no anchor, such as `AgencyNotActive`, `RegionClosed`
 */
export async function assertReadyToIssue(
  sources: PreflightSources,
  subject: PreflightSubject,
): Promise<RegisteredAgency | null> {
  try {
    await assertAnchorTaken(sources, subject)
    const facts = await findFacts(sources.view, subject)
    assertKey(facts, subject)
    return facts.agency
  } catch (error) {
    if (error instanceof LedgerUnavailableError) return null
    throw error
  }
}

function findFacts(view: LedgerView, { agency, region, kid, type }: PreflightSubject): Promise<LedgerFacts> {
  return view.lookup({
    issuer: agency,
    keyId: keyIdOf(kid),
    statusIndex: 0,
    licenceType: type.code,
    receivingRegion: region,
  })
}

function assertKey(
  { key, block, licenceType, responsibility }: LedgerFacts,
  { agency, kid, type }: PreflightSubject,
): void {
  if (key === null) throw new IssuerError('key-unregistered', { kid })
  if (key.compromisedFrom !== null) throw new IssuerError('key-compromised', { kid })
  if (block.time < key.validFrom || (key.validUntil !== null && block.time >= key.validUntil))
    throw new IssuerError('key-outside-term', { kid })
  if (licenceType === null) throw new IssuerError('type-unregistered', { type: type.slug })
  if (responsibility === null) throw new IssuerError('not-responsible', { agency, type: type.slug })
}

/** A root that nobody has: the ledger says who may anchor and when, in its own words. */
async function assertAnchorTaken(
  { operator }: PreflightSources,
  { agency }: PreflightSubject,
): Promise<void> {
  if (!(await operator.canPay(operator.address)))
    throw new IssuerError('account-unfunded', { account: operator.address })
  const firstIndex = await operator.nextIndex(agency)
  const entries = [{ root: encodeHex(randomBytes(32)), size: 1 }]
  await operator.rehearse({ kind: 'anchors', issuer: agency, firstIndex, entries })
}
