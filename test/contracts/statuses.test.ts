import { expect } from 'chai'
import type { ContractTransactionResponse } from 'ethers'
import { beforeEach, describe, it } from 'mocha'
import { ACTS_OF_THEIR_OWN, LAW } from './law.ts'
import {
  type ActName,
  blockTime,
  Capacity,
  chain,
  type Decision,
  decided,
  ethers,
  HUNAN_HOUSING,
  type Ledger,
  LegalStatus,
  NO_STATUS,
  rootOf,
  STATUS_ACTS,
  StatusAct,
  type StatusName,
} from './ledger-fixture.ts'
import {
  DAY,
  deployWithLicences,
  enter,
  GUANGDONG_HOUSING,
  invented,
  LICENCES,
  type Licences,
} from './licence-fixture.ts'

/** Statuses that one slot holds. */
const PER_WORD = 48
const LARGEST_BATCH = 2 ** 24
/** Another licence of the same agency, to supersede by. */
const REMADE = LICENCES - 1

describe('Statuses', () => {
  let fixture: Licences
  let ledger: Ledger
  let asOperator: Ledger

  beforeEach(async () => {
    fixture = await chain.loadFixture(deployWithLicences)
    ledger = fixture.ledger
    asOperator = ledger.connect(fixture.operator)
  })

  const act = async (name: ActName, ...indices: number[]): Promise<ContractTransactionResponse> =>
    await enter(asOperator, HUNAN_HOUSING, name, indices)
  const statusOf = (index: number): Promise<bigint> => ledger.statusOf(HUNAN_HOUSING, index)
  const statusesOf = (...indices: number[]): Promise<bigint[]> => Promise.all(indices.map(statusOf))

  /** By whatever function the act has, on licence 5. */
  async function perform(name: ActName): Promise<ContractTransactionResponse> {
    const decision = await decided()
    if (name === 'Supersede')
      return await asOperator.supersede(
        { issuer: HUNAN_HOUSING, index: REMADE },
        { issuer: HUNAN_HOUSING, index: 5 },
        decision,
      )
    if (name === 'TransferOut') {
      return await asOperator.transferOut(HUNAN_HOUSING, [5], GUANGDONG_HOUSING, decision)
    }
    if (name === 'TransferIn') {
      const successor = { issuer: GUANGDONG_HOUSING, index: 9 }
      return await ledger
        .connect(fixture.receiver)
        .transferIn(successor, { issuer: HUNAN_HOUSING, index: 5 }, decision)
    }
    return await act(name, 5)
  }

  describe('the law', () => {
    /** How a credential comes to each status. */
    const paths: Record<StatusName, ActName[]> = {
      Valid: [],
      Suspended: ['Suspend'],
      Revoked: ['Revoke'],
      Restricted: ['Restrict'],
      RestrictedSuspended: ['Restrict', 'Suspend'],
      Inactive: ['Defer'],
      Annulled: ['Annul'],
      Withdrawn: ['Withdraw'],
      Deregistered: ['Deregister'],
      RevokedDeregistered: ['Revoke', 'Deregister'],
      AnnulledDeregistered: ['Annul', 'Deregister'],
      WithdrawnDeregistered: ['Withdraw', 'Deregister'],
      Superseded: ['Supersede'],
      TransferredOut: ['TransferOut'],
      Transferred: ['TransferOut', 'TransferIn'],
    }
    const lawful = STATUS_ACTS.filter((name) => !['Dissolve', 'Correct', 'Inherit'].includes(name))

    /** A supersession and a transfer-in ask first whether the successor is in nobody's place, then whether anything is out. */
    function refusalOf(name: ActName, from: StatusName): [error: string, ...values: unknown[]] {
      if (name === 'Supersede' && from === 'Superseded') return ['SuccessorNotFresh', HUNAN_HOUSING, REMADE]
      if (name === 'TransferIn' && from === 'Transferred') return ['SuccessorNotFresh', GUANGDONG_HOUSING, 9]
      if (name === 'TransferIn') return ['TransferOriginNotOut', HUNAN_HOUSING, 5, LegalStatus[from]]
      return ['StatusTransitionUnlawful', HUNAN_HOUSING, 5, LegalStatus[from], StatusAct[name]]
    }

    for (const from of Object.keys(paths) as StatusName[]) {
      for (const name of lawful) {
        const to = LAW[name][from]
        it(`${to === undefined ? 'refuses' : 'allows'} ${name} from ${from}`, async () => {
          for (const step of paths[from]) await perform(step)
          expect(await statusOf(5)).to.equal(LegalStatus[from])
          if (to !== undefined) {
            await perform(name)
            expect(await statusOf(5)).to.equal(LegalStatus[to])
            return
          }
          const [error, ...values] = refusalOf(name, from)
          await expect(perform(name))
            .to.be.revertedWithCustomError(ledger, error)
            .withArgs(...values)
          expect(await statusOf(5)).to.equal(LegalStatus[from])
        })
      }
    }

    it('gives a function of its own to what needs more than an index', async () => {
      for (const name of ACTS_OF_THEIR_OWN) {
        await expect(act(name, 5), name)
          .to.be.revertedWithCustomError(ledger, 'StatusActOfItsOwn')
          .withArgs(StatusAct[name])
      }
    })

    it('knows no act beyond its table', async () => {
      const decision = await decided()
      const beyond = BigInt(STATUS_ACTS.length)
      await expect(asOperator.act(HUNAN_HOUSING, beyond, [5], decision)).to.be.revertedWithoutReason(ethers)
    })
  })

  describe('many indices', () => {
    it('changes exactly those named, across words, and writes one event', async () => {
      const named = [0, 1, 46, 47, 48, 95, 96, 4800, LICENCES - 1]
      const decision = await decided()
      await expect(asOperator.act(HUNAN_HOUSING, StatusAct.Suspend, named, decision))
        .to.emit(ledger, 'StatusActed')
        .withArgs(
          HUNAN_HOUSING,
          StatusAct.Suspend,
          NO_STATUS,
          fixture.operator.address,
          Capacity.Operator,
          named,
          [0, 0, 0, 0, 0],
          Object.values(decision),
        )
      for (const index of named) expect(await statusOf(index), String(index)).to.equal(LegalStatus.Suspended)
      for (const index of [2, 45, 49, 94, 97, 4799, 4801, LICENCES - 2]) {
        expect(await statusOf(index), String(index)).to.equal(LegalStatus.Valid)
      }
      expect(await ledger.queryFilter('StatusActed')).to.have.length(1)
    })

    it('keeps the other statuses of a word', async () => {
      await act('Revoke', 0, 47)
      await act('Suspend', 1, 46)
      await act('Reinstate', 1)
      const { Revoked, Suspended, Valid } = LegalStatus
      expect(await statusesOf(0, 1, 2, 46, 47)).to.deep.equal([Revoked, Valid, Valid, Suspended, Revoked])
    })

    it('moves credentials of one word from several statuses, each to its own', async () => {
      await act('Revoke', 1)
      await act('Annul', 2)
      await act('Withdraw', 46)
      await act('Deregister', 0, 1, 2, 46, 47)
      expect(await statusesOf(0, 1, 2, 3, 46, 47)).to.deep.equal([
        LegalStatus.Deregistered,
        LegalStatus.RevokedDeregistered,
        LegalStatus.AnnulledDeregistered,
        LegalStatus.Valid,
        LegalStatus.WithdrawnDeregistered,
        LegalStatus.Deregistered,
      ])
    })

    it('does all or nothing, and names the first credential that stood in the way', async () => {
      await act('Revoke', 54, 59)
      await expect(act('Suspend', 1, 53, 54, 59))
        .to.be.revertedWithCustomError(ledger, 'StatusTransitionUnlawful')
        .withArgs(HUNAN_HOUSING, 54, LegalStatus.Revoked, StatusAct.Suspend)
      expect(await statusOf(1)).to.equal(LegalStatus.Valid)
    })

    it('refuses an empty list', async () => {
      await expect(act('Suspend'))
        .to.be.revertedWithCustomError(ledger, 'StatusIndicesEmpty')
        .withArgs(HUNAN_HOUSING)
    })

    it('refuses indices that repeat or descend, within a word and across words', async () => {
      const cases: [number, number][] = [
        [5, 5],
        [5, 4],
        [48, 47],
        [200, 0],
      ]
      for (const [previous, next] of cases) {
        await expect(act('Suspend', previous, next))
          .to.be.revertedWithCustomError(ledger, 'StatusIndicesNotAscending')
          .withArgs(previous, next)
      }
    })

    it('keeps the lists of two issuers apart', async () => {
      await act('Revoke', 5)
      expect(await ledger.statusOf(GUANGDONG_HOUSING, 5)).to.equal(LegalStatus.Valid)
    })
  })

  // Findings 2 and 13: an index never used took acts, and later was somebody's licence.
  describe('an index that no anchor covers', () => {
    const beyond = [LICENCES, LICENCES + PER_WORD, 2 ** 48 - 1]

    for (const name of STATUS_ACTS.filter((one) => !ACTS_OF_THEIR_OWN.includes(one) && one !== 'Defer')) {
      it(`takes no ${name}, alone or behind one that is anchored`, async () => {
        for (const index of beyond) {
          for (const indices of [[index], [5, index]]) {
            await expect(act(name, ...indices))
              .to.be.revertedWithCustomError(ledger, 'StatusIndexNotAnchored')
              .withArgs(HUNAN_HOUSING, index)
          }
        }
      })
    }

    it('takes no index beyond 48 bits', async () => {
      const decision = await decided()
      for (const name of ['Suspend', 'Defer'] as const) {
        for (const index of [2n ** 48n, 2n ** 48n + 5n, 2n ** 256n - 1n]) {
          await expect(asOperator.act(HUNAN_HOUSING, StatusAct[name], [5, index], decision))
            .to.be.revertedWithCustomError(ledger, 'StatusIndexNotAnchored')
            .withArgs(HUNAN_HOUSING, index)
        }
      }
    })

    it('of an agency that has issued nothing takes no act', async () => {
      const { hunanAdmin, spare } = fixture
      const bureau = invented('430000', 7)
      const name = { zh: '湖南省教育厅', en: '', contact: '' }
      await ledger.connect(hunanAdmin).accreditAgency(bureau, 430000, spare.address, name)
      await expect(enter(ledger.connect(spare), bureau, 'Annul', [0]))
        .to.be.revertedWithCustomError(ledger, 'StatusIndexNotAnchored')
        .withArgs(bureau, 0)
    })
  })

  describe('暂缓生效, before the anchor', () => {
    it('makes a licence inactive from its anchor on, at no time in force between', async () => {
      await act('Defer', LICENCES, LICENCES + 1)
      await asOperator.anchor(HUNAN_HOUSING, LICENCES, { root: rootOf(2), size: 2 })
      expect(await statusesOf(LICENCES, LICENCES + 1)).to.deep.equal([
        LegalStatus.Inactive,
        LegalStatus.Inactive,
      ])
      await act('Activate', LICENCES)
      expect(await statusOf(LICENCES)).to.equal(LegalStatus.Valid)
    })

    it('reaches as far as one batch, and no further', async () => {
      const last = LICENCES + LARGEST_BATCH - 1
      await act('Defer', 5, last)
      expect(await statusesOf(5, last)).to.deep.equal([LegalStatus.Inactive, LegalStatus.Inactive])
      await expect(act('Defer', 6, last + 1))
        .to.be.revertedWithCustomError(ledger, 'StatusIndexNotAnchored')
        .withArgs(HUNAN_HOUSING, last + 1)
    })

    it('lets nothing follow before the anchor, not even the activation', async () => {
      await act('Defer', LICENCES)
      for (const name of ['Activate', 'Annul', 'Revoke', 'Withdraw', 'Deregister'] as const) {
        await expect(act(name, LICENCES))
          .to.be.revertedWithCustomError(ledger, 'StatusIndexNotAnchored')
          .withArgs(HUNAN_HOUSING, LICENCES)
      }
    })

    it('of an index that is then passed over leads nowhere, and of one passed over before is refused', async () => {
      await act('Defer', LICENCES, LICENCES + 3)
      await asOperator.passOver(HUNAN_HOUSING, LICENCES, 2)
      await asOperator.anchor(HUNAN_HOUSING, LICENCES + 2, { root: rootOf(2), size: 2 })
      for (const [name, index] of [
        ['Activate', LICENCES],
        ['Defer', LICENCES],
        ['Defer', LICENCES + 1],
      ] as const) {
        await expect(act(name, index))
          .to.be.revertedWithCustomError(ledger, 'StatusIndexNotAnchored')
          .withArgs(HUNAN_HOUSING, index)
      }
      await act('Activate', LICENCES + 3)
      await act('Defer', LICENCES + 2, LICENCES + 4)
    })
  })

  describe('the word', () => {
    const wordOf = async (index: number) => {
      const word = await ledger.statusWordOf(HUNAN_HOUSING, index)
      return {
        statuses: word & (2n ** 192n - 1n),
        block: Number((word >> 192n) & (2n ** 40n - 1n)),
        count: Number((word >> 232n) & (2n ** 23n - 1n)),
        hasEnds: word >> 255n === 1n,
      }
    }
    const blockNumber = (): Promise<number> => ethers.provider.getBlockNumber()

    it('holds 48 neighbours, the first of them lowest', async () => {
      await act('Suspend', 48)
      await act('Revoke', 95)
      await act('Annul', 96)
      expect((await wordOf(50)).statuses).to.equal(LegalStatus.Suspended | (LegalStatus.Revoked << 188n))
      expect((await wordOf(96)).statuses).to.equal(LegalStatus.Annulled)
      expect(await wordOf(47)).to.deep.equal({ statuses: 0n, block: 0, count: 0, hasEnds: false })
    })

    it('counts every act once however many of its indices it touches, and names the block of the newest', async () => {
      await act('Suspend', 0, 1, 47, 48)
      const first = await blockNumber()
      await act('Reinstate', 1)
      expect(await wordOf(0)).to.include({ count: 2, block: await blockNumber() })
      expect(await wordOf(48)).to.include({ count: 1, block: first })
    })

    it('leaves its trace in the next act’s event: for every word the block of the act before', async () => {
      await act('Suspend', 3)
      const one = await blockNumber()
      await act('Suspend', 100, 140)
      const two = await blockNumber()
      await expect(act('Annul', 0, 3, 50, 100, 101))
        .to.emit(ledger, 'StatusActed')
        .withArgs(
          HUNAN_HOUSING,
          StatusAct.Annul,
          NO_STATUS,
          fixture.operator.address,
          Capacity.Operator,
          [0, 3, 50, 100, 101],
          [one, 0, two],
          (value: unknown) => value !== undefined,
        )
    })

    it('is not touched by an act that was refused', async () => {
      await act('Revoke', 5)
      const before = await ledger.statusWordOf(HUNAN_HOUSING, 5)
      await expect(act('Suspend', 4, 5)).to.be.revertedWithCustomError(ledger, 'StatusTransitionUnlawful')
      expect(await ledger.statusWordOf(HUNAN_HOUSING, 5)).to.equal(before)
    })

    it('says whether any of its indices ever had an end, and keeps saying so', async () => {
      await act('Suspend', 5)
      expect((await wordOf(5)).hasEnds).to.equal(false)
      await enter(asOperator, HUNAN_HOUSING, 'Suspend', [6], { endsAt: (await blockTime()) + DAY })
      await act('Reinstate', 5, 6)
      expect((await wordOf(5)).hasEnds).to.equal(true)
      expect((await wordOf(48)).hasEnds).to.equal(false)
    })
  })

  describe('the end of a suspension or a restriction', () => {
    const endsOf = async (index: number): Promise<[number, number]> => {
      const { suspensionEnd, restrictionEnd } = await ledger.notesOf(HUNAN_HOUSING, index)
      return [Number(suspensionEnd), Number(restrictionEnd)]
    }
    const enterUntil = (name: ActName, endsAt: number, ...indices: number[]) =>
      enter(asOperator, HUNAN_HOUSING, name, indices, { endsAt })
    let soon: number
    let later: number

    beforeEach(async () => {
      soon = (await blockTime()) + 30 * DAY
      later = soon + DAY
    })

    it('is kept for the indices named alone, and changes no status when it passes', async () => {
      await enterUntil('Suspend', soon, 5, 7, 48)
      expect(await Promise.all([5, 6, 7, 48].map(endsOf))).to.deep.equal([
        [soon, 0],
        [0, 0],
        [soon, 0],
        [soon, 0],
      ])
      await chain.time.increaseTo(later)
      expect(await statusOf(5)).to.equal(LegalStatus.Suspended)
      await act('Reinstate', 5)
    })

    it('of the one is kept beside that of the other, whichever came first', async () => {
      await enterUntil('Suspend', soon, 5)
      await enterUntil('Restrict', later, 5)
      await enterUntil('Restrict', soon, 6)
      await enterUntil('Suspend', later, 6)
      expect(await endsOf(5)).to.deep.equal([soon, later])
      expect(await endsOf(6)).to.deep.equal([later, soon])
      await act('Reinstate', 5)
      expect(await endsOf(5)).to.deep.equal([0, later])
      await act('Lift', 6)
      expect(await endsOf(6)).to.deep.equal([later, 0])
    })

    it('never outlives its act: one without an end after one with an end has none', async () => {
      await enterUntil('Suspend', soon, 5)
      await act('Reinstate', 5)
      await act('Suspend', 5)
      expect(await endsOf(5)).to.deep.equal([0, 0])
      await enterUntil('Restrict', soon, 6)
      await act('Lift', 6)
      await act('Restrict', 6)
      expect(await endsOf(6)).to.deep.equal([0, 0])
    })

    it('goes with every act that closes the licence', async () => {
      for (const [place, name] of (['Revoke', 'Annul', 'Withdraw', 'Deregister'] as const).entries()) {
        const index = 200 + place
        await enterUntil('Suspend', soon, index)
        await enterUntil('Restrict', later, index)
        await act(name, index)
        expect(await endsOf(index), name).to.deep.equal([0, 0])
      }
    })

    it('stays where a neighbour’s act has none', async () => {
      await enterUntil('Suspend', soon, 5)
      await act('Suspend', 6)
      await act('Annul', 7)
      expect(await endsOf(5)).to.deep.equal([soon, 0])
    })

    it('changes nothing that stands noted beside it', async () => {
      await asOperator.note(HUNAN_HOUSING, 3, [5], await decided())
      const { lastBlock } = await ledger.notesOf(HUNAN_HOUSING, 5)
      await enterUntil('Suspend', soon, 5)
      await act('Annul', 5)
      const notes = await ledger.notesOf(HUNAN_HOUSING, 5)
      expect([notes.standing, notes.count, notes.lastBlock]).to.deep.equal([8n, 1n, lastBlock])
    })

    it('lies after the beginning', async () => {
      const effectiveAt = await blockTime()
      for (const name of ['Suspend', 'Restrict'] as const) {
        for (const endsAt of [effectiveAt, effectiveAt - 1, 1]) {
          await expect(enter(asOperator, HUNAN_HOUSING, name, [5], { effectiveAt, endsAt }))
            .to.be.revertedWithCustomError(ledger, 'StatusEndUnlawful')
            .withArgs(StatusAct[name], effectiveAt, endsAt)
        }
        // A decision that reached the ledger when its term was over.
        await enter(asOperator, HUNAN_HOUSING, name, [5], {
          effectiveAt: effectiveAt - 1,
          endsAt: effectiveAt,
        })
      }
    })

    for (const name of STATUS_ACTS) {
      if (['Suspend', 'Restrict', 'Dissolve', 'Correct', 'Inherit'].includes(name)) continue
      it(`is unknown to ${name}`, async () => {
        if (name === 'TransferIn') await perform('TransferOut')
        const decision = await decided(undefined, { endsAt: soon })
        const successor = { issuer: GUANGDONG_HOUSING, index: 9 }
        const asReceiver = ledger.connect(fixture.receiver)
        const calls: Partial<Record<ActName, () => Promise<ContractTransactionResponse>>> = {
          Supersede: () =>
            asOperator.supersede(
              { issuer: HUNAN_HOUSING, index: REMADE },
              { issuer: HUNAN_HOUSING, index: 5 },
              decision,
            ),
          TransferOut: () => asOperator.transferOut(HUNAN_HOUSING, [5], GUANGDONG_HOUSING, decision),
          TransferIn: () => asReceiver.transferIn(successor, { issuer: HUNAN_HOUSING, index: 5 }, decision),
        }
        const call = calls[name] ?? (() => asOperator.act(HUNAN_HOUSING, StatusAct[name], [5], decision))
        await expect(call())
          .to.be.revertedWithCustomError(ledger, 'StatusEndUnlawful')
          .withArgs(StatusAct[name], decision.effectiveAt, soon)
      })
    }
  })

  describe('the decision behind an act', () => {
    const suspendBy = (number: string, more: Partial<Decision> = {}, index = 5) =>
      decided(number, more).then((decision) =>
        asOperator.act(HUNAN_HOUSING, StatusAct.Suspend, [index], decision),
      )

    it('has a number of 1 to 96 bytes', async () => {
      await suspendBy('1')
      await suspendBy('决'.repeat(32), {}, 6)
      for (const [number, length] of [
        ['', 0],
        [`${'决'.repeat(32)}1`, 97],
      ] as const) {
        await expect(suspendBy(number, {}, 7))
          .to.be.revertedWithCustomError(ledger, 'StatusDecisionNumberLength')
          .withArgs(length)
      }
    })

    it('names its legal basis', async () => {
      await expect(suspendBy('1', { legalBasis: `0x${'00'.repeat(16)}` })).to.be.revertedWithCustomError(
        ledger,
        'StatusLegalBasisMissing',
      )
    })

    it('takes effect at the time of the block or up to 31 days before', async () => {
      const now = await blockTime()
      await chain.time.setNextBlockTimestamp(now + 100)
      await suspendBy('1', { effectiveAt: now + 100 })
      await chain.time.setNextBlockTimestamp(now + 200)
      await suspendBy('1', { effectiveAt: now + 200 - 31 * DAY }, 6)
    })

    it('does not take effect later than the block or earlier than 31 days before it', async () => {
      const now = await blockTime()
      await chain.time.setNextBlockTimestamp(now + 100)
      await expect(suspendBy('1', { effectiveAt: now + 101 }))
        .to.be.revertedWithCustomError(ledger, 'StatusEffectiveInFuture')
        .withArgs(now + 101, now + 100)
      await chain.time.setNextBlockTimestamp(now + 200)
      await expect(suspendBy('1', { effectiveAt: now + 199 - 31 * DAY }))
        .to.be.revertedWithCustomError(ledger, 'StatusEffectiveTooEarly')
        .withArgs(now + 199 - 31 * DAY, now + 200)
    })

    it('takes effect at most 31 days back whatever the act, an annulment alone excepted', async () => {
      await perform('TransferOut')
      const decision = await decided('1', { effectiveAt: (await blockTime()) - 31 * DAY - 100 })
      const successor = { issuer: GUANGDONG_HOUSING, index: 9 }
      const asReceiver = ledger.connect(fixture.receiver)
      for (const attempt of [
        ...STATUS_ACTS.filter((name) => !ACTS_OF_THEIR_OWN.includes(name) && name !== 'Annul').map(
          (name) => () => asOperator.act(HUNAN_HOUSING, StatusAct[name], [6], decision),
        ),
        () =>
          asOperator.supersede(
            { issuer: HUNAN_HOUSING, index: REMADE },
            { issuer: HUNAN_HOUSING, index: 6 },
            decision,
          ),
        () => asOperator.transferOut(HUNAN_HOUSING, [6], GUANGDONG_HOUSING, decision),
        () => asReceiver.transferIn(successor, { issuer: HUNAN_HOUSING, index: 5 }, decision),
      ]) {
        await expect(attempt()).to.be.revertedWithCustomError(ledger, 'StatusEffectiveTooEarly')
      }
      await asOperator.act(HUNAN_HOUSING, StatusAct.Annul, [6], decision)
      await asOperator.act(HUNAN_HOUSING, StatusAct.Annul, [7], { ...decision, effectiveAt: 0 })
    })
  })
})
