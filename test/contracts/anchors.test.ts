import { expect } from 'chai'
import type { ContractTransactionResponse } from 'ethers'
import { beforeEach, describe, it } from 'mocha'
import {
  blockTime,
  chain,
  decided,
  deployWithAgency,
  type EmptyLedger,
  ethers,
  GUANGDONG,
  HUNAN,
  HUNAN_HOUSING,
  type Ledger,
  named,
  rootOf,
  StatusAct,
} from './ledger-fixture.ts'
import { CHANGSHA, CHANGSHA_HOUSING, DAY, GUANGDONG_HOUSING, retireByTwo } from './licence-fixture.ts'

const LARGEST = 2 ** 24

describe('Anchors', () => {
  let fixture: EmptyLedger
  let ledger: Ledger
  let asOperator: Ledger

  beforeEach(async () => {
    fixture = await chain.loadFixture(deployWithAgency)
    ledger = fixture.ledger
    asOperator = ledger.connect(fixture.operator)
  })

  const countOf = async (issuer = HUNAN_HOUSING): Promise<bigint> => (await ledger.agency(issuer)).indexCount

  /** Every way to use up indices, each of three. */
  const everyWay = (as: Ledger, issuer: string, first: number): Promise<ContractTransactionResponse>[] => [
    as.anchor(issuer, first, { root: rootOf(1), size: 3 }),
    as.anchorMany(issuer, first, [{ root: rootOf(2), size: 3 }]),
    as.backfill(issuer, first, [{ root: rootOf(3), size: 3 }]),
    as.passOver(issuer, first, 3),
  ]

  it('records the time, the block, the size and the first index of one batch', async () => {
    await expect(asOperator.anchor(HUNAN_HOUSING, 0, { root: rootOf(1), size: 7 }))
      .to.emit(ledger, 'Anchored')
      .withArgs(HUNAN_HOUSING, 0n, [[rootOf(1), 7n]])
    await asOperator.anchor(HUNAN_HOUSING, 7, { root: rootOf(2), size: 5 })
    const anchor = await ledger.anchorOf(HUNAN_HOUSING, rootOf(2))
    expect(anchor.anchoredAt).to.equal(BigInt(await blockTime()))
    expect(anchor.blockNumber).to.equal(BigInt(await ethers.provider.getBlockNumber()))
    expect([anchor.firstIndex, anchor.size, anchor.backfilled]).to.deep.equal([7n, 5n, false])
  })

  it('records many batches one behind the other, in one call with one event', async () => {
    const entries = [
      { root: rootOf(1), size: 1 },
      { root: rootOf(2), size: LARGEST },
      { root: rootOf(3), size: 3 },
    ]
    await expect(asOperator.anchorMany(HUNAN_HOUSING, 0, entries))
      .to.emit(ledger, 'Anchored')
      .withArgs(
        HUNAN_HOUSING,
        0n,
        entries.map(({ root, size }) => [root, BigInt(size)]),
      )
    const anchors = await Promise.all(entries.map(({ root }) => ledger.anchorOf(HUNAN_HOUSING, root)))
    expect(anchors.map(({ firstIndex, size }) => [firstIndex, size])).to.deep.equal([
      [0n, 1n],
      [1n, BigInt(LARGEST)],
      [BigInt(LARGEST) + 1n, 3n],
    ])
    expect(await countOf()).to.equal(BigInt(LARGEST) + 4n)
    expect(await ledger.queryFilter('Anchored')).to.have.length(1)
  })

  it('writes the same event for one batch whichever function anchored it', async () => {
    const eventOf = async (send: Promise<ContractTransactionResponse>) => {
      const [log, ...more] = (await (await send).wait())?.logs ?? []
      expect(more).to.have.length(0)
      return { topics: log?.topics, data: log?.data }
    }
    const entry = { root: rootOf(1), size: 0xfedcba }
    const snapshot = await chain.takeSnapshot()
    const one = await eventOf(asOperator.anchor(HUNAN_HOUSING, 0, entry))
    await snapshot.restore()
    const many = await eventOf(asOperator.anchorMany(HUNAN_HOUSING, 0, [entry]))
    expect(one.data).to.be.a('string')
    expect(one).to.deep.equal(many)
  })

  it('knows a root and an index only under the issuer that anchored it', async () => {
    await asOperator.anchor(HUNAN_HOUSING, 0, { root: rootOf(1), size: 7 })
    expect((await ledger.anchorOf(GUANGDONG_HOUSING, rootOf(1))).anchoredAt).to.equal(0n)
    expect((await ledger.anchorOf(HUNAN_HOUSING, rootOf(2))).anchoredAt).to.equal(0n)
    const known = await Promise.all([0, 6, 7].map((index) => ledger.isAnchoredIndex(HUNAN_HOUSING, index)))
    expect(known).to.deep.equal([true, true, false])
    expect(await ledger.isAnchoredIndex(GUANGDONG_HOUSING, 0)).to.equal(false)
  })

  it('lets nobody squat the root of another issuer', async () => {
    await ledger
      .connect(fixture.guangdongAdmin)
      .accreditAgency(GUANGDONG_HOUSING, GUANGDONG, fixture.stranger.address, named('广东省住房和城乡建设厅'))
    await ledger.connect(fixture.stranger).anchor(GUANGDONG_HOUSING, 0, { root: rootOf(1), size: 9 })
    await asOperator.anchor(HUNAN_HOUSING, 0, { root: rootOf(1), size: 7 })
    expect((await ledger.anchorOf(HUNAN_HOUSING, rootOf(1))).size).to.equal(7n)
    expect((await ledger.anchorOf(GUANGDONG_HOUSING, rootOf(1))).size).to.equal(9n)
  })

  it('refuses a root the issuer anchored before, and leaves the first anchor and the count as they were', async () => {
    await asOperator.anchor(HUNAN_HOUSING, 0, { root: rootOf(1), size: 7 })
    const first = await ledger.anchorOf(HUNAN_HOUSING, rootOf(1))
    for (const again of [
      asOperator.anchor(HUNAN_HOUSING, 7, { root: rootOf(1), size: 7 }),
      asOperator.anchor(HUNAN_HOUSING, 7, { root: rootOf(1), size: 8 }),
      asOperator.anchorMany(HUNAN_HOUSING, 7, [{ root: rootOf(1), size: 7 }]),
      asOperator.backfill(HUNAN_HOUSING, 7, [{ root: rootOf(1), size: 7 }]),
    ]) {
      await expect(again)
        .to.be.revertedWithCustomError(ledger, 'AnchorAlreadyExists')
        .withArgs(HUNAN_HOUSING, rootOf(1))
    }
    expect(await ledger.anchorOf(HUNAN_HOUSING, rootOf(1))).to.deep.equal(first)
    expect(await countOf()).to.equal(7n)
  })

  it('anchors all of a call or none: a repeat, a zero root or a wrong size undoes the rest', async () => {
    const good = { root: rootOf(1), size: 7 }
    await expect(asOperator.anchorMany(HUNAN_HOUSING, 0, [good, { root: rootOf(2), size: 1 }, good]))
      .to.be.revertedWithCustomError(ledger, 'AnchorAlreadyExists')
      .withArgs(HUNAN_HOUSING, rootOf(1))
    await expect(
      asOperator.anchorMany(HUNAN_HOUSING, 0, [good, { root: ethers.ZeroHash, size: 1 }]),
    ).to.be.revertedWithCustomError(ledger, 'AnchorRootZero')
    await expect(asOperator.anchorMany(HUNAN_HOUSING, 0, [good, { root: rootOf(2), size: 0 }]))
      .to.be.revertedWithCustomError(ledger, 'AnchorSizeInvalid')
      .withArgs(rootOf(2), 0)
    expect((await ledger.anchorOf(HUNAN_HOUSING, rootOf(1))).anchoredAt).to.equal(0n)
    expect(await countOf()).to.equal(0n)
  })

  it('refuses a zero root and an empty list', async () => {
    for (const attempt of [
      asOperator.anchor(HUNAN_HOUSING, 0, { root: ethers.ZeroHash, size: 1 }),
      asOperator.backfill(HUNAN_HOUSING, 0, [{ root: ethers.ZeroHash, size: 1 }]),
    ]) {
      await expect(attempt).to.be.revertedWithCustomError(ledger, 'AnchorRootZero')
    }
    for (const attempt of [
      asOperator.anchorMany(HUNAN_HOUSING, 0, []),
      asOperator.backfill(HUNAN_HOUSING, 0, []),
    ]) {
      await expect(attempt).to.be.revertedWithCustomError(ledger, 'AnchorListEmpty').withArgs(HUNAN_HOUSING)
    }
  })

  it('covers at least one index and at most 2^24: one mistaken size does not use up an agency', async () => {
    for (const size of [0, LARGEST + 1, 2 ** 48 - 1]) {
      const entry = { root: rootOf(1), size }
      for (const attempt of [
        asOperator.anchor(HUNAN_HOUSING, 0, entry),
        asOperator.anchorMany(HUNAN_HOUSING, 0, [entry]),
        asOperator.backfill(HUNAN_HOUSING, 0, [entry]),
      ]) {
        await expect(attempt)
          .to.be.revertedWithCustomError(ledger, 'AnchorSizeInvalid')
          .withArgs(rootOf(1), size)
      }
      await expect(asOperator.passOver(HUNAN_HOUSING, 0, size))
        .to.be.revertedWithCustomError(ledger, 'AnchorSizeInvalid')
        .withArgs(ethers.ZeroHash, size)
    }
    await asOperator.anchor(HUNAN_HOUSING, 0, { root: rootOf(1), size: LARGEST })
    await asOperator.passOver(HUNAN_HOUSING, LARGEST, LARGEST)
    expect(await countOf()).to.equal(2n * BigInt(LARGEST))
  })

  // Finding 13: a journal that was lost, or restored from an old backup, would allot indices again.
  describe('the running count', () => {
    it('is what every batch begins at: a journal behind the ledger, or ahead, is refused with the number', async () => {
      await asOperator.anchor(HUNAN_HOUSING, 0, { root: rootOf(9), size: 10 })
      for (const first of [0, 9, 11, 2 ** 48 - 1]) {
        for (const attempt of everyWay(asOperator, HUNAN_HOUSING, first)) {
          await expect(attempt, String(first))
            .to.be.revertedWithCustomError(ledger, 'AnchorIndexNotNext')
            .withArgs(HUNAN_HOUSING, 10, first)
        }
      }
      expect(await countOf()).to.equal(10n)
    })

    it('runs on through every way to use indices up', async () => {
      await asOperator.anchor(HUNAN_HOUSING, 0, { root: rootOf(1), size: 3 })
      await asOperator.anchorMany(HUNAN_HOUSING, 3, [
        { root: rootOf(2), size: 3 },
        { root: rootOf(3), size: 4 },
      ])
      await asOperator.backfill(HUNAN_HOUSING, 10, [{ root: rootOf(4), size: 5 }])
      await asOperator.passOver(HUNAN_HOUSING, 15, 6)
      expect(await countOf()).to.equal(21n)
      await asOperator.anchor(HUNAN_HOUSING, 21, { root: rootOf(5), size: 1 })
    })

    it('is each agency’s own', async () => {
      await ledger
        .connect(fixture.guangdongAdmin)
        .accreditAgency(
          GUANGDONG_HOUSING,
          GUANGDONG,
          fixture.operator.address,
          named('广东省住房和城乡建设厅'),
        )
      await asOperator.anchor(HUNAN_HOUSING, 0, { root: rootOf(1), size: 7 })
      expect(await countOf(GUANGDONG_HOUSING)).to.equal(0n)
      await asOperator.anchor(GUANGDONG_HOUSING, 0, { root: rootOf(1), size: 7 })
    })
  })

  describe('indices used up', () => {
    const PER_SECOND = 2n ** 15n
    /** As an agency's count is kept: after a thief used up all that there is by now, but for so many. */
    async function leave(rest: bigint, at: number): Promise<bigint> {
      const place = ethers.keccak256(
        ethers.concat([ethers.zeroPadBytes(HUNAN_HOUSING, 32), ethers.zeroPadValue('0x08', 32)]),
      )
      const address = await ledger.getAddress()
      const count = BigInt(at) * PER_SECOND - rest
      const word = BigInt(await ethers.provider.getStorage(address, place))
      await chain.setStorageAt(address, place, word | (count << 200n))
      expect(await countOf()).to.equal(count)
      return count
    }

    for (const [name, place] of [
      ['an anchor', 0],
      ['many', 1],
      ['a backfill', 2],
      ['passing over', 3],
    ] as const) {
      it(`by ${name} are no more than 2^15 for every second: whoever is late has them, and none is blocked`, async () => {
        const at = (await blockTime()) + 10
        const first = await leave(2n, at)
        await chain.time.setNextBlockTimestamp(at)
        const uses = (): Promise<ContractTransactionResponse> =>
          [
            asOperator.anchor.bind(asOperator, HUNAN_HOUSING, first, { root: rootOf(1), size: 3 }),
            asOperator.anchorMany.bind(asOperator, HUNAN_HOUSING, first, [{ root: rootOf(2), size: 3 }]),
            asOperator.backfill.bind(asOperator, HUNAN_HOUSING, first, [{ root: rootOf(3), size: 3 }]),
            asOperator.passOver.bind(asOperator, HUNAN_HOUSING, first, 3),
          ][place]?.() ?? Promise.reject(new Error('no such way'))
        await expect(uses())
          .to.be.revertedWithCustomError(ledger, 'AnchorIndicesTooFast')
          .withArgs(HUNAN_HOUSING, first + 3n, BigInt(at) * PER_SECOND)
        await chain.time.setNextBlockTimestamp(at + 1)
        await uses()
        expect(await countOf()).to.equal(first + 3n)
      })
    }
  })

  describe('indices passed over', () => {
    it('belong to no licence, and what is behind them can be anchored', async () => {
      await asOperator.anchor(HUNAN_HOUSING, 0, { root: rootOf(1), size: 2 })
      await expect(asOperator.passOver(HUNAN_HOUSING, 2, 3))
        .to.emit(ledger, 'IndicesPassedOver')
        .withArgs(HUNAN_HOUSING, 2n, 3n)
      await asOperator.anchor(HUNAN_HOUSING, 5, { root: rootOf(2), size: 1 })
      await asOperator.passOver(HUNAN_HOUSING, 6, 1)
      await asOperator.passOver(HUNAN_HOUSING, 7, 1)
      await asOperator.anchor(HUNAN_HOUSING, 8, { root: rootOf(3), size: 1 })
      const known = await Promise.all(
        Array.from({ length: 10 }, (_, index) => ledger.isAnchoredIndex(HUNAN_HOUSING, index)),
      )
      const expected = [true, true, false, false, false, true, false, false, true, false]
      expect(known).to.deep.equal(expected)
    })

    it('are never anchored later', async () => {
      await asOperator.passOver(HUNAN_HOUSING, 0, 3)
      await expect(asOperator.anchor(HUNAN_HOUSING, 0, { root: rootOf(1), size: 3 }))
        .to.be.revertedWithCustomError(ledger, 'AnchorIndexNotNext')
        .withArgs(HUNAN_HOUSING, 3, 0)
    })

    it('take no act, also when other indices of the call are anchored', async () => {
      await asOperator.passOver(HUNAN_HOUSING, 0, 3)
      await asOperator.anchor(HUNAN_HOUSING, 3, { root: rootOf(1), size: 3 })
      for (const indices of [[0], [2, 3], [1, 5]]) {
        await expect(asOperator.act(HUNAN_HOUSING, StatusAct.Suspend, indices, await decided()))
          .to.be.revertedWithCustomError(ledger, 'StatusIndexNotAnchored')
          .withArgs(HUNAN_HOUSING, indices[0])
      }
      await asOperator.act(HUNAN_HOUSING, StatusAct.Suspend, [3, 5], await decided())
    })
  })

  describe('who may use indices up', () => {
    const refusedEveryWay = async (
      as: Ledger,
      issuer: string,
      error: string,
      ...values: (string | number)[]
    ): Promise<void> => {
      for (const attempt of everyWay(as, issuer, 0)) {
        await expect(attempt)
          .to.be.revertedWithCustomError(ledger, error)
          .withArgs(...values)
      }
    }

    it('is the operator of that very agency alone', async () => {
      const { hunanAdmin, guangdongAdmin, council, stranger } = fixture
      for (const caller of [hunanAdmin, guangdongAdmin, council, stranger]) {
        await refusedEveryWay(
          ledger.connect(caller),
          HUNAN_HOUSING,
          'CallerNotOperator',
          HUNAN_HOUSING,
          caller.address,
        )
      }
    })

    it('is nobody for an agency that is unknown, suspended or paused', async () => {
      const asAdmin = ledger.connect(fixture.hunanAdmin)
      await refusedEveryWay(asOperator, GUANGDONG_HOUSING, 'AgencyNotActive', GUANGDONG_HOUSING)
      await asAdmin.suspendAgency(HUNAN_HOUSING)
      await refusedEveryWay(asOperator, HUNAN_HOUSING, 'AgencyNotActive', HUNAN_HOUSING)
      await asAdmin.resumeAgency(HUNAN_HOUSING)
      await ledger.pauseAgency(HUNAN_HOUSING)
      await refusedEveryWay(asOperator, HUNAN_HOUSING, 'AgencyNotActive', HUNAN_HOUSING)
      await ledger.unpauseAgency(HUNAN_HOUSING)
      await asAdmin.resumeAgency(HUNAN_HOUSING)
      await asOperator.anchor(HUNAN_HOUSING, 0, { root: rootOf(2), size: 1 })
    })

    it('is nobody for a retired agency: no successor and no custodian anchors in its name', async () => {
      const { guangdongAdmin, hunanAdmin, stranger } = fixture
      await ledger
        .connect(guangdongAdmin)
        .accreditAgency(GUANGDONG_HOUSING, GUANGDONG, stranger.address, named('广东省住房和城乡建设厅'))
      await chain.time.increase(8 * DAY)
      await ledger.connect(stranger).acceptAgencySuccession(HUNAN_HOUSING, GUANGDONG_HOUSING)
      await retireByTwo(ledger.connect(hunanAdmin), ledger, HUNAN_HOUSING, GUANGDONG_HOUSING)
      for (const caller of [fixture.operator, stranger, hunanAdmin, fixture.council]) {
        await refusedEveryWay(ledger.connect(caller), HUNAN_HOUSING, 'AgencyNotActive', HUNAN_HOUSING)
      }
    })

    it('is nobody while the region is suspended or paused', async () => {
      await ledger.suspendRegion(HUNAN)
      await refusedEveryWay(asOperator, HUNAN_HOUSING, 'RegionNotActive', HUNAN)
      await ledger.resumeRegion(HUNAN)
      await ledger.pauseRegion(HUNAN)
      await refusedEveryWay(asOperator, HUNAN_HOUSING, 'RegionNotActive', HUNAN)
      await ledger.endPause(HUNAN)
      await asOperator.anchor(HUNAN_HOUSING, 0, { root: rootOf(2), size: 1 })
    })

    it('is nobody in a region closed for anchors, nor in a region inside it, while acts go on', async () => {
      const [city, bureau] = (await ethers.getSigners()).slice(10)
      if (!city || !bureau) throw new Error('too few accounts')
      await ledger.connect(fixture.hunanAdmin).accreditRegion(CHANGSHA, HUNAN, city.address, named('长沙市'))
      await ledger
        .connect(city)
        .accreditAgency(CHANGSHA_HOUSING, CHANGSHA, bureau.address, named('长沙市住房和城乡建设局'))
      const asBureau = ledger.connect(bureau)
      await asOperator.anchor(HUNAN_HOUSING, 0, { root: rootOf(9), size: 1 })
      await ledger.closeRegion(HUNAN)
      for (const attempt of everyWay(asOperator, HUNAN_HOUSING, 1)) {
        await expect(attempt).to.be.revertedWithCustomError(ledger, 'RegionClosed').withArgs(HUNAN)
      }
      await refusedEveryWay(asBureau, CHANGSHA_HOUSING, 'RegionClosed', HUNAN)
      await asOperator.act(HUNAN_HOUSING, StatusAct.Suspend, [0], await decided())
      await ledger.reopenRegion(HUNAN)
      await asBureau.anchor(CHANGSHA_HOUSING, 0, { root: rootOf(1), size: 1 })
    })
  })

  describe('backfill 存量补录', () => {
    const entries = [
      { root: rootOf(1), size: 1 },
      { root: rootOf(2), size: 20_000 },
    ]

    it('marks the batches, numbers them like anchors and writes an event of its own', async () => {
      await asOperator.anchor(HUNAN_HOUSING, 0, { root: rootOf(3), size: 3 })
      await expect(asOperator.backfill(HUNAN_HOUSING, 3, entries))
        .to.emit(ledger, 'Backfilled')
        .withArgs(
          HUNAN_HOUSING,
          3n,
          entries.map(({ root, size }) => [root, BigInt(size)]),
        )
      expect(await ledger.queryFilter('Anchored')).to.have.length(1)
      const anchors = await Promise.all([1, 2, 3].map((seed) => ledger.anchorOf(HUNAN_HOUSING, rootOf(seed))))
      expect(anchors.map(({ backfilled, firstIndex }) => [backfilled, firstIndex])).to.deep.equal([
        [true, 3n],
        [true, 4n],
        [false, 0n],
      ])
    })

    it('and anchoring do not hide each other', async () => {
      await asOperator.anchor(HUNAN_HOUSING, 0, { root: rootOf(2), size: 1 })
      await expect(asOperator.backfill(HUNAN_HOUSING, 1, entries))
        .to.be.revertedWithCustomError(ledger, 'AnchorAlreadyExists')
        .withArgs(HUNAN_HOUSING, rootOf(2))
      await asOperator.backfill(HUNAN_HOUSING, 1, [{ root: rootOf(4), size: 1 }])
      await expect(asOperator.anchor(HUNAN_HOUSING, 2, { root: rootOf(4), size: 1 }))
        .to.be.revertedWithCustomError(ledger, 'AnchorAlreadyExists')
        .withArgs(HUNAN_HOUSING, rootOf(4))
    })
  })
})
