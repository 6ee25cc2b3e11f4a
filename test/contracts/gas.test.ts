import { expect } from 'chai'
import hre from 'hardhat'
import { after, before, beforeEach, describe, it } from 'mocha'
import {
  blockTime,
  chain,
  decided,
  ethers,
  GUANGDONG,
  gasOf,
  HUNAN,
  HUNAN_HOUSING,
  itemCode,
  KEY_TIME_NEVER,
  KeyAlgorithm,
  type Ledger,
  LegalStatus,
  type LookupQuery,
  NOT_ASKED,
  named,
  RULES,
  Rule,
  rootOf,
  SAFETY_MANAGER,
  StatusAct,
  TERM_OPEN,
} from './ledger-fixture.ts'
import {
  byTwoKeys,
  CHANGSHA,
  DAY,
  deployWithLicences,
  enter,
  GUANGDONG_HOUSING,
  invented,
  LICENCES,
  type Licences,
} from './licence-fixture.ts'
import { matchSnapshot } from './snapshot.ts'

const COUNTY_BUREAU = invented('430102', 1)

/** Indices of `count` neighbours from the first of a word on. */
const neighbours = (count: number): number[] => Array.from({ length: count }, (_, i) => 48 * 100 + i)

/** Indices of `count` credentials, each in a word of its own. */
const scattered = (count: number): number[] =>
  Array.from({ length: count }, (_, i) => 48 * (1 + 2 * i) + (i % 48))

const batches = (count: number): { root: string; size: number }[] =>
  Array.from({ length: count }, (_, i) => ({ root: rootOf(100 + i), size: 1_000_000 + i }))

const ITEM = itemCode('KSTB-008')
const ROOT = rootOf(77)

interface UsualLicence extends Licences {
  readonly query: LookupQuery
}

/**
 * A licence that is in force beside one that is not, of a key that is, of the agency of a province that is responsible
 * for its type; the baseline recognises it, and the item demands it.
 */
async function deployWithUsualLicence(): Promise<UsualLicence> {
  const fixture = await deployWithLicences()
  const { ledger, rulebook, hunanAdmin, operator } = fixture
  const asHunan = ledger.connect(hunanAdmin)
  await rulebook.registerLicenceType(SAFETY_MANAGER, RULES)
  const fields = ethers.toUtf8Bytes('issuerName\nlicenceNumber')
  await rulebook.registerServiceItem(ITEM, [{ licenceType: SAFETY_MANAGER, fields }])
  await rulebook.setBaseline(SAFETY_MANAGER, 0, TERM_OPEN)
  await rulebook.connect(hunanAdmin).assignResponsibility(HUNAN_HOUSING, SAFETY_MANAGER, 0, TERM_OPEN)
  const key = [
    HUNAN_HOUSING,
    KeyAlgorithm.EdDSA,
    ethers.id('key'),
    ethers.ZeroHash,
    1,
    KEY_TIME_NEVER,
  ] as const
  const kid = await asHunan.getFunction('registerKey').staticCall(...key)
  await asHunan.registerKey(...key)
  await ledger.connect(operator).anchor(HUNAN_HOUSING, LICENCES, { root: ROOT, size: 48 })
  await enter(ledger.connect(operator), HUNAN_HOUSING, 'Suspend', [LICENCES + 1])
  const query = { issuer: HUNAN_HOUSING, root: ROOT, kid, statusIndex: LICENCES, ...NOT_ASKED }
  return { ...fixture, query: { ...query, licenceType: SAFETY_MANAGER, receiving: GUANGDONG } }
}

describe('gas of what an issuer does every day', () => {
  let fixture: Licences
  let ledger: Ledger

  // Instrumented code costs more: what it costs says nothing.
  before(function () {
    if (hre.globalOptions.coverage) this.skip()
  })

  beforeEach(async () => {
    fixture = await chain.loadFixture(deployWithLicences)
    ledger = fixture.ledger.connect(fixture.operator)
  })

  const figures: string[] = []
  after(() => {
    if (!hre.globalOptions.coverage) matchSnapshot('gas.txt', `${figures.join('\n')}\n`)
  })

  function limit(what: string, measured: number, most: number): void {
    console.log(`      ${what}: ${measured.toFixed(0)} gas (at most ${most})`)
    figures.push(`${what}: ${measured.toFixed(0)}`)
    expect(measured, what).to.be.at.most(most)
  }

  /** Gas of an act, for each licence. */
  const actOn = async (act: bigint, indices: number[], endsAt = 0): Promise<number> => {
    const decision = await decided(undefined, { endsAt })
    return (await gasOf(ledger.act(HUNAN_HOUSING, act, indices, decision))) / indices.length
  }

  it('one anchor with its whole authority check', async () => {
    const entry = { root: rootOf(100), size: 1_000_000 }
    limit('anchor', await gasOf(ledger.anchor(HUNAN_HOUSING, LICENCES, entry)), 57_500)
  })

  it('one anchor of an agency three levels below its province', async () => {
    const [county, street] = (await ethers.getSigners()).slice(12)
    if (!county || !street) throw new Error('too few accounts')
    const { ledger: asCouncil, cityAdmin, operator } = fixture
    const asCounty = asCouncil.connect(county)
    await asCouncil.connect(cityAdmin).accreditRegion(430102, CHANGSHA, county.address, named('长沙市芙蓉区'))
    await asCounty.accreditRegion(430102001, 430102, street.address, named('文艺路街道'))
    // No code names a street: a region that contains both confirms.
    await byTwoKeys(asCouncil.connect(street), asCounty, async (as) =>
      as.accreditAgency(COUNTY_BUREAU, 430102001, operator.address, named('文艺路街道办事处')),
    )
    const entry = { root: rootOf(100), size: 1_000_000 }
    await ledger.anchor(COUNTY_BUREAU, 0, { root: rootOf(99), size: 1 })
    limit(
      'anchor of a street’s agency',
      await gasOf(ledger.anchor(COUNTY_BUREAU, 1, entry)),
      57_500 + 3 * 2_500,
    )
  })

  it('one hundred anchors in a call', async () => {
    const gas = await gasOf(ledger.anchorMany(HUNAN_HOUSING, LICENCES, batches(100)))
    limit('anchor of 100', gas / 100, 25_300)
  })

  it('one act on 64 neighbours, without an end and with one', async () => {
    limit('act on one of 64 neighbours', await actOn(StatusAct.Suspend, neighbours(64)), 2_300)
    const endsAt = (await blockTime()) + DAY
    const indices = neighbours(64).map((index) => index + 48 * 10)
    // An end is kept for every licence in a slot of its own.
    limit('act with an end on one of 64 neighbours', await actOn(StatusAct.Suspend, indices, endsAt), 25_500)
  })

  it('one act on 100 scattered credentials, on fresh words and then on used ones', async () => {
    const indices = scattered(100)
    limit('act on one of 100 scattered, fresh words', await actOn(StatusAct.Suspend, indices), 27_500)
    limit('act on one of 100 scattered, used words', await actOn(StatusAct.Revoke, indices), 10_500)
  })

  it('one licence made anew, transferred, noted and corrected', async () => {
    const decision = await decided()
    limit(
      'supersede',
      await gasOf(
        ledger.supersede({ issuer: HUNAN_HOUSING, index: 6 }, { issuer: HUNAN_HOUSING, index: 5 }, decision),
      ),
      125_000,
    )
    limit(
      'transfer out',
      await gasOf(ledger.transferOut(HUNAN_HOUSING, [500], GUANGDONG_HOUSING, decision)),
      95_000,
    )
    const asReceiver = fixture.ledger.connect(fixture.receiver)
    const taken = asReceiver.transferIn(
      { issuer: GUANGDONG_HOUSING, index: 1 },
      { issuer: HUNAN_HOUSING, index: 500 },
      decision,
    )
    limit('transfer in', await gasOf(taken), 95_000)
    limit('note', await gasOf(ledger.note(HUNAN_HOUSING, 0, [7], decision)), 65_000)
    const correct = async (as: Ledger) => as.correct(HUNAN_HOUSING, [7], LegalStatus.Valid, decision)
    limit('correct, proposed', await gasOf(correct(ledger)), 75_000)
    limit('correct, confirmed', await gasOf(correct(fixture.ledger)), 85_000)
    expect((await fixture.ledger.agency(HUNAN_HOUSING)).region).to.equal(BigInt(HUNAN))
  })

  // Nobody pays it, nodes bound it: with the 21,000 that a transaction would cost.
  it('one lookup of a usual licence with all that the rulebook says of it, for no service item and for one', async () => {
    const usual = await chain.loadFixture(deployWithUsualLicence)
    const asked = { ...usual.query, item: ITEM }
    for (const query of [usual.query, asked]) {
      const { rules, isAnchoredIndex, regionActive } = await usual.ledger.lookup(query)
      expect([rules.recognition.rule, isAnchoredIndex, regionActive]).to.deep.equal([
        Rule.Baseline,
        true,
        true,
      ])
      expect([rules.responsibility.until, rules.licenceType.version]).to.deep.equal([BigInt(TERM_OPEN), 1n])
      expect(rules.demanded.fields === '0x').to.equal(query !== asked)
    }
    const gas = async (query: LookupQuery): Promise<number> =>
      Number(await usual.ledger.getFunction('lookup').estimateGas(query))
    limit('lookup of a usual licence, for no service item', await gas(usual.query), 150_000)
    limit('lookup of a usual licence, for a service item', await gas(asked), 150_000)
  })
})
