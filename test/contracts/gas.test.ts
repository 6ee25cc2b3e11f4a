import { expect } from 'chai'
import hre from 'hardhat'
import { after, before, beforeEach, describe, it } from 'mocha'
import {
  BASIS,
  blockTime,
  chain,
  deployWithAgency,
  deployWithCatalogue,
  type EmptyLedger,
  ethers,
  GUANGDONG,
  gasOf,
  HOUSING_MINISTRY,
  HUNAN_HOUSING,
  itemCode,
  type Ledger,
  rootOf,
  SAFETY_MANAGER,
  StatusAct,
  TERM_OPEN,
} from './ledger-fixture.ts'
import { matchSnapshot } from './snapshot.ts'

const DECISION = '湘建许决〔2025〕1号'

/** Indices of `count` neighbours in one word that holds no status yet. */
const neighbours = (count: number): number[] => Array.from({ length: count }, (_, i) => 64 * 1000 + i)

/** Indices of `count` credentials, each in a word of its own. */
const scattered = (count: number): number[] =>
  Array.from({ length: count }, (_, i) => 64 * (1000 + 7 * i) + (i % 64))

const batches = (count: number): { root: string; size: number }[] =>
  Array.from({ length: count }, (_, i) => ({ root: rootOf(i), size: 1_000_000 + i }))

describe('gas of what an issuer does every day', () => {
  let ledger: Ledger

  // Instrumented code costs more: what it costs says nothing.
  before(function () {
    if (hre.globalOptions.coverage) this.skip()
  })

  beforeEach(async () => {
    const fixture: EmptyLedger = await chain.loadFixture(deployWithAgency)
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

  it('one anchor with its whole authority check', async () => {
    limit('anchor', await gasOf(ledger.anchor(HUNAN_HOUSING, { root: rootOf(1), size: 1_000_000 })), 52_200)
  })

  it('one anchor of an agency three levels below its province', async () => {
    const { ledger: asCouncil, hunanAdmin, operator } = await chain.loadFixture(deployWithAgency)
    const [, , , , , city, county, street] = await ethers.getSigners()
    if (!city || !county || !street) throw new Error('too few accounts')
    await asCouncil.connect(hunanAdmin).accreditRegion(430100, 430000, city.address)
    await asCouncil.connect(city).accreditRegion(430102, 430100, county.address)
    await asCouncil.connect(county).accreditRegion(430102001, 430102, street.address)
    await asCouncil.connect(street).accreditAgency(HOUSING_MINISTRY, 430102001, operator.address)
    const gas = await gasOf(ledger.anchor(HOUSING_MINISTRY, { root: rootOf(1), size: 1_000_000 }))
    limit('anchor of a street’s agency', gas, 52_200 + 3 * 2_500)
  })

  it('one hundred anchors in a call', async () => {
    limit('anchor of 100', (await gasOf(ledger.anchorMany(HUNAN_HOUSING, batches(100)))) / 100, 25_000)
  })

  it('one act on 64 neighbours', async () => {
    const gas = await gasOf(
      ledger.act(HUNAN_HOUSING, StatusAct.Suspend, neighbours(64), await blockTime(), BASIS, DECISION),
    )
    limit('act on one of 64 neighbours', gas / 64, 1_600)
  })

  it('one act on 100 scattered credentials, on fresh words and then on used ones', async () => {
    const indices = scattered(100)
    const now = await blockTime()
    const fresh = await gasOf(ledger.act(HUNAN_HOUSING, StatusAct.Suspend, indices, now, BASIS, DECISION))
    limit('act on one of 100 scattered, fresh words', fresh / 100, 25_950)
    const used = await gasOf(ledger.act(HUNAN_HOUSING, StatusAct.Revoke, indices, now, BASIS, DECISION))
    limit('act on one of 100 scattered, used words', used / 100, 8_850)
  })

  it('all facts and rules for one verification', async () => {
    const { ledger: asCouncil, rulebook, hunanAdmin, operator } = await chain.loadFixture(deployWithCatalogue)
    await rulebook.setBaseline(SAFETY_MANAGER, 0, TERM_OPEN)
    await rulebook.connect(hunanAdmin).assignResponsibility(HUNAN_HOUSING, SAFETY_MANAGER, 0, TERM_OPEN)
    await asCouncil.connect(operator).anchor(HUNAN_HOUSING, { root: rootOf(1), size: 1_000_000 })
    const query = {
      issuer: HUNAN_HOUSING,
      root: rootOf(1),
      kid: rootOf(2),
      statusIndex: 0,
      licenceType: SAFETY_MANAGER,
      receiving: GUANGDONG,
      item: itemCode('000117001000'),
      recognisedAt: 0,
    }
    limit('lookup', Number(await asCouncil.getFunction('lookup').estimateGas(query)), 150_000)
  })
})
