/** One branch of the alliance, from the province down to the street, with every office held by another account. */
import type { HardhatEthersSigner } from '@nomicfoundation/hardhat-ethers/types'
import { expect } from 'chai'
import type { BaseContract, ContractTransactionResponse } from 'ethers'
import {
  chain,
  deployWithAgency,
  type EmptyLedger,
  ethers,
  HUNAN,
  type Ledger,
  named,
  uscc,
} from './ledger-fixture.ts'

export const CHANGSHA = 430100
export const FURONG = 430102
export const STREET = 430102001
/** Another city of Hunan. */
export const YUEYANG = 430600
export const DAY = 86_400

/** A body of the street's county, accredited by the county. */
export const FURONG_BUREAU: string = bodyOf(FURONG, 1)
/** Another of them. */
export const FURONG_OFFICE: string = bodyOf(FURONG, 2)

/** Whom the council names to stand above the provinces, as the hand-over does; the ids are this fixture's own. */
const SUPERIOR = {
  id: 5n,
  functions: [
    'accreditAgency',
    'retireAgency',
    'reinstateAgency',
    'moveAgency',
    'retireRegion',
    'reinstateRegion',
    'moveRegion',
    'narrowKeyCompromise',
    'reportKeyCompromised',
    'correct',
    'act',
  ],
}
const EMERGENCY = {
  id: 4n,
  functions: ['pauseAgency', 'unpauseAgency', 'pauseRegion', 'extendPause', 'endPause'],
}

export interface Branch extends EmptyLedger {
  changshaAdmin: HardhatEthersSigner
  furongAdmin: HardhatEthersSigner
  streetAdmin: HardhatEthersSigner
  yueyangAdmin: HardhatEthersSigner
  /** Operator of the county's bureau. */
  furongOperator: HardhatEthersSigner
  /** Operator of the county's office. */
  officeOperator: HardhatEthersSigner
  /** Named by the council to stand above the provinces. */
  superior: HardhatEthersSigner
  /** Keeper of the emergency. */
  keeper: HardhatEthersSigner
  /** Accounts that hold nothing. */
  spare: readonly [HardhatEthersSigner, HardhatEthersSigner, HardhatEthersSigner, HardhatEthersSigner]
}

/** Hunan, Changsha, its county Furong, a street of that; Yueyang beside them; nobody is new in office. */
export async function deployBranch(): Promise<Branch> {
  const joined = await deployWithAgency()
  const [a, b, c, d, e, f, g, h, ...spares] = (await ethers.getSigners()).slice(5)
  const [s, t, u, v] = spares
  if (!a || !b || !c || !d || !e || !f || !g || !h || !s || !t || !u || !v)
    throw new Error('too few accounts')
  const branch: Branch = {
    ...joined,
    changshaAdmin: a,
    furongAdmin: b,
    streetAdmin: c,
    yueyangAdmin: d,
    furongOperator: e,
    officeOperator: f,
    superior: g,
    keeper: h,
    spare: [s, t, u, v],
  }
  const { ledger, hunanAdmin } = joined
  await ledger.connect(hunanAdmin).accreditRegion(CHANGSHA, HUNAN, a.address, named('长沙市'))
  await ledger.connect(hunanAdmin).accreditRegion(YUEYANG, HUNAN, d.address, named('岳阳市'))
  await ledger.connect(a).accreditRegion(FURONG, CHANGSHA, b.address, named('芙蓉区'))
  await ledger.connect(b).accreditRegion(STREET, FURONG, c.address, named('文艺路街道'))
  await ledger
    .connect(b)
    .accreditAgency(FURONG_BUREAU, FURONG, e.address, named('芙蓉区人力资源和社会保障局'))
  await ledger.connect(b).accreditAgency(FURONG_OFFICE, FURONG, f.address, named('芙蓉区行政审批服务局'))
  await giveRole(branch, SUPERIOR, g)
  await giveRole(branch, EMERGENCY, h)
  await chain.time.increase(8 * DAY)
  return branch
}

/** Lets the account alone call the functions, at once. */
async function giveRole(
  { ledger }: Branch,
  role: { id: bigint; functions: readonly string[] },
  account: HardhatEthersSigner,
): Promise<void> {
  const manager = await accessManagerOf(ledger)
  const selectors = role.functions.map((name) => ledger.interface.getFunction(name)?.selector)
  await manager.getFunction('setTargetFunctionRole')(await ledger.getAddress(), selectors, role.id)
  await manager.getFunction('grantRole')(role.id, account.address, 0)
}

/** Names one more account to stand above the provinces. */
export async function nameSuperior({ ledger }: Branch, account: HardhatEthersSigner): Promise<void> {
  await (await accessManagerOf(ledger)).getFunction('grantRole')(SUPERIOR.id, account.address, 0)
}

/** Takes the office above the provinces from an account. */
export async function dismissSuperior({ ledger }: Branch, account: HardhatEthersSigner): Promise<void> {
  await (await accessManagerOf(ledger)).getFunction('revokeRole')(SUPERIOR.id, account.address)
}

/** The manager of the ledger's roles, as its admin. */
export async function accessManagerOf(ledger: Ledger): Promise<BaseContract> {
  return await ethers.getContractAt('AccessManager', await ledger.authority())
}

/** A call of the ledger, whoever makes it. */
export type Call = (as: Ledger) => Promise<ContractTransactionResponse>

/** The Keccak-256 of a call's data, by which the ledger keeps a proposal. */
export function callHash(ledger: Ledger, name: string, values: readonly unknown[]): string {
  return ethers.keccak256(ledger.interface.encodeFunctionData(name, values))
}

/** Makes one call by two keys, the second of which carries it out. */
export async function byTwoKeys(
  { ledger }: EmptyLedger,
  call: Call,
  proposer: HardhatEthersSigner,
  confirmer: HardhatEthersSigner,
): Promise<void> {
  await expect(call(ledger.connect(proposer))).to.emit(ledger, 'Proposed')
  await expect(call(ledger.connect(confirmer))).to.emit(ledger, 'Confirmed')
}

/** Expects a refusal by its name and with its values. */
export async function expectRefusal(
  { ledger }: EmptyLedger,
  attempt: Promise<unknown>,
  error: string,
  ...values: readonly unknown[]
): Promise<void> {
  await expect(attempt, error)
    .to.be.revertedWithCustomError(ledger, error)
    .withArgs(...values)
}

/** A body of a region whose characters 3–8 are the six digits; `place` tells bodies of one region apart. */
export function bodyOf(region: number | string, place: number): string {
  const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY'
  const weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]
  const body = `11${region}${String(place).padStart(9, '0')}`
  const sum = weights.reduce((total, weight, i) => total + weight * alphabet.indexOf(body[i] ?? ''), 0)
  return uscc(body + alphabet[(31 - (sum % 31)) % 31])
}

/** Code of a call that names no successor among agencies. */
export const NO_AGENCY: string = `0x${'00'.repeat(18)}`
