/** Everything the ledger holds can be rebuilt from its events alone: a random history, replayed, against the ledger. */
import { expect } from 'chai'
import { before, describe, it } from 'mocha'
import {
  chain,
  ethers,
  type FormerHolderFacts,
  type Ledger,
  type Rulebook,
  rootOf,
} from './ledger-fixture.ts'
import { createUnruledWorld, type World } from './one-key-world.ts'
import { AGENCIES, createRandom, INDICES, ledgerSteps, live, REGIONS, ROOTS } from './random-history.ts'
import { admitNeighbours, anotherRulebook, openCatalogues, ruleSteps } from './random-rules.ts'
import { APPLY, type Model, NO_AGENCY, replay, returningTo } from './replay-model.ts'
import { APPLY_RULES, replayRules, storedRules } from './replay-rules.ts'
import { packedWord, storedLedger } from './replay-state.ts'
import type { DatedModel } from './replay-terms.ts'
import type { StateProof } from './state-proof.ts'
import { imageOf, type StorageImage, storageRootOf } from './storage-image.ts'
import { readLayout } from './storage-layout.ts'

const STEPS = 1_600
const RULEBOOKS = 3

/** Expects that the storage of a contract is this and nothing else: the root is that of no other. */
async function expectKept(address: string, image: StorageImage): Promise<void> {
  expect(image.size).to.be.greaterThan(50)
  for (const [slot, value] of image) {
    expect(BigInt(await ethers.provider.getStorage(address, slot)), `slot ${slot}`).to.equal(value)
  }
  const { storageHash }: StateProof & { storageHash: string } = await ethers.provider.send('eth_getProof', [
    address,
    [],
    'latest',
  ])
  expect(await storageRootOf(image), 'something is kept that no event tells').to.equal(storageHash)
}

describe('Events', () => {
  let world: World
  let ledger: Ledger
  let rulebooks: Rulebook[]
  let model: Model
  let lawful = 0

  before(async function () {
    this.timeout(120_000)
    world = await createUnruledWorld()
    ledger = world.ledger
    await admitNeighbours(world)
    rulebooks = [world.rulebook]
    while (rulebooks.length < RULEBOOKS) rulebooks.push(await anotherRulebook(world))
    await openCatalogues(world, rulebooks)
    const random = createRandom(7)
    const steps = { ...ledgerSteps(world, random), ...ruleSteps(world, rulebooks, random) }
    lawful = await live(steps, random, STEPS)
    model = await replay(ledger)
  })

  it('are of every name that this replay knows, and every one of them happened', async () => {
    const names = ledger.interface.fragments.flatMap((one) =>
      one.type === 'event' ? [(one as never as { name: string }).name] : [],
    )
    expect([...new Set(names)].toSorted()).to.deep.equal(Object.keys(APPLY).toSorted())
    const told = new Set(
      (await ledger.queryFilter('*')).map((event) => ('eventName' in event ? event.eventName : '')),
    )
    expect(names.filter((name) => !told.has(name))).to.deep.equal([])
    expect(lawful).to.be.greaterThan(STEPS / 4)
    expect(model.origins.size).to.be.greaterThan(5)
  })

  it('of the rulebooks are of every name that this replay knows, and every one of them happened', async () => {
    const names = world.rulebook.interface.fragments.flatMap((one) =>
      one.type === 'event' ? [(one as never as { name: string }).name] : [],
    )
    const known = [...Object.keys(APPLY_RULES), 'AuthorityUpdated']
    expect([...new Set(names)].toSorted()).to.deep.equal(known.toSorted())
    const told = new Set<string>()
    for (const rulebook of rulebooks) {
      for (const event of await rulebook.queryFilter('*'))
        told.add('eventName' in event ? event.eventName : '')
    }
    expect(names.filter((name) => !told.has(name))).to.deep.equal([])
  })

  it('tell every slot of the ledger, and there is no other', async () => {
    const image = imageOf(readLayout('contracts/Ledger.sol'), storedLedger(model))
    await expectKept(await ledger.getAddress(), image)
  })

  it('tell every slot of every rulebook, and there is no other', async () => {
    for (const rulebook of rulebooks) {
      const rules = storedRules(await replayRules(rulebook))
      await expectKept(await rulebook.getAddress(), imageOf(readLayout('contracts/Rulebook.sol'), rules))
    }
  })

  it('would be found to withhold something: a slot more, less or otherwise is another root', async () => {
    const image = imageOf(readLayout('contracts/Ledger.sol'), storedLedger(model))
    const root = await storageRootOf(image)
    const [[slot, value] = [0n, 0n]] = image
    for (const other of [
      new Map(image).set(slot, value + 1n),
      new Map(image).set(4711n, 1n),
      new Map([...image].slice(1)),
    ]) {
      expect(await storageRootOf(other)).not.to.equal(root)
    }
    const { _offices, ...others } = storedLedger(model)
    expect(() => imageOf(readLayout('contracts/Ledger.sol'), others)).to.throw('not told')
  })

  it('tell all regions, who holds them and what they are called', async () => {
    const now = await chain.time.latest()
    for (const code of REGIONS) {
      const { admin, status, parent, pausedUntil, members } = await ledger.region(code)
      const { appointedBy, heldSince, statusSince, moved } = await ledger.tenureOfRegion(code)
      const [candidate, nominatedAt, nominatedBy] = Object.values(await ledger.nominatedRegionAdmin(code))
      const successor = await ledger.regionSuccessorOf(code)
      const name = await ledger.regionNameAt(code, now)
      const formerHolder = fieldsOf(await ledger.formerRegionAdmin(code))
      const { pausedAt: _pausedAt, membership, former, ...facts } = model.region(BigInt(code))
      const told = { ...facts, formerHolder: returningTo(facts.formerHolder, BigInt(now)) }
      expect(await ledger.isMemberAt(code, (membership[0]?.since ?? 0n) - 1n), String(code)).to.equal(false)
      expect(await ledger.isMemberAt(code, now), String(code)).to.equal(membership.at(-1)?.fact === 1n)
      expect(moved, String(code)).to.equal(former.length > 0)
      for (const { since, fact } of firstOfEach(former))
        expect(await ledger.regionParentAt(code, since - 1n), String(code)).to.equal(fact)
      const nomination = { candidate, nominatedAt, nominatedBy }
      const tenure = { appointedBy, heldSince, statusSince }
      const stored = {
        admin,
        status,
        parent,
        pausedUntil,
        ...tenure,
        nomination,
        formerHolder,
        successor,
        name,
      }
      expect(told, String(code)).to.deep.equal(stored)
      expect(model.membersOf(BigInt(code)), String(code)).to.equal(members)
    }
  })

  it('tell all agencies, who operates them and what they are called', async () => {
    const now = await chain.time.latest()
    for (const uscc of AGENCIES) {
      const { operator, region, status, indexCount, hasPassedOver } = await ledger.agency(uscc)
      const { appointedBy, heldSince, statusSince, moved } = await ledger.tenureOfAgency(uscc)
      const [candidate, nominatedAt, nominatedBy] = Object.values(await ledger.nominatedOperator(uscc))
      const successor = await ledger.agencySuccessorOf(uscc)
      const name = await ledger.agencyNameAt(uscc, now)
      const nomination = { candidate, nominatedAt, nominatedBy }
      const facts = { operator, region, status, indexCount, hasPassedOver }
      const formerHolder = fieldsOf(await ledger.formerOperator(uscc))
      const tenure = { appointedBy, heldSince, statusSince }
      const stored = { ...facts, ...tenure, nomination, formerHolder, successor, name }
      const { former, ...kept } = model.agency(uscc)
      const told = { ...kept, formerHolder: returningTo(kept.formerHolder, BigInt(now)) }
      expect(told, uscc).to.deep.equal(stored)
      expect(moved, uscc).to.equal(former.length > 0)
      for (const { since, fact } of firstOfEach(former))
        expect(await ledger.agencyRegionAt(uscc, since - 1n), uscc).to.equal(fact)
    }
  })

  it('tell all keys and what waits for a second key', async () => {
    for (const [name, facts] of model.keys) {
      const [agency, kid] = name.split('/')
      expect(Object.values(await ledger.key(agency ?? '', kid ?? '')), name).to.deep.equal(facts)
    }
    for (const event of await ledger.queryFilter('Proposed')) {
      const call = event.topics[1] ?? ''
      const { proposer, proposedAt } = await ledger.proposal(call)
      const told = model.proposals.get(call) ?? { proposer: ethers.ZeroAddress, proposedAt: 0n }
      expect({ proposer, proposedAt }).to.deep.equal(told)
    }
  })

  it('tell which rulebooks it named, and from when', async () => {
    const stored = (await ledger.rulebooks()).map(({ rulebook, from }) => ({ rulebook, from }))
    expect(model.rulebooks).to.deep.equal(stored)
    expect(stored.length).to.be.greaterThan(2)
  })

  it('tell all anchors, and which indices were passed over', async () => {
    for (const issuer of AGENCIES) {
      for (let seed = 0; seed < ROOTS; seed++) {
        const { anchoredAt, blockNumber, size, firstIndex, backfilled } = await ledger.anchorOf(
          issuer,
          rootOf(seed),
        )
        const told = model.anchors.get(`${issuer}/${rootOf(seed)}`) ?? [0n, 0n, 0n, 0n, false]
        expect([anchoredAt, blockNumber, size, firstIndex, backfilled]).to.deep.equal(told)
      }
      const { indexCount } = model.agency(issuer)
      const ranges = model.passedOver.get(issuer) ?? []
      for (let index = 190n; index <= indexCount; index += 3n) {
        const isPassedOver = ranges.some(([first, end]) => first <= index && index < end)
        expect(await ledger.isAnchoredIndex(issuer, index)).to.equal(index < indexCount && !isPassedOver)
      }
    }
  })

  it('tell every word of statuses as this side packs it, its count and its newest block', async () => {
    for (const issuer of AGENCIES) {
      for (let word = 0n; word < 3n; word++) {
        const packed = packedWord(model, issuer, word)
        expect(await ledger.statusWordOf(issuer, 48n * word), `${issuer}, ${word}`).to.equal(packed)
      }
    }
  })

  it('tell what stands noted, all ends, origins and successors, and none that is not there', async () => {
    for (const issuer of AGENCIES) {
      for (let index = 0; index < INDICES; index++) {
        const key = `${issuer}/${index}`
        expect(Object.values(await ledger.notesOf(issuer, index)), key).to.deep.equal(
          Object.values(model.notesOf(key)),
        )
        const none = { issuer: NO_AGENCY, index: 0n, since: 0n }
        const successor = Object.values(await ledger.successorOf(issuer, index))
        expect(successor, key).to.deep.equal(Object.values(model.successors.get(key) ?? none))
        const origin = Object.values(await ledger.originOf(issuer, index))
        expect(origin, key).to.deep.equal(Object.values(model.origins.get(key) ?? { ...none, depth: 0n }))
      }
    }
  })
})

function fieldsOf({ account, leftAt, yields, holderLeftAt }: FormerHolderFacts): FormerHolderFacts {
  return { account, leftAt, yields, holderLeftAt }
}

/** Of several moves in one second the first: it tells where the mover was in the second before. */
function firstOfEach(former: readonly DatedModel[]): readonly DatedModel[] {
  return former.filter(({ since }, place) => former[place - 1]?.since !== since)
}
