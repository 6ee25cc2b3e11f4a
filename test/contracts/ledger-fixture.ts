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
export const AgencyStatus = { None: 0n, Active: 1n, Suspended: 2n, Retired: 3n } as const
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

/** 行政许可法 art. 69, as the ledger's `bytes16`. */
export const BASIS: string = ethers.encodeBytes32String('XZXKF-69').slice(0, 34)

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
export interface LookupFacts {
  blockNumber: bigint
  blockTime: bigint
  agency: AgencyFacts
  region: RegionFacts
  key: KeyFacts
  anchor: AnchorFacts
  status: bigint
  successor: SuccessorFacts
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
  accreditAgency: Send<[agency: string, region: Numeric, operator: string]>
  suspendAgency: Send<[agency: string]>
  resumeAgency: Send<[agency: string]>
  retireAgency: Send<[agency: string]>
  agency(uscc: string): Promise<AgencyFacts>
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
  anchor: Send<[issuer: string, root: string, size: Numeric]>
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
  lookup(query: { issuer: string; root: string; kid: string; statusIndex: Numeric }): Promise<LookupFacts>
  authority(): Promise<string>
}

export interface EmptyLedger {
  ledger: Ledger
  council: HardhatEthersSigner
  hunanAdmin: HardhatEthersSigner
  guangdongAdmin: HardhatEthersSigner
  operator: HardhatEthersSigner
  stranger: HardhatEthersSigner
}

/** A ledger nobody has joined. `ledger` acts as the council. */
export async function deployEmptyLedger(): Promise<EmptyLedger> {
  const [council, hunanAdmin, guangdongAdmin, operator, stranger] = await ethers.getSigners()
  if (!council || !hunanAdmin || !guangdongAdmin || !operator || !stranger)
    throw new Error('too few accounts')
  const accessManager = await ethers.deployContract('AccessManager', [council.address], council)
  const ledger = await ethers.deployContract('Ledger', [await accessManager.getAddress()], council)
  return {
    ledger: ledger as unknown as Ledger,
    council,
    hunanAdmin,
    guangdongAdmin,
    operator,
    stranger,
  }
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
