/**
 * Proof that no vote of before the hand-over can still come to anything. A vote that is over waits without end for who
 * carries it out; who won it may be long gone.
 */
import { durationText } from '@hefu/service'
import { Contract, type Provider } from 'ethers'
import { readArtifact } from './artifact.ts'
import { COUNCIL, type Deployment, MIN_EXECUTION_DELAY, type VotingTimes } from './deployment-plan.ts'
import { assertTold, type EventPlace, isBefore, readEvents, type ToldEvent } from './event-log.ts'
import { type ProofLine, prove, type Sentence } from './proof-line.ts'

/** By the governor's number. */
const STATES: readonly Sentence[] = [
  { zh: '尚未开始表决', en: 'pending' },
  { zh: '正在表决', en: 'active' },
  { zh: '已撤回', en: 'canceled' },
  { zh: '未通过', en: 'defeated' },
  { zh: '已通过', en: 'succeeded' },
  { zh: '已排期', en: 'queued' },
  { zh: '已过期', en: 'expired' },
  { zh: '已执行', en: 'executed' },
]

/** Canceled, defeated, expired. What was executed was done while the council had no powers of its own yet. */
const DEAD = [2, 3, 6]
const EXECUTED = 7

/** A line for the number of proposals, one for each, one for the council's times. */
export async function proveVotes(
  provider: Provider,
  deployment: Deployment,
  voting: VotingTimes,
  handedOver: EventPlace | undefined,
): Promise<readonly ProofLine[]> {
  const council = new Contract(deployment.council, readArtifact(COUNCIL).abi, provider)
  let proposals: readonly ToldEvent[] = []
  const told = await prove(
    {
      zh: '移交之前的理事会提案已逐项重放，均列于下',
      en: 'the council’s proposals of before the hand-over are replayed; each follows',
    },
    async () => {
      const events = await readEvents(provider, deployment.council, [COUNCIL])
      assertTold(deployment.council, events)
      proposals = events.filter((event) => event.name === 'ProposalCreated' && isBefore(event, handedOver))
      return []
    },
  )
  const lines = [told]
  for (const { args } of proposals) lines.push(await proveDead(council, args['proposalId'], args['proposer']))
  return [...lines, await proveTimes(council, voting)]
}

function proveDead(council: Contract, proposal: bigint, proposer: string): Promise<ProofLine> {
  const claim = {
    zh: `${proposer} 的提案 ${proposal} 已了结，未曾执行，也无从执行`,
    en: `the proposal ${proposal} of ${proposer} is over: it was not carried out and cannot be`,
  }
  return prove(claim, async () => {
    const state = Number(await council.getFunction('state')(proposal))
    if (DEAD.includes(state)) return []
    const { zh, en } = STATES[state] ?? { zh: `状态 ${state}`, en: `in the state ${state}` }
    if (state === EXECUTED) return [{ zh, en: `it is ${en}`, isFinal: true }]
    return [
      {
        zh: `${zh}；待其未通过、过期或由提案人撤回后再移交`,
        en: `it is ${en}: wait until it is lost, expired or withdrawn by its proposer`,
      },
    ]
  })
}

function proveTimes(council: Contract, { delay, period }: VotingTimes): Promise<ProofLine> {
  const [after, during, later] = [delay, period, MIN_EXECUTION_DELAY].map((seconds) => durationText(seconds))
  const claim = {
    zh: `理事会提案 ${after?.zh}后开始表决，表决持续 ${during?.zh}，决定 ${later?.zh}后方可执行，有一席即可提案`,
    en: `the council votes ${after?.en} after a proposal, for ${during?.en}, acts ${later?.en} later, and hears every seat`,
  }
  return prove(claim, async () => {
    const getters = ['votingDelay', 'votingPeriod', 'baseDelaySeconds', 'proposalThreshold']
    const found: bigint[] = []
    for (const getter of getters) found.push(await council.getFunction(getter)())
    const planned = [delay, period, MIN_EXECUTION_DELAY, 1].map(BigInt)
    return getters.flatMap((getter, place) => {
      if (found[place] === planned[place]) return []
      return [
        {
          zh: `其 ${getter} 实为 ${found[place]}`,
          en: `its ${getter} is ${found[place]}, not ${planned[place]}`,
        },
      ]
    })
  })
}
