/** A deployer who goes without the script, and so without its questions: the proof asks whose the offices are. */
import { expect } from 'chai'
import { type Contract, JsonRpcSigner, zeroPadValue } from 'ethers'
import { after, before, beforeEach, describe, it } from 'mocha'
import { RESTRICTED } from '../../scripts/deploy/deployment-plan.ts'
import { proveHandedOver } from '../../scripts/deploy/hand-over.ts'
import { DEFAULT_DELAYS, holdingsOf, type Keepers } from '../../scripts/deploy/holders.ts'
import { selectorsOf } from '../../scripts/deploy/role-proof.ts'
import { ADMIN_ROLE, type RestrictedContract, ROLES } from '../../scripts/deploy/roles.ts'
import { startRpcProxy } from '../fixtures/rpc-proxy.ts'
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

  /** What is not proven, and what speaks against it. */
  const refuted = async (
    to: Keepers,
    { rpcUrl } = alliance,
  ): Promise<readonly (readonly [claim: string, ...defects: string[]])[]> => {
    const { deployment } = alliance
    const lines = await proveHandedOver({ rpcUrl, deployment, deployer: deployer.address, keepers: to })
    const open = lines.filter(({ defects }) => defects.length > 0)
    return open.map(({ en, defects }) => [en, ...defects.map((defect) => defect.en)] as const)
  }
  const HOLDS_NO_ROLE = `the deployer ${deployer.address} holds no role`
  const OF_THEIR_OWN = 'no admin of a province is the deployer, a keeper or a contract of the deployment'

  it('holds with five accounts', async () => {
    await handOverByHand(keepers)
    expect(await refuted(keepers)).to.deep.equal([])
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
      const claims = (await refuted(to)).map(([claim]) => claim)
      expect(claims.filter((claim) => claim.includes('no other keeper'))).to.have.length(places)
      const isDeployer = Object.values(to).includes(deployer.address)
      expect(claims.includes(HOLDS_NO_ROLE), 'the deployer holds one').to.equal(isDeployer)
    })

  it('does not hold where the deployer kept a role, though a node tells nothing of it', async () => {
    await send(asAdmin(), 'grantRole', ROLES.baseline.id, deployer.address, 0)
    await handOverByHand(keepers)
    const granted = alliance.manager.interface.getEvent('RoleGranted')?.topicHash
    const kept = [ROLES.baseline.id, deployer.address].map((topic) =>
      zeroPadValue(typeof topic === 'bigint' ? `0x0${topic.toString(16)}` : topic, 32).toLowerCase(),
    )
    const proxy = await startRpcProxy(alliance.rpcUrl, (method, _, result) => {
      if (method !== 'eth_getLogs') return undefined
      const isHidden = ([name, ...indexed]: string[]): boolean =>
        name === granted && kept.every((topic, place) => topic === indexed[place])
      return (result as { topics: string[] }[]).filter(({ topics }) => !isHidden(topics))
    })
    try {
      const holds = `${deployer.address} holds role ${ROLES.baseline.id}`
      const lines = await refuted(keepers, { ...alliance, rpcUrl: proxy.rpcUrl })
      expect(lines.filter(([claim]) => claim === HOLDS_NO_ROLE)).to.deep.equal([[HOLDS_NO_ROLE, holds]])
      expect(lines.filter(([claim]) => claim.includes('the members of role 3'))).to.have.length(1)
    } finally {
      await proxy.close()
    }
  })

  /** Sits for a province as if it could call: what the access manager’s account can, and what others may learn to. */
  async function seat(region: number, admin: string): Promise<void> {
    const { ledger, seats, provider } = alliance
    await send(as(ledger, deployer), 'admitRegion', region, admin, nameOf(region))
    await provider.send('hardhat_impersonateAccount', [admin])
    await provider.send('hardhat_setBalance', [admin, '0xde0b6b3a7640000'])
    await send(seats.connect(new JsonRpcSigner(provider, admin)) as Contract, 'take', region)
  }

  it('does not hold where contracts of the deployment are admins of provinces, and sit for them', async () => {
    const { lens, registry } = alliance.deployment
    await seat(110000, lens)
    await seat(120000, registry)
    await handOverByHand(keepers)
    expect(await refuted(keepers)).to.deep.equal([
      [
        OF_THEIR_OWN,
        `the admin ${lens} of 110000 is the contract lens of the deployment: it takes an account of its own`,
        `the admin ${registry} of 120000 is the contract registry of the deployment: it takes an account of its own`,
      ],
    ])
  })

  it('holds with a further province of an account of its own', async () => {
    await seat(110000, account(7).address)
    await handOverByHand(keepers)
    expect(await refuted(keepers)).to.deep.equal([])
  })
})
