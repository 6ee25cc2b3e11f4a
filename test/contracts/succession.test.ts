/** Finding 5: what was retired is orphaned nowhere. Somebody acts on its licences, and two keys undo it. */
import type { HardhatEthersSigner } from '@nomicfoundation/hardhat-ethers/types'
import { expect } from 'chai'
import { beforeEach, describe, it } from 'mocha'
import {
  type Branch,
  bodyOf,
  byTwoKeys,
  type Call,
  CHANGSHA,
  DAY,
  deployBranch,
  expectRefusal,
  FURONG,
  FURONG_BUREAU,
  FURONG_OFFICE,
  NO_AGENCY,
  nameSuperior,
  STREET,
  YUEYANG,
} from './branch-fixture.ts'
import {
  AgencyStatus,
  blockTime,
  Capacity,
  chain,
  decided,
  ethers,
  GUANGDONG,
  HOUSING_MINISTRY,
  HUNAN,
  HUNAN_HOUSING,
  KEY_TIME_NEVER,
  KeyAlgorithm,
  type Ledger,
  LegalStatus,
  named,
  RegionStatus,
  rootOf,
  StatusAct,
} from './ledger-fixture.ts'

describe('Retirement and succession', () => {
  let branch: Branch
  let ledger: Ledger
  const refused = (attempt: Promise<unknown>, error: string, ...values: readonly unknown[]): Promise<void> =>
    expectRefusal(branch, attempt, error, ...values)
  const as = (account: HardhatEthersSigner): Ledger => ledger.connect(account)
  const statusOf = async (agency: string): Promise<bigint> => (await ledger.agency(agency)).status
  const membersOf = async (region: number): Promise<bigint> => (await ledger.region(region)).members

  beforeEach(async () => {
    branch = await chain.loadFixture(deployBranch)
    ledger = branch.ledger
    await as(branch.furongOperator).anchor(FURONG_BUREAU, 0, { root: rootOf(1), size: 40 })
  })

  const retire =
    (agency: string, successor = NO_AGENCY): Call =>
    (caller) =>
      caller.retireAgency(agency, successor)
  /** The county's bureau is retired, by the county and its city. */
  async function retireBureau(successor = NO_AGENCY): Promise<void> {
    if (successor !== NO_AGENCY)
      await as(branch.officeOperator).acceptAgencySuccession(FURONG_BUREAU, successor)
    await byTwoKeys(branch, retire(FURONG_BUREAU, successor), branch.furongAdmin, branch.changshaAdmin)
  }
  const X = ethers.id('x')
  /** A key of the agency, by its region's admin. */
  async function registerKey(admin: HardhatEthersSigner, agency: string): Promise<string> {
    const facts = [agency, KeyAlgorithm.EdDSA, X, ethers.ZeroHash, 1, KEY_TIME_NEVER] as const
    const kid = await as(admin)
      .getFunction('registerKey')
      .staticCall(...facts)
    await as(admin).registerKey(...facts)
    return kid
  }

  describe('of all that it lay in', () => {
    const ministry = bodyOf(GUANGDONG, 1)

    it('leaves an agency’s keys to whom the council named: reported by one, withdrawn by two', async () => {
      const [operator, other] = branch.spare
      const [admin, superior] = [branch.guangdongAdmin, branch.superior]
      await as(admin).accreditAgency(ministry, GUANGDONG, operator.address, named('广东省样例厅'))
      const kid = await registerKey(admin, ministry)
      await byTwoKeys(branch, retire(ministry), admin, superior)
      await byTwoKeys(branch, (one) => one.retireRegion(GUANGDONG, 0), admin, superior)
      for (const caller of [admin, branch.hunanAdmin, operator])
        await refused(
          as(caller).reportKeyCompromised(ministry, kid, 1000),
          'CallerNotSuperior',
          0,
          caller.address,
        )
      await as(superior).reportKeyCompromised(ministry, kid, 1000)
      expect((await ledger.key(ministry, kid)).compromisedFrom).to.equal(1000n)
      const narrow: Call = (one) => one.narrowKeyCompromise(ministry, kid, KEY_TIME_NEVER)
      await narrow(as(superior))
      await refused(narrow(as(superior)), 'ConfirmerIsProposer', superior.address)
      await nameSuperior(branch, other)
      await chain.time.increase(7 * DAY)
      await narrow(as(other))
      expect((await ledger.key(ministry, kid)).compromisedFrom).to.equal(KEY_TIME_NEVER)
      await refused(as(superior).reinstateAgency(ministry), 'RegionNotActive', 0)
    })

    it('leaves a region’s name to who governs what was above it', async () => {
      await byTwoKeys(branch, (one) => one.retireRegion(STREET, 0), branch.streetAdmin, branch.furongAdmin)
      await retireBureau()
      await byTwoKeys(branch, retire(FURONG_OFFICE), branch.furongAdmin, branch.changshaAdmin)
      await byTwoKeys(branch, (one) => one.retireRegion(FURONG, 0), branch.furongAdmin, branch.changshaAdmin)
      await refused(
        as(branch.furongAdmin).renameRegion(STREET, named('旧街道')),
        'CallerNotRegionAdmin',
        CHANGSHA,
        branch.furongAdmin.address,
      )
      await as(branch.changshaAdmin).renameRegion(STREET, named('旧街道'))
    })

    it('has somebody though more regions succeeded one another than are looked for: whoever is above them', async () => {
      const cities = Array.from({ length: 7 }, (_, i) => 431000 + 100 * i)
      const admins = cities.map((_, i) => branch.spare[i % 4] ?? branch.superior)
      for (const [i, city] of cities.entries())
        await as(branch.hunanAdmin).accreditRegion(city, HUNAN, admins[i]?.address ?? '', named(`市${city}`))
      const [first = branch.superior] = admins
      const agency = bodyOf(431000, 1)
      await as(first).accreditAgency(agency, 431000, branch.operator.address, named('样例局'))
      const kid = await registerKey(first, agency)
      await chain.time.increase(8 * DAY)
      await byTwoKeys(branch, retire(agency), first, branch.hunanAdmin)
      for (const [i, next] of cities.slice(1).entries()) {
        await as(admins[i + 1] ?? first).acceptRegionSuccession(cities[i] ?? 0, next)
        await byTwoKeys(
          branch,
          (one) => one.retireRegion(cities[i] ?? 0, next),
          admins[i] ?? first,
          branch.hunanAdmin,
        )
      }
      expect((await ledger.responsibleFor(agency)).region).to.equal(BigInt(HUNAN))
      await as(branch.hunanAdmin).reportKeyCompromised(agency, kid, 1000)
    })
  })

  /** Furong with all that lies in it is retired. */
  async function retireFurong(successor: number): Promise<void> {
    await retireBureau()
    await byTwoKeys(branch, retire(FURONG_OFFICE), branch.furongAdmin, branch.changshaAdmin)
    await byTwoKeys(
      branch,
      (caller) => caller.retireRegion(STREET, 0),
      branch.streetAdmin,
      branch.furongAdmin,
    )
    if (successor !== 0) await as(branch.yueyangAdmin).acceptRegionSuccession(FURONG, successor)
    const call: Call = (caller) => caller.retireRegion(FURONG, successor)
    await byTwoKeys(branch, call, branch.furongAdmin, branch.changshaAdmin)
  }
  let next = 0
  /** An act that needs nothing but a licence in force, on one that nobody touched. */
  const actAs = async (account: HardhatEthersSigner): Promise<unknown> =>
    as(account).act(FURONG_BUREAU, StatusAct.Suspend, [next++], await decided())
  const noCapacity = async (account: HardhatEthersSigner): Promise<void> =>
    refused(actAs(account), 'CallerNotOperator', FURONG_BUREAU, account.address)

  describe('a retired agency with a successor', () => {
    it('is in the hands of the successor’s operator: on its licences, never in its name', async () => {
      await retireBureau(FURONG_OFFICE)
      expect(await ledger.agencySuccessorOf(FURONG_BUREAU)).to.equal(FURONG_OFFICE)
      await actAs(branch.officeOperator)
      await noCapacity(branch.furongOperator)
      await noCapacity(branch.furongAdmin)
      await noCapacity(branch.changshaAdmin)
      const entry = { root: rootOf(2), size: 1 }
      await refused(
        as(branch.officeOperator).anchor(FURONG_BUREAU, 40, entry),
        'AgencyNotActive',
        FURONG_BUREAU,
      )
      await refused(
        as(branch.officeOperator).passOver(FURONG_BUREAU, 40, 1),
        'AgencyNotActive',
        FURONG_BUREAU,
      )
      const x = ethers.id('x')
      const key = as(branch.furongAdmin).registerKey(FURONG_BUREAU, KeyAlgorithm.SM2, x, x, 0, KEY_TIME_NEVER)
      await refused(key, 'AgencyNotActive', FURONG_BUREAU)
      const { capacity, agency, region } = await ledger.responsibleFor(FURONG_BUREAU)
      expect([capacity, agency, region]).to.deep.equal([Capacity.Successor, FURONG_OFFICE, BigInt(FURONG)])
    })

    it('tells in every act in what capacity it was entered', async () => {
      await retireBureau(FURONG_OFFICE)
      const decision = await decided()
      const capacityOf = async (
        account: HardhatEthersSigner,
        act: bigint,
        index: number,
      ): Promise<unknown> => {
        const sent = await as(account).act(FURONG_BUREAU, act, [index], decision)
        const log = (await sent.wait())?.logs[0]
        return log && ledger.interface.parseLog(log)?.args['capacity']
      }
      expect(await capacityOf(branch.officeOperator, StatusAct.Suspend, 30)).to.equal(Capacity.Successor)
      expect(await capacityOf(branch.changshaAdmin, StatusAct.Annul, 31)).to.equal(Capacity.Superior)
    })

    it('needs the successor’s word, by who operates it still, and given for this one', async () => {
      const succession = ethers.keccak256(
        ethers.AbiCoder.defaultAbiCoder().encode(
          ['string', 'bytes18', 'bytes18'],
          ['agency', FURONG_BUREAU, FURONG_OFFICE],
        ),
      )
      const call = retire(FURONG_BUREAU, FURONG_OFFICE)
      await call(as(branch.furongAdmin))
      const confirm = (): Promise<unknown> => call(as(branch.changshaAdmin))
      await refused(confirm(), 'SuccessionNotAccepted', succession)
      await as(branch.operator).acceptAgencySuccession(FURONG_BUREAU, HUNAN_HOUSING)
      await as(branch.officeOperator).acceptAgencySuccession(HUNAN_HOUSING, FURONG_OFFICE)
      await refused(confirm(), 'SuccessionNotAccepted', succession)
      await as(branch.officeOperator).acceptAgencySuccession(FURONG_BUREAU, FURONG_OFFICE)
      await as(branch.furongAdmin).nominateOperator(FURONG_OFFICE, branch.spare[0].address)
      await as(branch.spare[0]).acceptOperator(FURONG_OFFICE)
      await refused(confirm(), 'SuccessionNotAccepted', succession)
      await as(branch.spare[0]).acceptAgencySuccession(FURONG_BUREAU, FURONG_OFFICE)
      await confirm()
    })

    it('has the successor’s word for thirty days, and then needs it again', async () => {
      const call = retire(FURONG_BUREAU, FURONG_OFFICE)
      const accept = (): Promise<unknown> =>
        as(branch.officeOperator).acceptAgencySuccession(FURONG_BUREAU, FURONG_OFFICE)
      const accepted = async (): Promise<unknown[]> => [
        ...Object.values(await ledger.acceptedAgencySuccession(FURONG_BUREAU, FURONG_OFFICE)),
      ]
      expect(await accepted()).to.deep.equal([ethers.ZeroAddress, 0n])
      await accept()
      const acceptedAt = await blockTime()
      expect(await accepted()).to.deep.equal([branch.officeOperator.address, BigInt(acceptedAt)])
      await chain.time.increase(29 * DAY)
      await call(as(branch.furongAdmin))
      await chain.time.setNextBlockTimestamp(acceptedAt + 30 * DAY)
      await expect(call(as(branch.changshaAdmin))).to.be.revertedWithCustomError(
        ledger,
        'SuccessionNotAccepted',
      )
      await accept()
      await call(as(branch.changshaAdmin))
      expect(await ledger.agencySuccessorOf(FURONG_BUREAU)).to.equal(FURONG_OFFICE)
      expect(await accepted()).to.deep.equal([ethers.ZeroAddress, 0n])
    })

    it('takes the word of an operator of an active agency of an active region alone', async () => {
      const accept = (account: HardhatEthersSigner): Promise<unknown> =>
        as(account).acceptAgencySuccession(FURONG_BUREAU, FURONG_OFFICE)
      for (const caller of [branch.furongAdmin, branch.furongOperator, branch.changshaAdmin, branch.superior])
        await refused(accept(caller), 'CallerNotOperator', FURONG_OFFICE, caller.address)
      await as(branch.furongAdmin).suspendAgency(FURONG_OFFICE)
      await refused(accept(branch.officeOperator), 'AgencyNotActive', FURONG_OFFICE)
      await as(branch.furongAdmin).resumeAgency(FURONG_OFFICE)
      await as(branch.changshaAdmin).suspendRegion(FURONG)
      await refused(accept(branch.officeOperator), 'RegionNotActive', FURONG)
      const unknown = as(branch.officeOperator).acceptAgencySuccession(FURONG_BUREAU, HOUSING_MINISTRY)
      await refused(unknown, 'AgencyNotActive', HOUSING_MINISTRY)
    })

    it('takes no word for what never was, nor for itself', async () => {
      const asOffice = as(branch.officeOperator)
      const ofNobody = asOffice.acceptAgencySuccession(HOUSING_MINISTRY, FURONG_OFFICE)
      await refused(ofNobody, 'AgencyUnknown', HOUSING_MINISTRY)
      const ofItself = asOffice.acceptAgencySuccession(FURONG_OFFICE, FURONG_OFFICE)
      await refused(ofItself, 'AgencySuccessorInvalid', FURONG_OFFICE, FURONG_OFFICE)
      const asYueyang = as(branch.yueyangAdmin)
      await refused(asYueyang.acceptRegionSuccession(990000, YUEYANG), 'RegionUnknown', 990000)
      await refused(asYueyang.acceptRegionSuccession(YUEYANG, YUEYANG), 'RegionNotRetirable', YUEYANG)
    })

    it('is not succeeded by itself, by one that is not active, or by one that is unknown', async () => {
      const asFurong = as(branch.furongAdmin)
      await refused(
        asFurong.retireAgency(FURONG_BUREAU, FURONG_BUREAU),
        'AgencySuccessorInvalid',
        FURONG_BUREAU,
        FURONG_BUREAU,
      )
      await refused(
        asFurong.retireAgency(FURONG_BUREAU, HOUSING_MINISTRY),
        'AgencyNotActive',
        HOUSING_MINISTRY,
      )
      await asFurong.suspendAgency(FURONG_OFFICE)
      await refused(asFurong.retireAgency(FURONG_BUREAU, FURONG_OFFICE), 'AgencyNotActive', FURONG_OFFICE)
      await refused(asFurong.retireAgency(HOUSING_MINISTRY, NO_AGENCY), 'AgencyUnknown', HOUSING_MINISTRY)
      await retireBureau()
      await refused(asFurong.retireAgency(FURONG_BUREAU, NO_AGENCY), 'AgencyAlreadyRetired', FURONG_BUREAU)
    })

    it('runs in no circle: who is retired succeeds nobody, and who is reinstated has no successor', async () => {
      await retireBureau(FURONG_OFFICE)
      const back = as(branch.furongAdmin).retireAgency(FURONG_OFFICE, FURONG_BUREAU)
      await refused(back, 'AgencyNotActive', FURONG_BUREAU)
      const reinstate: Call = (caller) => caller.reinstateAgency(FURONG_BUREAU)
      await byTwoKeys(branch, reinstate, branch.furongAdmin, branch.changshaAdmin)
      expect(await ledger.agencySuccessorOf(FURONG_BUREAU)).to.equal(NO_AGENCY)
      await as(branch.furongAdmin).resumeAgency(FURONG_BUREAU)
      await as(branch.furongOperator).acceptAgencySuccession(FURONG_OFFICE, FURONG_BUREAU)
      await byTwoKeys(branch, retire(FURONG_OFFICE, FURONG_BUREAU), branch.furongAdmin, branch.changshaAdmin)
      await actAs(branch.furongOperator)
    })

    it('is followed through a chain of successors, to the custodian where that ends', async () => {
      await retireBureau(FURONG_OFFICE)
      const heir = bodyOf(FURONG, 20)
      const operator = branch.spare[0]
      await as(branch.furongAdmin).accreditAgency(heir, FURONG, operator.address, named('芙蓉区综合局'))
      await as(operator).acceptAgencySuccession(FURONG_OFFICE, heir)
      await byTwoKeys(branch, retire(FURONG_OFFICE, heir), branch.furongAdmin, branch.changshaAdmin)
      await actAs(operator)
      await noCapacity(branch.officeOperator)
      await byTwoKeys(branch, retire(heir), branch.furongAdmin, branch.changshaAdmin)
      await noCapacity(operator)
      await actAs(branch.furongAdmin)
      const { capacity, region } = await ledger.responsibleFor(FURONG_BUREAU)
      expect([capacity, region]).to.deep.equal([Capacity.Custodian, BigInt(FURONG)])
    })

    it('of more than four in a row still has somebody who may act on the first one’s licences', async () => {
      const operator = branch.spare[0]
      let last = FURONG_BUREAU
      for (let i = 30; i < 41; i++) {
        const heir = bodyOf(FURONG, i)
        await as(branch.furongAdmin).accreditAgency(heir, FURONG, operator.address, named(`第${i}局`))
        await as(operator).acceptAgencySuccession(last, heir)
        await byTwoKeys(branch, retire(last, heir), branch.furongAdmin, branch.changshaAdmin)
        last = heir
      }
      await noCapacity(operator)
      await actAs(branch.furongAdmin)
      expect((await ledger.responsibleFor(FURONG_BUREAU)).capacity).to.equal(Capacity.Custodian)
    })
  })

  describe('a retired agency without a successor', () => {
    it('has the admin of its region as custodian, which it never is of a live one', async () => {
      await noCapacity(branch.furongAdmin)
      await as(branch.furongAdmin).suspendAgency(FURONG_BUREAU)
      await refused(actAs(branch.furongAdmin), 'AgencyNotActive', FURONG_BUREAU)
      await as(branch.keeper).pauseAgency(FURONG_BUREAU)
      await refused(actAs(branch.furongAdmin), 'AgencyNotActive', FURONG_BUREAU)
      await as(branch.keeper).unpauseAgency(FURONG_BUREAU)
      await retireBureau()
      await actAs(branch.furongAdmin)
      await noCapacity(branch.furongOperator)
      const anchor = as(branch.furongAdmin).anchor(FURONG_BUREAU, 40, { root: rootOf(2), size: 1 })
      await refused(anchor, 'AgencyNotActive', FURONG_BUREAU)
    })

    it('passes to the superior while the region is suspended, and to whom the council named while the province is', async () => {
      await retireBureau()
      await as(branch.changshaAdmin).suspendRegion(FURONG)
      await noCapacity(branch.furongAdmin)
      await actAs(branch.changshaAdmin)
      await as(branch.keeper).pauseRegion(HUNAN)
      await noCapacity(branch.changshaAdmin)
      await noCapacity(branch.hunanAdmin)
      expect((await ledger.responsibleFor(FURONG_BUREAU)).region).to.equal(0n)
      await actAs(branch.superior)
    })

    it('is annulled by the superior in its stead, be it live, suspended or retired', async () => {
      const annul = async (account: HardhatEthersSigner, index: number): Promise<unknown> =>
        as(account).act(FURONG_BUREAU, StatusAct.Annul, [index], await decided())
      await annul(branch.changshaAdmin, 30)
      await as(branch.furongAdmin).suspendAgency(FURONG_BUREAU)
      await annul(branch.changshaAdmin, 31)
      await retireBureau()
      await annul(branch.changshaAdmin, 32)
      expect(await ledger.statusOf(FURONG_BUREAU, 32)).to.equal(LegalStatus.Annulled)
      for (const caller of [branch.hunanAdmin, branch.superior, branch.yueyangAdmin, branch.streetAdmin])
        await refused(annul(caller, 33), 'CallerNotOperator', FURONG_BUREAU, caller.address)
    })

    it('is moved, and then in the hands of the region it went to, which counts it not', async () => {
      await retireBureau()
      const before = [await membersOf(FURONG), await membersOf(YUEYANG)]
      await as(branch.hunanAdmin).moveAgency(FURONG_BUREAU, YUEYANG)
      expect([await membersOf(FURONG), await membersOf(YUEYANG)]).to.deep.equal(before)
      await actAs(branch.yueyangAdmin)
      await noCapacity(branch.furongAdmin)
      const reinstate: Call = (caller) => caller.reinstateAgency(FURONG_BUREAU)
      await chain.time.increase(7 * DAY)
      await byTwoKeys(branch, reinstate, branch.yueyangAdmin, branch.hunanAdmin)
      expect(await membersOf(YUEYANG)).to.equal((before[1] ?? 0n) + 1n)
    })
  })

  describe('an agency reinstated', () => {
    it('is suspended until its region resumes it, by the two keys that retired it', async () => {
      const before = await membersOf(FURONG)
      await retireBureau(FURONG_OFFICE)
      expect(await membersOf(FURONG)).to.equal(before - 1n)
      const reinstate: Call = (caller) => caller.reinstateAgency(FURONG_BUREAU)
      for (const caller of [branch.changshaAdmin, branch.officeOperator, branch.superior])
        await refused(reinstate(as(caller)), 'CallerNotRegionAdmin', FURONG, caller.address)
      await expect(reinstate(as(branch.furongAdmin))).to.emit(ledger, 'Proposed')
      await expect(reinstate(as(branch.changshaAdmin)))
        .to.emit(ledger, 'AgencyReinstated')
        .withArgs(FURONG_BUREAU)
      expect(await membersOf(FURONG)).to.equal(before)
      expect(await statusOf(FURONG_BUREAU)).to.equal(AgencyStatus.Suspended)
      await refused(actAs(branch.furongOperator), 'AgencyNotActive', FURONG_BUREAU)
      await refused(actAs(branch.officeOperator), 'AgencyNotActive', FURONG_BUREAU)
      await as(branch.furongAdmin).resumeAgency(FURONG_BUREAU)
      await actAs(branch.furongOperator)
      await noCapacity(branch.officeOperator)
    })

    it('was retired: refused otherwise', async () => {
      const reinstate = as(branch.furongAdmin).reinstateAgency(FURONG_BUREAU)
      await refused(reinstate, 'AgencyNotRetired', FURONG_BUREAU)
      const unknown = as(branch.furongAdmin).reinstateAgency(HOUSING_MINISTRY)
      await refused(unknown, 'AgencyNotRetired', HOUSING_MINISTRY)
    })

    it('of a retired region belongs to the one that governs what that left', async () => {
      await retireFurong(YUEYANG)
      const before = await membersOf(YUEYANG)
      const reinstate: Call = (caller) => caller.reinstateAgency(FURONG_BUREAU)
      await refused(
        reinstate(as(branch.furongAdmin)),
        'CallerNotRegionAdmin',
        YUEYANG,
        branch.furongAdmin.address,
      )
      await byTwoKeys(branch, reinstate, branch.yueyangAdmin, branch.hunanAdmin)
      expect((await ledger.agency(FURONG_BUREAU)).region).to.equal(BigInt(YUEYANG))
      expect(await membersOf(YUEYANG)).to.equal(before + 1n)
      expect(await membersOf(FURONG)).to.equal(0n)
    })
  })

  describe('a retired region', () => {
    it('is empty: refused while an agency or a region in it is not retired, be it suspended or paused', async () => {
      const call: Call = (caller) => caller.retireRegion(FURONG, 0)
      await refused(call(as(branch.furongAdmin)), 'RegionNotEmpty', FURONG, 3)
      await as(branch.furongAdmin).suspendAgency(FURONG_BUREAU)
      await as(branch.keeper).pauseAgency(FURONG_OFFICE)
      await as(branch.furongAdmin).suspendRegion(STREET)
      await refused(call(as(branch.furongAdmin)), 'RegionNotEmpty', FURONG, 3)
      await refused(as(branch.hunanAdmin).retireRegion(HUNAN, 0), 'RegionNotEmpty', HUNAN, 3)
    })

    it('is not retired when something came in between proposal and confirmation', async () => {
      const call: Call = (caller) => caller.retireRegion(STREET, 0)
      await call(as(branch.streetAdmin))
      await as(branch.changshaAdmin).moveAgency(FURONG_BUREAU, STREET)
      await refused(call(as(branch.furongAdmin)), 'RegionNotEmpty', STREET, 1)
    })

    it('leaves its licences to its parent, and its parent counts it no more', async () => {
      const before = await membersOf(CHANGSHA)
      await retireFurong(0)
      expect((await ledger.region(FURONG)).status).to.equal(RegionStatus.Retired)
      expect(await membersOf(CHANGSHA)).to.equal(before - 1n)
      await actAs(branch.changshaAdmin)
      await noCapacity(branch.furongAdmin)
      expect((await ledger.responsibleFor(FURONG_BUREAU)).region).to.equal(BigInt(CHANGSHA))
      const annul = async (account: HardhatEthersSigner, index: number): Promise<unknown> =>
        as(account).act(FURONG_BUREAU, StatusAct.Annul, [index], await decided())
      await annul(branch.hunanAdmin, 39)
    })

    it('leaves its licences to its successor, which agreed, and to nobody else', async () => {
      await retireFurong(YUEYANG)
      expect(await ledger.regionSuccessorOf(FURONG)).to.equal(BigInt(YUEYANG))
      await actAs(branch.yueyangAdmin)
      await noCapacity(branch.changshaAdmin)
      await noCapacity(branch.furongAdmin)
      await as(branch.yueyangAdmin).renameAgency(FURONG_BUREAU, named('原芙蓉区人社局'))
    })

    it('has no successor that did not agree, that changed its admin since, that is not active, or itself', async () => {
      const call: Call = (caller) => caller.retireRegion(STREET, YUEYANG)
      const succession = ethers.keccak256(
        ethers.AbiCoder.defaultAbiCoder().encode(['string', 'uint32', 'uint32'], ['region', STREET, YUEYANG]),
      )
      await call(as(branch.streetAdmin))
      await refused(call(as(branch.furongAdmin)), 'SuccessionNotAccepted', succession)
      for (const caller of [branch.streetAdmin, branch.furongAdmin, branch.hunanAdmin])
        await refused(
          as(caller).acceptRegionSuccession(STREET, YUEYANG),
          'CallerNotRegionAdmin',
          YUEYANG,
          caller.address,
        )
      await as(branch.yueyangAdmin).acceptRegionSuccession(STREET, YUEYANG)
      await as(branch.yueyangAdmin).nominateRegionAdmin(YUEYANG, branch.spare[0].address)
      await as(branch.spare[0]).acceptRegionAdmin(YUEYANG)
      await refused(call(as(branch.furongAdmin)), 'SuccessionNotAccepted', succession)
      await as(branch.hunanAdmin).suspendRegion(YUEYANG)
      await refused(call(as(branch.furongAdmin)), 'RegionNotActive', YUEYANG)
      await refused(as(branch.streetAdmin).retireRegion(STREET, STREET), 'RegionNotRetirable', STREET)
      await refused(as(branch.streetAdmin).retireRegion(430102002, 0), 'RegionNotRetirable', 430102002)
    })

    it('anchors nothing, accredits nothing and is not suspended', async () => {
      await retireFurong(0)
      const someone = branch.spare[0].address
      const accredit = as(branch.furongAdmin).accreditAgency(
        bodyOf(FURONG, 9),
        FURONG,
        someone,
        named('某局'),
      )
      await refused(accredit, 'RegionNotActive', FURONG)
      const below = as(branch.furongAdmin).accreditRegion(430102002, FURONG, someone, named('某街道'))
      await refused(below, 'RegionNotActive', FURONG)
      await refused(as(branch.hunanAdmin).moveAgency(FURONG_BUREAU, FURONG), 'RegionNotActive', FURONG)
      await refused(as(branch.changshaAdmin).suspendRegion(FURONG), 'RegionNotActive', FURONG)
      await refused(as(branch.changshaAdmin).resumeRegion(FURONG), 'RegionNotSuspended', FURONG)
      await refused(as(branch.furongAdmin).retireRegion(FURONG, 0), 'RegionNotRetirable', FURONG)
    })

    it('is reinstated by its admin and the superior, and its licences come back to it', async () => {
      await retireFurong(YUEYANG)
      const before = await membersOf(CHANGSHA)
      const reinstate: Call = (caller) => caller.reinstateRegion(FURONG)
      for (const caller of [branch.changshaAdmin, branch.yueyangAdmin, branch.superior])
        await refused(reinstate(as(caller)), 'CallerNotRegionAdmin', FURONG, caller.address)
      await reinstate(as(branch.furongAdmin))
      await refused(
        reinstate(as(branch.yueyangAdmin)),
        'CallerNotSuperior',
        CHANGSHA,
        branch.yueyangAdmin.address,
      )
      await expect(reinstate(as(branch.changshaAdmin)))
        .to.emit(ledger, 'RegionReinstated')
        .withArgs(FURONG)
      expect(await membersOf(CHANGSHA)).to.equal(before + 1n)
      expect(await ledger.regionSuccessorOf(FURONG)).to.equal(0n)
      await actAs(branch.furongAdmin)
      await noCapacity(branch.yueyangAdmin)
      await refused(reinstate(as(branch.furongAdmin)), 'RegionNotRetired', FURONG)
    })

    it('is reinstated in no region that is retired itself: that one first, or it is moved', async () => {
      await retireFurong(0)
      const reinstate: Call = (caller) => caller.reinstateRegion(STREET)
      await refused(reinstate(as(branch.streetAdmin)), 'RegionNotActive', FURONG)
      await as(branch.hunanAdmin).moveRegion(STREET, CHANGSHA)
      await byTwoKeys(branch, reinstate, branch.streetAdmin, branch.changshaAdmin)
      expect(await membersOf(FURONG)).to.equal(0n)
      const count = await membersOf(CHANGSHA)
      await byTwoKeys(
        branch,
        (caller) => caller.reinstateRegion(FURONG),
        branch.furongAdmin,
        branch.changshaAdmin,
      )
      expect(await membersOf(CHANGSHA)).to.equal(count + 1n)
    })

    it('gets another admin from its superior, where its own is lost, and is then reinstated', async () => {
      await retireFurong(0)
      const [rightful] = branch.spare
      const own = as(branch.furongAdmin).nominateRegionAdmin(FURONG, rightful.address)
      await refused(own, 'RegionNotActive', FURONG)
      await as(branch.changshaAdmin).nominateRegionAdmin(FURONG, rightful.address)
      await as(rightful).acceptRegionAdmin(FURONG)
      await chain.time.increase(7 * DAY)
      await byTwoKeys(branch, (caller) => caller.reinstateRegion(FURONG), rightful, branch.changshaAdmin)
    })

    it('is a province, too: its licences go to another that agreed, else to whom the council named', async () => {
      const body = bodyOf(GUANGDONG, 1)
      const asGuangdong = as(branch.guangdongAdmin)
      await asGuangdong.accreditAgency(body, GUANGDONG, branch.spare[0].address, named('广东省某厅'))
      await as(branch.spare[0]).anchor(body, 0, { root: rootOf(7), size: 9 })
      await byTwoKeys(branch, retire(body), branch.guangdongAdmin, branch.superior)
      await byTwoKeys(
        branch,
        (caller) => caller.retireRegion(GUANGDONG, 0),
        branch.guangdongAdmin,
        branch.superior,
      )
      const deed = async (account: HardhatEthersSigner, index: number): Promise<unknown> =>
        as(account).act(body, StatusAct.Annul, [index], await decided())
      await refused(deed(branch.guangdongAdmin, 0), 'CallerNotOperator', body, branch.guangdongAdmin.address)
      await deed(branch.superior, 0)
      expect((await ledger.responsibleFor(body)).region).to.equal(0n)

      await byTwoKeys(
        branch,
        (caller) => caller.reinstateRegion(GUANGDONG),
        branch.guangdongAdmin,
        branch.superior,
      )
      await as(branch.hunanAdmin).acceptRegionSuccession(GUANGDONG, HUNAN)
      await byTwoKeys(
        branch,
        (caller) => caller.retireRegion(GUANGDONG, HUNAN),
        branch.guangdongAdmin,
        branch.superior,
      )
      await deed(branch.hunanAdmin, 1)
      await chain.time.increase(DAY)
      expect((await ledger.responsibleFor(body)).region).to.equal(BigInt(HUNAN))
    })
  })
})
