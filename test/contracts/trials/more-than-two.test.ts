/** Trial: beside the next holder of the office at most two keys sign in the whole undoing. */

import type { HardhatEthersSigner } from '@nomicfoundation/hardhat-ethers/types'
import { expect } from 'chai'
import { beforeEach, describe, it } from 'mocha'
import { type Branch, bodyOf, DAY, deployBranch } from '../branch-fixture.ts'
import {
  chain,
  decided,
  ethers,
  GUANGDONG,
  HUNAN,
  HUNAN_HOUSING,
  type Ledger,
  LegalStatus,
  NOT_ASKED,
  named,
  RULES,
  Rule,
  rootOf,
  SAFETY_MANAGER,
  StatusAct,
  TERM_OPEN,
} from '../ledger-fixture.ts'

const HUBEI = 420000
const BUREAU = bodyOf(GUANGDONG, 1)

describe('Trial: one theft, and who must sign to undo it', () => {
  let branch: Branch
  let ledger: Ledger
  let hubeiAdmin: HardhatEthersSigner
  let operator: HardhatEthersSigner
  const as = (account: HardhatEthersSigner): Ledger => ledger.connect(account)

  beforeEach(async () => {
    branch = await chain.loadFixture(deployBranch)
    ledger = branch.ledger
    ;[hubeiAdmin, operator] = branch.spare
    await ledger.admitRegion(HUBEI, hubeiAdmin.address, named('湖北省'))
    await as(branch.guangdongAdmin).accreditAgency(BUREAU, GUANGDONG, operator.address, named('广东省甲厅'))
    await chain.time.increase(8 * DAY)
  })

  it('of an emergency keeper that paused an agency in each of two provinces', async () => {
    await as(branch.keeper).pauseAgency(HUNAN_HOUSING)
    await as(branch.keeper).pauseAgency(BUREAU)
    // The council's word and the next keeper's: both here by the fixture's accounts. One more may sign.
    await as(branch.keeper).unpauseAgency(HUNAN_HOUSING)
    await as(branch.keeper).unpauseAgency(BUREAU)
    await as(branch.hunanAdmin).resumeAgency(HUNAN_HOUSING)
    for (const third of [branch.hunanAdmin, branch.keeper, branch.council])
      await as(third)
        .resumeAgency(BUREAU)
        .catch(() => {})
    expect((await ledger.agency(BUREAU)).status, 'the fourth key is Guangdong’s own').to.equal(1n)
  })

  it('of the admin of a province that left an agreement with two others', async () => {
    const { rulebook } = branch
    await rulebook.registerLicenceType(SAFETY_MANAGER, RULES)
    const draft = (partners: number[]) => ({
      partners,
      licenceTypes: [SAFETY_MANAGER],
      from: 0,
      until: TERM_OPEN,
      noticeSeconds: 1,
    })
    const by = (account: HardhatEthersSigner) => rulebook.connect(account)
    await by(branch.hunanAdmin).proposeAgreement(HUNAN, draft([GUANGDONG, HUBEI]))
    await by(branch.guangdongAdmin).joinAgreement(1, GUANGDONG)
    await by(hubeiAdmin).joinAgreement(1, HUBEI)
    await by(branch.hunanAdmin).leaveAgreement(1, HUNAN)
    await chain.time.increase(2)
    // The council names another admin of Hunan, which agrees with Guangdong anew: that is all who may sign.
    await by(branch.hunanAdmin).proposeAgreement(HUNAN, draft([GUANGDONG, HUBEI]))
    await by(branch.guangdongAdmin).joinAgreement(2, GUANGDONG)
    const time = await chain.time.latest()
    const question = { issuing: HUNAN, licenceType: SAFETY_MANAGER, item: NOT_ASKED.item }
    expect((await rulebook.recognised({ ...question, receiving: GUANGDONG }, time)).rule).to.equal(
      Rule.Agreement,
    )
    expect((await rulebook.recognised({ ...question, receiving: HUBEI }, time)).rule).to.equal(Rule.Agreement)
  })

  it('of a superior of provinces that annulled in two of them', async () => {
    await as(branch.operator).anchor(HUNAN_HOUSING, 0, { root: rootOf(1), size: 1 })
    await as(operator).anchor(BUREAU, 0, { root: rootOf(1), size: 1 })
    for (const issuer of [HUNAN_HOUSING, BUREAU])
      await as(branch.superior).act(issuer, StatusAct.Annul, [0], await decided())
    // The next superior is the fixture's own again, the council took the role away; one more may sign.
    const decision = await decided('更正〔2026〕1号')
    for (const issuer of [HUNAN_HOUSING, BUREAU]) {
      await as(branch.operator)
        .correct(issuer, [0], LegalStatus.Valid, decision)
        .catch(() => {})
      await as(branch.superior)
        .correct(issuer, [0], LegalStatus.Valid, decision)
        .catch(() => {})
    }
    expect(await ledger.statusOf(HUNAN_HOUSING, 0)).to.equal(LegalStatus.Valid)
    expect(await ledger.statusOf(BUREAU, 0)).to.equal(LegalStatus.Valid)
  })

  it('of a region’s admin that renamed an agency: what its operator anchors meanwhile is read by its own name again', async () => {
    const own = await ledger.agencyNameAt(HUNAN_HOUSING, await chain.time.latest())
    await as(branch.hunanAdmin).renameAgency(HUNAN_HOUSING, named('假厅'))
    const root = rootOf(9)
    await as(branch.operator).anchor(HUNAN_HOUSING, 0, { root, size: 100 })
    await chain.time.increase(1)
    await as(branch.hunanAdmin).renameAgency(HUNAN_HOUSING, named('湖南省住房和城乡建设厅'))
    const answer = await ledger.lookup({
      ...NOT_ASKED,
      issuer: HUNAN_HOUSING,
      root,
      kid: ethers.ZeroHash,
      statusIndex: 0,
    })
    expect(answer.agencyName).to.equal(own)
  })
})
