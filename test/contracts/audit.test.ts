/** Storage holds what the events of any history tell, and nothing of it otherwise: by proofs of every fact. */
import {
  type AuditReport,
  audit,
  connectProofReader,
  createAuditSubject,
  readToldState,
  type ToldState,
} from '@hefu/ledger/audit'
import {
  type BlockHeader,
  type Change,
  connectNodes,
  FactLayer,
  type Facts,
  type Tables,
} from '@hefu/ledger/replica'
import type { Hex } from '@hefu/protocol'
import { expect } from 'chai'
import { after, before, describe, it } from 'mocha'
import { nowSeconds } from '../../scripts/sandbox/founded-sandbox.ts'
import { type BridgedChain, bridgeChain } from './bridged-chain.ts'
import { ethers, type Rulebook } from './ledger-fixture.ts'
import { createUnruledWorld } from './one-key-world.ts'
import { createRandom, ledgerSteps, live } from './random-history.ts'
import { admitNeighbours, anotherRulebook, openCatalogues, ruleSteps } from './random-rules.ts'

const STEPS = 400
const RULEBOOKS = 2

describe('Audit of a random history', () => {
  let bridge: BridgedChain
  let network: Parameters<typeof readToldState>[0]
  let block: BlockHeader
  let told: ToldState

  before(async function () {
    this.timeout(180_000)
    const world = await createUnruledWorld()
    await admitNeighbours(world)
    const rulebooks: Rulebook[] = [world.rulebook]
    while (rulebooks.length < RULEBOOKS) rulebooks.push(await anotherRulebook(world))
    await openCatalogues(world, rulebooks)
    const random = createRandom(23)
    await live({ ...ledgerSteps(world, random), ...ruleSteps(world, rulebooks, random) }, random, STEPS)
    bridge = await bridgeChain()
    const chainId = Number((await ethers.provider.getNetwork()).chainId)
    const ledger = (await world.ledger.getAddress()).toLowerCase() as Hex
    network = { rpcUrl: bridge.rpcUrl, chainId, ledger, deploymentBlock: 0, finality: 0, engine: 'ethereum' }
    // This node has no receipts by block, and says so in words of its own: its logs are believed.
    const { engine: _, ...unheld } = network
    const reader = connectNodes(unheld, { clock: nowSeconds })
    block = await reader.newest()
    told = await readToldState(network, reader, block.number)
  })
  after(() => bridge?.close())

  const run = async (facts: Facts): Promise<AuditReport> =>
    audit(
      network,
      connectProofReader(network),
      await createAuditSubject(facts, told, network.ledger),
      block,
      {
        seed: 5,
        mostNamed: Number.MAX_SAFE_INTEGER,
      },
    )

  /** The facts with others in their places. */
  function otherwise(changes: readonly Change[]): Facts {
    const facts = new FactLayer(told.facts)
    for (const change of changes) facts.put(change)
    return facts
  }

  /** Keys of a table that have a fact. */
  const keysOf = (table: keyof Tables): readonly string[] =>
    told.facts.keysOf(table, null, 10_000).filter((key) => {
      const fact: unknown = told.facts.find(table, key)
      return fact !== null && !(Array.isArray(fact) && fact.length === 0)
    })

  const put = (table: keyof Tables, key: string, fact: unknown): Change =>
    ({ table, key, fact }) as unknown as Change

  /** The kinds and keys that were named. */
  const namedIn = ({ named }: AuditReport): readonly string[] => [
    ...new Set(named.map(({ kind, key }) => `${kind} ${key}`)),
  ]

  it('finds every fact of every kind in storage, as it was told', async function () {
    this.timeout(120_000)
    const { named, differences, compared, slots } = await run(told.facts)
    expect(named).to.deep.equal([])
    expect(differences).to.equal(0)
    for (const [kind, { of, facts }] of Object.entries(compared)) {
      expect(of, kind).to.be.above(0)
      expect(facts, kind).to.equal(kind === 'someLicences' ? Math.min(of, 200) : of)
    }
    expect(slots).to.be.above(500)
  })

  it('names whatever is altered, and nothing else', async function () {
    this.timeout(120_000)
    const changes = TABLES.map(([table, , alter]) => {
      const [key = ''] = keysOf(table).slice(-1)
      return put(table, key, alter(told.facts.find(table, key) as never))
    })
    const report = await run(otherwise(changes))
    const expected = TABLES.map(([, kind], at) => `${kind} ${(changes[at] as Change).key}`)
    expect(namedIn(report)).to.have.members([...new Set(expected)])
    for (const { told: said, stored } of report.named) expect(said).not.to.equal(stored)
  })

  it('names whatever is missing', async function () {
    this.timeout(120_000)
    const changes = TABLES.map(([table]) => put(table, keysOf(table)[0] ?? '', null))
    const named = namedIn(await run(otherwise(changes)))
    for (const [at, [table, kind]] of TABLES.entries())
      expect(named, table).to.include(`${kind} ${(changes[at] as Change).key}`)
  })

  it('names whatever is there that no event told of', async function () {
    this.timeout(120_000)
    const changes = TABLES.filter(([table]) => table in INVENTED).map(([table]) => {
      const [key = ''] = keysOf(table)
      return put(table, INVENTED[table]?.(key) ?? '', told.facts.find(table, key))
    })
    const named = namedIn(await run(otherwise(changes)))
    for (const [at, [table, kind]] of TABLES.filter(([name]) => name in INVENTED).entries())
      expect(named, table).to.include(`${kind} ${(changes[at] as Change).key}`)
  })

  it('names acts and notices that were left out, though nothing is otherwise today', async function () {
    this.timeout(120_000)
    const facts = new FactLayer()
    for (const table of Object.keys(ALL_TABLES) as (keyof Tables)[])
      for (const key of keysOf(table)) facts.put(put(table, key, told.facts.find(table, key)))
    const named = namedIn(await run(facts))
    const words = [...told.tally.words.keys()].map((word) => `words ${word}`)
    const noticed = [...told.tally.notices.keys()].map((key) => `licences ${key}`)
    expect(words.length).to.be.above(0)
    expect(noticed.length).to.be.above(0)
    expect(named).to.include.members([...words, ...noticed])
  })
})

type Alter = (fact: never) => unknown

const later = ({ since, ...others }: { since: number }) => ({ ...others, since: since + 1 })
const lastAltered =
  <Entry>(alter: (entry: Entry) => Entry) =>
  (entries: readonly Entry[]) => [...entries.slice(0, -1), ...entries.slice(-1).map(alter)]
const termLater = <Entry extends { term: { from: number } }>({ term, ...others }: Entry) => ({
  ...others,
  term: { ...term, from: term.from + 1 },
})

/** Each table, as what kind it is named, and one thing of it otherwise. */
const TABLES: readonly (readonly [table: keyof Tables, kind: string, alter: Alter])[] = [
  ['regions', 'regions', (fact: Tables['regions']) => ({ ...fact, pausedUntil: fact.pausedUntil + 1 })],
  ['agencies', 'agencies', (fact: Tables['agencies']) => ({ ...fact, since: fact.since + 1 })],
  ['keys', 'keys', (fact: Tables['keys']) => ({ ...fact, validFrom: fact.validFrom + 1 })],
  ['anchors', 'anchors', (fact: Tables['anchors']) => ({ ...fact, blockNumber: fact.blockNumber + 1 })],
  ['successors', 'licences', () => ({ destination: '11430000000000201H' })],
  ['origins', 'licences', (fact: Tables['origins']) => ({ ...fact, depth: fact.depth + 1 })],
  ['rulebooks', 'rulebooks', lastAltered(later as never)],
  ['licenceTypes', 'licenceTypes', lastAltered(later as never)],
  [
    'demands',
    'serviceItems',
    (versions: Tables['demands']) => versions.map(({ since }) => ({ since, fact: otherDemands(versions) })),
  ],
  ['delegations', 'delegations', lastAltered(termLater as never)],
  ['responsibilities', 'responsibilities', lastAltered(termLater as never)],
  ['baseline', 'baseline', lastAltered(termLater as never)],
  ['agreements', 'agreements', termLater as Alter],
  ['bonds', 'bonds', lastAltered(later as never)],
  ['refusals', 'refusals', lastAltered(termLater as never)],
  // By it the records of what waits are looked at.
  ['waiting', 'waiting', (number: Tables['waiting']) => number + 1_000_000],
] as never

/** Complete: a table that the replica has and the audit does not look at does not compile. */
const ALL_TABLES: Readonly<Record<keyof Tables, true>> = {
  deployment: true,
  regions: true,
  agencies: true,
  keys: true,
  anchors: true,
  successors: true,
  origins: true,
  rulebooks: true,
  licenceTypes: true,
  demands: true,
  delegations: true,
  responsibilities: true,
  baseline: true,
  agreements: true,
  bonds: true,
  refusals: true,
  proposals: true,
  nominations: true,
  successions: true,
  waitEnds: true,
  waiting: true,
  waitCounts: true,
  council: true,
  votes: true,
  voices: true,
  voteCourses: true,
  voteNumbers: true,
  voteCount: true,
}

/** Where nothing is. */
const INVENTED: Readonly<Partial<Record<keyof Tables, (key: string) => string>>> = {
  regions: () => '990000',
  agencies: () => '11430000000000999X',
  keys: (key) => key.replace(/..$/, '00'),
  anchors: (key) => key.replace(/..$/, '00'),
  successors: (key) => key.replace(/[0-9]+$/, '4711'),
  origins: (key) => key.replace(/[0-9]+$/, '4711'),
  licenceTypes: (key) => key.replace(/.$/, 'Z'),
  delegations: (key) => key.replace(/.$/, 'Z'),
  responsibilities: (key) => key.replace(/.$/, 'Z'),
  baseline: (key) => key.replace(/.$/, 'Z'),
  agreements: (key) => key.replace(/[0-9]+$/, '4711'),
  bonds: (key) => key.replace(/.$/, 'Z'),
}

function otherDemands(versions: Tables['demands']): Tables['demands'][number]['fact'] {
  const [fact = {}] = versions.map((version) => version.fact)
  return Object.fromEntries(Object.keys(fact).map((code) => [code, ['noSuchField']]))
}
