/** Trial: what the superior of provinces did alone, by way of the access manager, no two keys bring back. */
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
  NO_AGENCY,
  nameSuperior,
} from '../branch-fixture.ts'
import {
  chain,
  decided,
  GUANGDONG,
  type Ledger,
  LegalStatus,
  named,
  rootOf,
  StatusAct,
} from '../ledger-fixture.ts'

const BUREAU = bodyOf(GUANGDONG, 1)
/** As the hand-over gives them to the superior; the fixture's own list is shorter. */
const FURTHER = [
  'dissolveSuccession',
  'actLate',
  'note',
  'liftNotice',
  'transferOut',
  'endKey',
  'renameAgency',
]
const SUPERIOR_ROLE = 5n

describe('Trial: a supersession of a province that is no more', () => {
  let branch: Branch
  let ledger: Ledger
  let second: HardhatEthersSigner
  const as = (account: HardhatEthersSigner): Ledger => ledger.connect(account)

  beforeEach(async () => {
    branch = await chain.loadFixture(deployBranch)
    ledger = branch.ledger
    const [operator] = branch.spare
    second = branch.spare[1]
    const manager = await accessManagerOf(ledger)
    const selectors = FURTHER.map((name) => ledger.interface.getFunction(name)?.selector)
    await manager.getFunction('setTargetFunctionRole')(await ledger.getAddress(), selectors, SUPERIOR_ROLE)
    await as(branch.guangdongAdmin).accreditAgency(BUREAU, GUANGDONG, operator.address, named('广东省甲厅'))
    await as(operator).anchor(BUREAU, 0, { root: rootOf(1), size: 3 })
    await as(operator).supersede(BUREAU, [1], [2], await decided())
    await chain.time.increase(8 * DAY)
    await byTwoKeys(
      branch,
      (one) => one.retireAgency(BUREAU, NO_AGENCY),
      branch.guangdongAdmin,
      branch.superior,
    )
    await byTwoKeys(branch, (one) => one.retireRegion(GUANGDONG, 0), branch.guangdongAdmin, branch.superior)
    await nameSuperior(branch, second)
    await chain.time.increase(8 * DAY)
  })

  it('is not dissolved by one key for good', async () => {
    const decision = await decided('伪〔2026〕1号')
    const values = [{ issuer: BUREAU, index: 2 }, [1], decision] as const
    await as(branch.superior).dissolveSuccession({ issuer: BUREAU, index: 2 }, [1], decision)
    const manager = (await accessManagerOf(ledger)).connect(branch.superior) as Awaited<
      ReturnType<typeof accessManagerOf>
    >
    await manager
      .getFunction('execute')(
        await ledger.getAddress(),
        ledger.interface.encodeFunctionData('dissolveSuccession', values),
      )
      .catch(() => {})

    // Two whom the council named, the thief's key being theirs again for the trial: all that they are heard in.
    const right = await decided('更正〔2026〕1号')
    const tried: Record<string, string> = {}
    const attempt = async (name: string, how: (one: Ledger) => Promise<unknown>): Promise<void> => {
      for (const key of [branch.superior, second])
        await how(as(key)).catch((error: Error) => {
          tried[name] = /custom error '(\w+)/.exec(error.message)?.[1] ?? error.message
        })
    }
    await attempt('correct back', (one) => one.correct(BUREAU, [1], LegalStatus.Superseded, right))
    await attempt('supersede again', (one) => one.supersede(BUREAU, [1], [2], right))
    await attempt('act', (one) => one.act(BUREAU, StatusAct.Supersede, [1], right))
    await attempt('act late', (one) => one.actLate(BUREAU, StatusAct.Supersede, [1], right))
    await attempt('reinstate', (one) => one.reinstateAgency(BUREAU))
    await attempt('reinstate the province', (one) => one.reinstateRegion(GUANGDONG))
    const { since, index } = await ledger.successorOf(BUREAU, 1)
    expect(since !== 0n && index === 2n, JSON.stringify(tried)).to.equal(true)
  })
})
