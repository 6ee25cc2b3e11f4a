/** About whom each key is heard, and in what: the rules of who may do what, written a second time by hand. */
import { ACTS_OF_THEIR_OWN } from '../law.ts'
import { StatusAct } from '../ledger-fixture.ts'
import { CHANGSHA, FURONG, GUANGDONG, HUNAN, LEVELS, type Level, STREET } from '../one-key-world.ts'
import type { ContractName } from './writes.ts'

/** What a key is heard in: a function about a region or its agency, and the act where the function is for all of them. */
export interface Hearing {
  readonly region: number
  readonly contract: ContractName
  readonly name: string
  readonly act: string | null
}

/** `430100 ledger.act Annul` */
export function textOf({ region, contract, name, act }: Hearing): string {
  return [region, `${contract}.${name}`, ...(act === null ? [] : [act])].join(' ')
}

type Texts = readonly string[]

function about(regions: readonly number[], contract: ContractName, ...names: readonly string[]): Texts {
  return regions.flatMap((region) => names.map((name) => `${region} ${contract}.${name}`))
}

const EVERYWHERE = [HUNAN, CHANGSHA, FURONG, STREET, GUANGDONG]
/** What may be entered late by two, one by one. */
const LATE: Texts = Object.keys(StatusAct)
  .filter((act) => !(ACTS_OF_THEIR_OWN as readonly string[]).includes(act))
  .map((act) => `actLate ${act}`)

/** Of its own agency alone. */
export function operatorHearings({ region }: Level): Texts {
  const acts = Object.keys(StatusAct)
  return [
    ...about([region], 'ledger', 'anchor', 'anchorMany', 'backfill', 'passOver', 'acceptAgencySuccession'),
    ...about([region], 'ledger', 'note', 'liftNotice', 'supersede', 'transferOut', 'transferIn'),
    ...about([region], 'ledger', 'correct', 'dissolveSuccession', 'resignAgency'),
    ...about([region], 'ledger', ...acts.map((act) => `act ${act}`), ...LATE),
  ]
}

/** Of its own region, of the one directly inside, and of what is moved within. */
export function adminHearings(level: Level): Texts {
  const { region, child } = level
  const inside = Object.values<Level>(LEVELS).filter((one) => one.region > region && isWithin(one, region))
  const below = child === undefined ? [] : [child]
  return [
    ...ownHearings(level),
    ...superiorHearings(level),
    ...about(below, 'ledger', 'nominateRegionAdmin', 'act Annul', 'correct', 'dissolveSuccession', ...LATE),
    ...about(
      inside.map((one) => one.region),
      'ledger',
      'moveAgency',
      'returnAgency',
      'returnRegion',
    ),
    ...(region === HUNAN ? provinceHearings() : []),
  ]
}

function isWithin({ region }: Level, outer: number): boolean {
  return String(region).startsWith(String(outer).replace(/(00)+$/u, ''))
}

function ownHearings({ region }: Level): Texts {
  return [
    ...about([region], 'ledger', 'accreditRegion', 'nominateRegionAdmin', 'acceptRegionSuccession'),
    ...about([region], 'ledger', 'accreditAgency', 'renameAgency', 'suspendAgency', 'resumeAgency'),
    ...about([region], 'ledger', 'retireAgency', 'reinstateAgency', 'nominateOperator'),
    ...about([region], 'ledger', 'resignRegion', 'returnAgency'),
    ...about([region], 'ledger', 'registerKey', 'endKey'),
    ...about([region], 'ledger', 'reportKeyCompromised', 'narrowKeyCompromise'),
    ...about([region], 'rulebook', 'assignResponsibility', 'endResponsibility'),
  ]
}

const OF_SUPERIORS = ['renameRegion', 'suspendRegion', 'resumeRegion', 'closeRegion', 'reopenRegion']

/** What is asked of a region with another inside is asked of that one, of the street of itself. */
function superiorHearings({ region, child }: Level): Texts {
  if (child === undefined) return []
  const regions = child === STREET ? [region, STREET] : [region]
  return [
    ...about(regions, 'ledger', ...OF_SUPERIORS),
    ...about(regions, 'rulebook', 'delegateType', 'endTypeDelegation'),
  ]
}

/** Between provinces, and in the council; what names no region by its arguments is asked with each. */
function provinceHearings(): Texts {
  return [
    // From the province into its city.
    ...about([HUNAN], 'ledger', 'moveAgency'),
    // The one whose return is asked for beside Guangdong is Hunan's.
    ...about([GUANGDONG], 'ledger', 'reinstateAgency'),
    ...about([HUNAN], 'rulebook', 'proposeAgreement', 'joinAgreement', 'renewAgreement', 'leaveAgreement'),
    ...about([HUNAN], 'rulebook', 'enterNegative', 'endNegative'),
    ...about(EVERYWHERE, 'ledger', 'moveRegion'),
    ...about(EVERYWHERE, 'seats', 'take'),
    ...about(EVERYWHERE, 'council', 'propose'),
  ]
}

export const SUPERIOR_HEARINGS: Texts = [
  ...about(EVERYWHERE, 'ledger', 'moveRegion', 'moveAgency'),
  ...about([HUNAN, GUANGDONG], 'ledger', 'act Annul'),
]

export const CATALOGUE_HEARINGS: Texts = [
  ...about(EVERYWHERE, 'rulebook', 'registerLicenceType', 'amendLicenceType', 'retireLicenceType'),
  ...about(EVERYWHERE, 'rulebook', 'registerServiceItem', 'amendServiceItem', 'retireServiceItem'),
  ...about(EVERYWHERE, 'manager', 'schedule', 'execute'),
]

export const EMERGENCY_HEARINGS: Texts = about(
  EVERYWHERE,
  'ledger',
  'pauseRegion',
  'extendPause',
  'endPause',
  'pauseAgency',
  'unpauseAgency',
)
