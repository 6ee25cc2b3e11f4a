import { expect } from 'chai'
import { beforeEach, describe, it } from 'mocha'
import {
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
  StatusAct,
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
    asOperator.act(HUNAN_HOUSING, statusAct, indices, now, DECISION)
  const statusOf = (index: number | bigint): Promise<bigint> => ledger.statusOf(HUNAN_HOUSING, index)

  describe('the state machine', () => {
    const paths: Record<string, bigint[]> = {
      Valid: [],
      Suspended: [StatusAct.Suspend],
      Revoked: [StatusAct.Revoke],
    }
    const lawful: Record<string, bigint> = {
      'Valid Suspend': LegalStatus.Suspended,
      'Suspended Reinstate': LegalStatus.Valid,
      'Valid Revoke': LegalStatus.Revoked,
      'Suspended Revoke': LegalStatus.Revoked,
    }

    for (const [from, path] of Object.entries(paths)) {
      for (const [name, statusAct] of Object.entries(StatusAct)) {
        const to = lawful[`${from} ${name}`]
        it(`${to === undefined ? 'refuses' : 'allows'} ${name} from ${from}`, async () => {
          for (const step of path) await act(step, 5)
          const before = await statusOf(5)
          if (to === undefined) {
            await expect(act(statusAct, 5))
              .to.be.revertedWithCustomError(ledger, 'StatusTransitionUnlawful')
              .withArgs(HUNAN_HOUSING, 5, before, statusAct)
            expect(await statusOf(5)).to.equal(before)
          } else {
            await act(statusAct, 5)
            expect(await statusOf(5)).to.equal(to)
          }
        })
      }
    }

    it('refuses an act that does not exist', async () => {
      await expect(act(3n, 5)).to.be.revertedWithoutReason(ethers)
    })
  })

  describe('many indices', () => {
    it('changes exactly those named, across words, and writes one event', async () => {
      const named = [0n, 1n, 62n, 63n, 64n, 127n, 128n, 6400n, LAST_INDEX - 64n, LAST_INDEX]
      await expect(act(StatusAct.Suspend, ...named))
        .to.emit(ledger, 'StatusActed')
        .withArgs(HUNAN_HOUSING, StatusAct.Suspend, named, now, DECISION)
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

    it('refuses an index of more than 64 bits wherever it stands in the raw call', async () => {
      const to = await ledger.getAddress()
      const word = (value: bigint): string => value.toString(16).padStart(64, '0')
      const named = [105n, 106n, 200n, 201n]
      const data = ledger.interface.encodeFunctionData('act', [
        HUNAN_HOUSING,
        StatusAct.Suspend,
        named,
        now,
        DECISION,
      ])
      for (const index of named) {
        const oversized = data.replace(word(index), word(2n ** 64n + index))
        expect(oversized).not.to.equal(data)
        await expect(
          fixture.operator.sendTransaction({ to, data: oversized }),
          String(index),
        ).to.be.revertedWithoutReason(ethers)
      }
      await fixture.operator.sendTransaction({ to, data })
      for (const index of named) expect(await statusOf(index)).to.equal(LegalStatus.Suspended)
    })

    it('keeps the lists of two issuers apart', async () => {
      await act(StatusAct.Revoke, 5)
      expect(await ledger.statusOf(HOUSING_MINISTRY, 5)).to.equal(LegalStatus.Valid)
    })
  })

  describe('the decision behind an act', () => {
    const actWith = (effectiveAt: number, decisionNumber: string) =>
      asOperator.act(HUNAN_HOUSING, StatusAct.Suspend, [5], effectiveAt, decisionNumber)

    it('has a number of 1 to 96 bytes', async () => {
      await asOperator.act(HUNAN_HOUSING, StatusAct.Suspend, [5], now, '1')
      await asOperator.act(HUNAN_HOUSING, StatusAct.Suspend, [6], now, '决'.repeat(32))
      await expect(actWith(now, ''))
        .to.be.revertedWithCustomError(ledger, 'StatusDecisionNumberLength')
        .withArgs(0)
      await expect(actWith(now, `${'决'.repeat(32)}1`))
        .to.be.revertedWithCustomError(ledger, 'StatusDecisionNumberLength')
        .withArgs(97)
    })

    it('takes effect at the time of the block or up to 31 days before', async () => {
      await chain.time.setNextBlockTimestamp(now + 100)
      await asOperator.act(HUNAN_HOUSING, StatusAct.Suspend, [5], now + 100, DECISION)
      await chain.time.setNextBlockTimestamp(now + 200)
      await asOperator.act(HUNAN_HOUSING, StatusAct.Suspend, [6], now + 200 - 31 * DAY, DECISION)
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
        await expect(ledger.connect(caller).act(HUNAN_HOUSING, StatusAct.Suspend, [5], now, DECISION))
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
