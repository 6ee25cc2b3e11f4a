import { expect } from 'chai'
import { after, beforeEach, describe, it } from 'mocha'
import {
  BASIS,
  blockTime,
  chain,
  deployWithAgency,
  type EmptyLedger,
  gasOf,
  HUNAN_HOUSING,
  type Ledger,
  rootOf,
  StatusAct,
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

  beforeEach(async () => {
    const fixture: EmptyLedger = await chain.loadFixture(deployWithAgency)
    ledger = fixture.ledger.connect(fixture.operator)
  })

  const figures: string[] = []
  after(() => matchSnapshot('gas.txt', `${figures.join('\n')}\n`))

  function limit(what: string, measured: number, most: number): void {
    console.log(`      ${what}: ${measured.toFixed(0)} gas (at most ${most})`)
    figures.push(`${what}: ${measured.toFixed(0)}`)
    expect(measured, what).to.be.at.most(most)
  }

  it('one anchor with its whole authority check', async () => {
    limit('anchor', await gasOf(ledger.anchor(HUNAN_HOUSING, { root: rootOf(1), size: 1_000_000 })), 52_200)
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
})
