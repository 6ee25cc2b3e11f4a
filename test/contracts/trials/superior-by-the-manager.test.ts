/** Trial: whom the council named is one key, also when it calls by way of the access manager. */
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
  NO_AGENCY,
  nameSuperior,
} from '../branch-fixture.ts'
import {
  chain,
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
} from '../ledger-fixture.ts'

const BUREAU = bodyOf(GUANGDONG, 1)

describe('Trial: the superior of provinces by way of the access manager', () => {
  let branch: Branch
  let ledger: Ledger
  let operator: HardhatEthersSigner
  let kid: string
  const as = (account: HardhatEthersSigner): Ledger => ledger.connect(account)
  /** `AccessManager.execute`: the ledger's caller is the manager then. */
  const byManager = async (
    account: HardhatEthersSigner,
    name: string,
    values: readonly unknown[],
  ): Promise<void> => {
    const manager = (await accessManagerOf(ledger)).connect(account) as Awaited<
      ReturnType<typeof accessManagerOf>
    >
    await manager.getFunction('execute')(
      await ledger.getAddress(),
      ledger.interface.encodeFunctionData(name, values),
    )
  }

  beforeEach(async () => {
    branch = await chain.loadFixture(deployBranch)
    ledger = branch.ledger
    operator = branch.spare[0]
    await as(branch.guangdongAdmin).accreditAgency(BUREAU, GUANGDONG, operator.address, named('广东省甲厅'))
    const x = ethers.id('x')
    await as(branch.guangdongAdmin).registerKey(
      BUREAU,
      KeyAlgorithm.EdDSA,
      x,
      ethers.ZeroHash,
      1,
      KEY_TIME_NEVER,
    )
    const [registered] = await ledger.queryFilter('KeyRegistered')
    kid = (registered as unknown as { args: { kid: string } }).args.kid
    await as(operator).anchor(BUREAU, 0, { root: rootOf(1), size: 3 })
    await as(operator).act(BUREAU, StatusAct.Revoke, [0], await decided())
    await chain.time.increase(8 * DAY)
  })

  async function provinceIsNoMore(): Promise<void> {
    await byTwoKeys(
      branch,
      (one) => one.retireAgency(BUREAU, NO_AGENCY),
      branch.guangdongAdmin,
      branch.superior,
    )
    await byTwoKeys(branch, (one) => one.retireRegion(GUANGDONG, 0), branch.guangdongAdmin, branch.superior)
  }

  it('is no second key for what it proposed itself: a correction of what it keeps alone', async () => {
    await provinceIsNoMore()
    const values = [BUREAU, [0], LegalStatus.Valid, await decided('伪〔2026〕1号')] as const
    await as(branch.superior).correct(BUREAU, [0], LegalStatus.Valid, values[3])
    await byManager(branch.superior, 'correct', values).catch(() => {})
    expect(await ledger.statusOf(BUREAU, 0)).to.equal(LegalStatus.Revoked)
  })

  it('is no second key for what it proposed itself: narrowing the report of a compromise', async () => {
    await as(branch.guangdongAdmin).reportKeyCompromised(BUREAU, kid, 5)
    await provinceIsNoMore()
    await as(branch.superior).narrowKeyCompromise(BUREAU, kid, KEY_TIME_NEVER)
    await byManager(branch.superior, 'narrowKeyCompromise', [BUREAU, kid, KEY_TIME_NEVER]).catch(() => {})
    expect((await ledger.key(BUREAU, kid)).compromisedFrom).to.equal(5n)
  })

  it('confirms nothing in its first seven days', async () => {
    const newcomer = branch.spare[1]
    await dismissSuperior(branch, branch.superior)
    await nameSuperior(branch, newcomer)
    const values = [HUNAN_HOUSING, NO_AGENCY] as const
    await as(branch.hunanAdmin).retireAgency(...values)
    await expect(as(newcomer).retireAgency(...values)).to.be.revertedWithCustomError(
      ledger,
      'ConfirmerTooNew',
    )
    await byManager(newcomer, 'retireAgency', values).catch(() => {})
    expect((await ledger.agency(HUNAN_HOUSING)).status).to.equal(1n)
  })
})
