/** Proof that a node withholds no event of what the state counts: what was entered leaves a trace in both. */
import { Contract, type Provider } from 'ethers'
import { readArtifact } from './artifact.ts'
import { type Deployment, LEDGER_INTERFACE, RESTRICTED } from './deployment-plan.ts'
import type { ToldEvent } from './event-log.ts'
import { type MemberPlaces, placeMembers } from './member-places.ts'
import { type ProofLine, prove, type Sentence } from './proof-line.ts'

/** All events that one contract told, up to one block. */
export type ReadTold = () => Promise<readonly ToldEvent[]>

interface RegionState {
  readonly status: bigint
  readonly pausedUntil: bigint
  readonly members: bigint
}

/** A trace in the state of a region, and the events of which one, of that region, must have left it. */
interface Trace {
  readonly isLeft: (region: RegionState) => boolean
  readonly by: readonly string[]
}

/** Standings of a region, by the ledger's number. */
const RETIRED = 3n
const CLOSED = [4n, 5n]

const TRACES: readonly Trace[] = [
  { isLeft: ({ pausedUntil }) => pausedUntil > 0n, by: ['RegionPaused'] },
  // A region that is reinstated is closed until its superior opens it.
  {
    isLeft: ({ status }) => CLOSED.includes(status),
    by: ['RegionClosedForAnchors', 'RegionReinstated'],
  },
  { isLeft: ({ status }) => status === RETIRED, by: ['RegionRetired'] },
]

/**
 * What each region holds, and whether it is paused, closed or retired, is told by events of its own as well: not of
 * the provinces alone, for what one of them was entered with may have been moved below another since.
 *
 * @param block of the state; the events are told up to it
 */
export function proveRegionsTold(
  provider: Provider,
  { ledger }: Pick<Deployment, 'ledger'>,
  block: number,
  readTold: ReadTold,
): Promise<ProofLine> {
  const claim = {
    zh: '互认链状态中各区划的成员数、暂停、停止存证和撤销均与事件相符',
    en: 'what the ledger’s state tells of each region (members, pause, closing, retirement) is what the events tell',
  }
  return prove(claim, async () => {
    const told = await readTold()
    const contract = new Contract(ledger, readArtifact(LEDGER_INTERFACE).abi, provider)
    const counts = await countMembers(contract, block, placeMembers(told))
    const defects: Sentence[] = []
    for (const [region, count] of counts) {
      const state: RegionState = await contract.getFunction('region')(region, { blockTag: block })
      const missing = TRACES.filter(
        ({ isLeft, by }) => isLeft(state) && lastOf(told, by, region) === undefined,
      )
      defects.push(...missing.map(({ by }) => withheld(`${region}`, by)))
      if (Number(state.members) !== count) defects.push(miscounted(region, state.members, count))
    }
    return defects
  })
}

/** How many members each region has that an event brought in. */
async function countMembers(
  ledger: Contract,
  block: number,
  members: MemberPlaces,
): Promise<ReadonlyMap<bigint, number>> {
  const counts = new Map<bigint, number>()
  for (const code of members.keys()) if (typeof code === 'bigint') counts.set(code, 0)
  for (const [code, { place, isRetired }] of members) {
    if (isRetired) continue
    const region: bigint = place ?? (await ledger.getFunction('agency')(code, { blockTag: block })).region
    const count = counts.get(region)
    if (count !== undefined) counts.set(region, count + 1)
  }
  return counts
}

function miscounted(region: bigint, members: bigint, told: number): Sentence {
  return {
    zh: `${region} 的成员数为 ${members}，而节点给出的事件中为 ${told}`,
    en: `${region} has ${members} members, and ${told} by the events that the node tells`,
  }
}

function withheld(what: string, by: readonly string[]): Sentence {
  return {
    zh: `节点没有给出 ${what} 的事件（${by.join('、')}）；请换一个节点再做`,
    en: `the node tells no event of ${what} (${by.join(', ')}): take another node`,
  }
}

/** The last event of one of the names that was told of a region or a ledger, which their first argument is. */
export function lastOf(
  told: readonly ToldEvent[],
  names: readonly string[],
  what: bigint,
): ToldEvent | undefined {
  return told.findLast(({ name, args }) => names.includes(name) && args[0] === what)
}

interface LedgerState {
  readonly openedAt: bigint
  readonly closedAt: bigint
}

/**
 * As many ledgers as were registered, each open and closed as the last event says.
 *
 * @param block of the state; the events are told up to it
 */
export function proveLedgersTold(
  provider: Provider,
  { registry }: Pick<Deployment, 'registry'>,
  block: number,
  readTold: ReadTold,
): Promise<ProofLine> {
  const claim = {
    zh: '登记簿状态中的互认链合约及其开放、关闭均与事件相符',
    en: 'what the registry’s state tells of its ledgers (opening, closing) is what the events tell',
  }
  return prove(claim, async () => {
    const told = await readTold()
    const contract = new Contract(registry, readArtifact(RESTRICTED.registry).abi, provider)
    const count = Number(await contract.getFunction('ledgerCount')({ blockTag: block }))
    const defects: Sentence[] = []
    for (let number = 1; number <= count; number++) {
      const state: LedgerState = await contract.getFunction('ledgerAt')(number, { blockTag: block })
      const missing = missingOf(BigInt(number), state, told)
      if (missing.length > 0) defects.push(withheld(`ledger ${number}`, missing))
    }
    return defects
  })
}

/** Names of the events that would have told what the state has. */
function missingOf(
  number: bigint,
  { openedAt, closedAt }: LedgerState,
  told: readonly ToldEvent[],
): readonly string[] {
  const opening = lastOf(told, ['LedgerRegistered'], number)
  const closing = lastOf(told, ['LedgerClosed', 'LedgerReopened'], number)
  // A reopening tells no time, and leaves none.
  const toldClosing: bigint = closing?.args['closedAt'] ?? 0n
  return [
    ...(opening?.args['openedAt'] === openedAt ? [] : ['LedgerRegistered']),
    ...(toldClosing === closedAt ? [] : [closedAt === 0n ? 'LedgerReopened' : 'LedgerClosed']),
  ]
}
