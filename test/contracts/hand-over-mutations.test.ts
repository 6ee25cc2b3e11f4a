/** Deployments that are almost as they should be: each is refused, in words that name what is otherwise. */
import { expect } from 'chai'
import type { Contract } from 'ethers'
import { after, before, beforeEach, describe, it } from 'mocha'
import {
  HandOverError,
  type HandOverOptions,
  handOver,
  proveHandedOver,
} from '../../scripts/deploy/hand-over.ts'
import { ROLES } from '../../scripts/deploy/roles.ts'
import {
  type Alliance,
  account,
  as,
  DAY,
  deployer,
  foundAlliance,
  keepers,
  NOBODY,
  nameOf,
  pass,
  provinces,
  send,
  stranger,
} from './governance-fixture.ts'

const [hunan, , hubei, jilin, sichuan] = provinces
const PUBLIC_ROLE = 2n ** 64n - 1n

describe('The hand-over', () => {
  let alliance: Alliance
  const options = (changes: Partial<HandOverOptions> = {}): HandOverOptions => {
    const { rpcUrl, deployment } = alliance
    return { rpcUrl, deployer, deployment, keepers, ...changes }
  }
  const asAdmin = (): Contract => as(alliance.manager, deployer)
  const ledgerAs = (who: typeof deployer): Contract => as(alliance.ledger, who)
  /** What the proof says that is not so; empty when it hands over. */
  const refusal = async (changes: Partial<HandOverOptions> = {}): Promise<string> => {
    try {
      await handOver(options(changes))
      return ''
    } catch (error) {
      expect(error).to.be.instanceOf(HandOverError)
      return (error as Error).message
    }
  }
  const enrich = (address: string): Promise<unknown> =>
    alliance.provider.send('hardhat_setBalance', [address, `0x${(10n ** 20n).toString(16)}`])

  before(async () => {
    alliance = await foundAlliance()
  })
  beforeEach(() => alliance.forget())
  after(() => alliance.close())

  it('is refused while the admin of a province has laid its office down', async () => {
    await send(ledgerAs(hunan.admin), 'resignRegion', hunan.region)
    expect(await refusal()).to.contain(
      `the seat of 430000 was taken by its admin ${NOBODY} itself; no nomination waits; found: nobody is its admin`,
    )
  })

  it('is refused while the office of a province would return to an account of the deployer’s', async () => {
    const [sham, real] = [account(13), account(14)]
    await enrich(sham.address)
    await enrich(real.address)
    await send(ledgerAs(deployer), 'admitRegion', 110000, sham.address, nameOf(110000))
    await send(ledgerAs(deployer), 'nominateRegionAdmin', 110000, real.address)
    await send(ledgerAs(real), 'acceptRegionAdmin', 110000)
    await send(as(alliance.seats, real), 'take', 110000)
    const { account: former } = await alliance.ledger.getFunction('formerRegionAdmin')(110000)
    expect(former).to.equal(sham.address)
    expect(await refusal()).to.contain(sham.address)
  })

  it('is refused to a keeper that is nobody', async () => {
    expect(await refusal({ keepers: { ...keepers, superior: NOBODY } })).to.contain(
      `the superior of provinces ${NOBODY} is not nobody, no contract of the deployment, not the deployer and no other keeper; found: it is nobody`,
    )
  })

  it('is refused to a keeper that is the access manager itself', async () => {
    const { accessManager } = alliance.deployment
    expect(await refusal({ keepers: { ...keepers, emergency: accessManager } })).to.contain(
      `the emergency keeper ${accessManager} is not nobody, no contract of the deployment, not the deployer and no other keeper; found: it is the contract accessManager`,
    )
  })

  it('is refused to a keeper that is a contract of the deployment, which can call nothing', async () => {
    const { seats } = alliance.deployment
    expect(await refusal({ keepers: { ...keepers, superior: seats } })).to.contain(
      `the superior of provinces ${seats} is not nobody, no contract of the deployment, not the deployer and no other keeper; found: it is the contract seats`,
    )
  })

  it('is refused while a function of the access manager itself is everyone’s', async () => {
    const { accessManager } = alliance.deployment
    await send(asAdmin(), 'setTargetFunctionRole', accessManager, ['0x12345678'], PUBLIC_ROLE)
    expect(await refusal()).to.contain('0x12345678')
  })

  it('is refused while a shortening of the council’s delay is announced', async () => {
    await send(asAdmin(), 'grantRole', ROLES.admission.id, alliance.deployment.council, 172_800)
    await send(asAdmin(), 'grantRole', ROLES.admission.id, alliance.deployment.council, 0)
    expect(await refusal()).to.contain('2 days → 0 seconds')
  })

  it('is refused while a keeper holds another’s role as well, and says what is left and how to mend it', async () => {
    await send(asAdmin(), 'grantRole', ROLES.superior.id, keepers.emergency, 0)
    expect(await refusal())
      .to.contain(`${keepers.emergency} holds role 6`)
      .and.contain('部署者仍持有角色 0，尚可补救')
      .and.contain('hefu-council revoke-role')
  })

  it('is refused while an unknown role without members guards a role', async () => {
    await send(asAdmin(), 'setRoleGuardian', ROLES.superior.id, 99)
    expect(await refusal()).to.contain('its guardian role is 99, not 0')
  })

  for (const name of ['lens', 'seats'] as const) {
    const claim = (): string =>
      `the contract ${alliance.deployment[name]} is not closed, and its roles are changed without a further delay`

    it(`is refused while the contract ${name} is closed`, async () => {
      await send(asAdmin(), 'setTargetClosed', alliance.deployment[name], true)
      expect(await refusal()).to.contain(`${claim()}; found: closed is true, not false`)
    })

    it(`is refused while the contract ${name} has an admin delay, announced or in force`, async () => {
      await send(asAdmin(), 'setTargetAdminDelay', alliance.deployment[name], 6 * DAY)
      expect(await refusal()).to.contain(`${claim()}; found: its announced admin delay (s) is 518400, not 0`)
      await pass(alliance, 6 * DAY)
      expect(await refusal()).to.contain(`${claim()}; found: its admin delay (s) is 518400, not 0`)
    })
  }

  it('is refused while one account is the admin of two provinces and sits for one', async () => {
    await send(ledgerAs(deployer), 'nominateRegionAdmin', sichuan.region, hunan.admin.address)
    await send(ledgerAs(hunan.admin), 'acceptRegionAdmin', sichuan.region)
    expect(await refusal()).to.contain('has not taken it')
  })

  it('is refused while a province’s pause lies before, though it was ended and its province suspended', async () => {
    await send(ledgerAs(deployer), 'pauseRegion', jilin.region)
    await send(ledgerAs(deployer), 'endPause', jilin.region)
    await send(ledgerAs(deployer), 'suspendRegion', jilin.region)
    // The event is of the pause, and of its end.
    expect(await refusal()).to.match(
      /no province was ever paused: .*RegionPaused\(220000.*RegionPaused\(220000/,
    )
  })

  it('is refused while a stranger’s role was granted and revoked, and granted again from later on', async () => {
    await send(asAdmin(), 'grantRole', ROLES.superior.id, stranger.address, 0)
    await send(asAdmin(), 'revokeRole', ROLES.superior.id, stranger.address)
    await send(asAdmin(), 'setGrantDelay', ROLES.superior.id, 30 * DAY)
    await pass(alliance, 6 * DAY)
    await send(asAdmin(), 'grantRole', ROLES.superior.id, stranger.address, 0)
    await send(asAdmin(), 'setGrantDelay', ROLES.superior.id, 0)
    await pass(alliance, 6 * DAY)
    expect(await refusal()).to.contain(`${stranger.address} holds role 6`)
  })

  it('proves what a keeper announces after it to be no defect, and counts it', async () => {
    await handOver(options())
    const { rpcUrl, deployment } = alliance
    const type = `0x${Buffer.from('11100000000013338W011').toString('hex')}`
    const data = alliance.rulebook.interface.encodeFunctionData('retireLicenceType', [type])
    await send(as(alliance.manager, account(4)), 'schedule', deployment.rulebook, data, 0)
    const lines = await proveHandedOver({ rpcUrl, deployment, keepers, deployer: deployer.address })
    expect(lines.flatMap(({ defects }) => defects)).to.deep.equal([])
    expect(lines.filter(({ zh }) => zh.includes('此后公告的 1 项照常等待'))).to.have.length(1)
  })

  it('proves no more after it, when a keeper has given its role up', async () => {
    await handOver(options())
    await send(as(alliance.manager, account(5)), 'renounceRole', ROLES.emergency.id, keepers.emergency)
    const { rpcUrl, deployment } = alliance
    const lines = await proveHandedOver({ rpcUrl, deployment, keepers, deployer: deployer.address })
    const unproven = lines.filter(({ defects }) => defects.length > 0).flatMap(({ defects }) => defects)
    expect(unproven.map(({ en }) => en)).to.deep.equal([`${keepers.emergency} does not hold role 4`])
  })

  it('proves no more after it, when a province of three has left its office empty', async () => {
    await handOver(options())
    const proof = async () => {
      const { rpcUrl, deployment } = alliance
      const lines = await proveHandedOver({ rpcUrl, deployment, keepers, deployer: deployer.address })
      return lines.flatMap(({ en, defects }) => defects.map((defect) => `${en}: ${defect.en}`))
    }
    expect(await proof()).to.deep.equal([])
    await send(ledgerAs(hubei.admin), 'resignRegion', hubei.region)
    await send(as(alliance.seats, stranger), 'sync', hubei.region)
    expect(await proof()).to.deep.equal([
      `the seat of 420000 was taken by its admin ${NOBODY} itself; no nomination waits: nobody is its admin: nominate an account, which accepts and takes the seat`,
    ])
  })
})
