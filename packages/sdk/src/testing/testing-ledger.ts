/** The ledger of the testing world: one agency of 湖南, one type that is recognised, one that is not, one refused item. */
import {
  anchorKey,
  findLicenceType,
  keyIdOf,
  type LedgerIdentity,
  type LicenceTypeFact,
  type MemoryLedger,
  type PrivateJwk,
  type Receipt,
  registrationKey,
  responsibilityKey,
  type StatusEntry,
  schemaDigest,
  statusKey,
  suite,
  type TermFact,
  thumbprint,
} from '@hefu/protocol'
import { REFUSED_ITEM } from './testing-states.ts'

export const ISSUING_REGION = '430000'
export const RECEIVING_REGION = '440000'
/** Invented, as everything here. */
export const AGENCY = { uscc: '1143000000000104MF', name: '湖南样例住房和城乡建设厅' } as const
/** Where a licence was taken in that moved away. */
const TAKEN_IN_AT = { issuer: '1144000000000101MG', statusIndex: 7 } as const
/** On no ledger. */
export const UNKNOWN_AGENCY = { uscc: '1122000000000103MW', name: '吉林样例住房和城乡建设厅' } as const
export const LEDGER: LedgerIdentity = { chainId: 31_337, address: `0x${'7e57'.repeat(10)}` }
/** RFC 8037 appendix A.1, and RFC 8032 §7.1 test 2: published, so that nobody takes them for secrets. */
export const AGENCY_KEY: PrivateJwk = {
  kty: 'OKP',
  crv: 'Ed25519',
  x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo',
  d: 'nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A',
}
export const UNKNOWN_KEY: PrivateJwk = {
  kty: 'OKP',
  crv: 'Ed25519',
  x: 'PUAXw-hDiVqStwqnTRt-vJyYLM8uxJaMwM1V8Sr0Zgw',
  d: 'TM0Imyj_ltqdtsNG7BFOD1uKMZ81q6Yk2oz27U-4pvs',
}
/** Codes of two types of this version. */
export const TYPES: Readonly<Record<'recognised' | 'unrecognised', string>> = {
  recognised: codeOf('safety-manager'),
  unrecognised: codeOf('teacher'),
}

const DAY = 86_400
const BLOCK_AGE_SECONDS = 10
const CHAIN_AGE_SECONDS = 1_000 * DAY
/** Of the batch: no licence has an index below. */
export const FIRST_INDEX = 42

function codeOf(slug: string): string {
  const type = findLicenceType(slug)
  if (type === undefined) throw new Error(`find the licence type ${slug}`)
  return type.code
}

/** What became of the licence at a place of the batch. */
export interface Fate {
  readonly acts: readonly StatusEntry[]
  readonly isNoted: boolean
}

/** When the batch was anchored (Unix seconds). */
export function anchoringTime(now: number): number {
  return now - 20 * DAY
}

/**
 * All that the ledger holds at a time.
 *
 * @param receipt of any licence of the batch
 * @param fates by the places of the batch
 */
export function createTestingLedger(now: number, receipt: Receipt, fates: readonly Fate[]): MemoryLedger {
  const always: TermFact = { from: now - CHAIN_AGE_SECONDS, until: null }
  const { uscc: agency, name } = AGENCY
  const keyOf = (place: number): string => statusKey(agency, FIRST_INDEX + place)
  const { d: _secret, ...publicJwk } = AGENCY_KEY
  return {
    ledger: LEDGER,
    block: { number: 1_200, hash: `0x${'7e'.repeat(32)}`, time: now - BLOCK_AGE_SECONDS },
    regions: new Map([[ISSUING_REGION, { region: ISSUING_REGION, status: 'active', name: '湖南省' }]]),
    agencies: new Map([
      [agency, { agency, region: ISSUING_REGION, status: 'active', since: always.from, name }],
    ]),
    keys: new Map([
      [
        registrationKey(agency, keyIdOf(thumbprint(publicJwk, suite))),
        { algorithm: 'EdDSA', publicJwk, validFrom: always.from, validUntil: null, compromisedFrom: null },
      ],
    ]),
    anchors: new Map([
      [
        anchorKey(agency, receipt.root),
        { anchoredAt: anchoringTime(now), blockNumber: 1_000, firstIndex: FIRST_INDEX, size: receipt.size },
      ],
    ]),
    statuses: new Map(
      fates.flatMap(({ acts }, place) => (acts.length === 0 ? [] : [[keyOf(place), acts] as const])),
    ),
    notices: new Map(
      fates.flatMap(({ isNoted }, place) =>
        isNoted ? [[keyOf(place), [{ code: 1, term: { from: now - DAY, until: null } }]] as const] : [],
      ),
    ),
    successors: new Map(
      fates.flatMap(({ acts }, place) => {
        const taken = acts.find(({ act }) => act === 'transfer-in')
        return taken === undefined
          ? []
          : [[keyOf(place), { ...TAKEN_IN_AT, since: taken.effectiveAt }] as const]
      }),
    ),
    destinations: new Map(),
    responsible: new Map(),
    members: new Map([ISSUING_REGION, RECEIVING_REGION].map((province) => [province, [always]])),
    licenceTypes: new Map(Object.values(TYPES).map((code) => [code, [typeFact(code, always.from)]])),
    demands: new Map(),
    responsibilities: new Map(
      Object.values(TYPES).map((code) => [responsibilityKey(agency, code), [always]]),
    ),
    recognitions: [
      { rule: 'baseline', licenceType: TYPES.recognised, term: always },
      {
        rule: 'negative',
        receiving: RECEIVING_REGION,
        issuing: null,
        licenceType: TYPES.recognised,
        serviceItem: REFUSED_ITEM,
        term: always,
        approval: { number: '粤样例〔2026〕1号', documentDigest: `0x${'7e'.repeat(32)}` },
      },
    ],
  }
}

function typeFact(code: string, since: number): LicenceTypeFact {
  const type = findLicenceType(code)
  if (type === undefined) throw new Error(`find the licence type ${code}`)
  return { schemaDigest: schemaDigest(type, suite), version: 1, status: 'active', since }
}
