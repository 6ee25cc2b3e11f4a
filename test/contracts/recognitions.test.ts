import { expect } from 'chai'
import { beforeEach, describe, it } from 'mocha'
import {
  type AgreementDraft,
  blockTime,
  chain,
  deployWithCatalogue,
  type EmptyLedger,
  ethers,
  GUANGDONG,
  HUNAN,
  itemCode,
  type Ledger,
  type NegativeEntry,
  Rule,
  SAFETY_MANAGER,
  SPECIAL_OPERATION,
  TERM_OPEN,
} from './ledger-fixture.ts'

const HUBEI = 420000
const ITEM = itemCode('000117001000')
const OTHER_ITEM = itemCode('000117002000')
const ANY = ethers.ZeroHash
const DAY = 86_400

type Three = EmptyLedger & { hubeiAdmin: Awaited<ReturnType<typeof ethers.getSigners>>[number] }

async function deployThreeProvinces(): Promise<Three> {
  const fixture = await deployWithCatalogue()
  const hubeiAdmin = (await ethers.getSigners())[6]
  if (!hubeiAdmin) throw new Error('too few accounts')
  await fixture.ledger.admitRegion(HUBEI, hubeiAdmin.address)
  return { ...fixture, hubeiAdmin }
}

describe('Recognitions', () => {
  let fixture: Three
  let ledger: Ledger
  let asGuangdong: Ledger
  let asHunan: Ledger
  let now: number

  beforeEach(async () => {
    fixture = await chain.loadFixture(deployThreeProvinces)
    ledger = fixture.ledger
    asGuangdong = ledger.connect(fixture.guangdongAdmin)
    asHunan = ledger.connect(fixture.hunanAdmin)
    now = (await blockTime()) + 1000
    await chain.time.increaseTo(now)
  })

  interface Asked {
    receiving?: number
    issuing?: number
    licenceType?: string
    item?: string
    time?: number
  }
  /** Asked in Guangdong about a Hunan licence for safety managers, unless said otherwise. */
  async function ruleFor(asked: Asked = {}): Promise<[boolean, bigint]> {
    const { receiving = GUANGDONG, issuing = HUNAN, licenceType = SAFETY_MANAGER, item = ITEM } = asked
    const question = { receiving, issuing, licenceType, item }
    const { recognised, rule } = await ledger.recognised(question, asked.time ?? now + 500)
    return [recognised, rule]
  }

  it('recognises nothing without a rule, save within one province at any level', async () => {
    expect(await ruleFor()).to.deep.equal([false, Rule.None])
    for (const [receiving, issuing] of [
      [HUNAN, HUNAN],
      [430100, 430000],
      [430102, 430100],
      [430102001, 439000],
    ] as const) {
      expect(await ruleFor({ receiving, issuing })).to.deep.equal([true, Rule.SameProvince])
    }
    expect(await ruleFor({ receiving: 430102001, issuing: 440102001 })).to.deep.equal([false, Rule.None])
    expect(await ruleFor({ receiving: 0, issuing: 0 })).to.deep.equal([false, Rule.SameProvince])
  })

  describe('the national baseline', () => {
    it('holds for its type between all provinces, from its beginning to its end', async () => {
      await expect(ledger.setBaseline(SAFETY_MANAGER, now + 100, now + 200))
        .to.emit(ledger, 'BaselineSet')
        .withArgs(SAFETY_MANAGER, now + 100, now + 200)
      const yes = [true, Rule.Baseline]
      const no = [false, Rule.None]
      expect(await ruleFor({ time: now + 99 })).to.deep.equal(no)
      expect(await ruleFor({ time: now + 100 })).to.deep.equal(yes)
      expect(await ruleFor({ time: now + 199, receiving: 440305, issuing: HUBEI })).to.deep.equal(yes)
      expect(await ruleFor({ time: now + 200 })).to.deep.equal(no)
      expect(await ruleFor({ time: now + 150, licenceType: SPECIAL_OPERATION })).to.deep.equal(no)
    })

    it('ends early and keeps its history', async () => {
      await ledger.setBaseline(SAFETY_MANAGER, 0, TERM_OPEN)
      await expect(ledger.endBaseline(SAFETY_MANAGER, now + 300))
        .to.emit(ledger, 'BaselineEnded')
        .withArgs(SAFETY_MANAGER, now + 300)
      await ledger.setBaseline(SAFETY_MANAGER, now + 400, TERM_OPEN)
      expect(await ruleFor({ time: now + 200 })).to.deep.equal([true, Rule.Baseline])
      expect(await ruleFor({ time: now + 300 })).to.deep.equal([false, Rule.None])
      expect(await ruleFor({ time: now + 400 })).to.deep.equal([true, Rule.Baseline])
    })

    it('takes types of the catalogue only', async () => {
      await ledger.retireLicenceType(SAFETY_MANAGER)
      await expect(ledger.setBaseline(SAFETY_MANAGER, 0, TERM_OPEN))
        .to.be.revertedWithCustomError(ledger, 'LicenceTypeNotActive')
        .withArgs(SAFETY_MANAGER)
    })
  })

  describe('agreements', () => {
    const draft = (changes: Partial<AgreementDraft> = {}): AgreementDraft => ({
      partners: [HUNAN],
      licenceTypes: [SAFETY_MANAGER],
      from: now + 100,
      until: now + 100 * DAY,
      noticeSeconds: 30 * DAY,
      ...changes,
    })

    it('bind once both have joined, both ways, for their types and term alone', async () => {
      await expect(asGuangdong.proposeAgreement(GUANGDONG, draft()))
        .to.emit(ledger, 'AgreementJoined')
        .withArgs(1, GUANGDONG)
      expect(await ruleFor(), 'invited is not bound').to.deep.equal([false, Rule.None])
      await expect(asHunan.joinAgreement(1, HUNAN)).to.emit(ledger, 'AgreementJoined').withArgs(1, HUNAN)

      const yes = [true, Rule.Agreement]
      expect(await ruleFor()).to.deep.equal(yes)
      expect(await ruleFor({ receiving: HUNAN, issuing: GUANGDONG })).to.deep.equal(yes)
      for (const asked of [
        { licenceType: SPECIAL_OPERATION },
        { time: now + 99 },
        { time: now + 100 * DAY },
        { issuing: HUBEI },
        { receiving: HUBEI },
      ]) {
        expect(await ruleFor(asked), JSON.stringify(asked)).to.deep.equal([false, Rule.None])
      }
      const { agreement, term } = await ledger.recognised(
        { receiving: GUANGDONG, issuing: HUNAN, licenceType: SAFETY_MANAGER, item: ANY },
        now + 100,
      )
      expect([agreement, term.from, term.until]).to.deep.equal([
        1n,
        BigInt(now + 100),
        BigInt(now + 100 * DAY),
      ])
      expect(await ledger.agreementsOf(GUANGDONG)).to.deep.equal([1n])
      expect(await ledger.agreementNames(1, SAFETY_MANAGER)).to.equal(true)
      expect((await ledger.agreement(1)).noticeSeconds).to.equal(BigInt(30 * DAY))
    })

    it('of several provinces bind those that joined, pair by pair', async () => {
      await asGuangdong.proposeAgreement(GUANGDONG, draft({ partners: [HUNAN, HUBEI], from: 0 }))
      await ledger.connect(fixture.hubeiAdmin).joinAgreement(1, HUBEI)
      expect(await ruleFor({ issuing: HUBEI })).to.deep.equal([true, Rule.Agreement])
      expect(await ruleFor({ issuing: HUNAN })).to.deep.equal([false, Rule.None])
      await asHunan.joinAgreement(1, HUNAN)
      expect(await ruleFor({ receiving: HUNAN, issuing: HUBEI })).to.deep.equal([true, Rule.Agreement])
    })

    it('does not bind for the time before a province joined', async () => {
      await asGuangdong.proposeAgreement(GUANGDONG, draft({ from: 0 }))
      await chain.time.setNextBlockTimestamp(now + 300)
      await asHunan.joinAgreement(1, HUNAN)
      expect(await ruleFor({ time: now + 299 })).to.deep.equal([false, Rule.None])
      expect(await ruleFor({ time: now + 300 })).to.deep.equal([true, Rule.Agreement])
    })

    it('binds a province that left until its notice is over, and it cannot come back', async () => {
      await asGuangdong.proposeAgreement(GUANGDONG, draft())
      await asHunan.joinAgreement(1, HUNAN)
      await chain.time.setNextBlockTimestamp(now + 1000)
      const leavesAt = now + 1000 + 30 * DAY
      await expect(asHunan.leaveAgreement(1, HUNAN))
        .to.emit(ledger, 'AgreementLeft')
        .withArgs(1, HUNAN, leavesAt)
      expect(await ruleFor({ time: leavesAt - 1 })).to.deep.equal([true, Rule.Agreement])
      expect(await ruleFor({ time: leavesAt })).to.deep.equal([false, Rule.None])
      await expect(asHunan.leaveAgreement(1, HUNAN))
        .to.be.revertedWithCustomError(ledger, 'AgreementNotMember')
        .withArgs(1, HUNAN)
      await expect(asHunan.joinAgreement(1, HUNAN))
        .to.be.revertedWithCustomError(ledger, 'AgreementNotInvited')
        .withArgs(1, HUNAN)
    })

    it('are joined by the invited, once, and left by members', async () => {
      await asGuangdong.proposeAgreement(GUANGDONG, draft())
      const asHubei = ledger.connect(fixture.hubeiAdmin)
      for (const attempt of [asHubei.joinAgreement(1, HUBEI), asHubei.joinAgreement(2, HUBEI)]) {
        await expect(attempt).to.be.revertedWithCustomError(ledger, 'AgreementNotInvited')
      }
      for (const attempt of [asHubei.leaveAgreement(1, HUBEI), asHunan.leaveAgreement(1, HUNAN)]) {
        await expect(attempt).to.be.revertedWithCustomError(ledger, 'AgreementNotMember')
      }
      expect((await ledger.membership(1, HUNAN)).invited).to.equal(true)
    })

    it('name partners, types of the catalogue and a term that is still to come', async () => {
      for (const changes of [{ partners: [] }, { licenceTypes: [] }]) {
        await expect(asGuangdong.proposeAgreement(GUANGDONG, draft(changes))).to.be.revertedWithCustomError(
          ledger,
          'AgreementIncomplete',
        )
      }
      for (const partners of [[HUNAN, HUNAN], [GUANGDONG]]) {
        await expect(asGuangdong.proposeAgreement(GUANGDONG, draft({ partners })))
          .to.be.revertedWithCustomError(ledger, 'AgreementMemberRepeated')
          .withArgs(partners[0])
      }
      await expect(asGuangdong.proposeAgreement(GUANGDONG, draft({ partners: [430100] })))
        .to.be.revertedWithCustomError(ledger, 'RecognitionNotProvince')
        .withArgs(430100)
      for (const term of [
        { from: now + 100, until: now + 100 },
        { from: 0, until: now - 1 },
      ]) {
        await expect(asGuangdong.proposeAgreement(GUANGDONG, draft(term)))
          .to.be.revertedWithCustomError(ledger, 'TermEmpty')
          .withArgs(term.from, term.until)
      }
      await ledger.retireLicenceType(SPECIAL_OPERATION)
      await expect(asGuangdong.proposeAgreement(GUANGDONG, draft({ licenceTypes: [SPECIAL_OPERATION] })))
        .to.be.revertedWithCustomError(ledger, 'LicenceTypeNotActive')
        .withArgs(SPECIAL_OPERATION)
    })

    it('are the admins’ of active provinces', async () => {
      await asGuangdong.proposeAgreement(GUANGDONG, draft())
      for (const attempt of [
        asHunan.proposeAgreement(GUANGDONG, draft()),
        ledger.connect(fixture.operator).joinAgreement(1, HUNAN),
        ledger.leaveAgreement(1, GUANGDONG),
      ]) {
        await expect(attempt).to.be.revertedWithCustomError(ledger, 'CallerNotRegionAdmin')
      }
      await ledger.suspendRegion(HUNAN)
      await expect(asHunan.joinAgreement(1, HUNAN))
        .to.be.revertedWithCustomError(ledger, 'RegionNotActive')
        .withArgs(HUNAN)
      await expect(asHunan.proposeAgreement(430100, draft()))
        .to.be.revertedWithCustomError(ledger, 'RecognitionNotProvince')
        .withArgs(430100)
    })
  })

  describe('the negative list', () => {
    const APPROVAL = '粤政务函〔2026〕12号'
    const entry = (changes: Partial<NegativeEntry> = {}): NegativeEntry => ({
      issuing: HUNAN,
      licenceType: SAFETY_MANAGER,
      item: ITEM,
      ...changes,
    })
    beforeEach(async () => {
      await ledger.setBaseline(SAFETY_MANAGER, 0, TERM_OPEN)
      now = (await blockTime()) + 100
    })

    it('wins over the baseline, for the very province, type and item, and no other', async () => {
      await expect(asGuangdong.enterNegative(GUANGDONG, entry(), now + 100, now + 1000, APPROVAL))
        .to.emit(ledger, 'NegativeEntered')
        .withArgs(GUANGDONG, [HUNAN, SAFETY_MANAGER, ITEM], now + 100, now + 1000, APPROVAL)
      expect(await ruleFor()).to.deep.equal([false, Rule.Negative])
      expect(await ruleFor({ receiving: 440305, issuing: 430102001 })).to.deep.equal([false, Rule.Negative])
      for (const asked of [
        { item: OTHER_ITEM },
        { item: ANY },
        { issuing: HUBEI },
        { receiving: HUBEI },
        { time: now + 99 },
        { time: now + 1000 },
      ]) {
        expect(await ruleFor(asked), JSON.stringify(asked)).to.deep.equal([true, Rule.Baseline])
      }
    })

    it('can refuse a type for all items, or from all other provinces', async () => {
      await asGuangdong.enterNegative(GUANGDONG, entry({ item: ANY }), 0, TERM_OPEN, APPROVAL)
      expect(await ruleFor({ item: OTHER_ITEM })).to.deep.equal([false, Rule.Negative])
      expect(await ruleFor({ item: ANY })).to.deep.equal([false, Rule.Negative])
      expect(await ruleFor({ issuing: HUBEI })).to.deep.equal([true, Rule.Baseline])
      await asGuangdong.enterNegative(GUANGDONG, entry({ issuing: 0 }), 0, TERM_OPEN, APPROVAL)
      expect(await ruleFor({ issuing: HUBEI })).to.deep.equal([false, Rule.Negative])
      await asGuangdong.enterNegative(GUANGDONG, entry({ issuing: 0, item: ANY }), 0, TERM_OPEN, APPROVAL)
      expect(await ruleFor({ issuing: HUBEI, item: OTHER_ITEM })).to.deep.equal([false, Rule.Negative])
      expect(await ruleFor({ issuing: GUANGDONG })).to.deep.equal([true, Rule.SameProvince])
    })

    it('ends early', async () => {
      await asGuangdong.enterNegative(GUANGDONG, entry(), 0, TERM_OPEN, APPROVAL)
      await expect(asGuangdong.endNegative(GUANGDONG, entry(), now + 300))
        .to.emit(ledger, 'NegativeEnded')
        .withArgs(GUANGDONG, [HUNAN, SAFETY_MANAGER, ITEM], now + 300)
      expect(await ruleFor({ time: now + 299 })).to.deep.equal([false, Rule.Negative])
      expect(await ruleFor({ time: now + 300 })).to.deep.equal([true, Rule.Baseline])
    })

    it('takes an entry with an approval of 1 to 96 bytes only', async () => {
      await asGuangdong.enterNegative(GUANGDONG, entry(), 0, now + 100, '1')
      for (const approval of ['', '批'.repeat(33)]) {
        await expect(asGuangdong.enterNegative(GUANGDONG, entry(), now + 100, TERM_OPEN, approval))
          .to.be.revertedWithCustomError(ledger, 'NegativeApprovalLength')
          .withArgs(Buffer.byteLength(approval))
      }
      await asGuangdong.enterNegative(GUANGDONG, entry(), now + 100, TERM_OPEN, '批'.repeat(32))
    })

    it('is between provinces, never against one’s own', async () => {
      await expect(asGuangdong.enterNegative(GUANGDONG, entry({ issuing: 430100 }), 0, TERM_OPEN, APPROVAL))
        .to.be.revertedWithCustomError(ledger, 'RecognitionNotProvince')
        .withArgs(430100)
      await expect(
        asGuangdong.enterNegative(GUANGDONG, entry({ issuing: GUANGDONG }), 0, TERM_OPEN, APPROVAL),
      )
        .to.be.revertedWithCustomError(ledger, 'NegativeOwnProvince')
        .withArgs(GUANGDONG)
    })

    it('is kept by the admin of the receiving province alone', async () => {
      await asGuangdong.enterNegative(GUANGDONG, entry(), 0, TERM_OPEN, APPROVAL)
      for (const caller of [fixture.hunanAdmin, fixture.council, fixture.operator]) {
        const asCaller = ledger.connect(caller)
        for (const attempt of [
          asCaller.enterNegative(GUANGDONG, entry({ item: ANY }), 0, TERM_OPEN, APPROVAL),
          asCaller.endNegative(GUANGDONG, entry(), now + 300),
        ]) {
          await expect(attempt)
            .to.be.revertedWithCustomError(ledger, 'CallerNotRegionAdmin')
            .withArgs(GUANGDONG, caller.address)
        }
      }
    })
  })
})
