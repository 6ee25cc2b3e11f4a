import { expect } from 'chai'
import type { ContractTransactionResponse, EventLog } from 'ethers'
import { beforeEach, describe, it } from 'mocha'
import { ACTS_OF_THEIR_OWN } from './law.ts'
import {
  type ActName,
  blockTime,
  Capacity,
  chain,
  type Decision,
  decided,
  ethers,
  GUANGDONG,
  gasOf,
  HUNAN,
  HUNAN_HOUSING,
  LEGAL_STATUSES,
  type Ledger,
  LegalStatus,
  NO_STATUS,
  STATUS_ACTS,
  StatusAct,
  type StatusName,
} from './ledger-fixture.ts'
import {
  byTwoKeys,
  CHANGSHA,
  CHANGSHA_HOUSING,
  correctByTwo,
  DAY,
  deployWithLicences,
  enter,
  GUANGDONG_HOUSING,
  LICENCES,
  type Licences,
  MOST_ORIGINS,
  retireByTwo,
  transfer,
} from './licence-fixture.ts'

/** Statuses that a correction names by itself; the others say that a link stands. */
const UNLINKED = LEGAL_STATUSES.filter(
  (name) => name !== 'Superseded' && name !== 'TransferredOut' && name !== 'Transferred',
)

type Call = (as: Ledger) => Promise<ContractTransactionResponse>

describe('Corrections', () => {
  let fixture: Licences
  let ledger: Ledger
  let asOperator: Ledger
  let asHunan: Ledger
  let asCity: Ledger
  let asBureau: Ledger
  let asReceiver: Ledger

  beforeEach(async () => {
    fixture = await chain.loadFixture(deployWithLicences)
    ledger = fixture.ledger
    asOperator = ledger.connect(fixture.operator)
    asHunan = ledger.connect(fixture.hunanAdmin)
    asCity = ledger.connect(fixture.cityAdmin)
    asBureau = ledger.connect(fixture.cityOperator)
    asReceiver = ledger.connect(fixture.receiver)
  })

  const act = async (name: ActName, ...indices: number[]) =>
    await enter(asOperator, HUNAN_HOUSING, name, indices)
  const statusOf = (index: number): Promise<bigint> => ledger.statusOf(HUNAN_HOUSING, index)
  /** Hunan's department proposes, whom the council named confirms. */
  const correct = async (status: StatusName, ...indices: number[]) =>
    await correctByTwo(asOperator, ledger, HUNAN_HOUSING, indices, LegalStatus[status])

  /** The same call of each kind for whoever makes it. */
  async function bothKinds(issuer: string, more: Partial<Decision> = {}): Promise<Call[]> {
    const decision = await decided('1', more)
    return [
      async (as) => await as.correct(issuer, [5], LegalStatus.Revoked, decision),
      async (as) => await as.actLate(issuer, StatusAct.Revoke, [5], { ...decision, effectiveAt: 1 }),
    ]
  }

  describe('of a status', () => {
    it('lead from any to any, whatever the law of acts says: what one key entered, two take back', async () => {
      const acts: ActName[] = ['Suspend', 'Revoke', 'Annul', 'Withdraw', 'Deregister', 'Restrict', 'Defer']
      for (const name of acts) {
        await act(name, 5)
        await correct('Valid', 5)
        expect(await statusOf(5), name).to.equal(LegalStatus.Valid)
      }
      await act('Annul', 5)
      for (const name of UNLINKED) {
        await correct(name, 5)
        expect(await statusOf(5), name).to.equal(LegalStatus[name])
      }
    })

    // Finding 6: an operator annuls 6,400 licences in one call, and no act reversed a quashed decision.
    it('undo an annulment of a thousand licences in one call', async () => {
      const all = Array.from({ length: 1_000 }, (_, index) => index)
      await act('Annul', ...all)
      await correct('Valid', ...all)
      const statuses = await Promise.all([0, 500, 999].map(statusOf))
      expect(statuses).to.deep.equal([LegalStatus.Valid, LegalStatus.Valid, LegalStatus.Valid])
    })

    it('are proposed first and change nothing, then confirmed, and are acts with a decision of their own', async () => {
      await act('Annul', 5, 100)
      const block = await ethers.provider.getBlockNumber()
      const decision = await decided('湘建更〔2026〕1号', { effectiveAt: 1 })
      const call: Call = async (as) => await as.correct(HUNAN_HOUSING, [5, 100], LegalStatus.Valid, decision)
      const proposed = await call(asOperator)
      const digest = ethers.keccak256(proposed.data)
      await expect(proposed)
        .to.emit(ledger, 'Proposed')
        .withArgs(digest, fixture.operator.address, proposed.data)
      expect(await statusOf(5)).to.equal(LegalStatus.Annulled)
      const confirmed = call(ledger)
      await expect(confirmed).to.emit(ledger, 'Confirmed').withArgs(digest, fixture.council.address)
      await expect(confirmed)
        .to.emit(ledger, 'StatusActed')
        .withArgs(
          HUNAN_HOUSING,
          StatusAct.Correct,
          LegalStatus.Valid,
          fixture.council.address,
          Capacity.Operator,
          [5, 100],
          [block, block],
          Object.values(decision),
        )
      const word = await ledger.statusWordOf(HUNAN_HOUSING, 5)
      expect((word >> 232n) & (2n ** 23n - 1n)).to.equal(2n)
    })

    it('clear the ends of what they put right', async () => {
      const endsAt = (await blockTime()) + DAY
      await enter(asOperator, HUNAN_HOUSING, 'Suspend', [5, 6], { endsAt })
      await enter(asOperator, HUNAN_HOUSING, 'Restrict', [5], { endsAt })
      await correct('Suspended', 5)
      const notes = await ledger.notesOf(HUNAN_HOUSING, 5)
      expect([notes.suspensionEnd, notes.restrictionEnd]).to.deep.equal([0n, 0n])
      expect((await ledger.notesOf(HUNAN_HOUSING, 6)).suspensionEnd).to.equal(BigInt(endsAt))
    })

    it('forget the destination of a transfer out', async () => {
      await asOperator.transferOut(HUNAN_HOUSING, [5], GUANGDONG_HOUSING, await decided())
      await correct('Valid', 5)
      expect(await ledger.successorOf(HUNAN_HOUSING, 5)).to.deep.equal([`0x${'00'.repeat(18)}`, 0n, 0n])
      await expect(
        asReceiver.transferIn(
          { issuer: GUANGDONG_HOUSING, index: 1 },
          { issuer: HUNAN_HOUSING, index: 5 },
          await decided(),
        ),
      ).to.be.revertedWithCustomError(ledger, 'TransferOriginNotOut')
    })

    it('are refused, already as a proposal, for what no correction may be', async () => {
      const decision = await decided()
      const refused = async (
        indices: (number | bigint)[],
        status: bigint,
        more: Partial<Decision>,
        error: string,
        ...values: unknown[]
      ) => {
        await expect(asOperator.correct(HUNAN_HOUSING, indices, status, { ...decision, ...more }))
          .to.be.revertedWithCustomError(ledger, error)
          .withArgs(...values)
      }
      const { Valid, TransferredOut, Superseded, Transferred } = LegalStatus
      for (const status of [TransferredOut, Superseded, Transferred]) {
        await refused([5], status, {}, 'CorrectionStatusUnlawful', status)
      }
      const { effectiveAt } = decision
      await refused([5], Valid, { endsAt: 9 }, 'StatusEndUnlawful', StatusAct.Correct, effectiveAt, 9)
      await refused([5], Valid, { number: '' }, 'StatusDecisionNumberLength', 0)
      await refused([5], Valid, { legalBasis: `0x${'00'.repeat(16)}` }, 'StatusLegalBasisMissing')
      await refused([], Valid, {}, 'StatusIndicesEmpty', HUNAN_HOUSING)
      await refused([LICENCES], Valid, {}, 'StatusIndexNotAnchored', HUNAN_HOUSING, LICENCES)
      await refused([2n ** 48n], Valid, {}, 'StatusIndexNotAnchored', HUNAN_HOUSING, 2n ** 48n)
      await asOperator.passOver(HUNAN_HOUSING, LICENCES, 1)
      await refused([5, LICENCES], Valid, {}, 'StatusIndexNotAnchored', HUNAN_HOUSING, LICENCES)
      const ahead = (await blockTime()) + 1_000
      await expect(
        asOperator.correct(HUNAN_HOUSING, [5], Valid, { ...decision, effectiveAt: ahead }),
      ).to.be.revertedWithCustomError(ledger, 'StatusEffectiveInFuture')
      await expect(correct('Valid', 6, 5)).to.be.revertedWithCustomError(ledger, 'StatusIndicesNotAscending')
    })
  })

  describe('of a licence whose place another took', () => {
    const supersede = async (index: number, successor: number) =>
      await asOperator.supersede(
        { issuer: HUNAN_HOUSING, index: successor },
        { issuer: HUNAN_HOUSING, index },
        await decided(),
      )
    const afterSuccessor = async (status: StatusName, index: number, issuer: string, successor: number) => {
      await expect(correct(status, index), status)
        .to.be.revertedWithCustomError(ledger, 'CorrectionAfterSuccessor')
        .withArgs(HUNAN_HOUSING, index, issuer, successor)
    }

    it('are refused while it stands, superseding or taken in, whatever became of it short of annulment', async () => {
      await supersede(5, 900)
      await transfer(
        { as: asOperator, issuer: HUNAN_HOUSING, index: 6 },
        { as: asReceiver, issuer: GUANGDONG_HOUSING, index: 7 },
      )
      for (const name of UNLINKED) {
        await afterSuccessor(name, 5, HUNAN_HOUSING, 900)
        await afterSuccessor(name, 6, GUANGDONG_HOUSING, 7)
      }
      for (const name of ['Suspend', 'Revoke', 'Deregister'] as const) {
        await act(name, 900)
        await afterSuccessor('Valid', 5, HUNAN_HOUSING, 900)
      }
      await act('Annul', 900)
      await correct('Valid', 5)
      expect(await statusOf(5)).to.equal(LegalStatus.Valid)
    })

    it('are refused for all when one of them has a standing successor', async () => {
      await supersede(5, 900)
      await expect(correct('Valid', 4, 5))
        .to.be.revertedWithCustomError(ledger, 'CorrectionAfterSuccessor')
        .withArgs(HUNAN_HOUSING, 5, HUNAN_HOUSING, 900)
    })

    it('are refused while the place of the annulled successor is another’s, and that of the next', async () => {
      await supersede(5, 900)
      await supersede(900, 901)
      await transfer(
        { as: asOperator, issuer: HUNAN_HOUSING, index: 901 },
        { as: asReceiver, issuer: GUANGDONG_HOUSING, index: 7 },
      )
      await act('Annul', 900)
      await afterSuccessor('Valid', 5, HUNAN_HOUSING, 901)
      await act('Annul', 901)
      await afterSuccessor('Valid', 5, GUANGDONG_HOUSING, 7)
      await enter(asReceiver, GUANGDONG_HOUSING, 'Annul', [7])
      await correct('Valid', 5)
    })

    it('are refused behind a link that was broken: what an annulled one was re-made as comes back no more', async () => {
      await supersede(5, 900)
      await supersede(900, 901)
      await act('Annul', 900, 901)
      await correct('Valid', 5)
      await expect(correct('Valid', 901))
        .to.be.revertedWithCustomError(ledger, 'CorrectionAfterOrigin')
        .withArgs(HUNAN_HOUSING, 900, HUNAN_HOUSING, 5)
    })

    it('cost at most so much, however many void successors are behind one another', async () => {
      for (let index = 0; index < MOST_ORIGINS; ++index) await supersede(index, index + 1)
      const successors = Array.from({ length: MOST_ORIGINS }, (_, place) => place + 1)
      await act('Annul', ...successors)
      const gas = await gasOf(correct('Valid', 0))
      console.log(`      a correction before ${MOST_ORIGINS} void successors: ${gas} gas`)
      expect(gas).to.be.at.most(400_000)
      await expect(supersede(0, 100)).to.emit(ledger, 'Superseded')
    })

    it('forget the annulled successor for good: corrected itself, it would be the second in one place', async () => {
      await supersede(5, 900)
      await act('Annul', 900)
      await correct('Valid', 5)
      expect((await ledger.successorOf(HUNAN_HOUSING, 5)).since).to.equal(0n)
      for (const name of UNLINKED.filter((one) => one !== 'Annulled' && one !== 'AnnulledDeregistered')) {
        await expect(correct(name, 900), name)
          .to.be.revertedWithCustomError(ledger, 'CorrectionAfterOrigin')
          .withArgs(HUNAN_HOUSING, 900, HUNAN_HOUSING, 5)
      }
      await correct('AnnulledDeregistered', 900)
      await correct('Annulled', 900)
      // Also when the place is another's now, or will be taken where index and destination look alike.
      await supersede(5, 901)
      await expect(correct('Valid', 900)).to.be.revertedWithCustomError(ledger, 'CorrectionAfterOrigin')
    })

    it('bring no two in force in one place by one call, in whatever order of their indices', async () => {
      const both = async (first: number, second: number): Promise<void> => {
        const indices = [first, second].toSorted((one, other) => one - other)
        await act('Annul', second)
        await expect(correct('Valid', ...indices))
          .to.be.revertedWithCustomError(ledger, 'CorrectionAfterOrigin')
          .withArgs(HUNAN_HOUSING, second, HUNAN_HOUSING, first)
        // Void together they may be; and each alone as before.
        await correct('Annulled', ...indices)
        await correct('Revoked', first)
        expect([await statusOf(first), await statusOf(second)]).to.deep.equal([
          LegalStatus.Revoked,
          LegalStatus.Annulled,
        ])
      }
      await supersede(5, 900)
      await both(5, 900)
      await supersede(901, 6)
      await both(901, 6)
    })

    it('bring none in force in the place of one beside it, that it goes back to through another agency', async () => {
      const [there, back] = [
        { as: asReceiver, issuer: GUANGDONG_HOUSING, index: 7 },
        { as: asOperator, issuer: HUNAN_HOUSING, index: 2 },
      ]
      await transfer({ as: asOperator, issuer: HUNAN_HOUSING, index: 1 }, there)
      await transfer(there, back)
      await act('Annul', 2)
      await enter(asReceiver, GUANGDONG_HOUSING, 'Annul', [7])
      await expect(correct('Valid', 1, 2))
        .to.be.revertedWithCustomError(ledger, 'CorrectionAfterOrigin')
        .withArgs(GUANGDONG_HOUSING, 7, HUNAN_HOUSING, 1)
    })

    it('do not take the destination of a new transfer out for the successor that was forgotten', async () => {
      const first = { as: asReceiver, issuer: GUANGDONG_HOUSING, index: 0 }
      await transfer({ as: asOperator, issuer: HUNAN_HOUSING, index: 5 }, first)
      await enter(asReceiver, GUANGDONG_HOUSING, 'Annul', [0])
      await correct('Valid', 5)
      await asOperator.transferOut(HUNAN_HOUSING, [5], GUANGDONG_HOUSING, await decided())
      await expect(correctByTwo(asReceiver, ledger, GUANGDONG_HOUSING, [0], LegalStatus.Valid))
        .to.be.revertedWithCustomError(ledger, 'CorrectionAfterOrigin')
        .withArgs(GUANGDONG_HOUSING, 0, HUNAN_HOUSING, 5)
    })

    it('undo the annulment of the successor while its origin is not corrected', async () => {
      await supersede(5, 900)
      await act('Annul', 900)
      await correct('Valid', 900)
      await afterSuccessor('Valid', 5, HUNAN_HOUSING, 900)
    })

    // An annulment travels to the successor: one key that annuls old licences voids those in force, in other provinces too.
    it('take an annulment back to what the link says, and leave the link', async () => {
      await supersede(5, 900)
      await transfer(
        { as: asOperator, issuer: HUNAN_HOUSING, index: 6 },
        { as: asReceiver, issuer: GUANGDONG_HOUSING, index: 7 },
      )
      const links = await Promise.all([5, 6].map((index) => ledger.successorOf(HUNAN_HOUSING, index)))
      await act('Annul', 5, 6)
      for (const [name, index] of [
        ['Superseded', 6],
        ['Transferred', 5],
        ['TransferredOut', 6],
      ] as const) {
        await expect(correct(name, index))
          .to.be.revertedWithCustomError(ledger, 'CorrectionStatusUnlawful')
          .withArgs(LegalStatus[name])
      }
      await correct('Superseded', 5)
      await correct('Transferred', 6)
      expect([await statusOf(5), await statusOf(6)]).to.deep.equal([
        LegalStatus.Superseded,
        LegalStatus.Transferred,
      ])
      expect(
        await Promise.all([5, 6].map((index) => ledger.successorOf(HUNAN_HOUSING, index))),
      ).to.deep.equal(links)
    })

    it('leave a successor its place when an earlier one, forgotten, is found to have taken none', async () => {
      const [first, second] = [3, 4].map((index) => ({ as: asReceiver, issuer: GUANGDONG_HOUSING, index }))
      if (first === undefined || second === undefined) throw new Error('no successors')
      const origin = { as: asOperator, issuer: HUNAN_HOUSING, index: 5 }
      await transfer(origin, first)
      await enter(asReceiver, GUANGDONG_HOUSING, 'Annul', [first.index])
      await correct('Valid', 5)
      await transfer(origin, second)
      const decision = await decided()
      const forgotten = { issuer: GUANGDONG_HOUSING, index: first.index }
      await byTwoKeys(
        asReceiver,
        ledger,
        async (as) => await as.dissolveSuccession(forgotten, { issuer: HUNAN_HOUSING, index: 5 }, decision),
      )
      expect((await ledger.originOf(GUANGDONG_HOUSING, first.index)).since).to.equal(0n)
      expect(await statusOf(5)).to.equal(LegalStatus.Transferred)
      expect((await ledger.successorOf(HUNAN_HOUSING, 5)).index).to.equal(BigInt(second.index))
    })

    it('know no end, nor does what unlinks two', async () => {
      await supersede(5, 900)
      const decision = await decided('1', { endsAt: (await blockTime()) + DAY })
      const successor = { issuer: HUNAN_HOUSING, index: 900 }
      await expect(asOperator.dissolveSuccession(successor, { issuer: HUNAN_HOUSING, index: 5 }, decision))
        .to.be.revertedWithCustomError(ledger, 'StatusEndUnlawful')
        .withArgs(StatusAct.Correct, decision.effectiveAt, decision.endsAt)
    })

    it('make no link where a transfer out only names a destination', async () => {
      await asOperator.transferOut(HUNAN_HOUSING, [5], GUANGDONG_HOUSING, await decided())
      await expect(correct('Transferred', 5))
        .to.be.revertedWithCustomError(ledger, 'CorrectionStatusUnlawful')
        .withArgs(LegalStatus.Transferred)
    })
  })

  describe('and late acts, by two keys', () => {
    const confirmRefused = async (call: Call, as: Ledger, error: string, ...values: unknown[]) => {
      await expect(call(as))
        .to.be.revertedWithCustomError(ledger, error)
        .withArgs(...values)
    }

    it('are proposed by who acts on the licences, and nobody else', async () => {
      const { hunanAdmin, guangdongAdmin, stranger, council, receiver } = fixture
      for (const call of await bothKinds(HUNAN_HOUSING)) {
        for (const caller of [hunanAdmin, guangdongAdmin, stranger, council, receiver]) {
          await expect(call(ledger.connect(caller)))
            .to.be.revertedWithCustomError(ledger, 'CallerNotOperator')
            .withArgs(HUNAN_HOUSING, caller.address)
        }
      }
    })

    it('are proposed by the admin of the region above too, confirmed then by the superior of that', async () => {
      const { cityAdmin, hunanAdmin, stranger, guangdongAdmin } = fixture
      for (const call of await bothKinds(CHANGSHA_HOUSING)) {
        const snapshot = await chain.takeSnapshot()
        await call(asHunan)
        for (const caller of [hunanAdmin, stranger, guangdongAdmin])
          await confirmRefused(call, ledger.connect(caller), 'CallerNotSuperior', 0, caller.address)
        await confirmRefused(call, asCity, 'CallerNotSuperior', 0, cityAdmin.address)
        await confirmRefused(call, asBureau, 'CallerNotSuperior', 0, fixture.cityOperator.address)
        await expect(call(ledger)).to.emit(ledger, 'StatusActed')
        const [event] = (await ledger.queryFilter('StatusActed')).slice(-1)
        expect((event as EventLog).args['capacity']).to.equal(Capacity.Superior)
        expect(await ledger.statusOf(CHANGSHA_HOUSING, 5)).to.equal(LegalStatus.Revoked)
        await snapshot.restore()
      }
    })

    it('are confirmed by the superior of the region alone', async () => {
      const { cityAdmin, cityOperator, council, guangdongAdmin, stranger } = fixture
      for (const call of await bothKinds(CHANGSHA_HOUSING)) {
        await call(asBureau)
        for (const caller of [cityOperator, council, guangdongAdmin, stranger]) {
          const values = [HUNAN, caller.address]
          await confirmRefused(call, ledger.connect(caller), 'CallerNotSuperior', ...values)
        }
        // The admin of the region nominates its agencies' operators, and so is no second key for them.
        await confirmRefused(call, asCity, 'CallerNotSuperior', HUNAN, cityAdmin.address)
        const snapshot = await chain.takeSnapshot()
        await call(asHunan)
        expect(await ledger.statusOf(CHANGSHA_HOUSING, 5)).to.equal(LegalStatus.Revoked)
        await snapshot.restore()
      }
    })

    it('are confirmed above a province by whom the council named, not by the admin of the province', async () => {
      for (const call of await bothKinds(HUNAN_HOUSING)) {
        const snapshot = await chain.takeSnapshot()
        await call(asOperator)
        await confirmRefused(call, asHunan, 'CallerNotSuperior', 0, fixture.hunanAdmin.address)
        await call(ledger)
        expect(await statusOf(5)).to.equal(LegalStatus.Revoked)
        await snapshot.restore()
      }
    })

    it('are not confirmed by an admin that governs the region above as well', async () => {
      await asHunan.nominateRegionAdmin(CHANGSHA, fixture.hunanAdmin.address)
      await asHunan.acceptRegionAdmin(CHANGSHA)
      await chain.time.increase(8 * DAY)
      for (const call of await bothKinds(CHANGSHA_HOUSING)) {
        const snapshot = await chain.takeSnapshot()
        await call(asBureau)
        await confirmRefused(call, asHunan, 'CallerNotSuperior', 0, fixture.hunanAdmin.address)
        await call(ledger)
        await snapshot.restore()
      }
    })

    it('are not confirmed by who proposed them', async () => {
      await retireByTwo(asCity, asHunan, CHANGSHA_HOUSING)
      await asHunan.suspendRegion(CHANGSHA)
      for (const call of await bothKinds(CHANGSHA_HOUSING)) {
        const snapshot = await chain.takeSnapshot()
        // The custodian is Hunan's admin now, and the superior of Changsha too.
        await call(asHunan)
        await confirmRefused(call, asHunan, 'CallerNotSuperior', 0, fixture.hunanAdmin.address)
        await call(ledger)
        await snapshot.restore()
      }
      await ledger.suspendRegion(HUNAN)
      for (const call of await bothKinds(CHANGSHA_HOUSING)) {
        await call(ledger)
        await confirmRefused(call, ledger, 'ConfirmerIsProposer', fixture.council.address)
      }
    })

    it('are not confirmed by an account that the proposer appointed', async () => {
      // A former admin of Hunan, now operator in Changsha, had nominated the admin that would confirm.
      const { hunanAdmin, spare } = fixture
      await asHunan.nominateRegionAdmin(HUNAN, spare.address)
      await ledger.connect(spare).acceptRegionAdmin(HUNAN)
      await asCity.nominateOperator(CHANGSHA_HOUSING, hunanAdmin.address)
      await asHunan.acceptOperator(CHANGSHA_HOUSING)
      await chain.time.increase(8 * DAY)
      for (const call of await bothKinds(CHANGSHA_HOUSING)) {
        await call(asHunan)
        const values = [spare.address, hunanAdmin.address]
        await confirmRefused(call, ledger.connect(spare), 'ConfirmerAppointedByProposer', ...values)
      }
    })

    it('are not confirmed by an account in office for less than seven days', async () => {
      const { spare } = fixture
      await ledger.nominateRegionAdmin(HUNAN, spare.address)
      const asSpare = ledger.connect(spare)
      await asSpare.acceptRegionAdmin(HUNAN)
      const heldSince = await blockTime()
      const [call] = await bothKinds(CHANGSHA_HOUSING)
      if (call === undefined) throw new Error('no kind of call')
      await call(asBureau)
      await confirmRefused(call, asSpare, 'ConfirmerTooNew', spare.address, heldSince)
      await chain.time.setNextBlockTimestamp(heldSince + 7 * DAY - 1)
      await confirmRefused(call, asSpare, 'ConfirmerTooNew', spare.address, heldSince)
      await chain.time.setNextBlockTimestamp(heldSince + 7 * DAY)
      await call(asSpare)
      expect(await ledger.statusOf(CHANGSHA_HOUSING, 5)).to.equal(LegalStatus.Revoked)
    })

    it('are not confirmed by whom the council named less than seven days ago', async () => {
      const { spare } = fixture
      const manager = await ethers.getContractAt('AccessManager', await ledger.authority())
      await manager.getFunction('grantRole').send(0, spare.address, 0)
      const heldSince = await blockTime()
      const asSpare = ledger.connect(spare)
      for (const call of await bothKinds(HUNAN_HOUSING)) {
        await call(asOperator)
        await confirmRefused(call, asSpare, 'ConfirmerTooNew', spare.address, heldSince)
      }
    })

    it('lapse when the proposer leaves its office, and after thirty days', async () => {
      const { operator, spare } = fixture
      for (const call of await bothKinds(HUNAN_HOUSING)) {
        const snapshot = await chain.takeSnapshot()
        await call(asOperator)
        await asHunan.nominateOperator(HUNAN_HOUSING, spare.address)
        await ledger.connect(spare).acceptOperator(HUNAN_HOUSING)
        await confirmRefused(call, ledger, 'CallerNotOperator', HUNAN_HOUSING, fixture.council.address)
        await confirmRefused(call, asOperator, 'CallerNotOperator', HUNAN_HOUSING, operator.address)
        await expect(call(ledger.connect(spare))).to.emit(ledger, 'Proposed')
        await snapshot.restore()
        await call(asOperator)
        await chain.time.increase(30 * DAY)
        await confirmRefused(call, ledger, 'CallerNotOperator', HUNAN_HOUSING, fixture.council.address)
      }
    })

    it('are carried out once: the same call is then a proposal again', async () => {
      const [call] = await bothKinds(HUNAN_HOUSING)
      if (call === undefined) throw new Error('no kind of call')
      await byTwoKeys(asOperator, ledger, call)
      await confirmRefused(call, ledger, 'CallerNotOperator', HUNAN_HOUSING, fixture.council.address)
      await expect(call(asOperator)).to.emit(ledger, 'Proposed')
    })

    it('are one call: another index, status, act or decision is another proposal', async () => {
      const decision = await decided()
      await asOperator.correct(HUNAN_HOUSING, [5], LegalStatus.Valid, decision)
      for (const call of [
        ledger.correct(HUNAN_HOUSING, [6], LegalStatus.Valid, decision),
        ledger.correct(HUNAN_HOUSING, [5], LegalStatus.Revoked, decision),
        ledger.correct(HUNAN_HOUSING, [5], LegalStatus.Valid, { ...decision, number: '2' }),
        ledger.actLate(HUNAN_HOUSING, StatusAct.Revoke, [5], { ...decision, effectiveAt: 2 }),
      ]) {
        await expect(call).to.be.revertedWithCustomError(ledger, 'CallerNotOperator')
      }
    })

    it('of a retired agency are proposed by its successor’s operator, confirmed by that one’s superior', async () => {
      await asOperator.acceptAgencySuccession(CHANGSHA_HOUSING, HUNAN_HOUSING)
      await retireByTwo(asCity, asHunan, CHANGSHA_HOUSING, HUNAN_HOUSING)
      for (const call of await bothKinds(CHANGSHA_HOUSING)) {
        const snapshot = await chain.takeSnapshot()
        await call(asOperator)
        // Hunan's admin is the superior of Changsha, but nominates the operator that proposes.
        await confirmRefused(call, asHunan, 'CallerNotSuperior', 0, fixture.hunanAdmin.address)
        await call(ledger)
        expect(await ledger.statusOf(CHANGSHA_HOUSING, 5)).to.equal(LegalStatus.Revoked)
        await snapshot.restore()
      }
    })

    it('of a retired agency without successor are proposed by the custodian, confirmed by its superior', async () => {
      await retireByTwo(asCity, asHunan, CHANGSHA_HOUSING)
      for (const call of await bothKinds(CHANGSHA_HOUSING)) {
        const snapshot = await chain.takeSnapshot()
        await call(asCity)
        await confirmRefused(call, asCity, 'CallerNotSuperior', HUNAN, fixture.cityAdmin.address)
        await call(asHunan)
        await snapshot.restore()
      }
    })

    it('rest with the region of who proposed them', async () => {
      await retireByTwo(asCity, asHunan, CHANGSHA_HOUSING)
      for (const call of await bothKinds(CHANGSHA_HOUSING)) {
        const snapshot = await chain.takeSnapshot()
        await call(asCity)
        await ledger.suspendRegion(HUNAN)
        // Whom the council named is custodian meanwhile, and so proposes itself.
        await expect(call(ledger)).to.emit(ledger, 'Proposed')
        expect(await ledger.statusOf(CHANGSHA_HOUSING, 5)).to.equal(LegalStatus.Valid)
        await snapshot.restore()
      }
    })
  })

  // Finding 10: an act older than 31 days could not be entered truthfully.
  describe('of omission: an act entered late', () => {
    it('takes effect any time back, and follows the law of acts', async () => {
      const decision = await decided('1', { effectiveAt: 1_700_000_000 })
      await expect(
        asOperator.act(HUNAN_HOUSING, StatusAct.Revoke, [5], decision),
      ).to.be.revertedWithCustomError(ledger, 'StatusEffectiveTooEarly')
      const late: Call = async (as) => await as.actLate(HUNAN_HOUSING, StatusAct.Revoke, [5], decision)
      await late(asOperator)
      await expect(late(ledger))
        .to.emit(ledger, 'StatusActed')
        .withArgs(
          HUNAN_HOUSING,
          StatusAct.Revoke,
          NO_STATUS,
          fixture.council.address,
          Capacity.Operator,
          [5],
          [0],
          Object.values(decision),
        )
      expect(await statusOf(5)).to.equal(LegalStatus.Revoked)
      await late(asOperator)
      await expect(late(ledger))
        .to.be.revertedWithCustomError(ledger, 'StatusTransitionUnlawful')
        .withArgs(HUNAN_HOUSING, 5, LegalStatus.Revoked, StatusAct.Revoke)
    })

    it('keeps the end it had, also when that is over', async () => {
      const decision = await decided('1', { effectiveAt: 1_700_000_000, endsAt: 1_700_086_400 })
      await byTwoKeys(
        asOperator,
        ledger,
        async (as) => await as.actLate(HUNAN_HOUSING, StatusAct.Suspend, [5], decision),
      )
      expect((await ledger.notesOf(HUNAN_HOUSING, 5)).suspensionEnd).to.equal(1_700_086_400n)
    })

    it('is any act that has no function of its own', async () => {
      const decision = await decided('1', { effectiveAt: 1_700_000_000 })
      for (const name of STATUS_ACTS) {
        const call: Call = async (as) => await as.actLate(HUNAN_HOUSING, StatusAct[name], [5], decision)
        const hasOwn = ACTS_OF_THEIR_OWN.includes(name)
        if (hasOwn) {
          await expect(call(asOperator), name)
            .to.be.revertedWithCustomError(ledger, 'StatusActOfItsOwn')
            .withArgs(StatusAct[name])
        } else {
          await expect(call(asOperator), name).to.emit(ledger, 'Proposed')
        }
      }
      await byTwoKeys(
        asOperator,
        ledger,
        async (as) => await as.actLate(HUNAN_HOUSING, StatusAct.Annul, [6], decision),
      )
      expect(await statusOf(6)).to.equal(LegalStatus.Annulled)
    })

    it('is refused like any act, already as a proposal', async () => {
      const old = { effectiveAt: 1_700_000_000 }
      const refused = async (indices: number[], more: Partial<Decision>, error: string) => {
        const decision = await decided('1', { ...old, ...more })
        await expect(
          asOperator.actLate(HUNAN_HOUSING, StatusAct.Suspend, indices, decision),
        ).to.be.revertedWithCustomError(ledger, error)
      }
      await refused([], {}, 'StatusIndicesEmpty')
      await refused([LICENCES], {}, 'StatusIndexNotAnchored')
      await refused([5], { number: '' }, 'StatusDecisionNumberLength')
      await refused([5], { legalBasis: `0x${'00'.repeat(16)}` }, 'StatusLegalBasisMissing')
      await refused([5], { endsAt: 1 }, 'StatusEndUnlawful')
      await refused([5], { effectiveAt: (await blockTime()) + 10_000 }, 'StatusEffectiveInFuture')
    })

    it('is refused when it is confirmed, if the law of acts or the order of the indices forbids it', async () => {
      const decision = await decided('1', { effectiveAt: 1_700_000_000 })
      const refused = async (indices: number[], error: string) => {
        const call: Call = async (as) => await as.actLate(HUNAN_HOUSING, StatusAct.Suspend, indices, decision)
        await call(asOperator)
        await expect(call(ledger)).to.be.revertedWithCustomError(ledger, error)
      }
      await refused([6, 5], 'StatusIndicesNotAscending')
      await act('Revoke', 7)
      await refused([7], 'StatusTransitionUnlawful')
    })

    it('is late: what one key may still enter, one key enters', async () => {
      for (const [age, isLate] of [
        [0, false],
        [31 * DAY, false],
        [31 * DAY + 1, true],
      ] as const) {
        const now = (await blockTime()) + 1000
        await chain.time.setNextBlockTimestamp(now)
        const decision = await decided('1', { effectiveAt: now - age })
        const attempt = asOperator.actLate(HUNAN_HOUSING, StatusAct.Revoke, [5], decision)
        if (isLate) await expect(attempt).to.emit(ledger, 'Proposed')
        else
          await expect(attempt)
            .to.be.revertedWithCustomError(ledger, 'StatusNotLate')
            .withArgs(now - age, now)
      }
    })
  })

  it('are beyond two keys that are one province’s: its admin and its operator', async () => {
    await act('Annul', 5)
    const decision = await decided()
    const call: Call = async (as) => await as.correct(HUNAN_HOUSING, [5], LegalStatus.Valid, decision)
    await call(asOperator)
    for (const caller of [fixture.hunanAdmin, fixture.operator, fixture.cityAdmin]) {
      await expect(call(ledger.connect(caller))).to.be.revertedWithCustomError(ledger, 'CallerNotSuperior')
    }
    expect(await statusOf(5)).to.equal(LegalStatus.Annulled)
    expect((await ledger.region(GUANGDONG)).admin).to.equal(fixture.guangdongAdmin.address)
  })
})
