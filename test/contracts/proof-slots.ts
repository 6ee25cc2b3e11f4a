/** Which storage slots prove which fact of a verification. */
import { readLayout } from './storage-layout.ts'
import { type Place, placeOfPath } from './storage-place.ts'

/** Slots a verification of the common case may take. */
export const MOST_COMMON_SLOTS = 26

/** Agreements of two provinces for a type that an answer looks at: `NEWEST` of contracts/rulebook/Recognitions.sol. */
export const NEWEST_AGREEMENTS = 3

interface Fact {
  readonly contract: keyof typeof LAYOUTS
  /** As one would write it in Solidity: see `storage-place.ts`. */
  readonly path: string
  /** In which case it is needed; without it, in every verification. */
  readonly when?: string
}

const LAYOUTS = {
  ledger: readLayout('contracts/Ledger.sol'),
  rulebook: readLayout('contracts/Rulebook.sol'),
  registry: readLayout('contracts/governance/Registry.sol'),
} as const

const RENAMED = 'the newest name is later than the anchor'
const WITHOUT_TEXT = 'the text is not handed in; digest is the fact of its name'
const LONG_TEXT = 'the same, of a text of 32 bytes or more; each 32 of them'
const PASSED_OVER = 'agency.hasPassedOver'
const AGENCY_RETIRED = 'agency.status is Retired'
const AGENCY_MOVED = 'agencyTenure.moved'
const REGION_MOVED = 'regionTenure.moved'
const FIRST_LATER = 'the first that is later than the anchor, and the one before it; or the last'
const TOOK_PLACE = 'origin.since is not 0; each hop back'
const BELOW_PROVINCE = 'region.parent is not 0; each level up'
const REFUSES = 'refusesType; for issuing and for 0, each with item and with 0'
const IS_REFUSED = 'a refusal holds; i is how many of the kind were before it'
const FOLLOWS_REGISTRY = 'the verifier follows the registry'
const NO_OTHER_RULE = 'neither refused nor on the baseline'

/**
 * Every fact that a verification uses but a block's own, which its header proves, and whether the region is active,
 * an index anchored and whom to ask, which follow from these.
 */
export const FACTS = {
  agency: ledger('_agencies[issuer]'),
  agencyTenure: ledger('_agencyTenures[issuer]'),
  agencyName: ledger('_names[issuer].newest'),
  region: ledger('_regions[region]'),
  regionName: ledger('_names[region].newest'),
  key: ledger('_keys[issuer][kid]'),
  anchor: ledger('_anchors[issuer][root]'),
  statusWord: ledger('_words[issuer][index / 48]'),
  notes: ledger('_notes[issuer][index]'),
  successor: ledger('_successors[issuer][index]'),
  origin: ledger('_origins[issuer][index]'),
  issuingMembership: ledger('_memberships[issuing].newest'),
  receivingMembership: ledger('_memberships[receiving].newest'),
  rulebook: ledger('_rulebooks.newest'),
  licenceType: rulebook('_licenceTypes[licenceType].newest'),
  schemaDigest: rulebook('_schemaDigests[licenceType][version]'),
  responsibility: rulebook('_responsibilities[issuer][licenceType].newest'),
  refusesType: rulebook('_everRefused[receiving][licenceType]'),
  baseline: rulebook('_baseline[licenceType].newest'),
  serviceItem: rulebook('_serviceItems[item].newest'),
  demandDigest: rulebook('_demands[item][itemVersion][licenceType].digest'),

  regionAbove: ledger('_regions[parent]', BELOW_PROVINCE),
  ...before('issuingMembership', ledger('_memberships[issuing]', later('issuingMembership.since'))),
  ...before('receivingMembership', ledger('_memberships[receiving]', later('receivingMembership.since'))),
  formerRegionCount: ledger('_formerRegions[issuer]', AGENCY_MOVED),
  formerRegion: ledger('_formerRegions[issuer][i]', `${AGENCY_MOVED}; ${FIRST_LATER}`),
  regionTenure: ledger('_regionTenures[region]', BELOW_PROVINCE),
  formerParentCount: ledger('_formerParents[region]', REGION_MOVED),
  formerParent: ledger('_formerParents[region][i]', `${REGION_MOVED}; ${FIRST_LATER}`),
  ...before('agencyName', ledger('_names[issuer]', RENAMED)),
  ...before('regionName', ledger('_names[region]', RENAMED)),
  nameText: ledger('_nameTexts[digest]', WITHOUT_TEXT),
  nameTextBytes: ledger('_nameTexts[digest][i]', LONG_TEXT),
  passedOverCount: ledger('_passedOver[issuer]', PASSED_OVER),
  passedOver: ledger(
    '_passedOver[issuer][i]',
    `${PASSED_OVER}; the range that holds the index, or the two beside it`,
  ),
  agencySuccessor: ledger('_agencySuccessors[issuer]', `${AGENCY_RETIRED}; each hop on`),
  successorAgency: ledger('_agencies[successor]', `${AGENCY_RETIRED} and it has a successor; each hop on`),
  regionSuccessor: ledger(
    '_regionSuccessors[region]',
    `${AGENCY_RETIRED} without a successor, and region.status is Retired; each hop on`,
  ),
  originStatusWord: ledger('_words[originIssuer][originIndex / 48]', TOOK_PLACE),
  originNotes: ledger('_notes[originIssuer][originIndex]', TOOK_PLACE),
  earlierOrigin: ledger('_origins[originIssuer][originIndex]', TOOK_PLACE),
  ...before('rulebook', ledger('_rulebooks', later('rulebook.since'))),
  ...before('licenceType', rulebook('_licenceTypes[licenceType]', later('licenceType.since'))),
  ...before(
    'responsibility',
    rulebook(
      '_responsibilities[issuer][licenceType]',
      'responsibility.from is later than the time of the anchor',
    ),
  ),
  delegation: rulebook('_delegations[region][licenceType].newest', BELOW_PROVINCE),
  ...before(
    'delegation',
    rulebook('_delegations[region][licenceType]', 'delegation.from is later than the time of the anchor'),
  ),
  refusal: rulebook('_negatives[receiving][refused][licenceType][refusedItem].history.newest', REFUSES),
  ...before(
    'refusal',
    rulebook(
      '_negatives[receiving][refused][licenceType][refusedItem].history',
      `a refusal holds, or ${later('refusal.from')}`,
    ),
  ),
  approvalCount: rulebook(
    '_negatives[receiving][refused][licenceType][refusedItem].approvals',
    'a refusal holds',
  ),
  approval: rulebook(
    '_negatives[receiving][refused][licenceType][refusedItem].approvals[i].number',
    IS_REFUSED,
  ),
  approvalBytes: rulebook(
    '_negatives[receiving][refused][licenceType][refusedItem].approvals[i].number[j]',
    'the same, of a reference of 32 bytes or more; each 32 of them',
  ),
  approvalDigest: rulebook(
    '_negatives[receiving][refused][licenceType][refusedItem].approvals[i].documentDigest',
    IS_REFUSED,
  ),
  ...before('baseline', rulebook('_baseline[licenceType]', later('baseline.from'))),
  bondCount: rulebook('_bonds[lower][higher][licenceType]', NO_OTHER_RULE),
  bond: rulebook(
    '_bonds[lower][higher][licenceType][i]',
    `the same; from the newest at the time back to the one that binds, at most ${NEWEST_AGREEMENTS}`,
  ),
  agreement: rulebook('_agreements[agreement].term', 'the same; of each bond'),
  membership: rulebook('_memberships[agreement][member].term', 'the same; of both provinces'),
  ...before('serviceItem', rulebook('_serviceItems[item]', later('serviceItem.since'))),
  demandedFields: rulebook(
    '_demands[item][itemVersion][licenceType].fields',
    'the fields, whose SHA-256 is the digest, are not handed in',
  ),
  demandedFieldsBytes: rulebook(
    '_demands[item][itemVersion][licenceType].fields[i]',
    'the same, of 32 bytes or more; each 32 of them',
  ),
  ledgerCount: registry('_ledgers', FOLLOWS_REGISTRY),
  registeredLedger: registry('_ledgers[i]', 'the same; each of them, i is its number less one'),
} as const satisfies Readonly<Record<string, Fact>>

export type FactName = keyof typeof FACTS

export const FACT_NAMES = Object.keys(FACTS) as readonly FactName[]

/** What is asked of no rulebook that is not asked for an item. */
const FOR_AN_ITEM = ['serviceItem', 'demandDigest'] as const

function ledger(path: string, when?: string): Fact {
  return { contract: 'ledger', path, ...(when === undefined ? {} : { when }) }
}

function rulebook(path: string, when?: string): Fact {
  return { ...ledger(path, when), contract: 'rulebook' }
}

function registry(path: string, when: string): Fact {
  return { ...ledger(path, when), contract: 'registry' }
}

function later(since: string): string {
  return `${since} is later than the time asked about`
}

type Before<Name extends string> = Readonly<Record<`${Name}Before` | `${Name}BeforeCount`, Fact>>

/** What a list held before its newest entry. */
function before<Name extends string>(name: Name, { contract, path, when }: Fact): Before<Name> {
  return {
    [`${name}BeforeCount`]: { contract, path: `${path}.earlier`, when },
    [`${name}Before`]: {
      contract,
      path: `${path}.earlier[i]`,
      when: `${when}; the last that is not, and the one after it`,
    },
  } as Before<Name>
}

/**
 * Follows the compiler's layout to a fact.
 *
 * @throws when the fact does not fit the layout
 */
export function placeOf(name: FactName): Place {
  const { contract, path } = FACTS[name]
  return placeOfPath(LAYOUTS[contract], path)
}

/** Which contract keeps the fact. */
export function contractOf(name: FactName): Fact['contract'] {
  return FACTS[name].contract
}

/** What every verification takes, for a named service item. */
export function commonFacts(): readonly FactName[] {
  return FACT_NAMES.filter(isCommon)
}

export function countCommonSlots(): number {
  return countSlots(commonFacts())
}

function countSlots(names: readonly FactName[]): number {
  return names.reduce((sum, name) => sum + placeOf(name).slots, 0)
}

function isCommon(name: FactName): boolean {
  const { when }: Fact = FACTS[name]
  return when === undefined
}

/** The table as it is committed. */
export function describeProofSlots(): string {
  const common = countCommonSlots()
  return [
    'Facts of a verification, and the storage slots that prove them with eth_getProof.',
    'A rule names the first slot; `.` joins words of 32 bytes; words are as the ABI encodes them: the codes of agencies,',
    'licence types and items left-aligned, numbers right-aligned. Members of the types are in storage-layout.txt,',
    'storage-layout-rulebook.txt and storage-layout-registry.txt. The header of the block proves its number and time, the',
    'account the code; the registry is proven under a block of the chain that it is on, a ledger under one of its own.',
    '`issuing` and `receiving` are the provinces of both regions, which their codes name, `lower` and `higher` the same by',
    'their codes. Of an agency that was moved, `region` stands for where it was at the anchor and for where it is, and',
    '`issuing` is the province of where it was at the anchor, whatever time is asked about; where there is no anchor, the',
    'time asked about stands for it. `parent` of a region that was moved is likewise what it was part of at the anchor, and',
    'what it is part of.',
    '',
    ...rowsOf(commonFacts()),
    '',
    `In every verification, of an agency of a province, for a service item: ${common} slots of at most ${MOST_COMMON_SLOTS};`,
    `for no item ${common - countSlots(FOR_AN_ITEM)}. They suffice for a licence in force that the baseline recognises in another province.`,
    'The fact of a name is the first 27 bytes of the SHA-256 of its three lines, which prove the text.',
    'Whom to ask bears its name likewise: its code stands for the issuer, or for the region.',
    'licenceType.fact holds, from the lowest bit on: version (32), status (8), holderClass (8), validityMonths (16),',
    'reviewMonths (16). serviceItem.fact: itemVersion (32), status (8). rulebook.fact: the address of the rulebook.',
    '',
    'Beyond that:',
    ...rowsOf(FACT_NAMES.filter((name) => !isCommon(name))),
    '',
  ].join('\n')
}

function rowsOf(names: readonly FactName[]): string[] {
  const rows = names.map((name) => {
    const { contract, when }: Fact = FACTS[name]
    const { rule, slots, type } = placeOf(name)
    return { cells: [name, contract, String(slots), type.label.replace(/^struct /, ''), rule], when }
  })
  const widths = [0, 1, 2, 3].map((column) =>
    Math.max(...rows.map(({ cells }) => cells[column]?.length ?? 0)),
  )
  return rows.flatMap(({ cells, when }) => [
    cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '),
    ...(when === undefined ? [] : [`    when ${when}`]),
  ])
}
