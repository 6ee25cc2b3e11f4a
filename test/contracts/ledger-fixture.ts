import type {} from '@nomicfoundation/hardhat-ethers'
import type { HardhatEthers, HardhatEthersSigner } from '@nomicfoundation/hardhat-ethers/types'
import type {} from '@nomicfoundation/hardhat-ethers-chai-matchers'
import type {} from '@nomicfoundation/hardhat-network-helpers'
import type { NetworkHelpers } from '@nomicfoundation/hardhat-network-helpers/types'
import type { BaseContract, ContractRunner, ContractTransactionResponse } from 'ethers'
import { network } from 'hardhat'

const connection = await network.create()

/** One in-process chain for all contract tests; each test starts from the snapshot its fixture made. */
export const ethers: HardhatEthers = connection.ethers
export const chain: NetworkHelpers = connection.networkHelpers

export const HUNAN = 430000
export const GUANGDONG = 440000

/** USCCs of real bodies, as bytes18: 湖南省住房和城乡建设厅 and two ministries. */
export const HUNAN_HOUSING: string = uscc('11430000006122244L')
export const HOUSING_MINISTRY: string = uscc('11100000000013338W')
export const RESOURCES_MINISTRY: string = uscc('11100000MB03271699')

export const RegionStatus = {
  None: 0n,
  Active: 1n,
  Suspended: 2n,
  Retired: 3n,
  Closed: 4n,
  ClosedSuspended: 5n,
} as const
export const AgencyStatus = { None: 0n, Active: 1n, Suspended: 2n, Retired: 3n, Paused: 4n } as const
export const EntryStatus = { None: 0n, Active: 1n, Retired: 2n } as const
export const HolderClass = { None: 0n, Person: 1n, Organisation: 2n, PersonOrOrganisation: 3n } as const
export const Rule = {
  None: 0n,
  SameProvince: 1n,
  Baseline: 2n,
  Agreement: 3n,
  Negative: 4n,
  ReceivingNotMember: 5n,
  IssuingNotMember: 6n,
  TypeNotActive: 7n,
} as const
export const Capacity = { None: 0n, Operator: 1n, Successor: 2n, Custodian: 3n, Superior: 4n } as const
export const KeyAlgorithm = { None: 0n, ES256: 1n, EdDSA: 2n, SM2: 3n } as const
/** In the order of contracts/types/Status.sol. */
export const LEGAL_STATUSES = [
  'Valid',
  'Suspended',
  'Revoked',
  'Restricted',
  'RestrictedSuspended',
  'Inactive',
  'Annulled',
  'Withdrawn',
  'Deregistered',
  'RevokedDeregistered',
  'AnnulledDeregistered',
  'WithdrawnDeregistered',
  'Superseded',
  'TransferredOut',
  'Transferred',
] as const
/** In the order of contracts/types/Status.sol. */
export const STATUS_ACTS = [
  'Suspend',
  'Reinstate',
  'Revoke',
  'Restrict',
  'Lift',
  'Annul',
  'Withdraw',
  'Deregister',
  'Supersede',
  'TransferOut',
  'CancelTransferOut',
  'Defer',
  'Activate',
  'TransferIn',
  'Dissolve',
  'Correct',
  'Inherit',
] as const
export type StatusName = (typeof LEGAL_STATUSES)[number]
export type ActName = (typeof STATUS_ACTS)[number]
export const LegalStatus = codesOf(LEGAL_STATUSES)
export const StatusAct = codesOf(STATUS_ACTS)
/** What `StatusActed` tells to be set by an act that follows the law's table. */
export const NO_STATUS = 15n

/** The part of a query that asks for neither type nor recognition. */
export const NOT_ASKED = {
  licenceType: `0x${'00'.repeat(21)}`,
  receiving: 0,
  item: ethers.ZeroHash,
  recognisedAt: 0,
} as const

/** 行政许可法 art. 69, as the ledger's `bytes16`. */
export const BASIS: string = ethers.encodeBytes32String('XZXKF-69').slice(0, 34)

/** 安管人员考核合格证 and 特种作业操作证, both defined by the housing ministry, as bytes21. */
export const SAFETY_MANAGER: string = licenceTypeCode('11100000000013338W011')
export const SPECIAL_OPERATION: string = licenceTypeCode('11100000000013338W032')

/** The decision that a province's entry on its negative list rests on. */
export const APPROVAL: Approval = {
  number: '粤政务函〔2026〕12号',
  documentDigest: ethers.id('the document of the approval'),
}

/** `until` of a term without end. */
export const TERM_OPEN = 2 ** 40 - 1

export const KEY_TIME_NEVER = 2n ** 40n - 1n

/** The place of each name in its enumeration. */
function codesOf<Name extends string>(names: readonly Name[]): Readonly<Record<Name, bigint>> {
  return Object.fromEntries(names.map((name, code) => [name, BigInt(code)])) as Record<Name, bigint>
}

type Numeric = number | bigint
type Send<Arguments extends unknown[]> = (...parameters: Arguments) => Promise<ContractTransactionResponse>

export interface RegionFacts {
  admin: string
  status: bigint
  parent: bigint
  pausedUntil: bigint
  members: bigint
}
export interface TenureFacts {
  appointedBy: string
  heldSince: bigint
  statusSince: bigint
  moved: boolean
}
/** Whose time is in Unix seconds. */
export interface FormerHolderFacts {
  readonly account: string
  readonly leftAt: bigint
  /** Whether the claim is the holder's, however short in office. */
  readonly yields: boolean
  /** When the holder had left, before a return gave the office back to it. */
  readonly holderLeftAt: bigint
}
export interface NominationFacts {
  candidate: string
  nominatedAt: bigint
  nominatedBy: string
}
export interface AcceptanceFacts {
  account: string
  acceptedAt: bigint
}
export interface AgencyFacts {
  operator: string
  region: bigint
  status: bigint
  indexCount: bigint
  hasPassedOver: boolean
}
export interface Name {
  zh: string
  en: string
  contact: string
}
export interface KeyFacts {
  algorithm: bigint
  validFrom: bigint
  validUntil: bigint
  compromisedFrom: bigint
  x: string
  y: string
}
export interface AnchorFacts {
  anchoredAt: bigint
  blockNumber: bigint
  size: bigint
  firstIndex: bigint
  backfilled: boolean
}
export interface NotesFacts {
  standing: bigint
  suspensionEnd: bigint
  restrictionEnd: bigint
  count: bigint
  lastBlock: bigint
}
export interface Decision {
  effectiveAt: Numeric
  endsAt: Numeric
  legalBasis: string
  number: string
}
export interface LicenceTypeRules {
  schemaDigest: string
  holderClass: bigint
  validityMonths: Numeric
  reviewMonths: Numeric
}
export interface LicenceTypeFacts {
  rules: LicenceTypeRules
  version: bigint
  status: bigint
  since: bigint
}
export interface ServiceItemFacts {
  version: bigint
  status: bigint
  since: bigint
}
export interface Demand {
  licenceType: string
  fields: Uint8Array
}
export interface DemandedFields {
  digest: string
  fields: string
}
export interface TermFacts {
  from: bigint
  until: bigint
}
export interface AgreementDraft {
  partners: Numeric[]
  licenceTypes: string[]
  from: Numeric
  until: Numeric
  noticeSeconds: Numeric
}
export interface Approval {
  number: string
  documentDigest: string
}
export interface NegativeEntry {
  issuing: Numeric
  licenceType: string
  item: string
}
export interface RecognitionQuestion extends NegativeEntry {
  receiving: Numeric
}
export interface RecognitionFacts {
  recognised: boolean
  rule: bigint
  agreement: bigint
  term: TermFacts
  approval: Approval
}
export interface CredentialRef {
  issuer: string
  index: Numeric
}
export interface SuccessorFacts {
  issuer: string
  index: bigint
  since: bigint
}
export interface OriginFacts extends SuccessorFacts {
  depth: bigint
}
export interface OriginAnswer extends SuccessorFacts {
  status: bigint
  notices: bigint
}
export interface ResponsibleFacts {
  capacity: bigint
  agency: string
  region: bigint
  name: string
}
export interface LookupQuery {
  issuer: string
  root: string
  kid: string
  statusIndex: Numeric
  licenceType: string
  receiving: Numeric
  item: string
  recognisedAt: Numeric
}
export interface LookupFacts {
  blockNumber: bigint
  blockTime: bigint
  agency: AgencyFacts
  agencyTenure: TenureFacts
  agencyName: string
  region: RegionFacts
  regionName: string
  regionActive: boolean
  issuedIn: bigint
  responsible: ResponsibleFacts
  key: KeyFacts
  anchor: AnchorFacts
  isAnchoredIndex: boolean
  statusWord: bigint
  notes: NotesFacts
  successor: SuccessorFacts
  origins: OriginAnswer[]
  rulebook: string
  rules: RulesFacts
}
export interface RulesFacts {
  licenceType: LicenceTypeFacts
  responsibility: TermFacts
  recognition: RecognitionFacts
  demanded: DemandedFields
}
export interface AnchorEntry {
  root: string
  size: Numeric
}

/** The ledger's external functions, typed; ethers knows them only at run time. */
export interface Ledger extends BaseContract {
  connect(runner: ContractRunner): Ledger
  admitRegion: Send<[region: Numeric, admin: string, name: Name]>
  accreditRegion: Send<[region: Numeric, parent: Numeric, admin: string, name: Name]>
  renameRegion: Send<[region: Numeric, name: Name]>
  nominateRegionAdmin: Send<[region: Numeric, candidate: string]>
  acceptRegionAdmin: Send<[region: Numeric]>
  suspendRegion: Send<[region: Numeric]>
  resumeRegion: Send<[region: Numeric]>
  closeRegion: Send<[region: Numeric]>
  reopenRegion: Send<[region: Numeric]>
  moveRegion: Send<[region: Numeric, to: Numeric]>
  retireRegion: Send<[region: Numeric, successor: Numeric]>
  acceptedRegionSuccession(region: Numeric, successor: Numeric): Promise<AcceptanceFacts>
  acceptedAgencySuccession(agency: string, successor: string): Promise<AcceptanceFacts>
  reinstateRegion: Send<[region: Numeric]>
  acceptRegionSuccession: Send<[region: Numeric, successor: Numeric]>
  pauseRegion: Send<[region: Numeric]>
  extendPause: Send<[region: Numeric, council: string, descriptionHash: string]>
  endPause: Send<[region: Numeric]>
  region(code: Numeric): Promise<RegionFacts>
  tenureOfRegion(code: Numeric): Promise<TenureFacts>
  nominatedRegionAdmin(region: Numeric): Promise<NominationFacts>
  regionSuccessorOf(region: Numeric): Promise<bigint>
  isAdminOf(region: Numeric, account: string): Promise<boolean>
  accreditAgency: Send<[agency: string, region: Numeric, operator: string, name: Name]>
  renameAgency: Send<[agency: string, name: Name]>
  suspendAgency: Send<[agency: string]>
  resumeAgency: Send<[agency: string]>
  retireAgency: Send<[agency: string, successor: string]>
  reinstateAgency: Send<[agency: string]>
  acceptAgencySuccession: Send<[agency: string, successor: string]>
  moveAgency: Send<[agency: string, to: Numeric]>
  pauseAgency: Send<[agency: string]>
  unpauseAgency: Send<[agency: string]>
  nominateOperator: Send<[agency: string, candidate: string]>
  acceptOperator: Send<[agency: string]>
  agency(uscc: string): Promise<AgencyFacts>
  tenureOfAgency(uscc: string): Promise<TenureFacts>
  nominatedOperator(agency: string): Promise<NominationFacts>
  agencySuccessorOf(agency: string): Promise<string>
  resignRegion: Send<[region: Numeric]>
  resignAgency: Send<[agency: string]>
  returnRegion: Send<[region: Numeric]>
  returnAgency: Send<[agency: string]>
  formerRegionAdmin(region: Numeric): Promise<FormerHolderFacts>
  formerOperator(agency: string): Promise<FormerHolderFacts>
  withdrawProposal: Send<[call: string]>
  proposal(call: string): Promise<{ proposer: string; proposedAt: bigint }>
  registerKey: Send<
    [agency: string, algorithm: bigint, x: string, y: string, validFrom: Numeric, validUntil: Numeric]
  >
  endKey: Send<[agency: string, kid: string, validUntil: Numeric]>
  reportKeyCompromised: Send<[agency: string, kid: string, compromisedFrom: Numeric]>
  narrowKeyCompromise: Send<[agency: string, kid: string, compromisedFrom: Numeric]>
  key(agency: string, kid: string): Promise<KeyFacts>
  anchor: Send<[issuer: string, firstIndex: Numeric, entry: AnchorEntry]>
  anchorMany: Send<[issuer: string, firstIndex: Numeric, entries: AnchorEntry[]]>
  backfill: Send<[issuer: string, firstIndex: Numeric, entries: AnchorEntry[]]>
  passOver: Send<[issuer: string, firstIndex: Numeric, size: Numeric]>
  anchorOf(issuer: string, root: string): Promise<AnchorFacts>
  isAnchoredIndex(issuer: string, index: Numeric): Promise<boolean>
  act: Send<[issuer: string, act: bigint, indices: Numeric[], decision: Decision]>
  correct: Send<[issuer: string, indices: Numeric[], status: bigint, decision: Decision]>
  dissolveSuccession: Send<[successor: CredentialRef, origin: CredentialRef, decision: Decision]>
  actLate: Send<[issuer: string, act: bigint, indices: Numeric[], decision: Decision]>
  statusOf(issuer: string, index: Numeric): Promise<bigint>
  statusWordOf(issuer: string, index: Numeric): Promise<bigint>
  note: Send<[issuer: string, code: Numeric, indices: Numeric[], decision: Decision]>
  liftNotice: Send<[issuer: string, code: Numeric, indices: Numeric[], decision: Decision]>
  notesOf(issuer: string, index: Numeric): Promise<NotesFacts>
  supersede: Send<[successor: CredentialRef, origin: CredentialRef, decision: Decision]>
  transferOut: Send<[issuer: string, indices: Numeric[], destination: string, decision: Decision]>
  transferIn: Send<[successor: CredentialRef, origin: CredentialRef, decision: Decision]>
  successorOf(issuer: string, index: Numeric): Promise<SuccessorFacts>
  originOf(issuer: string, index: Numeric): Promise<OriginFacts>
  responsibleFor(issuer: string): Promise<ResponsibleFacts>
  agencyNameAt(agency: string, time: Numeric): Promise<string>
  regionNameAt(region: Numeric, time: Numeric): Promise<string>
  isMemberAt(region: Numeric, time: Numeric): Promise<boolean>
  agencyRegionAt(agency: string, time: Numeric): Promise<bigint>
  regionParentAt(region: Numeric, time: Numeric): Promise<bigint>
  changeRulebook: Send<[rulebook: string]>
  rulebook(): Promise<string>
  rulebookAt(time: Numeric): Promise<string>
  rulebooks(): Promise<{ rulebook: string; from: bigint }[]>
  lookup(query: LookupQuery): Promise<LookupFacts>
  authority(): Promise<string>
}

/** The rulebook's external functions, typed. */
export interface Rulebook extends BaseContract {
  connect(runner: ContractRunner): Rulebook
  ledger(): Promise<string>
  registerLicenceType: Send<[licenceType: string, rules: LicenceTypeRules]>
  amendLicenceType: Send<[licenceType: string, rules: LicenceTypeRules]>
  retireLicenceType: Send<[licenceType: string]>
  licenceType(licenceType: string): Promise<LicenceTypeFacts>
  registerServiceItem: Send<[item: string, demands: Demand[]]>
  amendServiceItem: Send<[item: string, demands: Demand[]]>
  retireServiceItem: Send<[item: string]>
  serviceItem(item: string): Promise<ServiceItemFacts>
  licenceTypeAt(licenceType: string, time: Numeric): Promise<LicenceTypeFacts>
  serviceItemAt(item: string, time: Numeric): Promise<ServiceItemFacts>
  demandOf(item: string, licenceType: string): Promise<string>
  demandAt(item: string, licenceType: string, time: Numeric): Promise<DemandedFields>
  delegateType: Send<[region: Numeric, licenceType: string, from: Numeric, until: Numeric]>
  endTypeDelegation: Send<[region: Numeric, licenceType: string, until: Numeric]>
  delegationAt(region: Numeric, licenceType: string, time: Numeric): Promise<TermFacts>
  assignResponsibility: Send<[agency: string, licenceType: string, from: Numeric, until: Numeric]>
  endResponsibility: Send<[agency: string, licenceType: string, until: Numeric]>
  responsibilityAt(agency: string, licenceType: string, time: Numeric): Promise<TermFacts>
  setBaseline: Send<[licenceType: string, from: Numeric, until: Numeric]>
  endBaseline: Send<[licenceType: string, until: Numeric]>
  proposeAgreement: Send<[proposer: Numeric, draft: AgreementDraft]>
  joinAgreement: Send<[agreement: Numeric, region: Numeric]>
  renewAgreement: Send<[agreement: Numeric, region: Numeric, partner: Numeric, licenceType: string]>
  leaveAgreement: Send<[agreement: Numeric, region: Numeric]>
  enterNegative: Send<
    [receiving: Numeric, entry: NegativeEntry, from: Numeric, until: Numeric, approval: Approval]
  >
  endNegative: Send<[receiving: Numeric, entry: NegativeEntry, until: Numeric]>
  recognised(question: RecognitionQuestion, time: Numeric): Promise<RecognitionFacts>
  agreement(number: Numeric): Promise<{ term: TermFacts; noticeSeconds: bigint; openUntil: bigint }>
  membership(number: Numeric, region: Numeric): Promise<{ invited: boolean; term: TermFacts }>
  agreementNames(number: Numeric, licenceType: string): Promise<boolean>
  agreementCount(): Promise<bigint>
  agreementMembers(number: Numeric): Promise<bigint[]>
  agreementTypes(number: Numeric): Promise<string[]>
}

export interface EmptyLedger {
  ledger: Ledger
  rulebook: Rulebook
  council: HardhatEthersSigner
  hunanAdmin: HardhatEthersSigner
  guangdongAdmin: HardhatEthersSigner
  operator: HardhatEthersSigner
  stranger: HardhatEthersSigner
}

/** All that the ledger's address answers to: its own functions and those of its parts, with every error. */
export async function atLedger(address: string, runner: HardhatEthersSigner): Promise<Ledger> {
  const own = await ethers.getContractFactory('Ledger')
  const whole = (await ethers.getContractAt('ILedger', address)).interface
  const errors = own.interface.fragments.filter(
    (fragment) =>
      fragment.type === 'error' && !whole.fragments.some((known) => known.format() === fragment.format()),
  )
  const views = own.interface.fragments.filter(
    (fragment) =>
      fragment.type === 'function' && !whole.fragments.some((known) => known.format() === fragment.format()),
  )
  const contract = new ethers.Contract(address, [...whole.fragments, ...errors, ...views], runner)
  return contract as unknown as Ledger
}

/** A name that is nobody else's. */
export function named(zh: string): Name {
  return { zh, en: '', contact: '' }
}

/** A decision of now, under 行政许可法 art. 69. */
export async function decided(
  number = '湘建许决〔2025〕1号',
  more: Partial<Decision> = {},
): Promise<Decision> {
  return { effectiveAt: await blockTime(), endsAt: 0, legalBasis: BASIS, number, ...more }
}

/** A ledger that nobody has joined, and its rulebook. Both act as the council. */
export async function deployEmptyLedger(): Promise<EmptyLedger> {
  const [council, hunanAdmin, guangdongAdmin, operator, stranger] = await ethers.getSigners()
  if (!council || !hunanAdmin || !guangdongAdmin || !operator || !stranger)
    throw new Error('too few accounts')
  const accessManager = await ethers.deployContract('AccessManager', [council.address], council)
  const members = await ethers.deployContract('Members', [], council)
  const remedies = await ethers.deployContract('Remedies', [], council)
  const appointments = await ethers.deployContract('Appointments', [], council)
  const deployed = await ethers.deployContract(
    'Ledger',
    [
      await accessManager.getAddress(),
      await members.getAddress(),
      await remedies.getAddress(),
      await appointments.getAddress(),
    ],
    council,
  )
  const ledger = await atLedger(await deployed.getAddress(), council)
  const rulebook = await deployRulebook(ledger, council)
  await ledger.changeRulebook(await rulebook.getAddress())
  return {
    ledger,
    rulebook,
    council,
    hunanAdmin,
    guangdongAdmin,
    operator,
    stranger,
  }
}

/** A rulebook of the ledger that the ledger does not name yet. */
export async function deployRulebook(ledger: Ledger, deployer: HardhatEthersSigner): Promise<Rulebook> {
  const args = [await ledger.authority(), await ledger.getAddress()]
  return (await ethers.deployContract('Rulebook', args, deployer)) as unknown as Rulebook
}

/** Hunan and Guangdong are members. */
export async function deployWithRegions(): Promise<EmptyLedger> {
  const empty = await deployEmptyLedger()
  await empty.ledger.admitRegion(HUNAN, empty.hunanAdmin.address, named('湖南省'))
  await empty.ledger.admitRegion(GUANGDONG, empty.guangdongAdmin.address, named('广东省'))
  return empty
}

/** Hunan's housing department may issue. */
export async function deployWithAgency(): Promise<EmptyLedger> {
  const joined = await deployWithRegions()
  const name = named('湖南省住房和城乡建设厅')
  await joined.ledger
    .connect(joined.hunanAdmin)
    .accreditAgency(HUNAN_HOUSING, HUNAN, joined.operator.address, name)
  return joined
}

/** Rules of a type for people, valid for three years. */
export const RULES: LicenceTypeRules = {
  schemaDigest: ethers.id('schema of version 1'),
  holderClass: HolderClass.Person,
  validityMonths: 36,
  reviewMonths: 0,
}

/** The catalogue holds the two types. */
export async function deployWithCatalogue(): Promise<EmptyLedger> {
  const fixture = await deployWithAgency()
  await fixture.rulebook.registerLicenceType(SAFETY_MANAGER, RULES)
  await fixture.rulebook.registerLicenceType(SPECIAL_OPERATION, RULES)
  return fixture
}

/** A service item's code as the ledger's `bytes32`. */
export function itemCode(code: string): string {
  return ethers.encodeBytes32String(code)
}

function licenceTypeCode(characters: string): string {
  return `0x${Buffer.from(characters, 'ascii').toString('hex')}`
}

export function uscc(characters: string): string {
  return `0x${Buffer.from(characters, 'ascii').toString('hex')}`
}

/** A root that is some hash; `seed` tells roots apart. */
export function rootOf(seed: number): string {
  return ethers.keccak256(ethers.toBeHex(seed, 32))
}

export async function blockTime(): Promise<number> {
  return await chain.time.latest()
}

/** Gas a transaction used. */
export async function gasOf(sent: Promise<ContractTransactionResponse>): Promise<number> {
  const receipt = await (await sent).wait()
  if (receipt === null) throw new Error('transaction was not mined')
  return Number(receipt.gasUsed)
}

/** A call with another word at a place among its arguments, which no encoder would write. */
export function callWithWord(
  ledger: Ledger,
  name: string,
  args: readonly unknown[],
  place: number,
  word: bigint,
): { to: string; data: string } {
  const data = ledger.interface.encodeFunctionData(name, args)
  const at = 10 + 64 * place
  return {
    to: `${ledger.target}`,
    data: data.slice(0, at) + word.toString(16).padStart(64, '0') + data.slice(at + 64),
  }
}
