/** Proof that every province holds its own seat, by an admin who showed its key by taking it, and that nobody waits for one. */
import { Contract, Interface, type Provider, ZeroAddress } from 'ethers'
import { readArtifact } from './artifact.ts'
import { COUNCIL, type Deployment, LEDGER_INTERFACE, SEATS, type VotingTimes } from './deployment-plan.ts'
import { readLogs } from './event-log.ts'
import { type ProofLine, prove, type Sentence } from './proof-line.ts'

/** Active, and closed for anchors alone: provinces that vote. */
const VOTING = [1n, 4n]

/** Accounts that must not sit for a province. */
export type Outsiders = ReadonlyMap<string, Sentence>

/** The provinces that were ever admitted, by code. */
export async function readProvinces(
  provider: Provider,
  { ledger, deploymentBlock }: Deployment,
): Promise<readonly bigint[]> {
  const events = Interface.from(readArtifact(LEDGER_INTERFACE).abi)
  const topic = events.getEvent('RegionAdmitted')?.topicHash ?? ''
  const logs = await readLogs(provider, { address: ledger, topic }, deploymentBlock)
  return [...new Set(logs.map((log): bigint => events.parseLog(log)?.args['region']))]
}

/** A line for each province, one for all seats together, one for the council's times. */
export async function proveSeats(
  provider: Provider,
  deployment: Deployment,
  outsiders: Outsiders,
  voting: VotingTimes,
): Promise<readonly ProofLine[]> {
  const ledger = new Contract(deployment.ledger, readArtifact(LEDGER_INTERFACE).abi, provider)
  const seats = new Contract(deployment.seats, readArtifact(SEATS).abi, provider)
  const provinces = await readProvinces(provider, deployment)
  const lines: ProofLine[] = []
  for (const province of provinces) lines.push(await proveSeat(ledger, seats, province, outsiders))
  return [...lines, await proveSeated(seats, provinces), await proveTimes(provider, deployment, voting)]
}

function proveSeat(
  ledger: Contract,
  seats: Contract,
  province: bigint,
  outsiders: Outsiders,
): Promise<ProofLine> {
  const claim = {
    zh: `${province} 的席位由其现任管理账户亲自就任，或该省已停用而席位空缺；没有待接受的提名`,
    en: `the seat of ${province} was taken by its admin itself, or is empty for a province that is not active; no nomination waits`,
  }
  return prove(claim, async () => {
    const { admin, status }: { admin: string; status: bigint } = await ledger.getFunction('region')(province)
    const seat: string = await seats.getFunction('seatOf')(province)
    const { candidate }: { candidate: string } = await ledger.getFunction('nominatedRegionAdmin')(province)
    return [
      ...seatDefects(seat, VOTING.includes(status) ? admin : ZeroAddress),
      ...nominationDefects(candidate),
      ...outsiderDefects(admin, outsiders),
    ]
  })
}

function seatDefects(seat: string, entitled: string): readonly Sentence[] {
  if (seat === entitled) return []
  if (seat === ZeroAddress) {
    return [
      {
        zh: `${entitled} 尚未就任`,
        en: `${entitled} has not taken it, so never proved that it holds its key`,
      },
    ]
  }
  return [{ zh: `席位上是 ${seat}`, en: `${seat} sits there` }]
}

function nominationDefects(nominated: string): readonly Sentence[] {
  if (nominated === ZeroAddress) return []
  return [{ zh: `对 ${nominated} 的提名尚未撤去`, en: `a nomination of ${nominated} is not taken back` }]
}

function outsiderDefects(admin: string, outsiders: Outsiders): readonly Sentence[] {
  const who = outsiders.get(admin)
  if (who === undefined) return []
  return [{ zh: `其管理账户 ${admin} 是${who.zh}`, en: `its admin ${admin} is ${who.en}` }]
}

/** Without a seat nobody could ever propose anything again. */
function proveSeated(seats: Contract, provinces: readonly bigint[]): Promise<ProofLine> {
  const claim = {
    zh: '理事会有席位就任，且都属于已接纳的省份',
    en: 'the council has seats taken, of admitted provinces alone',
  }
  return prove(claim, async () => {
    const seated: readonly bigint[] = await seats.getFunction('seated')()
    if (seated.length === 0) {
      return [{ zh: '没有任何省份就任', en: 'no active province has a seat in the council yet' }]
    }
    const strangers = seated.filter((region) => !provinces.includes(region))
    return strangers.map((region) => ({
      zh: `节点没有给出接纳 ${region} 的事件`,
      en: `the node tells no event by which ${region} was admitted`,
    }))
  })
}

function proveTimes(
  provider: Provider,
  { council }: Deployment,
  { delay, period }: VotingTimes,
): Promise<ProofLine> {
  const claim = {
    zh: `理事会提案 ${delay} 秒后开始表决，表决持续 ${period} 秒`,
    en: `the council votes ${delay} s after a proposal, for ${period} s`,
  }
  return prove(claim, async () => {
    const contract = new Contract(council, readArtifact(COUNCIL).abi, provider)
    const found: bigint[] = [
      await contract.getFunction('votingDelay')(),
      await contract.getFunction('votingPeriod')(),
    ]
    if (found[0] === BigInt(delay) && found[1] === BigInt(period)) return []
    return [{ zh: `实为 ${found.join(' 与 ')} 秒`, en: `it is ${found.join(' and ')} s` }]
  })
}
