import { expect } from 'chai'
import type { Log } from 'ethers'
import { beforeEach, describe, it } from 'mocha'
import {
  blockTime,
  chain,
  deployWithAgency,
  type EmptyLedger,
  ethers,
  GUANGDONG,
  HOUSING_MINISTRY,
  HUNAN,
  HUNAN_HOUSING,
  type Ledger,
  rootOf,
} from './ledger-fixture.ts'

describe('Anchors', () => {
  let fixture: EmptyLedger
  let ledger: Ledger
  let asOperator: Ledger

  beforeEach(async () => {
    fixture = await chain.loadFixture(deployWithAgency)
    ledger = fixture.ledger
    asOperator = ledger.connect(fixture.operator)
  })

  it('records the time, the block and the size of one batch', async () => {
    await expect(asOperator.anchor(HUNAN_HOUSING, { root: rootOf(1), size: 7 }))
      .to.emit(ledger, 'Anchored')
      .withArgs(HUNAN_HOUSING, [[rootOf(1), 7n]])
    const anchor = await ledger.anchorOf(HUNAN_HOUSING, rootOf(1))
    expect(anchor.anchoredAt).to.equal(BigInt(await blockTime()))
    expect(anchor.blockNumber).to.equal(BigInt(await ethers.provider.getBlockNumber()))
    expect(anchor.size).to.equal(7n)
  })

  it('records many batches in one call with one event', async () => {
    const entries = [
      { root: rootOf(1), size: 1 },
      { root: rootOf(2), size: 2n ** 64n - 1n },
      { root: rootOf(3), size: 3 },
    ]
    await expect(asOperator.anchorMany(HUNAN_HOUSING, entries))
      .to.emit(ledger, 'Anchored')
      .withArgs(
        HUNAN_HOUSING,
        entries.map(({ root, size }) => [root, BigInt(size)]),
      )
    for (const { root, size } of entries) {
      expect((await ledger.anchorOf(HUNAN_HOUSING, root)).size).to.equal(BigInt(size))
    }
    const logs = await ledger.queryFilter('Anchored')
    expect(logs).to.have.length(1)
  })

  it('writes the same event for one batch whichever function anchored it', async () => {
    const eventOf = async (send: Promise<{ wait(): Promise<{ logs: readonly Log[] } | null> }>) => {
      const [log, ...more] = (await (await send).wait())?.logs ?? []
      expect(more).to.have.length(0)
      return { topics: log?.topics, data: log?.data }
    }
    const snapshot = await chain.takeSnapshot()
    const one = await eventOf(
      asOperator.anchor(HUNAN_HOUSING, { root: rootOf(1), size: 0xfedcba9876543210n }),
    )
    await snapshot.restore()
    const many = await eventOf(
      asOperator.anchorMany(HUNAN_HOUSING, [{ root: rootOf(1), size: 0xfedcba9876543210n }]),
    )
    expect(one.data).to.be.a('string')
    expect(one).to.deep.equal(many)
  })

  it('knows a root only under the issuer that anchored it', async () => {
    await asOperator.anchor(HUNAN_HOUSING, { root: rootOf(1), size: 7 })
    expect((await ledger.anchorOf(HOUSING_MINISTRY, rootOf(1))).anchoredAt).to.equal(0n)
    expect((await ledger.anchorOf(HUNAN_HOUSING, rootOf(2))).anchoredAt).to.equal(0n)
  })

  it('lets nobody squat the root of another issuer', async () => {
    const asGuangdong = ledger.connect(fixture.guangdongAdmin)
    await asGuangdong.accreditAgency(HOUSING_MINISTRY, GUANGDONG, fixture.stranger.address)
    await ledger.connect(fixture.stranger).anchor(HOUSING_MINISTRY, { root: rootOf(1), size: 9 })
    await asOperator.anchor(HUNAN_HOUSING, { root: rootOf(1), size: 7 })
    expect((await ledger.anchorOf(HUNAN_HOUSING, rootOf(1))).size).to.equal(7n)
    expect((await ledger.anchorOf(HOUSING_MINISTRY, rootOf(1))).size).to.equal(9n)
  })

  it('refuses a root the issuer anchored before, and leaves the first anchor as it was', async () => {
    await asOperator.anchor(HUNAN_HOUSING, { root: rootOf(1), size: 7 })
    const first = await ledger.anchorOf(HUNAN_HOUSING, rootOf(1))
    for (const again of [
      asOperator.anchor(HUNAN_HOUSING, { root: rootOf(1), size: 7 }),
      asOperator.anchor(HUNAN_HOUSING, { root: rootOf(1), size: 8 }),
      asOperator.anchorMany(HUNAN_HOUSING, [{ root: rootOf(1), size: 7 }]),
    ]) {
      await expect(again)
        .to.be.revertedWithCustomError(ledger, 'AnchorAlreadyExists')
        .withArgs(HUNAN_HOUSING, rootOf(1))
    }
    expect(await ledger.anchorOf(HUNAN_HOUSING, rootOf(1))).to.deep.equal(first)
  })

  it('anchors all of a call or none: a repeat, a zero root or an empty tree undoes the rest', async () => {
    const good = { root: rootOf(1), size: 7 }
    await expect(asOperator.anchorMany(HUNAN_HOUSING, [good, { root: rootOf(2), size: 1 }, good]))
      .to.be.revertedWithCustomError(ledger, 'AnchorAlreadyExists')
      .withArgs(HUNAN_HOUSING, rootOf(1))
    await expect(
      asOperator.anchorMany(HUNAN_HOUSING, [good, { root: ethers.ZeroHash, size: 1 }]),
    ).to.be.revertedWithCustomError(ledger, 'AnchorRootZero')
    await expect(asOperator.anchorMany(HUNAN_HOUSING, [good, { root: rootOf(2), size: 0 }]))
      .to.be.revertedWithCustomError(ledger, 'AnchorSizeZero')
      .withArgs(rootOf(2))
    expect((await ledger.anchorOf(HUNAN_HOUSING, rootOf(1))).anchoredAt).to.equal(0n)
  })

  it('refuses a zero root, an empty tree and an empty list', async () => {
    await expect(
      asOperator.anchor(HUNAN_HOUSING, { root: ethers.ZeroHash, size: 1 }),
    ).to.be.revertedWithCustomError(ledger, 'AnchorRootZero')
    await expect(asOperator.anchor(HUNAN_HOUSING, { root: rootOf(1), size: 0 }))
      .to.be.revertedWithCustomError(ledger, 'AnchorSizeZero')
      .withArgs(rootOf(1))
    await expect(asOperator.anchorMany(HUNAN_HOUSING, []))
      .to.be.revertedWithCustomError(ledger, 'AnchorListEmpty')
      .withArgs(HUNAN_HOUSING)
  })

  it('refuses everyone but the operator of that very agency', async () => {
    for (const caller of [fixture.hunanAdmin, fixture.guangdongAdmin, fixture.council, fixture.stranger]) {
      const asCaller = ledger.connect(caller)
      for (const attempt of [
        asCaller.anchor(HUNAN_HOUSING, { root: rootOf(1), size: 1 }),
        asCaller.anchorMany(HUNAN_HOUSING, [{ root: rootOf(1), size: 1 }]),
      ]) {
        await expect(attempt)
          .to.be.revertedWithCustomError(ledger, 'CallerNotOperator')
          .withArgs(HUNAN_HOUSING, caller.address)
      }
    }
  })

  it('refuses the operator of an agency that is unknown, suspended or retired, until it is resumed', async () => {
    const asAdmin = ledger.connect(fixture.hunanAdmin)
    const refused = async (agency: string): Promise<void> => {
      await expect(asOperator.anchor(agency, { root: rootOf(1), size: 1 }))
        .to.be.revertedWithCustomError(ledger, 'AgencyNotActive')
        .withArgs(agency)
    }
    await refused(HOUSING_MINISTRY)
    await asAdmin.suspendAgency(HUNAN_HOUSING)
    await refused(HUNAN_HOUSING)
    await asAdmin.resumeAgency(HUNAN_HOUSING)
    await asOperator.anchor(HUNAN_HOUSING, { root: rootOf(2), size: 1 })
    await asAdmin.retireAgency(HUNAN_HOUSING)
    await refused(HUNAN_HOUSING)
  })

  it('refuses the operator while the region is suspended and after it retired', async () => {
    const refused = async (): Promise<void> => {
      await expect(asOperator.anchor(HUNAN_HOUSING, { root: rootOf(1), size: 1 }))
        .to.be.revertedWithCustomError(ledger, 'RegionNotActive')
        .withArgs(HUNAN)
    }
    await ledger.suspendRegion(HUNAN)
    await refused()
    await ledger.resumeRegion(HUNAN)
    await asOperator.anchor(HUNAN_HOUSING, { root: rootOf(2), size: 1 })
    await ledger.retireRegion(HUNAN)
    await refused()
    expect((await ledger.anchorOf(HUNAN_HOUSING, rootOf(2))).size).to.equal(1n)
  })

  describe('backfill 存量补录', () => {
    const entries = [
      { root: rootOf(1), size: 1 },
      { root: rootOf(2), size: 20_000 },
    ]

    it('marks the batches and writes an event of its own', async () => {
      await expect(asOperator.backfill(HUNAN_HOUSING, entries))
        .to.emit(ledger, 'Backfilled')
        .withArgs(
          HUNAN_HOUSING,
          entries.map(({ root, size }) => [root, BigInt(size)]),
        )
      expect(await ledger.queryFilter('Anchored')).to.have.length(0)
      await asOperator.anchor(HUNAN_HOUSING, { root: rootOf(3), size: 3 })
      const backfilled = await Promise.all(
        [1, 2, 3].map(async (seed) => (await ledger.anchorOf(HUNAN_HOUSING, rootOf(seed))).backfilled),
      )
      expect(backfilled).to.deep.equal([true, true, false])
      expect((await ledger.anchorOf(HUNAN_HOUSING, rootOf(2))).size).to.equal(20_000n)
    })

    it('knows the same refusals as anchoring, and neither hides the other', async () => {
      await asOperator.anchor(HUNAN_HOUSING, { root: rootOf(1), size: 1 })
      await expect(asOperator.backfill(HUNAN_HOUSING, entries))
        .to.be.revertedWithCustomError(ledger, 'AnchorAlreadyExists')
        .withArgs(HUNAN_HOUSING, rootOf(1))
      await expect(asOperator.backfill(HUNAN_HOUSING, []))
        .to.be.revertedWithCustomError(ledger, 'AnchorListEmpty')
        .withArgs(HUNAN_HOUSING)
      await expect(
        asOperator.backfill(HUNAN_HOUSING, [{ root: ethers.ZeroHash, size: 1 }]),
      ).to.be.revertedWithCustomError(ledger, 'AnchorRootZero')
      await expect(ledger.connect(fixture.hunanAdmin).backfill(HUNAN_HOUSING, entries))
        .to.be.revertedWithCustomError(ledger, 'CallerNotOperator')
        .withArgs(HUNAN_HOUSING, fixture.hunanAdmin.address)
    })
  })
})
