/** Proof that a node withholds no event of what the state counts: what was entered leaves a trace in both. */
import { Contract, type Provider } from 'ethers'
import { readArtifact } from './artifact.ts'
import { type Deployment, LEDGER_INTERFACE, RESTRICTED } from './deployment-plan.ts'
import type { ToldEvent } from './event-log.ts'
import { type ProofLine, prove, type Sentence } from './proof-line.ts'

/** All events that one contract told. */
export type ReadTold = () => Promise<readonly ToldEvent[]>

interface RegionState {
  readonly status: bigint
  readonly pausedUntil: bigint
  readonly members: bigint
}

/** A trace in the state of a region, and the events of which one must have left it. */
interface Trace {
  readonly isLeft: (region: RegionState) => boolean
  readonly by: readonly string[]
}

/** Standings of a region, by the ledger's number. */
const RETIRED = 3n
const CLOSED = [4n, 5n]

const TRACES: readonly Trace[] = [
  { isLeft: ({ members }) => members > 0n, by: ['RegionAccredited', 'AgencyAccredited', 'AgencyMoved'] },
  { isLeft: ({ pausedUntil }) => pausedUntil > 0n, by: ['RegionPaused'] },
  { isLeft: ({ status }) => CLOSED.includes(status), by: ['RegionClosedForAnchors'] },
  { isLeft: ({ status }) => status === RETIRED, by: ['RegionRetired'] },
]

/** What a province holds, and whether it is paused, closed or retired, is told by an event as well. */
export function proveProvincesTold(
  provider: Provider,
  { ledger }: Deployment,
  readTold: ReadTold,
): Promise<ProofLine> {
  const claim = {
    zh: '账本状态中各省的成员数、暂停、停止存证和撤销均有事件可查',
    en: 'what the ledger’s state tells of each province (members, pause, closing, retirement) is told by events too',
  }
  return prove(claim, async () => {
    const told = await readTold()
    const contract = new Contract(ledger, readArtifact(LEDGER_INTERFACE).abi, provider)
    const names = new Set(told.map(({ name }) => name))
    const defects: Sentence[] = []
    for (const { args } of told.filter(({ name }) => name === 'RegionAdmitted')) {
      const region: RegionState = await contract.getFunction('region')(args[0])
      const missing = TRACES.filter(({ isLeft, by }) => isLeft(region) && !by.some((name) => names.has(name)))
      defects.push(...missing.map(({ by }) => withheld(`${args[0]}`, by)))
    }
    return defects
  })
}

function withheld(what: string, by: readonly string[]): Sentence {
  return {
    zh: `节点没有给出 ${what} 的事件（${by.join('、')}）`,
    en: `the node tells no event of ${what} (${by.join(', ')})`,
  }
}

/** As many ledgers as were registered, each closed if an event says so. */
export function proveLedgersTold(
  provider: Provider,
  { registry }: Deployment,
  readTold: ReadTold,
): Promise<ProofLine> {
  const claim = {
    zh: '登记册状态中的账本及其关闭均有事件可查',
    en: 'what the registry’s state tells of its ledgers is told by events too',
  }
  return prove(claim, async () => {
    const told = await readTold()
    const contract = new Contract(registry, readArtifact(RESTRICTED.registry).abi, provider)
    const count = Number(await contract.getFunction('ledgerCount')())
    const defects: Sentence[] = []
    for (let number = 1; number <= count; number++) {
      const { closedAt }: { closedAt: bigint } = await contract.getFunction('ledgerAt')(number)
      const due = closedAt === 0n ? ['LedgerRegistered'] : ['LedgerRegistered', 'LedgerClosed']
      const missing = due.filter(
        (event) => !told.some(({ name, args }) => name === event && Number(args[0]) === number),
      )
      if (missing.length > 0) defects.push(withheld(`ledger ${number}`, missing))
    }
    return defects
  })
}
