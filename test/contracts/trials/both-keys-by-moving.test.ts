/** Trial: an admin that moves an agency up or down is both keys of a correction, within the hour. */
import type { HardhatEthersSigner } from '@nomicfoundation/hardhat-ethers/types'
import { expect } from 'chai'
import { beforeEach, describe, it } from 'mocha'
import {
  type Branch,
  bodyOf,
  CHANGSHA,
  deployBranch,
  FURONG,
  FURONG_BUREAU,
  STREET,
} from '../branch-fixture.ts'
import {
  chain,
  decided,
  HUNAN,
  HUNAN_HOUSING,
  type Ledger,
  LegalStatus,
  named,
  rootOf,
  StatusAct,
} from '../ledger-fixture.ts'

describe('Trial: one key is no second key for an operator that it appointed', () => {
  let branch: Branch
  let ledger: Ledger
  let accomplice: HardhatEthersSigner
  const as = (account: HardhatEthersSigner): Ledger => ledger.connect(account)

  beforeEach(async () => {
    branch = await chain.loadFixture(deployBranch)
    ledger = branch.ledger
    accomplice = branch.spare[0]
  })

  /** Licence 0, annulled as the law has it; no key but the operator's alone can annul, none alone can bring it back. */
  async function annulled(issuer: string, operator: HardhatEthersSigner): Promise<void> {
    await as(operator).anchor(issuer, 0, { root: rootOf(1), size: 3 })
    await as(operator).act(issuer, StatusAct.Annul, [0], await decided())
  }

  async function reviveBy(thief: HardhatEthersSigner, issuer: string): Promise<void> {
    const decision = await decided('伪〔2026〕1号')
    await as(accomplice).correct(issuer, [0], LegalStatus.Valid, decision)
    await as(thief)
      .correct(issuer, [0], LegalStatus.Valid, decision)
      .catch(() => {})
  }

  async function appoints(thief: HardhatEthersSigner, issuer: string): Promise<void> {
    await as(thief).nominateOperator(issuer, accomplice.address)
    await as(accomplice).acceptOperator(issuer)
  }

  it('the admin of a county, which moves its agency down into an old street', async () => {
    await annulled(FURONG_BUREAU, branch.furongOperator)
    await appoints(branch.furongAdmin, FURONG_BUREAU)
    await as(branch.furongAdmin).moveAgency(FURONG_BUREAU, STREET)
    await reviveBy(branch.furongAdmin, FURONG_BUREAU)
    await as(branch.furongAdmin).moveAgency(FURONG_BUREAU, FURONG)
    expect(await ledger.statusOf(FURONG_BUREAU, 0)).to.equal(LegalStatus.Annulled)
  })

  it('the admin of a city, which moves its county’s agency up, appoints, and moves it down again', async () => {
    await annulled(FURONG_BUREAU, branch.furongOperator)
    await as(branch.changshaAdmin).moveAgency(FURONG_BUREAU, CHANGSHA)
    await appoints(branch.changshaAdmin, FURONG_BUREAU)
    await as(branch.changshaAdmin).moveAgency(FURONG_BUREAU, FURONG)
    await reviveBy(branch.changshaAdmin, FURONG_BUREAU)
    expect(await ledger.statusOf(FURONG_BUREAU, 0)).to.equal(LegalStatus.Annulled)
  })

  it('the admin of a province, of its own department, without whom the council named', async () => {
    await annulled(HUNAN_HOUSING, branch.operator)
    await appoints(branch.hunanAdmin, HUNAN_HOUSING)
    await as(branch.hunanAdmin).moveAgency(HUNAN_HOUSING, CHANGSHA)
    await reviveBy(branch.hunanAdmin, HUNAN_HOUSING)
    await as(branch.hunanAdmin).moveAgency(HUNAN_HOUSING, HUNAN)
    expect(await ledger.statusOf(HUNAN_HOUSING, 0)).to.equal(LegalStatus.Annulled)
  })

  it('the admin of a city, which has the county’s agency back in the hands of an operator long dismissed', async () => {
    // The dismissed operator's account is the thief's: an ended key.
    await as(branch.furongAdmin).nominateOperator(FURONG_BUREAU, branch.spare[1].address)
    await as(branch.spare[1]).acceptOperator(FURONG_BUREAU)
    await as(branch.spare[1]).anchor(FURONG_BUREAU, 0, { root: rootOf(1), size: 3 })
    await as(branch.spare[1]).act(FURONG_BUREAU, StatusAct.Annul, [0], await decided())
    await chain.time.increase(400 * 86_400)
    await as(branch.changshaAdmin).returnAgency(FURONG_BUREAU)
    accomplice = branch.furongOperator
    await reviveBy(branch.changshaAdmin, FURONG_BUREAU)
    expect(await ledger.statusOf(FURONG_BUREAU, 0)).to.equal(LegalStatus.Annulled)
  })

  it('nor of an agency that it made itself, anchored in, and moved below an old region', async () => {
    const sham = bodyOf(FURONG, 99)
    await as(branch.changshaAdmin).accreditAgency(sham, CHANGSHA, accomplice.address, named('假局'))
    await as(accomplice).anchor(sham, 0, { root: rootOf(5), size: 3 })
    await as(branch.changshaAdmin).moveAgency(sham, FURONG)
    const past = { effectiveAt: 1_700_000_000 }
    const decision = await decided('伪〔2026〕2号', past)
    await as(accomplice).actLate(sham, StatusAct.Suspend, [0], decision)
    await as(branch.changshaAdmin)
      .actLate(sham, StatusAct.Suspend, [0], decision)
      .catch(() => {})
    expect(await ledger.statusOf(sham, 0)).to.equal(LegalStatus.Valid)
  })
})
