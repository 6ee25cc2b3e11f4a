/** Trial: what a thief with one key does to accounts that hold no office yet, and to keys that were ended. */
import type { HardhatEthersSigner } from '@nomicfoundation/hardhat-ethers/types'
import { expect } from 'chai'
import { beforeEach, describe, it } from 'mocha'
import { type Branch, bodyOf, CHANGSHA, DAY, deployBranch, FURONG, FURONG_BUREAU } from '../branch-fixture.ts'
import { chain, ethers, HUNAN, type Ledger, named, rootOf } from '../ledger-fixture.ts'

describe('Trial: a thief with one key', () => {
  let branch: Branch
  let ledger: Ledger
  const as = (account: HardhatEthersSigner): Ledger => ledger.connect(account)

  beforeEach(async () => {
    branch = await chain.loadFixture(deployBranch)
    ledger = branch.ledger
  })

  it('keeps nobody whom the council named from its office by offices that nobody asked for: one signature ends them', async () => {
    const [nominee] = branch.spare
    await ledger.nominateRegionAdmin(HUNAN, nominee.address)
    // The admin of a street of another province would do as well.
    const shams = Array.from({ length: 20 }, (_, place) => bodyOf(FURONG, 500 + place))
    for (const [place, sham] of shams.entries())
      await as(branch.furongAdmin).accreditAgency(
        sham,
        FURONG,
        nominee.address,
        named(`假局甲${'一二三四五六七八九十'[place % 10]}${place}`),
      )
    await as(nominee).resignAgency(shams[0] ?? '')
    await as(nominee)
      .acceptRegionAdmin(HUNAN)
      .catch(() => {})
    expect((await ledger.region(HUNAN)).admin).to.equal(nominee.address)
  })

  it('has no key back that was ended as stolen: the office returns to no such', async () => {
    // The county's key is stolen; its superior ends that and names another.
    await as(branch.changshaAdmin).suspendRegion(FURONG)
    await as(branch.changshaAdmin).nominateRegionAdmin(FURONG, branch.spare[1].address)
    await as(branch.spare[1]).acceptRegionAdmin(FURONG)
    await as(branch.changshaAdmin).resumeRegion(FURONG)
    await chain.time.increase(20 * DAY)
    // The city's key is stolen, which puts an accomplice there; the next one undoes it as the README has it.
    await as(branch.changshaAdmin).nominateRegionAdmin(FURONG, branch.spare[2].address)
    await as(branch.spare[2]).acceptRegionAdmin(FURONG)
    await as(branch.hunanAdmin).returnRegion(FURONG)
    expect((await ledger.region(FURONG)).admin).to.equal(branch.spare[1].address)
  })

  it('fills the counter of members for nobody: one entry makes room', async () => {
    // As 65,535 accreditations leave it: bits 232 to 247 of the region's slot.
    const slotOf = async (): Promise<string> => {
      for (let base = 0; base < 6; base++) {
        const slot = ethers.keccak256(
          ethers.AbiCoder.defaultAbiCoder().encode(['uint32', 'uint256'], [CHANGSHA, base]),
        )
        const word = await ethers.provider.getStorage(await ledger.getAddress(), slot)
        if (word.toLowerCase().includes(branch.changshaAdmin.address.slice(2).toLowerCase())) return slot
      }
      throw new Error('no slot')
    }
    const [slot, at] = [await slotOf(), await ledger.getAddress()]
    const word = BigInt(await ethers.provider.getStorage(at, slot))
    const members = (await ledger.region(CHANGSHA)).members
    const shift = [...Array(256).keys()].find((bit) => {
      const mask = 0xffffn << BigInt(bit)
      return bit >= 200 && (word & mask) >> BigInt(bit) === members && word >> BigInt(bit) === members
    })
    if (shift === undefined) throw new Error('no place of the counter')
    const full = (word & ((1n << BigInt(shift)) - 1n)) | (0xffffn << BigInt(shift))
    await chain.setStorageAt(at, slot, full)
    expect((await ledger.region(CHANGSHA)).members).to.equal(65_535n)
    const sham = bodyOf(CHANGSHA, 5)
    await expect(
      as(branch.changshaAdmin).accreditAgency(sham, CHANGSHA, branch.spare[0].address, named('某局')),
    ).to.be.revertedWithPanic(0x11)
    await as(branch.hunanAdmin).moveRegion(FURONG, HUNAN)
    await as(branch.changshaAdmin).accreditAgency(sham, CHANGSHA, branch.spare[0].address, named('某局'))
  })

  it('bricks no agency by using up its indices at once: the next second anchors again', async () => {
    const now = await chain.time.latest()
    await as(branch.furongOperator).passOver(FURONG_BUREAU, 0, 2 ** 24)
    await as(branch.furongOperator).anchor(FURONG_BUREAU, 2 ** 24, { root: rootOf(1), size: 1 })
    expect(now).to.be.greaterThan(0)
  })
})
