/** Agencies that have issued: licences for acts, transfers and corrections to work on. */
import type { HardhatEthersSigner } from '@nomicfoundation/hardhat-ethers/types'
import type { ContractTransactionResponse } from 'ethers'
import {
  type ActName,
  chain,
  type Decision,
  decided,
  deployWithAgency,
  type EmptyLedger,
  ethers,
  GUANGDONG,
  HUNAN,
  HUNAN_HOUSING,
  type Ledger,
  type LegalStatus,
  named,
  rootOf,
  StatusAct,
  uscc,
} from './ledger-fixture.ts'

export const DAY = 86_400
export const CHANGSHA = 430100
export const GUANGDONG_HOUSING: string = invented('440000', 1)
export const GUANGDONG_RESOURCES: string = invented('440000', 2)
export const CHANGSHA_HOUSING: string = invented('430100', 1)

/** Credentials that one can go back to, whatever made the chain. */
export const MOST_ORIGINS = 8

/** Indices that each of the agencies has used up. */
export const LICENCES = 10_000

export interface Licences extends EmptyLedger {
  /** Operator of both agencies of Guangdong. */
  receiver: HardhatEthersSigner
  cityAdmin: HardhatEthersSigner
  cityOperator: HardhatEthersSigner
  /** In no office. */
  spare: HardhatEthersSigner
}

/**
 * Hunan's and Guangdong's housing departments, Guangdong's resources department and a bureau of the city of Changsha,
 * each with one batch anchored. Whoever holds an office has held it for eight days.
 */
export async function deployWithLicences(): Promise<Licences> {
  const fixture = await deployWithAgency()
  const [receiver, cityAdmin, cityOperator, spare] = (await ethers.getSigners()).slice(5)
  if (!receiver || !cityAdmin || !cityOperator || !spare) throw new Error('too few accounts')
  const { ledger, hunanAdmin, guangdongAdmin, operator } = fixture
  const asGuangdong = ledger.connect(guangdongAdmin)
  await asGuangdong.accreditAgency(
    GUANGDONG_HOUSING,
    GUANGDONG,
    receiver.address,
    named('广东省住房和城乡建设厅'),
  )
  await asGuangdong.accreditAgency(
    GUANGDONG_RESOURCES,
    GUANGDONG,
    receiver.address,
    named('广东省自然资源厅'),
  )
  await ledger.connect(hunanAdmin).accreditRegion(CHANGSHA, HUNAN, cityAdmin.address, named('长沙市'))
  await ledger
    .connect(cityAdmin)
    .accreditAgency(CHANGSHA_HOUSING, CHANGSHA, cityOperator.address, named('长沙市住房和城乡建设局'))
  const batch = { root: rootOf(1), size: LICENCES }
  await ledger.connect(operator).anchor(HUNAN_HOUSING, 0, batch)
  await ledger.connect(receiver).anchor(GUANGDONG_HOUSING, 0, batch)
  await ledger.connect(receiver).anchor(GUANGDONG_RESOURCES, 0, batch)
  await ledger.connect(cityOperator).anchor(CHANGSHA_HOUSING, 0, batch)
  await chain.time.increase(8 * DAY)
  return { ...fixture, receiver, cityAdmin, cityOperator, spare }
}

/** Enters an act of now on licences of one agency. */
export async function enter(
  as: Ledger,
  issuer: string,
  act: ActName,
  indices: number[],
  more: Partial<Decision> = {},
): Promise<ContractTransactionResponse> {
  return await as.act(issuer, StatusAct[act], indices, await decided(undefined, more))
}

/** Makes the same call by one key and then by another. */
export async function byTwoKeys(
  first: Ledger,
  second: Ledger,
  call: (as: Ledger) => Promise<ContractTransactionResponse>,
): Promise<ContractTransactionResponse> {
  await call(first)
  return await call(second)
}

/** Corrects licences by two keys, as of now. */
export async function correctByTwo(
  first: Ledger,
  second: Ledger,
  issuer: string,
  indices: number[],
  status: (typeof LegalStatus)[keyof typeof LegalStatus],
): Promise<ContractTransactionResponse> {
  const decision = await decided('湘建更〔2026〕1号')
  return await byTwoKeys(first, second, async (as) => await as.correct(issuer, indices, status, decision))
}

/** Transfers a licence out and takes it in. */
export async function transfer(
  origin: { as: Ledger; issuer: string; index: number },
  successor: { as: Ledger; issuer: string; index: number },
): Promise<ContractTransactionResponse> {
  const decision = await decided()
  await origin.as.transferOut(origin.issuer, [origin.index], successor.issuer, decision)
  const { issuer, index } = successor
  return await successor.as.transferIn(
    { issuer, index },
    { issuer: origin.issuer, index: origin.index },
    decision,
  )
}

/** Retires an agency: proposed by the admin of its region, confirmed by the superior. */
export async function retireByTwo(
  admin: Ledger,
  superior: Ledger,
  agency: string,
  successor: string = `0x${'00'.repeat(18)}`,
): Promise<void> {
  await byTwoKeys(admin, superior, async (as) => await as.retireAgency(agency, successor))
}

/** An invented body of a region: GB 32100-2015, the check character computed from the weights as the standard lists them. */
export function invented(region: string, serial: number): string {
  const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY'
  const weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]
  const body = `11${region}${String(serial).padStart(9, '0')}`
  const sum = weights.reduce(
    (total, weight, place) => total + weight * alphabet.indexOf(body.charAt(place)),
    0,
  )
  return uscc(body + alphabet.charAt((31 - (sum % 31)) % 31))
}
