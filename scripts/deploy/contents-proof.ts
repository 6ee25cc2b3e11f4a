/** Proof, by a replay of every event, that ledger, rulebook and registry were handed over as empty as they were made. */
import { getAddress, type Provider } from 'ethers'
import { type Deployment, LEDGER_CODE, RESTRICTED } from './deployment-plan.ts'
import { assertTold, type EventPlace, isBefore, readEvents, type ToldEvent } from './event-log.ts'
import { blockOfCode } from './first-block.ts'
import { type ProofLine, prove, type Sentence } from './proof-line.ts'
import { contradictions, type KeptContract, TOPICS } from './untouched.ts'

/** Named in a line; how many more there are is said. */
const MOST_NAMED = 5

/** A line for the record, and for each contract one for its authority and one for each of its topics. */
export async function proveContents(
  provider: Provider,
  deployment: Deployment,
  handedOver: EventPlace | undefined,
): Promise<readonly ProofLine[]> {
  const lines = [await proveBlock(provider, deployment)]
  for (const contract of Object.keys(TOPICS) as KeptContract[]) {
    lines.push(...(await proveContract(provider, deployment, contract, handedOver)))
  }
  return lines
}

/** Readers of the ledger begin at the recorded block: what is older they would not see. */
function proveBlock(provider: Provider, { ledger, deploymentBlock }: Deployment): Promise<ProofLine> {
  const claim = {
    zh: `账本部署于记录的区块 ${deploymentBlock}`,
    en: `the ledger stands since the recorded block ${deploymentBlock}`,
  }
  return prove(claim, async () => {
    const found = await blockOfCode(provider, ledger)
    return found === deploymentBlock ? [] : [{ zh: `实为 ${found}`, en: `it is ${found}` }]
  })
}

async function proveContract(
  provider: Provider,
  deployment: Deployment,
  contract: KeptContract,
  handedOver: EventPlace | undefined,
): Promise<readonly ProofLine[]> {
  const artifacts = contract === 'ledger' ? [RESTRICTED.ledger, LEDGER_CODE] : [RESTRICTED[contract]]
  let known: readonly ToldEvent[] | undefined
  const readTold = async (): Promise<readonly ToldEvent[]> => {
    known ??= await readEvents(provider, deployment[contract], artifacts)
    assertTold(deployment[contract], known)
    return known
  }
  const lines = [await proveAuthority(deployment, contract, readTold)]
  for (const topic of TOPICS[contract]) {
    const claim = { zh: `移交之前，${topic.zh}`, en: `before the hand-over, ${topic.en}` }
    lines.push(
      await prove(claim, async () => {
        const told = (await readTold()).filter((event) => isBefore(event, handedOver))
        return describe(contradictions(topic, told))
      }),
    )
  }
  return lines
}

/** Under another authority, however short, others had the powers that this access manager knows nothing of. */
function proveAuthority(
  { accessManager }: Deployment,
  contract: KeptContract,
  readTold: () => Promise<readonly ToldEvent[]>,
): Promise<ProofLine> {
  const claim = {
    zh: `${contract} 自始只服从 accessManager`,
    en: `${contract} never answered to another authority`,
  }
  return prove(claim, async () => {
    const told = (await readTold()).filter(({ name }) => name === 'AuthorityUpdated')
    const isFirst = getAddress(told[0]?.args[0]) === getAddress(accessManager)
    return isFirst && told.length === 1 ? [] : describe(told)
  })
}

function describe(events: readonly ToldEvent[]): readonly Sentence[] {
  const named = events.slice(0, MOST_NAMED).map(({ name, args, blockNumber }) => ({
    zh: `区块 ${blockNumber} 有 ${name}(${args.join(', ')})`,
    en: `block ${blockNumber} tells ${name}(${args.join(', ')})`,
  }))
  const more = events.length - named.length
  return more === 0 ? named : [...named, { zh: `另有 ${more} 项`, en: `and ${more} more` }]
}
