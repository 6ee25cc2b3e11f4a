/**
 * The worst licence that `lookup` may be asked about: everything that is bounded is as large as it can be, and every list
 * of terms has nine entries, every region and agency sixteen moves and 33 names.
 */
import type { HardhatEthersSigner } from '@nomicfoundation/hardhat-ethers/types'
import { expect } from 'chai'
import { beforeEach, describe, it } from 'mocha'
import {
  blockTime,
  Capacity,
  chain,
  decided,
  deployRulebook,
  ethers,
  GUANGDONG,
  HUNAN,
  itemCode,
  type Ledger,
  type LookupFacts,
  type LookupQuery,
  NOT_ASKED,
  RULES,
  Rule,
  type Rulebook,
  rootOf,
  SAFETY_MANAGER,
} from './ledger-fixture.ts'
import {
  byTwoKeys,
  CHANGSHA,
  DAY,
  deployWithLicences,
  enter,
  invented,
  type Licences,
  MOST_ORIGINS,
  retireByTwo,
  transfer,
} from './licence-fixture.ts'

const ITEM = itemCode('KSTB-008')
const COUNTY = 430102
const STREET = 430102001

const longName = (seed: number) => ({
  zh: `${String(seed).padStart(6, '0')}${'名'.repeat(30)}`,
  en: 'n'.repeat(96),
  contact: 'c'.repeat(96),
})

describe('The worst lookup', function () {
  this.timeout(120_000)
  let fixture: Licences
  let ledger: Ledger
  let asOperator: Ledger
  let asHunan: Ledger
  let signers: HardhatEthersSigner[]

  const signer = (place: number): HardhatEthersSigner => {
    const found = signers[place]
    if (!found) throw new Error('too few accounts')
    return found
  }

  beforeEach(async () => {
    fixture = await chain.loadFixture(deployWithLicences)
    signers = await ethers.getSigners()
    ledger = fixture.ledger
    asOperator = ledger.connect(fixture.operator)
    asHunan = ledger.connect(fixture.hunanAdmin)
  })

  it('costs at most 700,000 gas, with its 21,000', async () => {
    const query: LookupQuery = {
      kid: ethers.id('kid'),
      ...NOT_ASKED,
      ...(await liveThroughTheWorst()),
      licenceType: SAFETY_MANAGER,
      receiving: GUANGDONG,
      item: ITEM,
    }
    const { origins, responsible, rules }: LookupFacts = await ledger.lookup(query)
    expect([origins.length, responsible.capacity]).to.deep.equal([MOST_ORIGINS, Capacity.Custodian])
    expect(rules.responsibility.until).to.not.equal(0n)
    expect(rules.recognition.rule).to.equal(Rule.None)
    expect(ethers.dataLength(rules.demanded.fields)).to.equal(512)
    const gas: bigint = await ledger.getFunction('lookup').estimateGas(query)
    console.log(`      ${gas} gas`)
    expect(gas).to.be.at.most(700_000n)
  })

  /**
   * A licence of a street's agency with as many origins as can be, each in another agency, noted and suspended until a
   * day. The agency passed indices over, was moved and renamed often, as its street was; it retired, as those that followed
   * it did, and all that the last of them lay in, the longest way up. Its type was delegated down to the street; it is
   * refused, on the baseline and agreed on at other times than asked about, which is before the type, the item and the
   * rulebook were changed again; and another rulebook was in force at the anchor.
   */
  async function liveThroughTheWorst(): Promise<
    Pick<LookupQuery, 'issuer' | 'root' | 'statusIndex' | 'recognisedAt'>
  > {
    const [county, street] = [signer(9), signer(10)]
    const [asCity, asCounty, asStreet] = [
      ledger.connect(fixture.cityAdmin),
      ledger.connect(county),
      ledger.connect(street),
    ]
    await asCity.accreditRegion(COUNTY, CHANGSHA, county.address, longName(1))
    await asCounty.accreditRegion(STREET, COUNTY, street.address, longName(2))
    const issuer = invented('430102', 1)
    await byTwoKeys(asStreet, asCounty, async (as) =>
      as.accreditAgency(issuer, STREET, fixture.operator.address, longName(3)),
    )
    await ruleAtOtherTimes(fixture.rulebook, issuer, street)
    const second = await deployRulebook(ledger, fixture.council)
    await ruleAtOtherTimes(second, issuer, street)
    for (let turn = 0; turn < 8; ++turn) {
      for (const [place, region] of [
        [HUNAN, CHANGSHA],
        [CHANGSHA, STREET],
      ] as const) {
        await asHunan.moveRegion(COUNTY, place)
        await asHunan.moveAgency(issuer, region)
        await asHunan.moveRegion(STREET, place === HUNAN ? HUNAN : COUNTY)
      }
    }
    let next = 0
    for (let gap = 0; gap < 33; ++gap) {
      await asOperator.passOver(issuer, next++, 1)
      await asOperator.anchor(issuer, next++, { root: rootOf(gap), size: 1 })
      await asStreet.renameAgency(issuer, longName(100 + gap))
      await asCounty.renameRegion(STREET, longName(5000 + gap))
    }
    const statusIndex = 1
    const origins = Array.from({ length: MOST_ORIGINS }, (_, place) => invented(String(HUNAN), 200 + place))
    for (const [place, agency] of origins.entries()) {
      await asHunan.accreditAgency(agency, HUNAN, fixture.operator.address, longName(200 + place))
      await asOperator.anchor(agency, 0, { root: rootOf(1), size: 1 })
    }
    for (const [place, origin] of origins.entries()) {
      const to = origins[place + 1]
      const successor = { as: asOperator, issuer: to ?? issuer, index: to === undefined ? statusIndex : 0 }
      await asOperator.note(origin, 111, [0], await decided())
      await transfer({ as: asOperator, issuer: origin, index: 0 }, successor)
    }
    await enter(asOperator, issuer, 'Suspend', [statusIndex], { endsAt: (await blockTime()) + DAY })
    await ledger.changeRulebook(await second.getAddress())
    await chain.time.increase(DAY)
    await chain.mine()
    const recognisedAt = await blockTime()
    await chain.time.increase(DAY)
    await changeNineTimes(second)
    await succeedTheLongWay(issuer, asStreet, asCounty)
    await ledger.renameRegion(HUNAN, longName(999))
    await ledger.renameRegion(GUANGDONG, longName(998))
    return { issuer, root: rootOf(3), statusIndex, recognisedAt }
  }

  async function changeNineTimes(rulebook: Rulebook): Promise<void> {
    for (let turn = 0; turn < 9; ++turn) {
      await rulebook.amendLicenceType(SAFETY_MANAGER, { ...RULES, schemaDigest: ethers.id(`schema ${turn}`) })
      await rulebook.amendServiceItem(ITEM, [
        { licenceType: SAFETY_MANAGER, fields: ethers.toUtf8Bytes('a') },
      ])
      await ledger.changeRulebook(await rulebook.getAddress())
    }
  }

  async function ruleAtOtherTimes(
    rulebook: Rulebook,
    issuer: string,
    street: HardhatEthersSigner,
  ): Promise<void> {
    const { hunanAdmin, guangdongAdmin, cityAdmin } = fixture
    const [asProvince, asReceiving] = [rulebook.connect(hunanAdmin), rulebook.connect(guangdongAdmin)]
    await rulebook.registerLicenceType(SAFETY_MANAGER, RULES)
    const fields = Array.from({ length: 64 }, (_, place) => `f${String(place).padStart(6, '0')}`).join('\n')
    await rulebook.registerServiceItem(ITEM, [
      { licenceType: SAFETY_MANAGER, fields: ethers.toUtf8Bytes(`${fields}0`) },
    ])
    const approval = { number: '粤府〔2026〕1号', documentDigest: ethers.id('') }
    const now = await blockTime()
    for (let turn = 0; turn < 9; ++turn) {
      const [from, until] =
        turn === 0 ? [0, now + 300 * DAY] : [now + (300 + turn) * DAY, now + (301 + turn) * DAY]
      await asProvince.delegateType(CHANGSHA, SAFETY_MANAGER, from, until)
      await rulebook.connect(cityAdmin).delegateType(COUNTY, SAFETY_MANAGER, from, until)
      await rulebook.connect(signer(9)).delegateType(STREET, SAFETY_MANAGER, from, until)
      await rulebook.connect(street).assignResponsibility(issuer, SAFETY_MANAGER, from, until)
      const [later, end] = [now + (300 + turn) * DAY, now + (301 + turn) * DAY]
      await rulebook.setBaseline(SAFETY_MANAGER, later, end)
      for (const issuing of [HUNAN, 0]) {
        for (const item of [ITEM, ethers.ZeroHash]) {
          await asReceiving.enterNegative(
            GUANGDONG,
            { issuing, licenceType: SAFETY_MANAGER, item },
            later,
            end,
            approval,
          )
        }
      }
      const draft = { partners: [HUNAN], licenceTypes: [SAFETY_MANAGER], noticeSeconds: 0 }
      await asReceiving.proposeAgreement(GUANGDONG, { ...draft, from: later, until: end })
      await asProvince.joinAgreement(turn + 1, HUNAN)
    }
  }

  /** Four agencies follow, the last of a street of Guangdong; street, county, city, another street, its county, its city. */
  async function succeedTheLongWay(issuer: string, asStreet: Ledger, asCounty: Ledger): Promise<void> {
    const [c1, c2, c3] = [signer(11), signer(12), signer(13)]
    const [one, two, three] = [ledger.connect(c1), ledger.connect(c2), ledger.connect(c3)]
    const asGuangdong = ledger.connect(fixture.guangdongAdmin)
    for (const [place, city] of [440100, 440200].entries()) {
      const [county, street] = [city + 3, (city + 3) * 1000 + 1]
      await asGuangdong.accreditRegion(city, GUANGDONG, c1.address, longName(600 + 10 * place))
      await one.accreditRegion(county, city, c2.address, longName(601 + 10 * place))
      await two.accreditRegion(street, county, c3.address, longName(602 + 10 * place))
    }
    const last = invented('440103', 9)
    await byTwoKeys(three, two, async (as) =>
      as.accreditAgency(last, 440103001, fixture.operator.address, longName(700)),
    )
    const between = [1, 2, 3].map((serial) => invented('440100', serial))
    for (const [place, agency] of between.entries()) {
      await one.accreditAgency(agency, 440100, fixture.operator.address, longName(701 + place))
    }
    await chain.time.increase(8 * DAY)
    const agencies = [issuer, ...between, last]
    for (const [place, agency] of agencies.entries()) {
      const successor = agencies[place + 1]
      if (successor !== undefined) await asOperator.acceptAgencySuccession(agency, successor)
      const [admin, superior] =
        place === 0 ? [asStreet, asCounty] : successor === undefined ? [three, two] : [one, asGuangdong]
      await retireByTwo(admin, superior, agency, successor)
    }
    await byTwoKeys(three, two, async (as) => await as.retireRegion(440103001, 0))
    await byTwoKeys(two, one, async (as) => await as.retireRegion(440103, 0))
    await three.acceptRegionSuccession(440100, 440203001)
    await byTwoKeys(one, asGuangdong, async (as) => await as.retireRegion(440100, 440203001))
    await byTwoKeys(three, two, async (as) => await as.retireRegion(440203001, 0))
    await byTwoKeys(two, one, async (as) => await as.retireRegion(440203, 0))
    await byTwoKeys(one, asGuangdong, async (as) => await as.retireRegion(440200, 0))
  }
})
