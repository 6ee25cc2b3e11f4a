import { expect } from 'chai'
import type { ContractTransactionResponse, LogDescription } from 'ethers'
import { beforeEach, describe, it } from 'mocha'
import {
  type ActName,
  blockTime,
  Capacity,
  callWithWord,
  chain,
  decided,
  ethers,
  HUNAN,
  HUNAN_HOUSING,
  type Ledger,
  LegalStatus,
  StatusAct,
  type StatusName,
} from './ledger-fixture.ts'
import {
  DAY,
  deployWithLicences,
  enter,
  GUANGDONG_HOUSING,
  LICENCES,
  type Licences,
  MOST_ORIGINS,
  transfer,
} from './licence-fixture.ts'

/** What `StatusActed` tells. */
interface ToldAct {
  readonly act: bigint
  readonly to: bigint
  readonly capacity: bigint
  readonly indices: readonly bigint[]
  readonly previousBlocks: readonly bigint[]
  readonly effectiveAt: bigint
  readonly endsAt: bigint
  readonly decisionNumber: string
}

function toldAct({ args }: LogDescription): ToldAct {
  const { act, to, capacity, indices, previousBlocks, decision } = args
  const { effectiveAt, endsAt, number: decisionNumber } = decision
  const lists = { indices: [...indices], previousBlocks: [...previousBlocks] }
  return { act, to, capacity, ...lists, effectiveAt, endsAt, decisionNumber }
}

describe('Supersessions 换证, 补证, 变更, 延续', () => {
  let fixture: Licences
  let ledger: Ledger
  let asOperator: Ledger

  beforeEach(async () => {
    fixture = await chain.loadFixture(deployWithLicences)
    ledger = fixture.ledger
    asOperator = ledger.connect(fixture.operator)
  })

  const supersede = async (index: number | bigint, successor: number | bigint, as = asOperator) =>
    await as.supersede(
      { issuer: HUNAN_HOUSING, index: successor },
      { issuer: HUNAN_HOUSING, index },
      await decided(),
    )
  const act = async (name: ActName, index: number, endsAt = 0) =>
    await enter(asOperator, HUNAN_HOUSING, name, [index], { endsAt })
  /** What a transaction tells of statuses, in its order. */
  const actsOf = async (sent: ContractTransactionResponse): Promise<readonly ToldAct[]> => {
    const told = (await sent.wait())?.logs.map((log) => ledger.interface.parseLog(log)) ?? []
    return told.flatMap((log) => (log?.name === 'StatusActed' ? [toldAct(log)] : []))
  }
  const statusOf = (index: number): Promise<bigint> => ledger.statusOf(HUNAN_HOUSING, index)

  it('name the successor’s index, and link the two in both directions', async () => {
    await expect(supersede(5, 900)).to.emit(ledger, 'Superseded').withArgs(HUNAN_HOUSING, 5, 900)
    const now = BigInt(await blockTime())
    expect(await statusOf(5)).to.equal(LegalStatus.Superseded)
    expect(await statusOf(900)).to.equal(LegalStatus.Valid)
    expect(await ledger.successorOf(HUNAN_HOUSING, 5)).to.deep.equal([HUNAN_HOUSING, 900n, now])
    expect(await ledger.originOf(HUNAN_HOUSING, 900)).to.deep.equal([HUNAN_HOUSING, 5n, now, 1n])
  })

  it('are within one issuer, and change nothing of another’s', async () => {
    const own = { issuer: HUNAN_HOUSING, index: 900 }
    const other = { issuer: GUANGDONG_HOUSING, index: 900 }
    await expect(asOperator.supersede(other, { ...own, index: 5 }, await decided()))
      .to.be.revertedWithCustomError(ledger, 'SupersessionAcrossIssuers')
      .withArgs(HUNAN_HOUSING, GUANGDONG_HOUSING)
    await expect(
      asOperator.supersede(own, { ...other, index: 5 }, await decided()),
    ).to.be.revertedWithCustomError(ledger, 'CallerNotOperator')
  })

  it('take no index of more than 48 bits', async () => {
    const [successor, origin] = [900, 5].map((index) => ({ issuer: HUNAN_HOUSING, index }))
    for (const place of [1, 3]) {
      const call = callWithWord(
        ledger,
        'supersede',
        [successor, origin, await decided()],
        place,
        2n ** 48n + 5n,
      )
      await expect(fixture.operator.sendTransaction(call)).to.be.revertedWithoutReason(ethers)
    }
    expect(await statusOf(5)).to.equal(LegalStatus.Valid)
  })

  // Finding 2: a status index never used counted as a valid successor; one successor could serve two origins.
  describe('the successor', () => {
    it('is anchored: never used, ahead or passed over, it is none', async () => {
      await asOperator.passOver(HUNAN_HOUSING, LICENCES, 1)
      for (const successor of [LICENCES, LICENCES + 1]) {
        await expect(supersede(5, successor))
          .to.be.revertedWithCustomError(ledger, 'StatusIndexNotAnchored')
          .withArgs(HUNAN_HOUSING, successor)
      }
    })

    it('is another licence', async () => {
      await expect(supersede(5, 5))
        .to.be.revertedWithCustomError(ledger, 'SuccessorNotFresh')
        .withArgs(HUNAN_HOUSING, 5)
    })

    it('is in force', async () => {
      const acts: ActName[] = ['Suspend', 'Revoke', 'Restrict', 'Defer', 'Annul', 'Withdraw', 'Deregister']
      for (const [place, name] of acts.entries()) {
        await act(name, 900 + place)
        await expect(supersede(5, 900 + place), name)
          .to.be.revertedWithCustomError(ledger, 'SuccessorNotFresh')
          .withArgs(HUNAN_HOUSING, 900 + place)
      }
    })

    it('takes the place of one, for good: not of a second, not of one taken in, not of its own successor', async () => {
      await supersede(5, 900)
      const asReceiver = ledger.connect(fixture.receiver)
      await transfer(
        { as: asReceiver, issuer: GUANGDONG_HOUSING, index: 1 },
        { as: asOperator, issuer: HUNAN_HOUSING, index: 901 },
      )
      for (const [index, successor] of [
        [6, 900],
        [6, 901],
        [900, 5],
        [900, 900],
      ] as const) {
        await expect(supersede(index, successor))
          .to.be.revertedWithCustomError(ledger, 'SuccessorNotFresh')
          .withArgs(HUNAN_HOUSING, successor)
      }
    })

    it(`can be superseded in turn, ${MOST_ORIGINS} times in all`, async () => {
      const last = 900 + MOST_ORIGINS
      for (let index = 900; index < last; ++index) await supersede(index, index + 1)
      expect(await statusOf(last - 1)).to.equal(LegalStatus.Superseded)
      expect(await statusOf(last)).to.equal(LegalStatus.Valid)
      await expect(supersede(last, last + 1))
        .to.be.revertedWithCustomError(ledger, 'OriginChainTooLong')
        .withArgs(HUNAN_HOUSING, last)
    })

    it('cannot give the place back: the superseded one is superseded by no other, nor is it in force for one', async () => {
      await supersede(5, 900)
      await expect(supersede(5, 901))
        .to.be.revertedWithCustomError(ledger, 'StatusTransitionUnlawful')
        .withArgs(HUNAN_HOUSING, 5, LegalStatus.Superseded, StatusAct.Supersede)
    })
  })

  describe('carry over what the licence was', () => {
    const paths: [status: StatusName, acts: ActName[], inherited: StatusName[]][] = [
      ['Suspended', ['Suspend'], ['Suspended']],
      ['Restricted', ['Restrict'], ['Restricted']],
      ['RestrictedSuspended', ['Restrict', 'Suspend'], ['Restricted', 'RestrictedSuspended']],
    ]
    for (const [status, acts, inherited] of paths) {
      it(`${status}: so is the successor, with the ends, and a trace of its own for each`, async () => {
        const endsAt = (await blockTime()) + 30 * DAY
        for (const [place, name] of acts.entries()) await act(name, 5, endsAt + place)
        const before = await ledger.notesOf(HUNAN_HOUSING, 5)
        const decision = await decided()
        const superseded = await asOperator.supersede(
          { issuer: HUNAN_HOUSING, index: 900 },
          { issuer: HUNAN_HOUSING, index: 5 },
          decision,
        )
        const told = (await actsOf(superseded)).filter(({ act: code }) => code === StatusAct.Inherit)
        expect(told).to.deep.equal(
          inherited.map((to, place) => ({
            act: StatusAct.Inherit,
            to: LegalStatus[to],
            capacity: Capacity.Operator,
            indices: [900n],
            previousBlocks: [place === 0 ? 0n : BigInt(superseded.blockNumber ?? 0)],
            effectiveAt: BigInt(decision.effectiveAt),
            endsAt: BigInt(endsAt + place),
            decisionNumber: decision.number,
          })),
        )
        expect(await statusOf(900)).to.equal(LegalStatus[status])
        const after = await ledger.notesOf(HUNAN_HOUSING, 900)
        expect([after.suspensionEnd, after.restrictionEnd]).to.deep.equal([
          before.suspensionEnd,
          before.restrictionEnd,
        ])
        const left = await ledger.notesOf(HUNAN_HOUSING, 5)
        expect([left.suspensionEnd, left.restrictionEnd]).to.deep.equal([0n, 0n])
        const word = await ledger.statusWordOf(HUNAN_HOUSING, 900)
        expect([(word >> 232n) & (2n ** 23n - 1n), word >> 255n]).to.deep.equal([
          BigInt(inherited.length),
          1n,
        ])
      })
    }

    it('each with its own end alone, though the other has none', async () => {
      const endsAt = (await blockTime()) + 30 * DAY
      const ends: readonly (readonly [restriction: number, suspension: number])[] = [
        [endsAt, 0],
        [0, endsAt],
      ]
      for (const [place, [restrictionEnd, suspensionEnd]] of ends.entries()) {
        const [index, successor] = [48 * place, 480 + 48 * place]
        await act('Restrict', index, restrictionEnd)
        await act('Suspend', index, suspensionEnd)
        const told = (await actsOf(await supersede(index, successor))).slice(1)
        expect(told.map((one) => one.endsAt)).to.deep.equal([BigInt(restrictionEnd), BigInt(suspensionEnd)])
        const notes = await ledger.notesOf(HUNAN_HOUSING, successor)
        expect([notes.restrictionEnd, notes.suspensionEnd]).to.deep.equal([
          BigInt(restrictionEnd),
          BigInt(suspensionEnd),
        ])
      }
    })

    it('also an end that is over: the successor is not freed by it', async () => {
      const effectiveAt = (await blockTime()) - DAY
      await enter(asOperator, HUNAN_HOUSING, 'Suspend', [5], { effectiveAt, endsAt: effectiveAt + 1 })
      const [, inherited] = await actsOf(await supersede(5, 900))
      expect(inherited?.endsAt).to.equal(BigInt(effectiveAt + 1))
      expect(await statusOf(900)).to.equal(LegalStatus.Suspended)
    })

    it('without an end where there was none, also beside a neighbour that has one', async () => {
      await act('Suspend', 901, (await blockTime()) + DAY)
      await act('Restrict', 5)
      await supersede(5, 900)
      expect(await statusOf(900)).to.equal(LegalStatus.Restricted)
      expect((await ledger.notesOf(HUNAN_HOUSING, 900)).restrictionEnd).to.equal(0n)
      expect((await ledger.notesOf(HUNAN_HOUSING, 901)).suspensionEnd).to.not.equal(0n)
    })

    it('once more by the next re-making, and the lifting is lawful on the last one alone', async () => {
      const endsAt = (await blockTime()) + DAY
      await act('Restrict', 5, endsAt)
      await supersede(5, 6)
      await supersede(6, 7)
      expect(await Promise.all([5, 6, 7].map(statusOf))).to.deep.equal([
        LegalStatus.Superseded,
        LegalStatus.Superseded,
        LegalStatus.Restricted,
      ])
      expect((await ledger.notesOf(HUNAN_HOUSING, 7)).restrictionEnd).to.equal(BigInt(endsAt))
      for (const index of [5, 6]) {
        await expect(act('Lift', index)).to.be.revertedWithCustomError(ledger, 'StatusTransitionUnlawful')
      }
      await act('Lift', 7)
      expect((await ledger.notesOf(HUNAN_HOUSING, 7)).restrictionEnd).to.equal(0n)
    })

    it('as acts of their own on one word: each counts, and names the block before', async () => {
      await act('Suspend', 5)
      const block = await ethers.provider.getBlockNumber()
      await supersede(5, 6)
      const word = await ledger.statusWordOf(HUNAN_HOUSING, 5)
      expect((word >> 232n) & (2n ** 23n - 1n)).to.equal(3n)
      const told = (await ledger.queryFilter('StatusActed')).slice(-2)
      const previous = told.map((log) => ('args' in log ? [...(log.args['previousBlocks'] as bigint[])] : []))
      expect(previous).to.deep.equal([[BigInt(block)], [BigInt(block) + 1n]])
    })
  })

  it('are the operator’s who can anchor: nobody else’s, and nobody’s where anchors are closed', async () => {
    const { hunanAdmin, council, receiver } = fixture
    for (const caller of [hunanAdmin, council, receiver]) {
      await expect(supersede(5, 900, ledger.connect(caller)))
        .to.be.revertedWithCustomError(ledger, 'CallerNotOperator')
        .withArgs(HUNAN_HOUSING, caller.address)
    }
    await ledger.closeRegion(HUNAN)
    await expect(supersede(5, 900)).to.be.revertedWithCustomError(ledger, 'RegionClosed').withArgs(HUNAN)
  })

  it('lets an annulment of the old one be read with the new one, as the old one is its origin', async () => {
    await supersede(5, 900)
    await act('Annul', 5)
    expect(await statusOf(900)).to.equal(LegalStatus.Valid)
    expect((await ledger.originOf(HUNAN_HOUSING, 900)).index).to.equal(5n)
    expect((await ledger.successorOf(HUNAN_HOUSING, 5)).index).to.equal(900n)
  })
})
