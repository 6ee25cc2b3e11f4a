/** How accounts come into offices: by accepting, in time, under the same superiors, and into offices of one kind alone. */
import type { HardhatEthersSigner } from '@nomicfoundation/hardhat-ethers/types'
import { expect } from 'chai'
import { beforeEach, describe, it } from 'mocha'
import {
  type Branch,
  bodyOf,
  CHANGSHA,
  DAY,
  deployBranch,
  expectRefusal,
  FURONG,
  FURONG_BUREAU,
  STREET,
  YUEYANG,
} from './branch-fixture.ts'
import { AgencyStatus, blockTime, chain, ethers, HUNAN, type Ledger, named } from './ledger-fixture.ts'

describe('Offices', () => {
  let branch: Branch
  let ledger: Ledger
  let thief: HardhatEthersSigner
  let rightful: HardhatEthersSigner
  const refused = (attempt: Promise<unknown>, error: string, ...values: readonly unknown[]): Promise<void> =>
    expectRefusal(branch, attempt, error, ...values)
  const as = (account: HardhatEthersSigner): Ledger => ledger.connect(account)

  beforeEach(async () => {
    branch = await chain.loadFixture(deployBranch)
    ledger = branch.ledger
    ;[thief, rightful] = branch.spare
  })

  describe('of a region’s admin', () => {
    it('change by a nomination and the acceptance of the nominated', async () => {
      await expect(as(branch.furongAdmin).nominateRegionAdmin(FURONG, rightful.address))
        .to.emit(ledger, 'RegionAdminNominated')
        .withArgs(FURONG, rightful.address, branch.furongAdmin.address)
      expect((await ledger.region(FURONG)).admin, 'not yet').to.equal(branch.furongAdmin.address)
      const { candidate, nominatedBy, nominatedAt } = await ledger.nominatedRegionAdmin(FURONG)
      expect([candidate, nominatedBy, nominatedAt]).to.deep.equal([
        rightful.address,
        branch.furongAdmin.address,
        BigInt(await blockTime()),
      ])
      await expect(as(rightful).acceptRegionAdmin(FURONG))
        .to.emit(ledger, 'RegionAdminChanged')
        .withArgs(FURONG, rightful.address)
      expect((await ledger.region(FURONG)).admin).to.equal(rightful.address)
      expect((await ledger.nominatedRegionAdmin(FURONG)).candidate).to.equal(ethers.ZeroAddress)
      const { appointedBy, heldSince } = await ledger.tenureOfRegion(FURONG)
      expect([appointedBy, heldSince]).to.deep.equal([branch.furongAdmin.address, BigInt(await blockTime())])
      const suspend = as(branch.furongAdmin).suspendAgency(FURONG_BUREAU)
      await refused(suspend, 'CallerNotRegionAdmin', FURONG, branch.furongAdmin.address)
    })

    it('are accepted by the nominated alone, once, and not after the nomination was taken back', async () => {
      const asFurong = as(branch.furongAdmin)
      await refused(as(rightful).acceptRegionAdmin(FURONG), 'CallerNotNominated', rightful.address)
      await asFurong.nominateRegionAdmin(FURONG, rightful.address)
      await refused(as(thief).acceptRegionAdmin(FURONG), 'CallerNotNominated', thief.address)
      await asFurong.nominateRegionAdmin(FURONG, ethers.ZeroAddress)
      await refused(as(rightful).acceptRegionAdmin(FURONG), 'CallerNotNominated', rightful.address)
      await asFurong.nominateRegionAdmin(FURONG, rightful.address)
      await as(rightful).acceptRegionAdmin(FURONG)
      await refused(as(rightful).acceptRegionAdmin(FURONG), 'CallerNotNominated', rightful.address)
    })

    it('can be filled by the superior: the council for a province, the parent’s admin below, also while suspended', async () => {
      await ledger.suspendRegion(HUNAN)
      const own = as(branch.hunanAdmin).nominateRegionAdmin(HUNAN, thief.address)
      await refused(own, 'RegionNotActive', HUNAN)
      await ledger.nominateRegionAdmin(HUNAN, rightful.address)
      await as(rightful).acceptRegionAdmin(HUNAN)
      await ledger.resumeRegion(HUNAN)

      await as(branch.changshaAdmin).suspendRegion(FURONG)
      await as(branch.changshaAdmin).nominateRegionAdmin(FURONG, rightful.address)
      await as(rightful).acceptRegionAdmin(FURONG)
      expect((await ledger.region(FURONG)).admin).to.equal(rightful.address)
      expect((await ledger.tenureOfRegion(FURONG)).appointedBy).to.equal(branch.changshaAdmin.address)
    })

    it('are not filled by others, nor in a region that is unknown', async () => {
      for (const caller of [branch.guangdongAdmin, branch.superior, branch.keeper]) {
        const nominate = as(caller).nominateRegionAdmin(HUNAN, thief.address)
        await refused(nominate, 'AccessManagedUnauthorized', caller.address)
      }
      await refused(ledger.nominateRegionAdmin(110000, thief.address), 'RegionUnknown', 110000)
      await refused(as(thief).acceptRegionAdmin(110000), 'CallerNotNominated', thief.address)
    })

    it('are accepted in no region that lies in one that is not active', async () => {
      await as(branch.hunanAdmin).suspendRegion(CHANGSHA)
      const nominate = as(branch.changshaAdmin).nominateRegionAdmin(FURONG, rightful.address)
      await refused(nominate, 'RegionNotActive', CHANGSHA)
    })
  })

  describe('of an agency’s operator', () => {
    it('change by a nomination of the region’s admin and the acceptance of the nominated', async () => {
      await expect(as(branch.furongAdmin).nominateOperator(FURONG_BUREAU, rightful.address))
        .to.emit(ledger, 'AgencyOperatorNominated')
        .withArgs(FURONG_BUREAU, rightful.address, branch.furongAdmin.address)
      expect((await ledger.agency(FURONG_BUREAU)).operator, 'not yet').to.equal(branch.furongOperator.address)
      await refused(as(thief).acceptOperator(FURONG_BUREAU), 'CallerNotNominated', thief.address)
      await expect(as(rightful).acceptOperator(FURONG_BUREAU))
        .to.emit(ledger, 'AgencyOperatorChanged')
        .withArgs(FURONG_BUREAU, rightful.address)
      const { appointedBy, heldSince } = await ledger.tenureOfAgency(FURONG_BUREAU)
      expect([appointedBy, heldSince]).to.deep.equal([branch.furongAdmin.address, BigInt(await blockTime())])
      await refused(as(rightful).acceptOperator(FURONG_BUREAU), 'CallerNotNominated', rightful.address)
      const old = as(branch.furongOperator).anchor(FURONG_BUREAU, 0, { root: ethers.id('root'), size: 1 })
      await refused(old, 'CallerNotOperator', FURONG_BUREAU, branch.furongOperator.address)
    })

    it('can be taken back, and is for the admin of the region alone', async () => {
      const asFurong = as(branch.furongAdmin)
      await asFurong.nominateOperator(FURONG_BUREAU, rightful.address)
      await asFurong.nominateOperator(FURONG_BUREAU, ethers.ZeroAddress)
      await refused(as(rightful).acceptOperator(FURONG_BUREAU), 'CallerNotNominated', rightful.address)
      for (const caller of [branch.furongOperator, branch.changshaAdmin, branch.council, branch.superior]) {
        const nominate = as(caller).nominateOperator(FURONG_BUREAU, thief.address)
        await refused(nominate, 'CallerNotRegionAdmin', FURONG, caller.address)
      }
    })

    it('are filled anew while the agency is suspended, so that it goes on under another', async () => {
      const asFurong = as(branch.furongAdmin)
      await asFurong.suspendAgency(FURONG_BUREAU)
      await asFurong.nominateOperator(FURONG_BUREAU, rightful.address)
      await as(rightful).acceptOperator(FURONG_BUREAU)
      await asFurong.resumeAgency(FURONG_BUREAU)
      await as(rightful).anchor(FURONG_BUREAU, 0, { root: ethers.id('root'), size: 1 })
    })
  })

  describe('finding 3: a thief’s nomination', () => {
    it('is dead after thirty days, alive in the second before', async () => {
      await as(branch.furongAdmin).nominateRegionAdmin(FURONG, thief.address)
      const { nominatedAt } = await ledger.nominatedRegionAdmin(FURONG)
      await as(branch.furongAdmin).nominateOperator(FURONG_BUREAU, thief.address)
      const operator = (await ledger.nominatedOperator(FURONG_BUREAU)).nominatedAt
      await chain.time.setNextBlockTimestamp(nominatedAt + 30n * BigInt(DAY))
      await refused(as(thief).acceptRegionAdmin(FURONG), 'NominationExpired', nominatedAt)
      await chain.time.setNextBlockTimestamp(operator + 30n * BigInt(DAY) + 1n)
      await refused(as(thief).acceptOperator(FURONG_BUREAU), 'NominationExpired', operator)

      await as(branch.furongAdmin).nominateRegionAdmin(FURONG, rightful.address)
      const again = (await ledger.nominatedRegionAdmin(FURONG)).nominatedAt
      await chain.time.setNextBlockTimestamp(again + 30n * BigInt(DAY) - 1n)
      await as(rightful).acceptRegionAdmin(FURONG)
    })

    /** What ends every nomination inside the region that the error names, made before it. */
    const endings: [string, number, () => Promise<unknown>][] = [
      [
        'the suspension and resumption of the region',
        FURONG,
        async () => {
          await as(branch.changshaAdmin).suspendRegion(FURONG)
          await as(branch.changshaAdmin).resumeRegion(FURONG)
        },
      ],
      [
        'the suspension and resumption of a region above',
        CHANGSHA,
        async () => {
          await as(branch.hunanAdmin).suspendRegion(CHANGSHA)
          await as(branch.hunanAdmin).resumeRegion(CHANGSHA)
        },
      ],
      [
        'the suspension and resumption of the province',
        HUNAN,
        async () => {
          await ledger.suspendRegion(HUNAN)
          await ledger.resumeRegion(HUNAN)
        },
      ],
      [
        'the pause of the province',
        HUNAN,
        async () => {
          await as(branch.keeper).pauseRegion(HUNAN)
          await as(branch.keeper).endPause(HUNAN)
        },
      ],
      [
        'a change of admin of a region above',
        CHANGSHA,
        async () => {
          await as(branch.hunanAdmin).nominateRegionAdmin(CHANGSHA, rightful.address)
          await as(rightful).acceptRegionAdmin(CHANGSHA)
        },
      ],
      [
        'a change of admin of the province',
        HUNAN,
        async () => {
          await ledger.nominateRegionAdmin(HUNAN, rightful.address)
          await as(rightful).acceptRegionAdmin(HUNAN)
        },
      ],
    ]
    for (const [what, region, happen] of endings) {
      it(`does not survive ${what}, be it for an agency or for a region`, async () => {
        await as(branch.furongAdmin).nominateRegionAdmin(FURONG, thief.address)
        await as(branch.furongAdmin).nominateOperator(FURONG_BUREAU, thief.address)
        const admin = (await ledger.nominatedRegionAdmin(FURONG)).nominatedAt
        const operator = (await ledger.nominatedOperator(FURONG_BUREAU)).nominatedAt
        await happen()
        await refused(as(thief).acceptRegionAdmin(FURONG), 'NominationOvertaken', admin, region)
        await refused(as(thief).acceptOperator(FURONG_BUREAU), 'NominationOvertaken', operator, region)
      })
    }

    it('does not survive the replacement of the admin who made it, for an agency or a region below', async () => {
      await as(branch.furongAdmin).nominateOperator(FURONG_BUREAU, thief.address)
      await as(branch.furongAdmin).nominateRegionAdmin(STREET, thief.address)
      const operator = (await ledger.nominatedOperator(FURONG_BUREAU)).nominatedAt
      const admin = (await ledger.nominatedRegionAdmin(STREET)).nominatedAt
      await as(branch.changshaAdmin).nominateRegionAdmin(FURONG, rightful.address)
      await as(rightful).acceptRegionAdmin(FURONG)
      await refused(as(thief).acceptOperator(FURONG_BUREAU), 'NominationOvertaken', operator, FURONG)
      await refused(as(thief).acceptRegionAdmin(STREET), 'NominationOvertaken', admin, FURONG)
    })

    it('does not survive the suspension or the pause of the agency', async () => {
      const asFurong = as(branch.furongAdmin)
      const stops: (() => Promise<unknown>)[] = [
        async () => {
          await asFurong.suspendAgency(FURONG_BUREAU)
          await asFurong.resumeAgency(FURONG_BUREAU)
        },
        async () => {
          await as(branch.keeper).pauseAgency(FURONG_BUREAU)
          await as(branch.keeper).unpauseAgency(FURONG_BUREAU)
          await asFurong.resumeAgency(FURONG_BUREAU)
        },
      ]
      for (const stop of stops) {
        await asFurong.nominateOperator(FURONG_BUREAU, thief.address)
        await stop()
        const { status } = await ledger.agency(FURONG_BUREAU)
        expect(status).to.equal(AgencyStatus.Active)
        await refused(as(thief).acceptOperator(FURONG_BUREAU), 'CallerNotNominated', thief.address)
      }
    })

    it('does not survive the move of the agency to another region', async () => {
      await as(branch.furongAdmin).nominateOperator(FURONG_BUREAU, thief.address)
      await as(branch.hunanAdmin).moveAgency(FURONG_BUREAU, YUEYANG)
      expect((await ledger.nominatedOperator(FURONG_BUREAU)).candidate).to.equal(ethers.ZeroAddress)
      await refused(as(thief).acceptOperator(FURONG_BUREAU), 'CallerNotNominated', thief.address)
      await as(branch.yueyangAdmin).nominateOperator(FURONG_BUREAU, rightful.address)
      await as(rightful).acceptOperator(FURONG_BUREAU)
    })

    it('is accepted in no agency whose region is stopped, and in none that is retired', async () => {
      const asFurong = as(branch.furongAdmin)
      await asFurong.nominateOperator(FURONG_BUREAU, thief.address)
      const { nominatedAt } = await ledger.nominatedOperator(FURONG_BUREAU)
      await as(branch.changshaAdmin).suspendRegion(FURONG)
      await refused(as(thief).acceptOperator(FURONG_BUREAU), 'NominationOvertaken', nominatedAt, FURONG)
      await as(branch.changshaAdmin).resumeRegion(FURONG)
      const none = `0x${'00'.repeat(18)}`
      await asFurong.nominateOperator(FURONG_BUREAU, thief.address)
      await asFurong.retireAgency(FURONG_BUREAU, none)
      await as(branch.changshaAdmin).retireAgency(FURONG_BUREAU, none)
      await refused(as(thief).acceptOperator(FURONG_BUREAU), 'CallerNotNominated', thief.address)
      await refused(
        asFurong.nominateOperator(FURONG_BUREAU, thief.address),
        'AgencyAlreadyRetired',
        FURONG_BUREAU,
      )
    })

    it('in the very second of the suspension counts as before it', async () => {
      await ethers.provider.send('evm_setAutomine', [false])
      try {
        await as(branch.furongAdmin).nominateOperator(FURONG_BUREAU, thief.address)
        await as(branch.changshaAdmin).suspendRegion(FURONG)
        await ethers.provider.send('evm_mine', [])
      } finally {
        await ethers.provider.send('evm_setAutomine', [true])
      }
      const { nominatedAt } = await ledger.nominatedOperator(FURONG_BUREAU)
      expect((await ledger.tenureOfRegion(FURONG)).statusSince).to.equal(nominatedAt)
      await refused(as(thief).acceptOperator(FURONG_BUREAU), 'NominationOvertaken', nominatedAt, FURONG)
    })
  })

  describe('a nomination of the superior’s', () => {
    it('is not overwritten by the admin, until it was taken back or is over', async () => {
      const own = (): Promise<unknown> => as(branch.furongAdmin).nominateRegionAdmin(FURONG, thief.address)
      await as(branch.changshaAdmin).nominateRegionAdmin(FURONG, rightful.address)
      await refused(own(), 'NominationStands', FURONG, branch.changshaAdmin.address)
      await as(branch.changshaAdmin).nominateRegionAdmin(FURONG, ethers.ZeroAddress)
      await own()
      await as(branch.changshaAdmin).nominateRegionAdmin(FURONG, rightful.address)
      await chain.time.increase(30 * DAY)
      await own()
    })

    it('stands though the region is suspended in the same block, or paused after it', async () => {
      await ethers.provider.send('evm_setAutomine', [false])
      try {
        await ledger.suspendRegion(HUNAN)
        await ledger.nominateRegionAdmin(HUNAN, rightful.address)
        await ethers.provider.send('evm_mine', [])
      } finally {
        await ethers.provider.send('evm_setAutomine', [true])
      }
      await as(branch.keeper).pauseRegion(HUNAN)
      await as(rightful).acceptRegionAdmin(HUNAN)
      expect((await ledger.region(HUNAN)).admin).to.equal(rightful.address)
    })

    it('dies with what changes above it, and with a move from under it', async () => {
      await as(branch.changshaAdmin).nominateRegionAdmin(FURONG, thief.address)
      const { nominatedAt } = await ledger.nominatedRegionAdmin(FURONG)
      await as(branch.hunanAdmin).suspendRegion(CHANGSHA)
      await as(branch.hunanAdmin).resumeRegion(CHANGSHA)
      await refused(as(thief).acceptRegionAdmin(FURONG), 'NominationOvertaken', nominatedAt, CHANGSHA)
      await chain.time.increase(1)
      await as(branch.changshaAdmin).nominateRegionAdmin(FURONG, thief.address)
      await as(branch.hunanAdmin).moveRegion(FURONG, HUNAN)
      await refused(as(thief).acceptRegionAdmin(FURONG), 'CallerNotNominated', thief.address)
    })
  })

  describe('finding 9: of both kinds', () => {
    it('are never one account’s: an admin becomes no operator, by accreditation or nomination, of any agency', async () => {
      const asFurong = as(branch.furongAdmin)
      for (const admin of [
        branch.furongAdmin,
        branch.streetAdmin,
        branch.hunanAdmin,
        branch.guangdongAdmin,
      ]) {
        const accredit = asFurong.accreditAgency(bodyOf(FURONG, 9), FURONG, admin.address, named('某局'))
        await refused(accredit, 'AccountIsAdmin', admin.address)
        await asFurong.nominateOperator(FURONG_BUREAU, admin.address)
        await refused(as(admin).acceptOperator(FURONG_BUREAU), 'AccountIsAdmin', admin.address)
      }
    })

    it('are never one account’s: an operator becomes no admin, by admission, accreditation or nomination', async () => {
      for (const operator of [branch.furongOperator, branch.operator]) {
        const { address } = operator
        await refused(ledger.admitRegion(110000, address, named('北京市')), 'AccountIsOperator', address)
        const accredit = as(branch.hunanAdmin).accreditRegion(430200, HUNAN, address, named('株洲市'))
        await refused(accredit, 'AccountIsOperator', address)
        await as(branch.furongAdmin).nominateRegionAdmin(FURONG, address)
        await refused(as(operator).acceptRegionAdmin(FURONG), 'AccountIsOperator', address)
        await ledger.nominateRegionAdmin(HUNAN, address)
        await refused(as(operator).acceptRegionAdmin(HUNAN), 'AccountIsOperator', address)
      }
    })

    it('stay apart when a nomination is accepted after the account took the other office', async () => {
      await as(branch.furongAdmin).nominateOperator(FURONG_BUREAU, thief.address)
      await as(branch.yueyangAdmin).nominateRegionAdmin(YUEYANG, thief.address)
      await as(thief).acceptRegionAdmin(YUEYANG)
      await refused(as(thief).acceptOperator(FURONG_BUREAU), 'AccountIsAdmin', thief.address)
    })

    it('stay apart while the agency is suspended or retired: its operator is its operator', async () => {
      const asFurong = as(branch.furongAdmin)
      const none = `0x${'00'.repeat(18)}`
      await asFurong.retireAgency(FURONG_BUREAU, none)
      await as(branch.changshaAdmin).retireAgency(FURONG_BUREAU, none)
      await asFurong.nominateRegionAdmin(FURONG, branch.furongOperator.address)
      await refused(
        as(branch.furongOperator).acceptRegionAdmin(FURONG),
        'AccountIsOperator',
        branch.furongOperator.address,
      )
    })

    it('follow each other: who gave up its last office of one kind may take one of the other', async () => {
      await as(branch.furongAdmin).nominateOperator(FURONG_BUREAU, rightful.address)
      await as(rightful).acceptOperator(FURONG_BUREAU)
      await as(branch.furongAdmin).nominateRegionAdmin(FURONG, branch.furongOperator.address)
      await as(branch.furongOperator).acceptRegionAdmin(FURONG)
      expect((await ledger.region(FURONG)).admin).to.equal(branch.furongOperator.address)
      await as(branch.furongOperator).nominateOperator(FURONG_BUREAU, branch.furongAdmin.address)
      await as(branch.furongAdmin).acceptOperator(FURONG_BUREAU)
    })

    it('may be several of one kind: an operator of two agencies keeps the other when it leaves one', async () => {
      const asFurong = as(branch.furongAdmin)
      const body = bodyOf(FURONG, 9)
      await asFurong.accreditAgency(body, FURONG, branch.furongOperator.address, named('某局'))
      await asFurong.nominateOperator(FURONG_BUREAU, rightful.address)
      await as(rightful).acceptOperator(FURONG_BUREAU)
      await asFurong.nominateRegionAdmin(FURONG, branch.furongOperator.address)
      await refused(
        as(branch.furongOperator).acceptRegionAdmin(FURONG),
        'AccountIsOperator',
        branch.furongOperator.address,
      )
    })
  })
})
