/** A replica, which knows nothing but what events said, answers every question as the ledger itself does. */
import { createRpcLedgerView } from '@hefu/ledger'
import {
  CompactFacts,
  changesOf,
  createReplicaSource,
  decodeEvent,
  FactLayer,
  type Facts,
  type LedgerEvent,
  UnknownFactError,
} from '@hefu/ledger/replica'
import { gatherFacts, type Hex, type LedgerFacts, type LedgerQuery, type LedgerView } from '@hefu/protocol'
import { expect } from 'chai'
import { after, before, describe, it } from 'mocha'
import { runs } from '../fixtures/test-profile.ts'
import { type BridgedChain, bridgeChain } from './bridged-chain.ts'
import { ethers, type Ledger, type Rulebook, rootOf } from './ledger-fixture.ts'
import { createUnruledWorld, type World } from './one-key-world.ts'
import { AGENCIES, createRandom, INDICES, ledgerSteps, live, pickFrom, ROOTS } from './random-history.ts'
import {
  admitNeighbours,
  anotherRulebook,
  ITEMS,
  KINDS,
  openCatalogues,
  PROVINCES,
  ruleSteps,
} from './random-rules.ts'

const STEPS = runs(1_200, 1_600)
const RULEBOOKS = 2
const QUESTIONS = runs(800, 10_000)

const text = (bytes: string): string => ethers.toUtf8String(bytes).replaceAll('\0', '')

describe('Replica', () => {
  let world: World
  let bridge: BridgedChain
  let view: LedgerView
  let events: LedgerEvent[]
  let facts: FactLayer
  let block: LedgerFacts['block']

  before(async function () {
    this.timeout(180_000)
    world = await createUnruledWorld()
    await admitNeighbours(world)
    const rulebooks: Rulebook[] = [world.rulebook]
    while (rulebooks.length < RULEBOOKS) rulebooks.push(await anotherRulebook(world))
    await openCatalogues(world, rulebooks)
    const random = createRandom(13)
    await live({ ...ledgerSteps(world, random), ...ruleSteps(world, rulebooks, random) }, random, STEPS)
    events = await eventsOf(world.ledger, rulebooks)
    facts = new FactLayer()
    for (const event of events) for (const change of changesOf(facts, event)) facts.put(change)
    const newest = await ethers.provider.getBlock('latest')
    if (newest === null) throw new Error('no block')
    block = { number: newest.number, hash: newest.hash as Hex, time: newest.timestamp }
    bridge = await bridgeChain()
    const chainId = Number((await ethers.provider.getNetwork()).chainId)
    const ledger = (await world.ledger.getAddress()).toLowerCase() as Hex
    view = createRpcLedgerView({ rpcUrl: bridge.rpcUrl, chainId, ledger })
  })
  after(() => bridge?.close())

  const sourceOf = (kept: Facts): ReturnType<typeof createReplicaSource> =>
    createReplicaSource(kept, { ledger: view.ledger, block })

  function questions(seed: number): LedgerQuery[] {
    const random = createRandom(seed)
    const pick = pickFrom(random)
    const keys = events.flatMap((event) => (event.name === 'KeyRegistered' ? [event.args.kid] : []))
    const assigned = events.flatMap((event) => (event.name === 'ResponsibilityAssigned' ? [event.args] : []))
    const times = events.map((event) => event.block.time)
    return Array.from({ length: QUESTIONS }, () => {
      const item = pick(['', ...ITEMS.map(text)])
      // Few agencies are ever responsible for a type: every fourth question is of one that was made so.
      const { agency, licenceType } =
        random(4) === 0 ? pick(assigned) : { agency: pick(AGENCIES), licenceType: pick(KINDS) }
      const at = pick([undefined, pick(times), pick(times) + 1, pick(times) - 1])
      return {
        issuer: text(agency),
        ...(random(3) === 0 ? {} : { root: rootOf(random(ROOTS)) as Hex }),
        keyId: pick(keys),
        statusIndex: random(INDICES),
        licenceType: text(licenceType),
        receivingRegion: String(pick(PROVINCES)),
        ...(item === '' ? {} : { serviceItem: item }),
        ...(at === undefined ? {} : { at }),
      }
    })
  }

  it('answers whatever is asked, of now and of any time, as the ledger does', async function () {
    this.timeout(600_000)
    const source = sourceOf(facts)
    const told = {
      anchors: 0,
      acts: 0,
      origins: 0,
      notices: 0,
      responsibilities: 0,
      rules: new Set<string>(),
    }
    for (const query of questions(3)) {
      const answer = gatherFacts(source, query)
      expect(answer, JSON.stringify(query)).to.deep.equal(await view.lookup(query))
      told.anchors += answer.anchor === null ? 0 : 1
      told.acts += answer.acts.length
      told.origins += answer.origins.length
      told.notices += answer.notices.length
      told.responsibilities += answer.responsibility === null ? 0 : 1
      told.rules.add(answer.recognition.rule)
    }
    const { rules, ...counts } = told
    expect(Math.min(...Object.values(counts)), JSON.stringify(counts)).to.be.above(10)
    expect([...rules]).to.include.members(['same-province', 'baseline', 'agreement', 'negative'])
  })

  it('leaves the facts below as they were, and says the same whether they are one layer or two', () => {
    const middle = Math.floor(events.length / 2)
    const [below, alone] = [new FactLayer(), new FactLayer()]
    for (const event of events.slice(0, middle)) {
      for (const change of changesOf(below, event)) below.put(change)
      for (const change of changesOf(alone, event)) alone.put(change)
    }
    const above = new FactLayer(below)
    for (const event of events.slice(middle)) for (const change of changesOf(above, event)) above.put(change)
    for (const query of questions(5).slice(0, 200)) {
      expect(gatherFacts(sourceOf(below), query)).to.deep.equal(gatherFacts(sourceOf(alone), query))
      expect(gatherFacts(sourceOf(above), query)).to.deep.equal(gatherFacts(sourceOf(facts), query))
    }
  })

  it('says the same whether the facts are in maps or in rows of words', () => {
    const compact = new CompactFacts()
    for (const event of events) for (const change of changesOf(compact, event)) compact.put(change)
    for (const query of questions(7))
      expect(gatherFacts(sourceOf(compact), query)).to.deep.equal(gatherFacts(sourceOf(facts), query))
  })

  it('does not go on where an event was withheld that another stands on', () => {
    const names: LedgerEvent['name'][] = [
      'RegionAdmitted',
      'AgencyAccredited',
      'KeyRegistered',
      'AgreementProposed',
      'LicenceTypeRegistered',
    ]
    for (const name of names) {
      const layer = new FactLayer()
      const follow = (): void => {
        for (const event of events) {
          if (event.name !== name) for (const change of changesOf(layer, event)) layer.put(change)
        }
      }
      expect(follow, name).to.throw(UnknownFactError)
    }
  })
})

/** All of them in the order of the chain; those of a rulebook count from its first one on, whenever it was named. */
async function eventsOf(ledger: Ledger, rulebooks: readonly Rulebook[]): Promise<LedgerEvent[]> {
  const addresses = await Promise.all([ledger, ...rulebooks].map((contract) => contract.getAddress()))
  const logs = await ethers.provider.getLogs({ address: addresses as never, fromBlock: 0, toBlock: 'latest' })
  const times = new Map<number, number>()
  const events: LedgerEvent[] = []
  for (const { blockNumber, address, topics, data } of logs) {
    const time = times.get(blockNumber) ?? (await ethers.provider.getBlock(blockNumber))?.timestamp ?? 0
    times.set(blockNumber, time)
    const log = { address: address.toLowerCase() as Hex, topics: topics as Hex[], data: data as Hex }
    events.push(decodeEvent(log, String(addresses[0]).toLowerCase() as Hex, { number: blockNumber, time }))
  }
  return events
}
