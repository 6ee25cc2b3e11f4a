/** Proof, by a replay of every event, that ledger, rulebook and registry were handed over as empty as they were made. */
import { getAddress, type Provider } from 'ethers'
import { type Deployment, LEDGER_CODE, RESTRICTED } from './deployment-plan.ts'
import { assertTold, type EventPlace, isBefore, readEvents, type ToldEvent } from './event-log.ts'
import { describeEvent } from './event-words.ts'
import { blockOfCode } from './first-block.ts'
import { proveOpening } from './opening-proof.ts'
import { type Defect, type ProofLine, prove } from './proof-line.ts'
import { contradictions, type KeptContract, TOPICS, undoingOf } from './untouched.ts'
import { proveLedgersTold, proveRegionsTold, type ReadTold } from './withheld-proof.ts'

/** Named in a line; how many more there are is said. */
const MOST_NAMED = 5

/**
 * A line for the record, for each contract one for its authority and one for each of its topics, one for the first
 * ledger's opening, two for what is withheld.
 */
export async function proveContents(
  provider: Provider,
  deployment: Deployment,
  handedOver: EventPlace | undefined,
): Promise<readonly ProofLine[]> {
  // One block for all: what comes while the events are read is in neither them nor the state that they are held against.
  const block = await provider.getBlockNumber()
  const read: Readonly<Record<KeptContract, ReadTold>> = {
    ledger: readerOf(provider, deployment, 'ledger', block),
    rulebook: readerOf(provider, deployment, 'rulebook', block),
    registry: readerOf(provider, deployment, 'registry', block),
  }
  const lines = [await proveBlock(provider, deployment)]
  for (const contract of Object.keys(TOPICS) as KeptContract[]) {
    lines.push(await proveAuthority(deployment, contract, read[contract]))
    lines.push(...(await proveTopics(contract, handedOver, read[contract])))
  }
  return [
    ...lines,
    await proveOpening(provider, deployment, handedOver, read.registry),
    await proveRegionsTold(provider, deployment, block, read.ledger),
    await proveLedgersTold(provider, deployment, block, read.registry),
  ]
}

/** Readers of the ledger begin at the recorded block: what is older they would not see. */
function proveBlock(provider: Provider, { ledger, deploymentBlock }: Deployment): Promise<ProofLine> {
  const claim = {
    zh: `互认链合约部署于记录的区块 ${deploymentBlock}`,
    en: `the ledger stands since the recorded block ${deploymentBlock}`,
  }
  return prove(claim, async () => {
    const found = await blockOfCode(provider, ledger)
    return found === deploymentBlock
      ? []
      : [
          {
            zh: `实为 ${found}；请改正部署记录中的 deploymentBlock`,
            en: `it is ${found}: correct deploymentBlock in the record`,
          },
        ]
  })
}

/** The events of a contract up to a block, read once, and again when that failed. */
function readerOf(
  provider: Provider,
  deployment: Deployment,
  contract: KeptContract,
  block: number,
): ReadTold {
  const artifacts = contract === 'ledger' ? [RESTRICTED.ledger, LEDGER_CODE] : [RESTRICTED[contract]]
  let known: readonly ToldEvent[] | undefined
  return async () => {
    known ??= await readEvents(provider, deployment[contract], artifacts, block)
    assertTold(deployment[contract], known)
    return known
  }
}

async function proveTopics(
  contract: KeptContract,
  handedOver: EventPlace | undefined,
  readTold: ReadTold,
): Promise<readonly ProofLine[]> {
  const lines: ProofLine[] = []
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
  readTold: ReadTold,
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

function describe(events: readonly ToldEvent[]): readonly Defect[] {
  const named = events.slice(0, MOST_NAMED).map(describeDefect)
  const rest = events.slice(MOST_NAMED)
  if (rest.length === 0) return named
  const isFinal = rest.some((event) => undoingOf(event) === undefined)
  return [...named, { zh: `另有 ${rest.length} 项`, en: `and ${rest.length} more`, isFinal }]
}

function describeDefect(event: ToldEvent): Defect {
  const { zh, en } = describeEvent(event)
  const undoing = undoingOf(event)
  if (undoing === undefined) return { zh, en, isFinal: true }
  return { zh: `${zh}；${undoing.zh}`, en: `${en}; ${undoing.en}`, isFinal: false }
}
