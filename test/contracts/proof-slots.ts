/** Which storage slots prove which fact of a verification. */
import {
  readLayout,
  type StorageLayout,
  type StorageType,
  slotsOf,
  typeOf,
  variableOf,
} from './storage-layout.ts'

/** Slots a verification of the common case may take, the rulebook's included. */
export const MOST_COMMON_SLOTS = 26

interface Fact {
  readonly contract: keyof typeof LAYOUTS
  readonly variable: string
  /** Under which words, the outermost mapping first. */
  readonly keys: readonly string[]
  /** Of a struct, where the others are not needed. */
  readonly member?: string
  /** Place in a list, or 32 bytes of a text; without it a list is its length, a text its first slot. */
  readonly element?: string
  /** In which case it is needed; without it, in every verification. */
  readonly when?: string
}

/** Where a fact lies. */
export interface Place {
  /** Of the first slot; the others follow it. */
  readonly rule: string
  readonly slots: number
  readonly type: StorageType
  readonly layout: StorageLayout
}

const LAYOUTS = { ledger: readLayout('contracts/Ledger.sol') } as const

const RENAMED = 'a name followed the one at the anchor'
const NAME_BEFORE = 'the same; the one that held at the anchor, and the one after it'
const WITHOUT_TEXT = 'the text, whose SHA-256 begins with the digest, is not handed in'
const LONG_TEXT = 'the same, of a text of 32 bytes or more; each 32 of them'
const PASSED_OVER = 'agency.hasPassedOver'
const AGENCY_RETIRED = 'agency.status is Retired'
const TOOK_PLACE = 'origin.since is not 0; each hop back'

/**
 * Every fact that a verification uses but the block's own, which the header proves, and whether the region is active,
 * an index anchored and whom to ask, which follow from these.
 */
export const FACTS = {
  agency: ledger('_agencies', ['issuer']),
  agencyTenure: ledger('_agencyTenures', ['issuer']),
  agencyName: ledger('_names', ['issuer'], { member: 'newest' }),
  region: ledger('_regions', ['region']),
  regionName: ledger('_names', ['region'], { member: 'newest' }),
  key: ledger('_keys', ['issuer', 'kid']),
  anchor: ledger('_anchors', ['issuer', 'root']),
  statusWord: ledger('_words', ['issuer', '(index / 48)']),
  notes: ledger('_notes', ['issuer', 'index']),
  successor: ledger('_successors', ['issuer', 'index']),
  origin: ledger('_origins', ['issuer', 'index']),

  regionAbove: ledger('_regions', ['parent'], { when: 'region.parent is not 0; each level up' }),
  earlierAgencyNameCount: ledger('_names', ['issuer'], { member: 'earlier', when: RENAMED }),
  earlierAgencyName: ledger('_names', ['issuer'], { member: 'earlier', element: 'i', when: NAME_BEFORE }),
  earlierRegionNameCount: ledger('_names', ['region'], { member: 'earlier', when: RENAMED }),
  earlierRegionName: ledger('_names', ['region'], { member: 'earlier', element: 'i', when: NAME_BEFORE }),
  nameText: ledger('_nameTexts', ['digest'], { when: WITHOUT_TEXT }),
  nameTextBytes: ledger('_nameTexts', ['digest'], { element: 'i', when: LONG_TEXT }),
  passedOverCount: ledger('_passedOver', ['issuer'], { when: PASSED_OVER }),
  passedOver: ledger('_passedOver', ['issuer'], {
    element: 'i',
    when: `${PASSED_OVER}; the range that holds the index, or the two beside it`,
  }),
  agencySuccessor: ledger('_agencySuccessors', ['issuer'], { when: `${AGENCY_RETIRED}; each hop on` }),
  successorAgency: ledger('_agencies', ['successor'], {
    when: `${AGENCY_RETIRED} and it has a successor; each hop on`,
  }),
  regionSuccessor: ledger('_regionSuccessors', ['region'], {
    when: `${AGENCY_RETIRED} without a successor, and region.status is Retired; each hop on`,
  }),
  originStatusWord: ledger('_words', ['originIssuer', '(originIndex / 48)'], { when: TOOK_PLACE }),
  originNotes: ledger('_notes', ['originIssuer', 'originIndex'], { when: TOOK_PLACE }),
  earlierOrigin: ledger('_origins', ['originIssuer', 'originIndex'], { when: TOOK_PLACE }),
} as const satisfies Readonly<Record<string, Fact>>

export type FactName = keyof typeof FACTS

export const FACT_NAMES = Object.keys(FACTS) as readonly FactName[]

function ledger(
  variable: string,
  keys: readonly string[],
  more: Pick<Fact, 'element' | 'member' | 'when'> = {},
): Fact {
  return { contract: 'ledger', variable, keys, ...more }
}

/**
 * Follows the compiler's layout to a fact.
 *
 * @throws when the fact does not fit the layout
 */
export function placeOf(name: FactName): Place {
  const { contract, variable, keys, element, member }: Fact = FACTS[name]
  const layout = LAYOUTS[contract]
  const { slot, type: root } = variableOf(layout, variable)
  let type = typeOf(layout, root)
  let rule = slot
  for (const key of keys) {
    type = typeOf(layout, type.value)
    rule = `keccak(${key} . ${rule})`
  }
  if (member !== undefined) {
    const found = type.members?.find(({ label }) => label === member)
    type = typeOf(layout, found?.type)
    if (found?.slot !== '0') rule = `${rule} + ${found?.slot}`
  }
  if (element !== undefined) {
    type = elementOf(layout, type)
    const size = slotsOf(type)
    rule = `keccak(${rule}) + ${element}${size === 1 ? '' : ` * ${size}`}`
  }
  return { rule, slots: slotsOf(type), type, layout }
}

function elementOf(layout: StorageLayout, type: StorageType): StorageType {
  if (type.encoding === 'dynamic_array') return typeOf(layout, type.base)
  if (type.encoding === 'bytes') return { label: '32 bytes', encoding: 'inplace', numberOfBytes: '32' }
  throw new Error(`${type.label} has no elements`)
}

/** Slots that every verification takes. */
export function countCommonSlots(): number {
  return FACT_NAMES.filter(isCommon).reduce((sum, name) => sum + placeOf(name).slots, 0)
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
    'A rule names the first slot; `.` joins words of 32 bytes; words are as the ABI encodes them: the code of an agency',
    'left-aligned, numbers right-aligned. Members of the types are in storage-layout.txt.',
    'The header of the block proves its number and time, the account the code.',
    '',
    ...rowsOf(FACT_NAMES.filter(isCommon)),
    '',
    `In every verification, of an agency of a province: ${common} slots of at most ${MOST_COMMON_SLOTS}; ${MOST_COMMON_SLOTS - common} are left for the rulebook.`,
    'The name at the anchor is the newest unless it began later. Its text is proven by its SHA-256: the digest is the',
    'first 27 bytes of it.',
    'Whom to ask bears its name likewise: its code stands for the issuer, or for the region.',
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
    return { cells: [name, contract, String(slots), rule, type.label.replace(/^struct /, '')], when }
  })
  const widths = [0, 1, 2, 3].map((column) =>
    Math.max(...rows.map(({ cells }) => cells[column]?.length ?? 0)),
  )
  return rows.flatMap(({ cells, when }) => [
    cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '),
    ...(when === undefined ? [] : [`    when ${when}`]),
  ])
}
