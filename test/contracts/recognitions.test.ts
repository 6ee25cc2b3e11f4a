import { expect } from 'chai'
import { beforeEach, describe, it } from 'mocha'
import {
  type AgreementDraft,
  APPROVAL,
  type Approval,
  blockTime,
  chain,
  deployWithCatalogue,
  type EmptyLedger,
  ethers,
  GUANGDONG,
  gasOf,
  HUNAN,
  itemCode,
  type Ledger,
  type NegativeEntry,
  named,
  RULES,
  Rule,
  type Rulebook,
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
  await fixture.ledger.admitRegion(HUBEI, hubeiAdmin.address, named('湖北省'))
  return { ...fixture, hubeiAdmin }
}

describe('Recognitions', () => {
  let fixture: Three
  let ledger: Ledger
  let rulebook: Rulebook
  let asGuangdong: Rulebook
  let asHunan: Rulebook
  let now: number

  beforeEach(async () => {
    fixture = await chain.loadFixture(deployThreeProvinces)
    ledger = fixture.ledger
    rulebook = fixture.rulebook
    asGuangdong = rulebook.connect(fixture.guangdongAdmin)
    asHunan = rulebook.connect(fixture.hunanAdmin)
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
    const { recognised, rule } = await rulebook.recognised(question, asked.time ?? now + 500)
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
    expect(await ruleFor({ receiving: 0, issuing: 0 }), 'not asked').to.deep.equal([false, Rule.None])
  })

  describe('between members of the alliance', () => {
    const BEIJING = 110000
    const SHANGHAI = 310000
    beforeEach(async () => {
      await rulebook.setBaseline(SAFETY_MANAGER, 0, TERM_OPEN)
      now = (await blockTime()) + 100
    })

    it('does not answer for a province that never joined, receiving or issuing, as if it had', async () => {
      expect(await ruleFor({ receiving: BEIJING })).to.deep.equal([false, Rule.ReceivingNotMember])
      expect(await ruleFor({ receiving: 110101 })).to.deep.equal([false, Rule.ReceivingNotMember])
      expect(await ruleFor({ issuing: BEIJING })).to.deep.equal([false, Rule.IssuingNotMember])
      expect(await ruleFor({ issuing: 0 })).to.deep.equal([false, Rule.IssuingNotMember])
      const own = { receiving: 110101, issuing: BEIJING }
      expect(await ruleFor(own), 'its own licences').to.deep.equal([false, Rule.ReceivingNotMember])
    })

    it('begins for a province with its admission, and not before', async () => {
      await chain.time.setNextBlockTimestamp(now + 300)
      await ledger.admitRegion(BEIJING, fixture.stranger.address, named('北京市'))
      for (const [time, rule] of [
        [now + 299, Rule.ReceivingNotMember],
        [now + 300, Rule.Baseline],
      ] as const) {
        const answer = await ruleFor({ receiving: BEIJING, time })
        expect(answer, `${time - now}`).to.deep.equal([rule === Rule.Baseline, rule])
      }
    })

    it('ends when a province leaves the alliance, and the time before stays as it was', async () => {
      // Nobody is left in it: the province of the issuing agency would not be empty.
      const issued = { issuing: HUBEI }
      await chain.time.increase(8 * DAY)
      await ledger.suspendRegion(HUBEI)
      const suspended = await ruleFor({ ...issued, time: await blockTime() })
      expect(suspended, 'a suspended province is still a member').to.deep.equal([true, Rule.Baseline])
      await ledger.resumeRegion(HUBEI)
      const retiredAt = (await blockTime()) + 300
      await ledger.connect(fixture.hubeiAdmin).retireRegion(HUBEI, 0)
      await chain.time.setNextBlockTimestamp(retiredAt)
      await ledger.retireRegion(HUBEI, 0)
      const before = { time: retiredAt - 1 }
      const after = { time: retiredAt }
      expect(await ruleFor({ ...issued, ...before })).to.deep.equal([true, Rule.Baseline])
      expect(await ruleFor({ ...issued, ...after })).to.deep.equal([false, Rule.IssuingNotMember])
      const swapped = { receiving: HUBEI, issuing: GUANGDONG }
      expect(await ruleFor({ ...swapped, ...before })).to.deep.equal([true, Rule.Baseline])
      expect(await ruleFor({ ...swapped, ...after })).to.deep.equal([false, Rule.ReceivingNotMember])
      expect(await ruleFor({ receiving: SHANGHAI })).to.deep.equal([false, Rule.ReceivingNotMember])
    })
  })

  it('recognises no type that is unknown, or retired at the time', async () => {
    const unknown = `0x${Buffer.from('11100000000013338W999').toString('hex')}`
    await rulebook.setBaseline(SAFETY_MANAGER, 0, TERM_OPEN)
    now = (await blockTime()) + 100
    await chain.time.setNextBlockTimestamp(now + 300)
    await rulebook.retireLicenceType(SAFETY_MANAGER)
    expect(await ruleFor({ licenceType: unknown })).to.deep.equal([false, Rule.TypeNotActive])
    for (const provinces of [{}, { receiving: HUNAN, issuing: 430100 }]) {
      const asked = { ...provinces, time: now + 299 }
      expect((await ruleFor(asked))[0], 'before').to.equal(true)
      expect(await ruleFor({ ...asked, time: now + 300 })).to.deep.equal([false, Rule.TypeNotActive])
    }
  })

  describe('the national baseline', () => {
    it('holds for its type between all provinces, from its beginning to its end', async () => {
      await expect(rulebook.setBaseline(SAFETY_MANAGER, now + 100, now + 200))
        .to.emit(rulebook, 'BaselineSet')
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
      await rulebook.setBaseline(SAFETY_MANAGER, 0, TERM_OPEN)
      await expect(rulebook.endBaseline(SAFETY_MANAGER, now + 300))
        .to.emit(rulebook, 'BaselineEnded')
        .withArgs(SAFETY_MANAGER, now + 300)
      await rulebook.setBaseline(SAFETY_MANAGER, now + 400, TERM_OPEN)
      expect(await ruleFor({ time: now + 200 })).to.deep.equal([true, Rule.Baseline])
      expect(await ruleFor({ time: now + 300 })).to.deep.equal([false, Rule.None])
      expect(await ruleFor({ time: now + 400 })).to.deep.equal([true, Rule.Baseline])
    })

    it('takes types of the catalogue only', async () => {
      await rulebook.retireLicenceType(SAFETY_MANAGER)
      await expect(rulebook.setBaseline(SAFETY_MANAGER, 0, TERM_OPEN))
        .to.be.revertedWithCustomError(rulebook, 'LicenceTypeNotActive')
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
        .to.emit(rulebook, 'AgreementJoined')
        .withArgs(1, GUANGDONG)
      expect(await ruleFor(), 'invited is not bound').to.deep.equal([false, Rule.None])
      await expect(asHunan.joinAgreement(1, HUNAN)).to.emit(rulebook, 'AgreementJoined').withArgs(1, HUNAN)

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
      const { agreement, term } = await rulebook.recognised(
        { receiving: GUANGDONG, issuing: HUNAN, licenceType: SAFETY_MANAGER, item: ANY },
        now + 100,
      )
      expect([agreement, term.from, term.until]).to.deep.equal([
        1n,
        BigInt(now + 100),
        BigInt(now + 100 * DAY),
      ])
      expect(await rulebook.agreementCount()).to.equal(1n)
      expect(await rulebook.agreementMembers(1)).to.deep.equal([BigInt(GUANGDONG), BigInt(HUNAN)])
      expect(await rulebook.agreementTypes(1)).to.deep.equal([SAFETY_MANAGER])
      expect(await rulebook.agreementNames(1, SAFETY_MANAGER)).to.equal(true)
      expect((await rulebook.agreement(1)).noticeSeconds).to.equal(BigInt(30 * DAY))
    })

    it('of several provinces bind those that joined, pair by pair', async () => {
      await asGuangdong.proposeAgreement(GUANGDONG, draft({ partners: [HUNAN, HUBEI], from: 0 }))
      await rulebook.connect(fixture.hubeiAdmin).joinAgreement(1, HUBEI)
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
        .to.emit(rulebook, 'AgreementLeft')
        .withArgs(1, HUNAN, leavesAt)
      expect(await ruleFor({ time: leavesAt - 1 })).to.deep.equal([true, Rule.Agreement])
      expect(await ruleFor({ time: leavesAt })).to.deep.equal([false, Rule.None])
      await expect(asHunan.leaveAgreement(1, HUNAN))
        .to.be.revertedWithCustomError(rulebook, 'AgreementNotMember')
        .withArgs(1, HUNAN)
      await expect(asHunan.joinAgreement(1, HUNAN))
        .to.be.revertedWithCustomError(rulebook, 'AgreementNotInvited')
        .withArgs(1, HUNAN)
    })

    it('has a period of notice of 366 days at most', async () => {
      await expect(asGuangdong.proposeAgreement(GUANGDONG, draft({ noticeSeconds: 366 * DAY + 1 })))
        .to.be.revertedWithCustomError(rulebook, 'AgreementNoticeTooLong')
        .withArgs(366 * DAY + 1)
      await asGuangdong.proposeAgreement(GUANGDONG, draft({ noticeSeconds: 366 * DAY }))
    })

    it('is open to the invited for 180 days, and no longer', async () => {
      await asGuangdong.proposeAgreement(
        GUANGDONG,
        draft({ partners: [HUNAN, HUBEI], until: now + 999 * DAY }),
      )
      const openUntil = (await blockTime()) + 180 * DAY
      expect((await rulebook.agreement(1)).openUntil).to.equal(BigInt(openUntil))
      await chain.time.setNextBlockTimestamp(openUntil - 1)
      await asHunan.joinAgreement(1, HUNAN)
      await chain.time.setNextBlockTimestamp(openUntil)
      await expect(rulebook.connect(fixture.hubeiAdmin).joinAgreement(1, HUBEI))
        .to.be.revertedWithCustomError(rulebook, 'AgreementClosed')
        .withArgs(1, openUntil)
    })

    it('takes nobody in any more once a member gave notice: what was proposed by a thief binds nobody later', async () => {
      await asGuangdong.proposeAgreement(GUANGDONG, draft({ partners: [HUNAN, HUBEI] }))
      await asGuangdong.leaveAgreement(1, GUANGDONG)
      const left = await blockTime()
      for (const [admin, region] of [
        [fixture.hunanAdmin, HUNAN],
        [fixture.hubeiAdmin, HUBEI],
      ] as const)
        await expect(rulebook.connect(admin).joinAgreement(1, region))
          .to.be.revertedWithCustomError(rulebook, 'AgreementClosed')
          .withArgs(1, left)
      expect(await ruleFor({ time: left + 5 })).to.deep.equal([false, Rule.None])
    })

    it('are joined by the invited, once, and left by members', async () => {
      await asGuangdong.proposeAgreement(GUANGDONG, draft())
      const asHubei = rulebook.connect(fixture.hubeiAdmin)
      for (const attempt of [asHubei.joinAgreement(1, HUBEI), asHubei.joinAgreement(2, HUBEI)]) {
        await expect(attempt).to.be.revertedWithCustomError(rulebook, 'AgreementNotInvited')
      }
      for (const attempt of [asHubei.leaveAgreement(1, HUBEI), asHunan.leaveAgreement(1, HUNAN)]) {
        await expect(attempt).to.be.revertedWithCustomError(rulebook, 'AgreementNotMember')
      }
      expect((await rulebook.membership(1, HUNAN)).invited).to.equal(true)
    })

    it('name partners, types of the catalogue and a term that is still to come', async () => {
      for (const changes of [{ partners: [] }, { licenceTypes: [] }]) {
        await expect(asGuangdong.proposeAgreement(GUANGDONG, draft(changes))).to.be.revertedWithCustomError(
          rulebook,
          'AgreementIncomplete',
        )
      }
      for (const partners of [[HUNAN, HUNAN], [GUANGDONG]]) {
        await expect(asGuangdong.proposeAgreement(GUANGDONG, draft({ partners })))
          .to.be.revertedWithCustomError(rulebook, 'AgreementMemberRepeated')
          .withArgs(partners[0])
      }
      await expect(asGuangdong.proposeAgreement(GUANGDONG, draft({ partners: [430100] })))
        .to.be.revertedWithCustomError(rulebook, 'RecognitionNotProvince')
        .withArgs(430100)
      for (const term of [
        { from: now + 100, until: now + 100 },
        { from: 0, until: now - 1 },
      ]) {
        await expect(asGuangdong.proposeAgreement(GUANGDONG, draft(term)))
          .to.be.revertedWithCustomError(rulebook, 'TermEmpty')
          .withArgs(term.from, term.until)
      }
      await rulebook.retireLicenceType(SPECIAL_OPERATION)
      await expect(asGuangdong.proposeAgreement(GUANGDONG, draft({ licenceTypes: [SPECIAL_OPERATION] })))
        .to.be.revertedWithCustomError(rulebook, 'LicenceTypeNotActive')
        .withArgs(SPECIAL_OPERATION)
    })

    it('name at most 40 partners and 16 types, 320 of both together, and no type twice', async () => {
      const partners = (count: number): number[] =>
        Array.from({ length: count }, (_, i) => 450000 + 10_000 * i)
      const types = Array.from(
        { length: 17 },
        (_, i) => `0x${Buffer.from(`11100000000013338W5${String(i).padStart(2, '0')}`).toString('hex')}`,
      )
      for (const type of types) await rulebook.registerLicenceType(type, RULES)
      const sized = (partnerCount: number, typeCount: number): AgreementDraft =>
        draft({ partners: partners(partnerCount), licenceTypes: types.slice(0, typeCount) })
      for (const [partnerCount, typeCount] of [
        [41, 1],
        [1, 17],
        [40, 9],
        [21, 16],
      ] as const) {
        await expect(asGuangdong.proposeAgreement(GUANGDONG, sized(partnerCount, typeCount)))
          .to.be.revertedWithCustomError(rulebook, 'AgreementTooLarge')
          .withArgs(partnerCount, typeCount)
      }
      for (const [partnerCount, typeCount] of [
        [40, 8],
        [20, 16],
      ] as const) {
        await asGuangdong.proposeAgreement(GUANGDONG, sized(partnerCount, typeCount))
      }
      await expect(
        asGuangdong.proposeAgreement(GUANGDONG, draft({ licenceTypes: [SAFETY_MANAGER, SAFETY_MANAGER] })),
      )
        .to.be.revertedWithCustomError(rulebook, 'AgreementTypeRepeated')
        .withArgs(SAFETY_MANAGER)
    })

    it('are renewed by a member, when they stand behind three newer ones, and only then', async () => {
      const agree = async (changes: Partial<AgreementDraft>): Promise<number> => {
        await asGuangdong.proposeAgreement(GUANGDONG, draft(changes))
        const number = Number(await rulebook.agreementCount())
        await asHunan.joinAgreement(number, HUNAN)
        return number
      }
      const standing = await agree({ from: 0 })
      const renewal = (as = asHunan) => as.renewAgreement(standing, HUNAN, GUANGDONG, SAFETY_MANAGER)
      for (let i = 0; i < 2; i++) await agree({ from: 0, until: now + 2000 + i })
      await expect(renewal())
        .to.be.revertedWithCustomError(rulebook, 'AgreementNotBuried')
        .withArgs(standing, HUNAN, GUANGDONG, SAFETY_MANAGER)
      const third = await agree({ from: 0, until: now + 2000 })
      const later = { time: now + 5000 }
      expect(await ruleFor(later), 'buried').to.deep.equal([false, Rule.None])
      await expect(renewal(asGuangdong))
        .to.be.revertedWithCustomError(rulebook, 'CallerNotRegionAdmin')
        .withArgs(HUNAN, fixture.guangdongAdmin.address)
      await expect(asHunan.renewAgreement(standing, HUNAN, GUANGDONG, SPECIAL_OPERATION), 'another type')
        .to.be.revertedWithCustomError(rulebook, 'AgreementNotStanding')
        .withArgs(standing, HUNAN, GUANGDONG, SPECIAL_OPERATION)
      await expect(asHunan.renewAgreement(standing, HUNAN, HUBEI, SAFETY_MANAGER), 'no member')
        .to.be.revertedWithCustomError(rulebook, 'AgreementNotStanding')
        .withArgs(standing, HUNAN, HUBEI, SAFETY_MANAGER)
      await chain.time.increaseTo(now + 3000)
      await expect(asHunan.renewAgreement(third, HUNAN, GUANGDONG, SAFETY_MANAGER), 'over')
        .to.be.revertedWithCustomError(rulebook, 'AgreementNotStanding')
        .withArgs(third, HUNAN, GUANGDONG, SAFETY_MANAGER)
      await expect(renewal())
        .to.emit(rulebook, 'AgreementRenewed')
        .withArgs(standing, HUNAN, GUANGDONG, SAFETY_MANAGER)
      expect(await ruleFor(later)).to.deep.equal([true, Rule.Agreement])
      await expect(renewal()).to.be.revertedWithCustomError(rulebook, 'AgreementNotBuried')
    })

    it('cost the last to join at most what one transaction may have', async () => {
      const partners = Array.from({ length: 40 }, (_, i) => 450000 + 10_000 * i)
      const licenceTypes = Array.from(
        { length: 8 },
        (_, i) => `0x${Buffer.from(`11100000000013338W60${i}`).toString('hex')}`,
      )
      for (const type of licenceTypes) await rulebook.registerLicenceType(type, RULES)
      for (const partner of partners)
        await ledger.admitRegion(partner, fixture.hunanAdmin.address, named(`样例省${partner}`))
      const costs: number[] = []
      // Also where the same provinces have agreed before: what lists cost depends on what they hold.
      for (const agreement of [1, 2, 3]) {
        await asGuangdong.proposeAgreement(GUANGDONG, draft({ partners, licenceTypes }))
        for (const partner of partners) costs.push(await gasOf(asHunan.joinAgreement(agreement, partner)))
        console.log(`      the fortieth to join: ${costs.at(-1)} gas (at most 15500000)`)
      }
      expect(Math.max(...costs)).to.be.at.most(15_500_000)
    })

    it('are the admins’ of active provinces', async () => {
      await asGuangdong.proposeAgreement(GUANGDONG, draft())
      for (const attempt of [
        asHunan.proposeAgreement(GUANGDONG, draft()),
        rulebook.connect(fixture.operator).joinAgreement(1, HUNAN),
        rulebook.leaveAgreement(1, GUANGDONG),
      ]) {
        await expect(attempt).to.be.revertedWithCustomError(rulebook, 'CallerNotRegionAdmin')
      }
      await ledger.suspendRegion(HUNAN)
      await expect(asHunan.joinAgreement(1, HUNAN))
        .to.be.revertedWithCustomError(rulebook, 'RegionNotActive')
        .withArgs(HUNAN)
      await expect(asHunan.proposeAgreement(430100, draft()))
        .to.be.revertedWithCustomError(rulebook, 'RecognitionNotProvince')
        .withArgs(430100)
    })
  })

  describe('the negative list', () => {
    const entry = (changes: Partial<NegativeEntry> = {}): NegativeEntry => ({
      issuing: HUNAN,
      licenceType: SAFETY_MANAGER,
      item: ITEM,
      ...changes,
    })
    beforeEach(async () => {
      await rulebook.setBaseline(SAFETY_MANAGER, 0, TERM_OPEN)
      now = (await blockTime()) + 100
    })

    it('wins over the baseline, for the very province, type and item, and no other', async () => {
      await expect(asGuangdong.enterNegative(GUANGDONG, entry(), now + 100, now + 1000, APPROVAL))
        .to.emit(rulebook, 'NegativeEntered')
        .withArgs(GUANGDONG, [HUNAN, SAFETY_MANAGER, ITEM], now + 100, now + 1000, Object.values(APPROVAL))
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
        .to.emit(rulebook, 'NegativeEnded')
        .withArgs(GUANGDONG, [HUNAN, SAFETY_MANAGER, ITEM], now + 300)
      expect(await ruleFor({ time: now + 299 })).to.deep.equal([false, Rule.Negative])
      expect(await ruleFor({ time: now + 300 })).to.deep.equal([true, Rule.Baseline])
    })

    it('takes an entry with an approval that has the form of a reference and names its document', async () => {
      const enter = (approval: Partial<Approval>, from = 0, until = TERM_OPEN) =>
        asGuangdong.enterNegative(GUANGDONG, entry(), from, until, { ...APPROVAL, ...approval })
      for (const number of [
        '',
        '1',
        '12345',
        '      ',
        '批文批文',
        '粤函 12号',
        '粤函\t12号',
        '粤函12号\u007f',
        `12${'批'.repeat(32)}`,
      ]) {
        await expect(enter({ number }), number)
          .to.be.revertedWithCustomError(rulebook, 'NegativeApprovalInvalid')
          .withArgs(number)
      }
      await expect(enter({ documentDigest: ethers.ZeroHash })).to.be.revertedWithCustomError(
        rulebook,
        'NegativeApprovalDigestZero',
      )
      await enter({ number: '123456' }, 0, now + 100)
      await enter({ number: `123${'批'.repeat(31)}` }, now + 100)
    })

    it('tells the approval of the entry that decided, for every time its own', async () => {
      const approvals = ['粤函〔2025〕1号', '粤函〔2026〕2号'].map((number) => ({
        number,
        documentDigest: ethers.id(number),
      }))
      const [first = APPROVAL, second = APPROVAL] = approvals
      await asGuangdong.enterNegative(GUANGDONG, entry(), now + 100, now + 200, first)
      await asGuangdong.enterNegative(GUANGDONG, entry(), now + 300, TERM_OPEN, second)
      const question = { receiving: GUANGDONG, ...entry() }
      for (const [time, approval] of [
        [now + 150, first],
        [now + 250, { number: '', documentDigest: ethers.ZeroHash }],
        [now + 300, second],
      ] as const) {
        const { approval: told } = await rulebook.recognised(question, time)
        expect([told.number, told.documentDigest]).to.deep.equal([approval.number, approval.documentDigest])
      }
    })

    it('forgets the approval of an entry that was ended before it began', async () => {
      const [first, second] = ['粤函〔2025〕1号', '粤函〔2026〕2号'].map((number) => ({
        ...APPROVAL,
        number,
      }))
      if (!first || !second) throw new Error('two approvals')
      await asGuangdong.enterNegative(GUANGDONG, entry(), now + 200, now + 300, first)
      await asGuangdong.enterNegative(GUANGDONG, entry(), now + 400, now + 500, first)
      await asGuangdong.endNegative(GUANGDONG, entry(), now + 10)
      await asGuangdong.enterNegative(GUANGDONG, entry(), now + 100, TERM_OPEN, second)
      const { approval } = await rulebook.recognised({ receiving: GUANGDONG, ...entry() }, now + 450)
      expect(approval.number).to.equal(second.number)
      expect(await ruleFor({ time: now + 50 })).to.deep.equal([true, Rule.Baseline])
    })

    it('is between provinces, never against one’s own', async () => {
      await expect(asGuangdong.enterNegative(GUANGDONG, entry({ issuing: 430100 }), 0, TERM_OPEN, APPROVAL))
        .to.be.revertedWithCustomError(rulebook, 'RecognitionNotProvince')
        .withArgs(430100)
      await expect(
        asGuangdong.enterNegative(GUANGDONG, entry({ issuing: GUANGDONG }), 0, TERM_OPEN, APPROVAL),
      )
        .to.be.revertedWithCustomError(rulebook, 'NegativeOwnProvince')
        .withArgs(GUANGDONG)
    })

    it('is kept by the admin of the receiving province alone', async () => {
      await asGuangdong.enterNegative(GUANGDONG, entry(), 0, TERM_OPEN, APPROVAL)
      for (const caller of [fixture.hunanAdmin, fixture.council, fixture.operator]) {
        const asCaller = rulebook.connect(caller)
        for (const attempt of [
          asCaller.enterNegative(GUANGDONG, entry({ item: ANY }), 0, TERM_OPEN, APPROVAL),
          asCaller.endNegative(GUANGDONG, entry(), now + 300),
        ]) {
          await expect(attempt)
            .to.be.revertedWithCustomError(rulebook, 'CallerNotRegionAdmin')
            .withArgs(GUANGDONG, caller.address)
        }
      }
    })
  })
})
