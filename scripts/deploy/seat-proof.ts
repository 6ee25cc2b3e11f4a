/** Proof that every province holds its own seat, by an admin who showed its key by taking it, and that nobody waits for one. */
import { PROVINCES } from '@hefu/protocol'
import { Contract, type Provider, ZeroAddress } from 'ethers'
import { readArtifact } from './artifact.ts'
import { type Deployment, LEAST_SEATS, LEDGER_INTERFACE, SEATS } from './deployment-plan.ts'
import { readLogs } from './event-log.ts'
import { type ProofLine, prove, proveFound, type Sentence } from './proof-line.ts'

/** Active, and closed for anchors alone: provinces that vote. */
const VOTING = [1n, 4n]
/** A holder of codes that is no province. */
const MINISTRIES = '100000'
/** A time that every name in force has begun by (Unix seconds): the last that the ledger's 40 bits hold. */
const LATEST = 2n ** 40n - 1n

/** Accounts that must not sit for a province. */
export type Outsiders = ReadonlyMap<string, Sentence>

/** The provinces that were ever admitted, by code. */
export async function readProvinces(
  provider: Provider,
  { ledger, deploymentBlock }: Deployment,
): Promise<readonly bigint[]> {
  const events = readArtifact(LEDGER_INTERFACE).abi
  const topic = events.getEvent('RegionAdmitted')?.topicHash ?? ''
  const logs = await readLogs(provider, { address: ledger, topic }, deploymentBlock)
  return [...new Set(logs.map((log): bigint => events.parseLog(log)?.args['region']))]
}

export interface SeatQuestion {
  readonly deployment: Deployment
  readonly outsiders: Outsiders
  /** Whether the powers went over: who came and went since then was the council's and the provinces' own doing. */
  readonly isHandedOver: boolean
}

/** A line for each province, one for whose none of them is, one for all seats together. */
export async function proveSeats(
  provider: Provider,
  { deployment, outsiders, isHandedOver }: SeatQuestion,
): Promise<readonly ProofLine[]> {
  const ledger = new Contract(deployment.ledger, readArtifact(LEDGER_INTERFACE).abi, provider)
  const seats = new Contract(deployment.seats, readArtifact(SEATS).abi, provider)
  const provinces = await readProvinces(provider, deployment)
  const contracts = { ledger, seats, isHandedOver }
  const lines: ProofLine[] = []
  for (const province of provinces) lines.push(await proveSeat(contracts, province))
  return [...lines, await proveOfTheirOwn(ledger, provinces, outsiders), await proveSeated(seats, provinces)]
}

interface SeatContracts {
  readonly ledger: Contract
  readonly seats: Contract
  readonly isHandedOver: boolean
}

function proveSeat({ ledger, seats, isHandedOver }: SeatContracts, province: bigint): Promise<ProofLine> {
  return proveFound(seatClaim({ zh: `${province}`, en: `${province}` }, '?', undefined), async () => {
    const { admin, status }: { admin: string; status: bigint } = await ledger.getFunction('region')(province)
    const lines: string = await ledger.getFunction('regionNameAt')(province, LATEST)
    const seat: string = await seats.getFunction('seatOf')(province)
    const { candidate }: { candidate: string } = await ledger.getFunction('nominatedRegionAdmin')(province)
    const { account: former }: { account: string } = await ledger.getFunction('formerRegionAdmin')(province)
    const isVoting = VOTING.includes(status)
    return {
      ...withFormer(seatClaim(spell(province, lines), admin, isVoting), former),
      defects: [
        ...(isVoting ? officeDefects(admin) : []),
        ...formerDefects(former, isHandedOver),
        ...seatDefects(seat, isVoting ? admin : ZeroAddress),
        ...nominationDefects(candidate),
        ...(isVoting ? codeDefects(`${province}`) : []),
      ],
    }
  })
}

/** The code, and the name in each language that has one. */
function spell(province: bigint, lines: string): Sentence {
  const [zh = '', en = ''] = lines.split('\n')
  return { zh: `${province} ${zh}`, en: `${province} ${en}`.trimEnd() }
}

/** Whose accounts they are, no chain can tell: name and account are printed for each province to look at. */
function seatClaim({ zh, en }: Sentence, admin: string, isVoting: boolean | undefined): Sentence {
  if (isVoting === false) {
    return {
      zh: `${zh} 未生效（管理账户 ${admin}），席位空缺，只有理事会可以恢复；没有待接受的提名`,
      en: `${en} is not active (its admin is ${admin}), its seat is empty, and the council alone may resume it; no nomination waits`,
    }
  }
  return {
    zh: `${zh} 的席位由其现任管理账户 ${admin} 亲自就任；没有待接受的提名`,
    en: `the seat of ${en} was taken by its admin ${admin} itself; no nomination waits`,
  }
}

/** Who could be put back without a word of the province is told beside who is in office. */
function withFormer(claim: Sentence, former: string): Sentence {
  if (former === ZeroAddress) return claim
  return {
    zh: `${claim.zh}；可交还给前任 ${former}`,
    en: `${claim.en}; the office could go back to ${former}, who held it before`,
  }
}

/** An empty office has no key that could have been proven: that its seat is as empty says nothing for it. */
function officeDefects(admin: string): readonly Sentence[] {
  if (admin !== ZeroAddress) return []
  return [
    {
      zh: '管理账户空缺；请提名一个账户并由其接受、就任',
      en: 'nobody is its admin: nominate an account, which accepts and takes the seat',
    },
  ]
}

/** Whom the deployer once put in office would be seated by one call of its superior, and never showed its key. */
function formerDefects(former: string, isHandedOver: boolean): readonly Sentence[] {
  if (former === ZeroAddress || isHandedOver) return []
  return [
    {
      zh: `移交之前，职务仍可交还给 ${former}；其离任满六十日后再移交`,
      en: `before the hand-over the office could still go back to ${former}: hand over once it left sixty days ago`,
    },
  ]
}

function codeDefects(code: string): readonly Sentence[] {
  if (code in PROVINCES && code !== MINISTRIES) return []
  return [
    {
      zh: '不是省级行政区划代码（GB/T 2260）；请先暂停（hefu-council suspend-region）',
      en: 'it is no province of GB/T 2260: suspend it first (hefu-council suspend-region)',
    },
  ]
}

function seatDefects(seat: string, entitled: string): readonly Sentence[] {
  if (seat === entitled) return []
  if (seat === ZeroAddress) {
    return [
      {
        zh: `${entitled} 尚未就任；请该省以此账户运行 take-seat`,
        en: `${entitled} has not taken it, so never proved that it holds its key: it runs take-seat`,
      },
    ]
  }
  return [
    {
      zh: `席位上是 ${seat}；请现任管理账户运行 take-seat`,
      en: `${seat} sits there: its admin runs take-seat`,
    },
  ]
}

function nominationDefects(nominated: string): readonly Sentence[] {
  if (nominated === ZeroAddress) return []
  return [
    {
      zh: `对 ${nominated} 的提名尚未撤去；请由提名的一方运行 nominate-admin 代码 none（hefu-council 或 hefu-region），或待其接受`,
      en: `a nomination of ${nominated} is not taken back: who made it runs nominate-admin CODE none (hefu-council or hefu-region), or the account accepts`,
    },
  ]
}

/** Of a keeper, or of a contract in whose name others call, one key would be two: the province’s and its own. */
function proveOfTheirOwn(
  ledger: Contract,
  provinces: readonly bigint[],
  outsiders: Outsiders,
): Promise<ProofLine> {
  const claim = {
    zh: '没有一省的管理账户是部署者、保管者或本次部署的合约',
    en: 'no admin of a province is the deployer, a keeper or a contract of the deployment',
  }
  return prove(claim, async () => {
    const defects: Sentence[] = []
    for (const province of provinces) {
      const { admin }: { admin: string } = await ledger.getFunction('region')(province)
      defects.push(...outsiderDefects(province, admin, outsiders))
    }
    return defects
  })
}

function outsiderDefects(province: bigint, admin: string, outsiders: Outsiders): readonly Sentence[] {
  const who = outsiders.get(admin)
  if (who === undefined) return []
  return [
    {
      zh: `${province} 的管理账户 ${admin} 是${who.zh}；请换用该省自己的账户`,
      en: `the admin ${admin} of ${province} is ${who.en}: it takes an account of its own`,
    },
  ]
}

/** Of too few seats one key or two would be the council. */
function proveSeated(seats: Contract, provinces: readonly bigint[]): Promise<ProofLine> {
  const claim = {
    zh: `理事会至少有 ${LEAST_SEATS} 席就任，且都属于已接纳的省份`,
    en: `the council has at least ${LEAST_SEATS} seats taken, of admitted provinces alone`,
  }
  return proveFound(claim, async () => {
    const seated: readonly bigint[] = await seats.getFunction('seated')()
    const strangers = seated.filter((region) => !provinces.includes(region))
    return {
      zh: `${claim.zh}（现有 ${seated.length} 席）`,
      en: `${claim.en} (there are ${seated.length})`,
      defects: [
        ...countDefects(seated.length),
        ...strangers.map((region) => ({
          zh: `节点没有给出接纳 ${region} 的事件`,
          en: `the node tells no event by which ${region} was admitted`,
        })),
      ],
    }
  })
}

function countDefects(seated: number): readonly Sentence[] {
  if (seated === 0)
    return [
      {
        zh: '没有任何省份就任；请先接纳（hefu-council admit），并由各省就任（take-seat）',
        en: 'no active province has a seat in the council yet: admit them (hefu-council admit), and each takes its seat (take-seat)',
      },
    ]
  if (seated >= LEAST_SEATS) return []
  return [
    {
      zh: `就任的省份太少：${seated}；请再接纳（hefu-council admit）并由其就任（take-seat）`,
      en: `too few active provinces have a seat: ${seated}; admit more (hefu-council admit), and each takes its seat (take-seat)`,
    },
  ]
}
