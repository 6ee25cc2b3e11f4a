import type {} from '@nomicfoundation/hardhat-ethers'
import type { HardhatEthers, HardhatEthersSigner } from '@nomicfoundation/hardhat-ethers/types'
import type {} from '@nomicfoundation/hardhat-ethers-chai-matchers'
import type {} from '@nomicfoundation/hardhat-network-helpers'
import type { NetworkHelpers } from '@nomicfoundation/hardhat-network-helpers/types'
import type { BaseContract, ContractTransactionResponse } from 'ethers'
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

export const RegionStatus = { None: 0n, Active: 1n, Suspended: 2n, Retired: 3n } as const
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
] as const
export type StatusName = (typeof LEGAL_STATUSES)[number]
export type ActName = (typeof STATUS_ACTS)[number]
export const LegalStatus = codesOf(LEGAL_STATUSES)
export const StatusAct = codesOf(STATUS_ACTS)

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

export const KEY_TIME_NEVER = 0xffffffffn

/** The place of each name in its enumeration. */
function codesOf<Name extends string>(names: readonly Name[]): Readonly<Record<Name, bigint>> {
  return Object.fromEntries(names.map((name, code) => [name, BigInt(code)])) as Record<Name, bigint>
}

type Numeric = number | bigint
type Send<Arguments extends unknown[]> = (...parameters: Arguments) => Promise<ContractTransactionResponse>

export interface RegionFacts {
  admin: string
  status: bigint
  since: bigint
  parent: bigint
}
export interface AgencyFacts {
  operator: string
  region: bigint
  status: bigint
  since: bigint
}
export interface KeyFacts {
  agency: string
  algorithm: bigint
  validFrom: bigint
  validUntil: bigint
  compromisedFrom: bigint
}
export interface AnchorFacts {
  anchoredAt: bigint
  blockNumber: bigint
  size: bigint
  backfilled: boolean
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
  region: RegionFacts
  key: KeyFacts
  anchor: AnchorFacts
  status: bigint
  regionActive: boolean
  successor: SuccessorFacts
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
  connect(runner: HardhatEthersSigner): Ledger
  admitRegion: Send<[region: Numeric, admin: string]>
  suspendRegion: Send<[region: Numeric]>
  resumeRegion: Send<[region: Numeric]>
  retireRegion: Send<[region: Numeric]>
  region(code: Numeric): Promise<RegionFacts>
  accreditRegion: Send<[region: Numeric, parent: Numeric, admin: string]>
  nominateRegionAdmin: Send<[region: Numeric, candidate: string]>
  acceptRegionAdmin: Send<[region: Numeric]>
  nominatedRegionAdmin(region: Numeric): Promise<string>
  accreditAgency: Send<[agency: string, region: Numeric, operator: string]>
  suspendAgency: Send<[agency: string]>
  resumeAgency: Send<[agency: string]>
  retireAgency: Send<[agency: string]>
  agency(uscc: string): Promise<AgencyFacts>
  pauseAgency: Send<[agency: string]>
  unpauseAgency: Send<[agency: string]>
  nominateOperator: Send<[agency: string, candidate: string]>
  acceptOperator: Send<[agency: string]>
  nominatedOperator(agency: string): Promise<string>
  registerKey: Send<
    [
      agency: string,
      kid: string,
      algorithm: bigint,
      validFrom: Numeric,
      validUntil: Numeric,
      publicJwk: Uint8Array,
    ]
  >
  endKey: Send<[kid: string, validUntil: Numeric]>
  reportKeyCompromised: Send<[kid: string, compromisedFrom: Numeric]>
  key(kid: string): Promise<KeyFacts>
  anchor: Send<[issuer: string, entry: AnchorEntry]>
  backfill: Send<[issuer: string, entries: AnchorEntry[]]>
  anchorMany: Send<[issuer: string, entries: AnchorEntry[]]>
  anchorOf(issuer: string, root: string): Promise<AnchorFacts>
  act: Send<
    [
      issuer: string,
      act: bigint,
      indices: Numeric[],
      effectiveAt: Numeric,
      legalBasis: string,
      decisionNumber: string,
    ]
  >
  transferIn: Send<[successor: CredentialRef, origin: CredentialRef, decisionNumber: string]>
  successorOf(issuer: string, index: Numeric): Promise<SuccessorFacts>
  statusOf(issuer: string, index: Numeric): Promise<bigint>
  isAdminOf(region: Numeric, account: string): Promise<boolean>
  isMemberAt(region: Numeric, time: Numeric): Promise<boolean>
  changeRulebook: Send<[rulebook: string]>
  rulebook(): Promise<string>
  rulebookAt(time: Numeric): Promise<string>
  rulebooks(): Promise<{ rulebook: string; from: bigint }[]>
  lookup(query: LookupQuery): Promise<LookupFacts>
  authority(): Promise<string>
}

/** The rulebook's external functions, typed. */
export interface Rulebook extends BaseContract {
  connect(runner: HardhatEthersSigner): Rulebook
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
  agreement(number: Numeric): Promise<{ term: TermFacts; noticeSeconds: bigint }>
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

/** A ledger that nobody has joined, and its rulebook. Both act as the council. */
export async function deployEmptyLedger(): Promise<EmptyLedger> {
  const [council, hunanAdmin, guangdongAdmin, operator, stranger] = await ethers.getSigners()
  if (!council || !hunanAdmin || !guangdongAdmin || !operator || !stranger)
    throw new Error('too few accounts')
  const accessManager = await ethers.deployContract('AccessManager', [council.address], council)
  const ledger = (await ethers.deployContract(
    'Ledger',
    [await accessManager.getAddress()],
    council,
  )) as unknown as Ledger
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
export async function deployRulebook(ledger: Ledger, council: HardhatEthersSigner): Promise<Rulebook> {
  const args = [await ledger.authority(), await ledger.getAddress()]
  return (await ethers.deployContract('Rulebook', args, council)) as unknown as Rulebook
}

/** Hunan and Guangdong are members. */
export async function deployWithRegions(): Promise<EmptyLedger> {
  const empty = await deployEmptyLedger()
  await empty.ledger.admitRegion(HUNAN, empty.hunanAdmin.address)
  await empty.ledger.admitRegion(GUANGDONG, empty.guangdongAdmin.address)
  return empty
}

/** Hunan's housing department may issue. */
export async function deployWithAgency(): Promise<EmptyLedger> {
  const joined = await deployWithRegions()
  await joined.ledger.connect(joined.hunanAdmin).accreditAgency(HUNAN_HOUSING, HUNAN, joined.operator.address)
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
