import { expect } from 'chai'
import { beforeEach, describe, it } from 'mocha'
import {
  type ActName,
  blockTime,
  Capacity,
  callWithWord,
  chain,
  decided,
  ethers,
  GUANGDONG,
  HUNAN_HOUSING,
  type Ledger,
  LegalStatus,
  NO_STATUS,
  NOT_ASKED,
  rootOf,
  StatusAct,
} from './ledger-fixture.ts'
import {
  correctByTwo,
  deployWithLicences,
  enter,
  GUANGDONG_HOUSING,
  GUANGDONG_RESOURCES,
  invented,
  LICENCES,
  type Licences,
  MOST_ORIGINS,
  retireByTwo,
  transfer,
} from './licence-fixture.ts'

const UNKNOWN = invented('440000', 99)
const SUCCESSOR = { issuer: GUANGDONG_HOUSING, index: 900 }

describe('Transfers', () => {
  let fixture: Licences
  let ledger: Ledger
  let asOrigin: Ledger
  let asReceiver: Ledger

  beforeEach(async () => {
    fixture = await chain.loadFixture(deployWithLicences)
    ledger = fixture.ledger
    asOrigin = ledger.connect(fixture.operator)
    asReceiver = ledger.connect(fixture.receiver)
  })

  const out = async (destination = GUANGDONG_HOUSING, ...indices: number[]) =>
    await asOrigin.transferOut(
      HUNAN_HOUSING,
      indices.length === 0 ? [5] : indices,
      destination,
      await decided(),
    )
  const takeIn = async (successor = SUCCESSOR, as = asReceiver, index = 5) =>
    await as.transferIn(successor, { issuer: HUNAN_HOUSING, index }, await decided())
  const act = async (name: ActName, index = 5) => await enter(asOrigin, HUNAN_HOUSING, name, [index])
  const statusOf = (index: number): Promise<bigint> => ledger.statusOf(HUNAN_HOUSING, index)
  const annulAndCorrect = async () => {
    await enter(asReceiver, GUANGDONG_HOUSING, 'Annul', [SUCCESSOR.index])
    await correctByTwo(asOrigin, ledger, HUNAN_HOUSING, [5], LegalStatus.Valid)
  }

  it('names the destination, closes the origin for good and links it with its one successor in both directions', async () => {
    const decision = await decided()
    await expect(asOrigin.transferOut(HUNAN_HOUSING, [5, 60], GUANGDONG_HOUSING, decision))
      .to.emit(ledger, 'TransferredOut')
      .withArgs(HUNAN_HOUSING, [5, 60], GUANGDONG_HOUSING)
    expect(await ledger.successorOf(HUNAN_HOUSING, 5)).to.deep.equal([GUANGDONG_HOUSING, 0n, 0n])

    const taken = takeIn()
    await expect(taken).to.emit(ledger, 'TransferredIn').withArgs(HUNAN_HOUSING, 5, GUANGDONG_HOUSING, 900)
    const now = BigInt(await blockTime())
    expect(await statusOf(5)).to.equal(LegalStatus.Transferred)
    expect(await ledger.statusOf(GUANGDONG_HOUSING, 900)).to.equal(LegalStatus.Valid)
    expect(await ledger.successorOf(HUNAN_HOUSING, 5)).to.deep.equal([GUANGDONG_HOUSING, 900n, now])
    expect(await ledger.originOf(GUANGDONG_HOUSING, 900)).to.deep.equal([HUNAN_HOUSING, 5n, now, 1n])
    expect(await ledger.successorOf(HUNAN_HOUSING, 60)).to.deep.equal([GUANGDONG_HOUSING, 0n, 0n])
    expect((await ledger.successorOf(HUNAN_HOUSING, 4)).since).to.equal(0n)
  })

  it('tells both acts on the origin’s word, with its decisions and the blocks before', async () => {
    await out()
    const word = await ledger.statusWordOf(HUNAN_HOUSING, 5)
    const decision = await decided('粤建许转〔2026〕1号')
    await expect(asReceiver.transferIn(SUCCESSOR, { issuer: HUNAN_HOUSING, index: 5 }, decision))
      .to.emit(ledger, 'StatusActed')
      .withArgs(
        HUNAN_HOUSING,
        StatusAct.TransferIn,
        NO_STATUS,
        fixture.receiver.address,
        Capacity.Operator,
        [5],
        [(word >> 192n) & (2n ** 40n - 1n)],
        Object.values(decision),
      )
    expect((await ledger.statusWordOf(HUNAN_HOUSING, 5)) >> 232n).to.equal(2n)
    expect(await ledger.statusWordOf(GUANGDONG_HOUSING, 900)).to.equal(0n)
  })

  // Finding 2: any operator in the country could take every licence in transit, for good.
  describe('who takes a licence in', () => {
    it('is the destination that the transfer out names, and no other agency, even of the same operator', async () => {
      await out()
      await expect(takeIn({ issuer: GUANGDONG_RESOURCES, index: 1 }))
        .to.be.revertedWithCustomError(ledger, 'TransferElsewhere')
        .withArgs(GUANGDONG_HOUSING, GUANGDONG_RESOURCES)
      await takeIn()
    })

    it('is its operator alone', async () => {
      await out()
      for (const caller of [fixture.operator, fixture.guangdongAdmin, fixture.hunanAdmin, fixture.council]) {
        await expect(takeIn(SUCCESSOR, ledger.connect(caller)))
          .to.be.revertedWithCustomError(ledger, 'CallerNotOperator')
          .withArgs(GUANGDONG_HOUSING, caller.address)
      }
    })

    it('is nobody while the destination cannot anchor: suspended, or its region closed or suspended', async () => {
      await out()
      const asGuangdong = ledger.connect(fixture.guangdongAdmin)
      await asGuangdong.suspendAgency(GUANGDONG_HOUSING)
      await expect(takeIn())
        .to.be.revertedWithCustomError(ledger, 'AgencyNotActive')
        .withArgs(GUANGDONG_HOUSING)
      await asGuangdong.resumeAgency(GUANGDONG_HOUSING)
      await ledger.closeRegion(GUANGDONG)
      await expect(takeIn()).to.be.revertedWithCustomError(ledger, 'RegionClosed').withArgs(GUANGDONG)
      await ledger.reopenRegion(GUANGDONG)
      await ledger.suspendRegion(GUANGDONG)
      await expect(takeIn()).to.be.revertedWithCustomError(ledger, 'RegionNotActive').withArgs(GUANGDONG)
      await ledger.resumeRegion(GUANGDONG)
      await takeIn()
    })

    it('is the successor of a destination that retired, at the end of the chain, and no other', async () => {
      await out()
      const asGuangdong = ledger.connect(fixture.guangdongAdmin)
      const follow = async (agency: string, successor: string) => {
        await asReceiver.acceptAgencySuccession(agency, successor)
        await retireByTwo(asGuangdong, ledger, agency, successor)
      }
      await follow(GUANGDONG_HOUSING, GUANGDONG_RESOURCES)
      await expect(takeIn()).to.be.revertedWithCustomError(ledger, 'AgencyNotActive')
      const snapshot = await chain.takeSnapshot()
      await takeIn({ issuer: GUANGDONG_RESOURCES, index: 3 })
      expect(await statusOf(5)).to.equal(LegalStatus.Transferred)
      await snapshot.restore()

      const last = invented('440000', 3)
      await asGuangdong.accreditAgency(last, GUANGDONG, fixture.receiver.address, {
        zh: '广东省自然资源和建设厅',
        en: '',
        contact: '',
      })
      await asReceiver.anchor(last, 0, { root: rootOf(1), size: 4 })
      await expect(takeIn({ issuer: last, index: 3 }))
        .to.be.revertedWithCustomError(ledger, 'TransferElsewhere')
        .withArgs(GUANGDONG_HOUSING, last)
      await follow(GUANGDONG_RESOURCES, last)
      await takeIn({ issuer: last, index: 3 })
    })

    it('is not the origin, when the destination retired into it: cancelling is what is left', async () => {
      await out()
      await asOrigin.acceptAgencySuccession(GUANGDONG_HOUSING, HUNAN_HOUSING)
      await retireByTwo(ledger.connect(fixture.guangdongAdmin), ledger, GUANGDONG_HOUSING, HUNAN_HOUSING)
      await expect(takeIn({ issuer: HUNAN_HOUSING, index: 6 }, asOrigin))
        .to.be.revertedWithCustomError(ledger, 'TransferWithinIssuer')
        .withArgs(HUNAN_HOUSING)
      await act('CancelTransferOut')
    })

    it('takes in what a retired agency’s successor sends to itself', async () => {
      await asReceiver.acceptAgencySuccession(HUNAN_HOUSING, GUANGDONG_HOUSING)
      await retireByTwo(ledger.connect(fixture.hunanAdmin), ledger, HUNAN_HOUSING, GUANGDONG_HOUSING)
      await transfer(
        { as: asReceiver, issuer: HUNAN_HOUSING, index: 5 },
        { as: asReceiver, issuer: GUANGDONG_HOUSING, index: 5 },
      )
      expect(await statusOf(5)).to.equal(LegalStatus.Transferred)
    })
  })

  describe('the destination', () => {
    it('is another agency than the origin, accredited at some time', async () => {
      await expect(out(HUNAN_HOUSING))
        .to.be.revertedWithCustomError(ledger, 'TransferWithinIssuer')
        .withArgs(HUNAN_HOUSING)
      for (const destination of [UNKNOWN, `0x${'00'.repeat(18)}`]) {
        await expect(out(destination))
          .to.be.revertedWithCustomError(ledger, 'TransferDestinationUnknown')
          .withArgs(destination)
      }
    })

    it('is the newest one named, after cancelling as well', async () => {
      await out(GUANGDONG_RESOURCES)
      await act('CancelTransferOut')
      await out(GUANGDONG_HOUSING)
      await expect(takeIn({ issuer: GUANGDONG_RESOURCES, index: 1 }))
        .to.be.revertedWithCustomError(ledger, 'TransferElsewhere')
        .withArgs(GUANGDONG_HOUSING, GUANGDONG_RESOURCES)
      await takeIn()
    })

    it('takes nothing that was not transferred out, whatever its status', async () => {
      await expect(takeIn())
        .to.be.revertedWithCustomError(ledger, 'TransferOriginNotOut')
        .withArgs(HUNAN_HOUSING, 5, LegalStatus.Valid)
      await out()
      for (const name of [
        'CancelTransferOut',
        'Suspend',
        'Revoke',
        'Withdraw',
        'Deregister',
        'Annul',
      ] as const) {
        const snapshot = await chain.takeSnapshot()
        await act(name)
        const status = await statusOf(5)
        await expect(takeIn(), name)
          .to.be.revertedWithCustomError(ledger, 'TransferOriginNotOut')
          .withArgs(HUNAN_HOUSING, 5, status)
        await snapshot.restore()
      }
      await takeIn()
    })

    it('takes no index of more than 48 bits for one transferred out', async () => {
      await out()
      const origin = { issuer: HUNAN_HOUSING, index: 5 }
      const call = callWithWord(ledger, 'transferIn', [SUCCESSOR, origin, await decided()], 3, 2n ** 48n + 5n)
      await expect(fixture.receiver.sendTransaction(call)).to.be.revertedWithoutReason(ethers)
      expect(await statusOf(5)).to.equal(LegalStatus.TransferredOut)
    })
  })

  // Finding 2: one successor could serve two origins, and an index never used counted as one.
  describe('the successor', () => {
    it('is one: no second, whoever asks', async () => {
      await out()
      await takeIn()
      await expect(takeIn({ ...SUCCESSOR, index: 901 }))
        .to.be.revertedWithCustomError(ledger, 'TransferOriginNotOut')
        .withArgs(HUNAN_HOUSING, 5, LegalStatus.Transferred)
    })

    it('serves one origin, for good: a second is refused, also after a correction took the first back', async () => {
      await out(GUANGDONG_HOUSING, 5, 6)
      await takeIn()
      const refused = async () => {
        await expect(takeIn(SUCCESSOR, asReceiver, 6))
          .to.be.revertedWithCustomError(ledger, 'SuccessorNotFresh')
          .withArgs(GUANGDONG_HOUSING, 900)
      }
      await refused()
      await annulAndCorrect()
      await refused()
    })

    it('serves no transfer after a supersession', async () => {
      await asReceiver.supersede(
        { issuer: GUANGDONG_HOUSING, index: 900 },
        { issuer: GUANGDONG_HOUSING, index: 899 },
        await decided(),
      )
      await out()
      await expect(takeIn())
        .to.be.revertedWithCustomError(ledger, 'SuccessorNotFresh')
        .withArgs(GUANGDONG_HOUSING, 900)
    })

    it('is anchored: never used, ahead or passed over, it is none', async () => {
      await out()
      await asReceiver.passOver(GUANGDONG_HOUSING, LICENCES, 2)
      for (const index of [LICENCES, LICENCES + 1, LICENCES + 2, 2 ** 48 - 1]) {
        await expect(takeIn({ ...SUCCESSOR, index }))
          .to.be.revertedWithCustomError(ledger, 'StatusIndexNotAnchored')
          .withArgs(GUANGDONG_HOUSING, index)
      }
    })

    it('is in force', async () => {
      await out()
      for (const [place, name] of (
        ['Suspend', 'Restrict', 'Defer', 'Annul', 'Deregister'] as const
      ).entries()) {
        const index = 700 + place
        await enter(asReceiver, GUANGDONG_HOUSING, name, [index])
        await expect(takeIn({ ...SUCCESSOR, index }), name)
          .to.be.revertedWithCustomError(ledger, 'SuccessorNotFresh')
          .withArgs(GUANGDONG_HOUSING, index)
      }
    })

    it('needs a decision like any act', async () => {
      await out()
      await expect(asReceiver.transferIn(SUCCESSOR, { issuer: HUNAN_HOUSING, index: 5 }, await decided('')))
        .to.be.revertedWithCustomError(ledger, 'StatusDecisionNumberLength')
        .withArgs(0)
      await expect(asOrigin.transferOut(HUNAN_HOUSING, [6], GUANGDONG_HOUSING, await decided('')))
        .to.be.revertedWithCustomError(ledger, 'StatusDecisionNumberLength')
        .withArgs(0)
    })
  })

  it('leaves after the taking-in nothing lawful at the origin but annulment', async () => {
    await out()
    await takeIn()
    const acts: ActName[] = [
      'Suspend',
      'Revoke',
      'Withdraw',
      'Deregister',
      'CancelTransferOut',
      'Restrict',
      'Defer',
    ]
    for (const name of acts) {
      await expect(act(name), name).to.be.revertedWithCustomError(ledger, 'StatusTransitionUnlawful')
    }
    await expect(out()).to.be.revertedWithCustomError(ledger, 'StatusTransitionUnlawful')
    await act('Annul')
    expect(await statusOf(5)).to.equal(LegalStatus.Annulled)
    expect((await ledger.successorOf(HUNAN_HOUSING, 5)).index).to.equal(900n)
  })

  it('changes the origin alone, among neighbours of every kind', async () => {
    await out(GUANGDONG_HOUSING, 48)
    await act('Suspend', 49)
    await out(GUANGDONG_HOUSING, 95)
    await takeIn(SUCCESSOR, asReceiver, 95)
    const statuses = await Promise.all([47, 48, 49, 50, 95, 96].map(statusOf))
    const { Valid, TransferredOut, Suspended, Transferred } = LegalStatus
    expect(statuses).to.deep.equal([Valid, TransferredOut, Suspended, Valid, Transferred, Valid])
  })

  describe('a chain', () => {
    /** Sends licence `n` of the one agency to licence `n` + 1 of the other, to and fro, `count` times from 5 on. */
    async function sendOn(count: number, first = 0): Promise<{ issuer: string; index: number }> {
      const sides = [
        { as: asOrigin, issuer: HUNAN_HOUSING },
        { as: asReceiver, issuer: GUANGDONG_HOUSING },
      ] as const
      let at = { ...sides[first % 2 === 0 ? 0 : 1], index: 5 + first }
      for (let n = first; n < first + count; ++n) {
        const next = { ...sides[n % 2 === 0 ? 1 : 0], index: at.index + 1 }
        await transfer(at, next)
        at = next
      }
      return at
    }

    it(`goes back over ${MOST_ORIGINS} at most; a further taking-in is refused, and can be cancelled`, async () => {
      const last = await sendOn(MOST_ORIGINS)
      expect((await ledger.originOf(last.issuer, last.index)).depth).to.equal(BigInt(MOST_ORIGINS))
      expect(last.issuer).to.equal(HUNAN_HOUSING)
      await expect(sendOn(1, MOST_ORIGINS))
        .to.be.revertedWithCustomError(ledger, 'OriginChainTooLong')
        .withArgs(last.issuer, last.index)
      await act('CancelTransferOut', last.index)
    })

    it('is as long whatever made it: by making anew it neither begins anew nor goes on', async () => {
      const last = await sendOn(MOST_ORIGINS - 2)
      await asOrigin.supersede({ issuer: HUNAN_HOUSING, index: 100 }, last, await decided())
      await asOrigin.supersede(
        { issuer: HUNAN_HOUSING, index: 101 },
        { issuer: HUNAN_HOUSING, index: 100 },
        await decided(),
      )
      expect((await ledger.originOf(HUNAN_HOUSING, 101)).depth).to.equal(BigInt(MOST_ORIGINS))
      await expect(
        asOrigin.supersede(
          { issuer: HUNAN_HOUSING, index: 102 },
          { issuer: HUNAN_HOUSING, index: 101 },
          await decided(),
        ),
      )
        .to.be.revertedWithCustomError(ledger, 'OriginChainTooLong')
        .withArgs(HUNAN_HOUSING, 101)
      await out(GUANGDONG_HOUSING, 101)
      await expect(takeIn(SUCCESSOR, asReceiver, 101))
        .to.be.revertedWithCustomError(ledger, 'OriginChainTooLong')
        .withArgs(HUNAN_HOUSING, 101)
    })

    it('carries an annulment of any origin to the last successor, in one lookup', async () => {
      const last = await sendOn(MOST_ORIGINS)
      await asOrigin.note(HUNAN_HOUSING, 2, [7], await decided())
      await act('Annul', 5)
      const facts = await ledger.lookup({
        issuer: last.issuer,
        root: rootOf(1),
        kid: rootOf(0),
        statusIndex: last.index,
        ...NOT_ASKED,
      })
      expect(
        facts.origins.map(({ issuer, index, status, notices }) => [issuer, index, status, notices]),
      ).to.deep.equal(
        Array.from({ length: MOST_ORIGINS }, (_, back) => {
          const index = MOST_ORIGINS + 4 - back
          return [
            index % 2 === 1 ? HUNAN_HOUSING : GUANGDONG_HOUSING,
            BigInt(index),
            index === 5 ? LegalStatus.Annulled : LegalStatus.Transferred,
            index === 7 ? 4n : 0n,
          ]
        }),
      )
    })
  })

  it('goes back to the origin by a correction once the successor is annulled, and then to another destination', async () => {
    await out()
    await takeIn()
    await annulAndCorrect()
    expect(await ledger.successorOf(HUNAN_HOUSING, 5)).to.deep.equal([`0x${'00'.repeat(18)}`, 0n, 0n])
    await out(GUANGDONG_RESOURCES)
    await takeIn({ issuer: GUANGDONG_RESOURCES, index: 3 })
    expect(await statusOf(5)).to.equal(LegalStatus.Transferred)
  })
})
