/** What becomes of the rules in a history in which every fact of a verification became something: two editions. */
import type { JsonRpcProvider } from 'ethers'
import {
  APPROVAL,
  type Approval,
  type Demand,
  GUANGDONG,
  HUNAN,
  itemCode,
  type LicenceTypeRules,
  RULES,
  type Rulebook,
  rootOf,
  SAFETY_MANAGER,
  SPECIAL_OPERATION,
  TERM_OPEN,
} from './ledger-fixture.ts'
import { passTime } from './pass-time.ts'

export const SICHUAN = 510000
export const CHANGSHA = 430100
export const FURONG = 430102

export const ITEM: string = itemCode('SX-0001')
export const FIELDS: readonly string[] = ['employer\nname\nvalidUntil\nworkCategory', 'name']
/** The first shorter than a slot, the second longer. */
export const APPROVALS: readonly Approval[] = [
  APPROVAL,
  { number: '粤政务函〔2026〕13号（关于不予认可的补充通知）', documentDigest: rootOf(99) },
]
export const REFUSED = { issuing: HUNAN, licenceType: SAFETY_MANAGER, item: itemCode('') }
/** The older stands, the newer is over. */
export const AGREEMENTS = [1n, 2n] as const

const SECOND_RULES: LicenceTypeRules = {
  ...RULES,
  schemaDigest: rootOf(98),
  validityMonths: 60,
  reviewMonths: 12,
}
const ONE_DAY = 86_400

/** The rulebook as each of them calls it. */
export type RuleMakers = Readonly<
  Record<'council' | 'hunan' | 'guangdong' | 'sichuan' | 'changsha' | 'furong', Rulebook>
>
/** An agency of the county, and one of the province. */
export interface Responsible {
  readonly county: string
  readonly province: string
}

export async function makeRules(
  provider: JsonRpcProvider,
  by: RuleMakers,
  { county, province }: Responsible,
): Promise<void> {
  await wait(by.council.registerLicenceType(SAFETY_MANAGER, RULES))
  await wait(by.council.registerLicenceType(SPECIAL_OPERATION, RULES))
  await wait(by.council.registerServiceItem(ITEM, demandsOf(FIELDS[0])))
  await wait(by.council.setBaseline(SAFETY_MANAGER, 0, TERM_OPEN))
  await wait(by.hunan.delegateType(CHANGSHA, SAFETY_MANAGER, 0, TERM_OPEN))
  await wait(by.changsha.delegateType(FURONG, SAFETY_MANAGER, 0, TERM_OPEN))
  await wait(by.furong.assignResponsibility(county, SAFETY_MANAGER, 0, TERM_OPEN))
  await wait(by.hunan.assignResponsibility(province, SAFETY_MANAGER, 0, TERM_OPEN))
  await wait(by.guangdong.enterNegative(GUANGDONG, REFUSED, 0, TERM_OPEN, at(APPROVALS, 0)))
  const now = (await provider.getBlock('latest'))?.timestamp ?? 0
  for (const until of [TERM_OPEN, now + ONE_DAY]) {
    const draft = { partners: [HUNAN], licenceTypes: [SPECIAL_OPERATION], from: 0, until, noticeSeconds: 0 }
    await wait(by.sichuan.proposeAgreement(SICHUAN, draft))
    await wait(by.hunan.joinAgreement(await by.hunan.agreementCount(), HUNAN))
  }
}

/** Everything once more: what stood ends, and begins anew a minute later. */
export async function changeRules(
  provider: JsonRpcProvider,
  by: RuleMakers,
  { county }: Responsible,
): Promise<void> {
  const end = ((await provider.getBlock('latest'))?.timestamp ?? 0) + 30
  await wait(by.council.endBaseline(SAFETY_MANAGER, end))
  await wait(by.furong.endResponsibility(county, SAFETY_MANAGER, end))
  await wait(by.changsha.endTypeDelegation(FURONG, SAFETY_MANAGER, end))
  await wait(by.guangdong.endNegative(GUANGDONG, REFUSED, end))
  await passTime(provider, 60)
  await wait(by.council.amendLicenceType(SAFETY_MANAGER, SECOND_RULES))
  await wait(by.council.amendServiceItem(ITEM, demandsOf(FIELDS[1])))
  await wait(by.council.setBaseline(SAFETY_MANAGER, 0, TERM_OPEN))
  await wait(by.changsha.delegateType(FURONG, SAFETY_MANAGER, 0, TERM_OPEN))
  await wait(by.furong.assignResponsibility(county, SAFETY_MANAGER, 0, TERM_OPEN))
  await wait(by.guangdong.enterNegative(GUANGDONG, REFUSED, 0, TERM_OPEN, at(APPROVALS, 1)))
}

function demandsOf(fields = ''): Demand[] {
  return [{ licenceType: SAFETY_MANAGER, fields: Buffer.from(fields) }]
}

function at<Value>(values: readonly Value[], place: number): Value {
  const value = values[place]
  if (value === undefined) throw new Error(`nothing at ${place}`)
  return value
}

async function wait(sent: ReturnType<Rulebook['setBaseline']>): Promise<void> {
  await (await sent).wait()
}
