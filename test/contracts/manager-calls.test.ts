/** Whom the council named is one key, also when it calls by way of the access manager. */
import type { HardhatEthersSigner } from '@nomicfoundation/hardhat-ethers/types'
import { expect } from 'chai'
import { beforeEach, describe, it } from 'mocha'
import {
  accessManagerOf,
  type Branch,
  bodyOf,
  byTwoKeys,
  DAY,
  deployBranch,
  dismissSuperior,
  expectRefusal,
  NO_AGENCY,
  nameSuperior,
} from './branch-fixture.ts'
import {
  chain,
  type Decision,
  decided,
  ethers,
  GUANGDONG,
  HUNAN_HOUSING,
  KEY_TIME_NEVER,
  KeyAlgorithm,
  type Ledger,
  LegalStatus,
  named,
  rootOf,
  StatusAct,
} from './ledger-fixture.ts'

const BUREAU = bodyOf(GUANGDONG, 1)
/** As the hand-over gives them to the superior. */
const FURTHER = ['dissolveSuccession', 'actLate']
const SUPERIOR_ROLE = 5n

describe('The access manager', () => {
  let branch: Branch
  let ledger: Ledger
  let kid: string
  let decision: Decision
  const as = (account: HardhatEthersSigner): Ledger => ledger.connect(account)

  /** The ledger’s caller is the manager then. */
  async function byManager(
    account: HardhatEthersSigner,
    name: string,
    values: readonly unknown[],
  ): Promise<void> {
    const manager = (await accessManagerOf(ledger)).connect(account) as Awaited<
      ReturnType<typeof accessManagerOf>
    >
    const data = ledger.interface.encodeFunctionData(name, values)
    await manager.getFunction('execute')(await ledger.getAddress(), data)
  }
  async function isNoSecondKey(name: string, ...values: readonly unknown[]): Promise<void> {
    await as(branch.superior).getFunction(name)(...values)
    await expectRefusal(
      branch,
      byManager(branch.superior, name, values),
      'CallerNotSuperior',
      0,
      await ledger.authority(),
    )
  }
  async function provinceIsNoMore(): Promise<void> {
    const { guangdongAdmin, superior } = branch
    await byTwoKeys(branch, (one) => one.retireAgency(BUREAU, NO_AGENCY), guangdongAdmin, superior)
    await byTwoKeys(branch, (one) => one.retireRegion(GUANGDONG, 0), guangdongAdmin, superior)
  }

  beforeEach(async () => {
    branch = await chain.loadFixture(deployBranch)
    ledger = branch.ledger
    const [operator] = branch.spare
    const manager = await accessManagerOf(ledger)
    const selectors = FURTHER.map((name) => ledger.interface.getFunction(name)?.selector)
    await manager.getFunction('setTargetFunctionRole')(await ledger.getAddress(), selectors, SUPERIOR_ROLE)
    const guangdong = as(branch.guangdongAdmin)
    await guangdong.accreditAgency(BUREAU, GUANGDONG, operator.address, named('广东省甲厅'))
    await guangdong.registerKey(
      BUREAU,
      KeyAlgorithm.EdDSA,
      ethers.id('x'),
      ethers.ZeroHash,
      1,
      KEY_TIME_NEVER,
    )
    const [registered] = await ledger.queryFilter('KeyRegistered')
    kid = registered?.topics[1] ?? ''
    await as(operator).anchor(BUREAU, 0, { root: rootOf(1), size: 3 })
    await as(operator).act(BUREAU, StatusAct.Revoke, [0], await decided())
    await as(operator).supersede({ issuer: BUREAU, index: 2 }, { issuer: BUREAU, index: 1 }, await decided())
    await chain.time.increase(8 * DAY)
    decision = await decided('伪〔2026〕1号')
  })

  it('is no second key for what its own caller proposed, of a province that is no more', async () => {
    await as(branch.guangdongAdmin).reportKeyCompromised(BUREAU, kid, 5)
    await provinceIsNoMore()
    const past = { ...decision, effectiveAt: 1_700_000_000 }
    await isNoSecondKey('correct', BUREAU, [0], LegalStatus.Valid, decision)
    await isNoSecondKey('actLate', BUREAU, StatusAct.Annul, [0], past)
    await isNoSecondKey(
      'dissolveSuccession',
      { issuer: BUREAU, index: 2 },
      { issuer: BUREAU, index: 1 },
      decision,
    )
    await isNoSecondKey('narrowKeyCompromise', BUREAU, kid, KEY_TIME_NEVER)
    expect(await ledger.statusOf(BUREAU, 0)).to.equal(LegalStatus.Revoked)
    expect((await ledger.successorOf(BUREAU, 1)).index).to.equal(2n)
    expect((await ledger.key(BUREAU, kid)).compromisedFrom).to.equal(5n)
  })

  it('confirms for nobody in its first seven days', async () => {
    const [, newcomer] = branch.spare
    await dismissSuperior(branch, branch.superior)
    await nameSuperior(branch, newcomer)
    const values = [HUNAN_HOUSING, NO_AGENCY] as const
    await as(branch.hunanAdmin).retireAgency(...values)
    const confirm = as(newcomer).retireAgency(...values)
    await expect(confirm).to.be.revertedWithCustomError(ledger, 'ConfirmerTooNew')
    const byWayOfIt = byManager(newcomer, 'retireAgency', values)
    await expect(byWayOfIt).to.be.revertedWithCustomError(ledger, 'CallerNotSuperior')
  })

  it('is nobody above the provinces, and carries out what the council alone may all the same', async () => {
    const move = byManager(branch.superior, 'moveAgency', [HUNAN_HOUSING, GUANGDONG])
    await expect(move).to.be.revertedWithCustomError(ledger, 'CallerNotSuperior')
    await byManager(branch.council, 'suspendRegion', [GUANGDONG])
    const manager = await accessManagerOf(ledger)
    const resume = byManager(branch.superior, 'resumeRegion', [GUANGDONG])
    await expect(resume).to.be.revertedWithCustomError(manager, 'AccessManagerUnauthorizedCall')
  })
})
