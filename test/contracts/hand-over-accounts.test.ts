/** A deployer who goes without the script, and so without its questions: the proof asks whose the offices are. */
import { expect } from 'chai'
import type { Contract } from 'ethers'
import { after, before, beforeEach, describe, it } from 'mocha'
import { RESTRICTED } from '../../scripts/deploy/deployment-plan.ts'
import { proveHandedOver } from '../../scripts/deploy/hand-over.ts'
import { DEFAULT_DELAYS, holdingsOf, type Keepers } from '../../scripts/deploy/holders.ts'
import { selectorsOf } from '../../scripts/deploy/role-proof.ts'
import { ADMIN_ROLE, type RestrictedContract, ROLES } from '../../scripts/deploy/roles.ts'
import {
  type Alliance,
  account,
  as,
  deployer,
  foundAlliance,
  keepers,
  nameOf,
  send,
} from './governance-fixture.ts'

describe('The hand-over, made by hand', () => {
  let alliance: Alliance
  const asAdmin = (): Contract => as(alliance.manager, deployer)

  before(async () => {
    alliance = await foundAlliance()
  })
  beforeEach(() => alliance.forget())
  after(() => alliance.close())

  /** As the script does, but for its question whether the accounts are different ones. */
  async function handOverByHand(to: Keepers): Promise<void> {
    const { deployment } = alliance
    for (const role of Object.values(ROLES)) {
      for (const contract of Object.keys(RESTRICTED) as RestrictedContract[]) {
        const selectors = selectorsOf(role, contract)
        if (selectors.length > 0)
          await send(asAdmin(), 'setTargetFunctionRole', deployment[contract], selectors, role.id)
      }
      await send(asAdmin(), 'labelRole', role.id, role.label)
      if (role.guardian !== ADMIN_ROLE) await send(asAdmin(), 'setRoleGuardian', role.id, role.guardian)
    }
    for (const { role, account: who, delay } of holdingsOf(deployment, to, DEFAULT_DELAYS)) {
      await send(asAdmin(), 'grantRole', role, who, delay)
    }
    await send(asAdmin(), 'renounceRole', ADMIN_ROLE, deployer.address)
  }

  const unproven = async (to: Keepers): Promise<readonly string[]> => {
    const { rpcUrl, deployment } = alliance
    const lines = await proveHandedOver({ rpcUrl, deployment, deployer: deployer.address, keepers: to })
    return lines.filter(({ defects }) => defects.length > 0).map(({ en }) => en)
  }

  it('holds with five accounts', async () => {
    await handOverByHand(keepers)
    expect(await unproven(keepers)).to.deep.equal([])
  })

  const one = account(12).address
  const both = { ...keepers, catalogue: keepers.emergency }
  for (const [says, to, places] of [
    ['one account is all three keepers', { superior: one, catalogue: one, emergency: one }, 3],
    ['the catalogue keeper is the guardian of its own announcements', both, 2],
    ['the deployer is the superior of provinces', { ...keepers, superior: deployer.address }, 1],
    ['the deployer is the emergency keeper', { ...keepers, emergency: deployer.address }, 1],
  ] as const)
    it(`does not hold where ${says}`, async () => {
      await handOverByHand(to)
      const lines = await unproven(to)
      expect(lines.filter((line) => line.includes('no other keeper'))).to.have.length(places)
    })

  it('does not hold where a contract of the deployment is the admin of a province', async () => {
    const { lens, registry } = alliance.deployment
    for (const [code, admin] of [
      [110000, lens],
      [120000, registry],
    ] as const)
      await send(as(alliance.ledger, deployer), 'admitRegion', code, admin, nameOf(code))
    await handOverByHand(keepers)
    const lines = (await unproven(keepers)).join('\n')
    expect(lines).to.include(lens).and.include(registry)
  })
})
