import { expect } from 'chai'
import { beforeEach, describe, it } from 'mocha'
import { LAW } from './law.ts'
import {
  type ActName,
  BASIS,
  blockTime,
  chain,
  deployWithAgency,
  type EmptyLedger,
  ethers,
  HOUSING_MINISTRY,
  HUNAN,
  HUNAN_HOUSING,
  type Ledger,
  LegalStatus,
  STATUS_ACTS,
  StatusAct,
  type StatusName,
} from './ledger-fixture.ts'

const DECISION = '湘建许决〔2025〕1号'
const DAY = 86_400
const LAST_INDEX = 2n ** 64n - 1n

describe('Statuses', () => {
  let fixture: EmptyLedger
  let ledger: Ledger
  let asOperator: Ledger
  let now: number

  beforeEach(async () => {
    fixture = await chain.loadFixture(deployWithAgency)
    ledger = fixture.ledger
    asOperator = ledger.connect(fixture.operator)
    now = await blockTime()
  })

  const act = (statusAct: bigint, ...indices: (number | bigint)[]) =>
    asOperator.act(HUNAN_HOUSING, statusAct, indices, now, BASIS, DECISION)
  const statusOf = (index: number | bigint): Promise<bigint> => ledger.statusOf(HUNAN_HOUSING, index)

  describe('the state machine', () => {
    /** How a credential comes to each status; `Transferred` needs another agency, see transfers.test.ts. */
    const paths: Record<Exclude<StatusName, 'Transferred'>, ActName[]> = {
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
    }

    for (const from of Object.keys(paths) as (keyof typeof paths)[]) {
      for (const name of STATUS_ACTS) {
        const to = LAW[name][from]
        it(`${to === undefined ? 'refuses' : 'allows'} ${name} from ${from}`, async () => {
          for (const step of paths[from]) await act(StatusAct[step], 5)
          expect(await statusOf(5)).to.equal(LegalStatus[from])
          if (to === undefined) {
            await expect(act(StatusAct[name], 5))
              .to.be.revertedWithCustomError(ledger, 'StatusTransitionUnlawful')
              .withArgs(HUNAN_HOUSING, 5, LegalStatus[from], StatusAct[name])
            expect(await statusOf(5)).to.equal(LegalStatus[from])
          } else {
            await act(StatusAct[name], 5)
            expect(await statusOf(5)).to.equal(LegalStatus[to])
          }
        })
      }
    }

    it('refuses an act that does not exist', async () => {
      await expect(act(BigInt(STATUS_ACTS.length), 5)).to.be.revertedWithoutReason(ethers)
    })
  })

  describe('many indices', () => {
    it('changes exactly those named, across words, and writes one event', async () => {
      const named = [0n, 1n, 62n, 63n, 64n, 127n, 128n, 6400n, LAST_INDEX - 64n, LAST_INDEX]
      await expect(act(StatusAct.Suspend, ...named))
        .to.emit(ledger, 'StatusActed')
        .withArgs(HUNAN_HOUSING, StatusAct.Suspend, named, now, BASIS, DECISION)
      for (const index of named) expect(await statusOf(index), String(index)).to.equal(LegalStatus.Suspended)
      for (const index of [2n, 61n, 65n, 126n, 129n, 6399n, 6401n, LAST_INDEX - 65n, LAST_INDEX - 1n]) {
        expect(await statusOf(index), String(index)).to.equal(LegalStatus.Valid)
      }
      expect(await ledger.queryFilter('StatusActed')).to.have.length(1)
    })

    it('keeps the other statuses of a word', async () => {
      await act(StatusAct.Revoke, 0, 63)
      await act(StatusAct.Suspend, 1, 62)
      await act(StatusAct.Reinstate, 1)
      expect(await Promise.all([0, 1, 2, 62, 63].map(statusOf))).to.deep.equal([
        LegalStatus.Revoked,
        LegalStatus.Valid,
        LegalStatus.Valid,
        LegalStatus.Suspended,
        LegalStatus.Revoked,
      ])
    })

    it('revokes valid and suspended credentials together', async () => {
      await act(StatusAct.Suspend, 1)
      await act(StatusAct.Revoke, 0, 1)
      expect(await statusOf(0)).to.equal(LegalStatus.Revoked)
      expect(await statusOf(1)).to.equal(LegalStatus.Revoked)
    })

    it('moves credentials of one word from several statuses, each to its own', async () => {
      await act(StatusAct.Revoke, 1)
      await act(StatusAct.Annul, 2)
      await act(StatusAct.Withdraw, 62)
      await act(StatusAct.Deregister, 0, 1, 2, 62, 63)
      expect(await Promise.all([0, 1, 2, 3, 62, 63].map(statusOf))).to.deep.equal([
        LegalStatus.Deregistered,
        LegalStatus.RevokedDeregistered,
        LegalStatus.AnnulledDeregistered,
        LegalStatus.Valid,
        LegalStatus.WithdrawnDeregistered,
        LegalStatus.Deregistered,
      ])
    })

    it('does all or nothing, and names the first credential that stood in the way', async () => {
      await act(StatusAct.Revoke, 70, 75)
      await expect(act(StatusAct.Suspend, 1, 69, 70, 75))
        .to.be.revertedWithCustomError(ledger, 'StatusTransitionUnlawful')
        .withArgs(HUNAN_HOUSING, 70, LegalStatus.Revoked, StatusAct.Suspend)
      expect(await statusOf(1)).to.equal(LegalStatus.Valid)
    })

    it('refuses an empty list', async () => {
      await expect(act(StatusAct.Suspend))
        .to.be.revertedWithCustomError(ledger, 'StatusIndicesEmpty')
        .withArgs(HUNAN_HOUSING)
    })

    it('refuses indices that repeat or descend, within a word and across words', async () => {
      const cases: [number, number][] = [
        [5, 5],
        [5, 4],
        [64, 63],
        [200, 0],
      ]
      for (const [previous, next] of cases) {
        await expect(act(StatusAct.Suspend, previous, next))
          .to.be.revertedWithCustomError(ledger, 'StatusIndicesNotAscending')
          .withArgs(previous, next)
        await expect(act(StatusAct.Suspend, 3, previous, next, 300))
          .to.be.revertedWithCustomError(ledger, 'StatusIndicesNotAscending')
          .withArgs(previous, next)
      }
    })

    it('takes indices of up to 64 bits', async () => {
      for (const named of [[2n ** 64n], [5n, 2n ** 64n], [2n ** 64n - 1n, 2n ** 256n - 1n]]) {
        await expect(act(StatusAct.Suspend, ...named))
          .to.be.revertedWithCustomError(ledger, 'StatusIndexTooLarge')
          .withArgs(named.at(-1))
      }
      await expect(act(StatusAct.Suspend, 2n ** 64n, 5))
        .to.be.revertedWithCustomError(ledger, 'StatusIndicesNotAscending')
        .withArgs(2n ** 64n, 5)
      await act(StatusAct.Suspend, 5, LAST_INDEX)
      expect(await statusOf(LAST_INDEX)).to.equal(LegalStatus.Suspended)
    })

    it('keeps the lists of two issuers apart', async () => {
      await act(StatusAct.Revoke, 5)
      expect(await ledger.statusOf(HOUSING_MINISTRY, 5)).to.equal(LegalStatus.Valid)
    })
  })

  describe('the decision behind an act', () => {
    const actWith = (effectiveAt: number, decisionNumber: string) =>
      asOperator.act(HUNAN_HOUSING, StatusAct.Suspend, [5], effectiveAt, BASIS, decisionNumber)

    it('has a number of 1 to 96 bytes', async () => {
      await asOperator.act(HUNAN_HOUSING, StatusAct.Suspend, [5], now, BASIS, '1')
      await asOperator.act(HUNAN_HOUSING, StatusAct.Suspend, [6], now, BASIS, '决'.repeat(32))
      await expect(actWith(now, ''))
        .to.be.revertedWithCustomError(ledger, 'StatusDecisionNumberLength')
        .withArgs(0)
      await expect(actWith(now, `${'决'.repeat(32)}1`))
        .to.be.revertedWithCustomError(ledger, 'StatusDecisionNumberLength')
        .withArgs(97)
    })

    it('names its legal basis', async () => {
      await expect(
        asOperator.act(HUNAN_HOUSING, StatusAct.Suspend, [5], now, `0x${'00'.repeat(16)}`, DECISION),
      ).to.be.revertedWithCustomError(ledger, 'StatusLegalBasisMissing')
    })

    it('of an annulment takes effect however long ago, and no act in the future', async () => {
      await asOperator.act(HUNAN_HOUSING, StatusAct.Annul, [5], 0, BASIS, DECISION)
      await chain.time.setNextBlockTimestamp(now + 100)
      await expect(asOperator.act(HUNAN_HOUSING, StatusAct.Annul, [6], now + 101, BASIS, DECISION))
        .to.be.revertedWithCustomError(ledger, 'StatusEffectiveInFuture')
        .withArgs(now + 101, now + 100)
    })

    it('takes effect at the time of the block or up to 31 days before', async () => {
      await chain.time.setNextBlockTimestamp(now + 100)
      await asOperator.act(HUNAN_HOUSING, StatusAct.Suspend, [5], now + 100, BASIS, DECISION)
      await chain.time.setNextBlockTimestamp(now + 200)
      await asOperator.act(HUNAN_HOUSING, StatusAct.Suspend, [6], now + 200 - 31 * DAY, BASIS, DECISION)
    })

    it('does not take effect later than the block or earlier than 31 days before it', async () => {
      await chain.time.setNextBlockTimestamp(now + 100)
      await expect(actWith(now + 101, DECISION))
        .to.be.revertedWithCustomError(ledger, 'StatusEffectiveInFuture')
        .withArgs(now + 101, now + 100)
      await chain.time.setNextBlockTimestamp(now + 200)
      await expect(actWith(now + 199 - 31 * DAY, DECISION))
        .to.be.revertedWithCustomError(ledger, 'StatusEffectiveTooEarly')
        .withArgs(now + 199 - 31 * DAY, now + 200)
    })
  })

  describe('authority', () => {
    it('refuses everyone but the operator of that very agency', async () => {
      for (const caller of [fixture.hunanAdmin, fixture.guangdongAdmin, fixture.council, fixture.stranger]) {
        await expect(ledger.connect(caller).act(HUNAN_HOUSING, StatusAct.Suspend, [5], now, BASIS, DECISION))
          .to.be.revertedWithCustomError(ledger, 'CallerNotOperator')
          .withArgs(HUNAN_HOUSING, caller.address)
      }
    })

    it('refuses the operator while the agency or its region is not active', async () => {
      const asAdmin = ledger.connect(fixture.hunanAdmin)
      await asAdmin.suspendAgency(HUNAN_HOUSING)
      await expect(act(StatusAct.Suspend, 5))
        .to.be.revertedWithCustomError(ledger, 'AgencyNotActive')
        .withArgs(HUNAN_HOUSING)
      await asAdmin.resumeAgency(HUNAN_HOUSING)
      await ledger.suspendRegion(HUNAN)
      await expect(act(StatusAct.Suspend, 5))
        .to.be.revertedWithCustomError(ledger, 'RegionNotActive')
        .withArgs(HUNAN)
      await ledger.resumeRegion(HUNAN)
      await act(StatusAct.Suspend, 5)
    })
  })
})
