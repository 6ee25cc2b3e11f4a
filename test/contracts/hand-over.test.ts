/** From the deployer's single key to the council: what the hand-over leaves, and what it refuses to leave. */
import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { durationText } from '@hefu/service'
import { expect } from 'chai'
import { Contract, ContractFactory, type HDNodeWallet, id, JsonRpcSigner } from 'ethers'
import { after, before, beforeEach, describe, it } from 'mocha'
import { readArtifact } from '../../scripts/deploy/artifact.ts'
import { type Deployment, deployLedger } from '../../scripts/deploy/deploy-ledger.ts'
import { HandOverError, type HandOverOptions, handOver } from '../../scripts/deploy/hand-over.ts'
import { selectorsOf } from '../../scripts/deploy/role-proof.ts'
import { ROLES } from '../../scripts/deploy/roles.ts'
import { startRpcProxy } from '../fixtures/rpc-proxy.ts'
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
  refusal,
  send,
  stranger,
} from './governance-fixture.ts'
import { rejection } from './rejection.ts'

const PUBLIC_ROLE = 2n ** 64n - 1n
const UNKNOWN_ROLE = 77n
const YEARS_136 = 2 ** 32 - 1
const [first, second] = provinces

describe('The hand-over', () => {
  let alliance: Alliance
  const options = (changes: Partial<HandOverOptions> = {}): HandOverOptions => {
    const { rpcUrl, deployment } = alliance
    return { rpcUrl, deployer, deployment, keepers, ...changes }
  }
  const refused = async (changes: Partial<HandOverOptions> = {}): Promise<string> => {
    const error = await rejection(handOver(options(changes)))
    expect(error).to.be.instanceOf(HandOverError)
    return error.message
  }
  /** The deployer's own use of its powers, before it gives them up. */
  const asAdmin = (): Contract => as(alliance.manager, deployer)

  before(async () => {
    alliance = await foundAlliance()
  })
  beforeEach(() => alliance.forget())
  after(() => alliance.close())

  describe('leaves', () => {
    beforeEach(() => handOver(options()))

    it('the deployer nothing: every function of every role, and of the access manager, refuses it', async () => {
      const contracts = { ledger: alliance.ledger, registry: alliance.registry }
      for (const [role, { functions }] of Object.entries(ROLES)) {
        for (const [name, contract] of Object.entries(contracts)) {
          for (const one of functions[name as keyof typeof contracts] ?? []) {
            const selector = contract.interface.getFunction(one)?.selector
            const mayCall = alliance.manager.getFunction('canCall')
            const [immediate, delay] = await mayCall(deployer.address, await contract.getAddress(), selector)
            expect([immediate, delay], one).to.deep.equal([false, 0n])
            // These look at their arguments first: the superior of a region may call them, too.
            if (role === 'superior') continue
            const args = contract.interface.getFunction(one)?.inputs.map((input) => zeroOf(input)) ?? []
            const said = await refusal(as(contract, deployer), one, ...args)
            expect(said, one).to.equal('AccessManagedUnauthorized')
          }
        }
      }
      const { deployment } = alliance
      const attempts: readonly [string, ...unknown[]][] = [
        ['grantRole', 0, deployer.address, 0],
        ['revokeRole', 0, deployment.council],
        ['setTargetFunctionRole', deployment.ledger, ['0x12345678'], 0],
        ['setTargetClosed', deployment.ledger, true],
        ['updateAuthority', deployment.ledger, deployer.address],
      ]
      for (const [name, ...args] of attempts) {
        expect(await refusal(asAdmin(), name, ...args), name).to.equal('AccessManagerUnauthorizedAccount')
      }
      const managed = new Contract(deployment.ledger, ['function setAuthority(address)'], alliance.provider)
      expect(await refusal(as(managed, deployer), 'setAuthority', deployer.address)).to.equal(
        'AccessManagedUnauthorized',
      )
    })

    it('nothing to send when it is run again', async () => {
      const sent = await alliance.provider.getTransactionCount(deployer.address)
      await handOver(options())
      expect(await alliance.provider.getTransactionCount(deployer.address)).to.equal(sent)
    })

    it('a proof of one line for each contract, link, role, target and seat, Chinese first', async () => {
      const lines: string[] = []
      await handOver(options({ print: (line) => lines.push(line) }))
      for (const line of lines) expect(line).to.match(/^✔ .*\p{Script=Han}.* · [^\p{Script=Han}]+$/u)
      for (const part of [
        ...Object.entries(alliance.deployment)
          .filter(([name]) => !['chainId', 'deploymentBlock'].includes(name))
          .map(([name, address]) => `the code of ${name} ${address}`),
        'the authority of ledger is',
        'the authority of registry is',
        ...Object.values(ROLES).map(({ id: role, label }) => `the members of role ${role} ${label} are:`),
        'the members of role 0 ADMIN are:',
        ...provinces.map(({ region }) => `the seat of ${region} was taken`),
        `the deployer ${deployer.address} holds no role`,
        'no admin of a province is the deployer, a keeper or a contract of the deployment',
        'no scheduled operation is waiting',
        'the council votes 1 day after a proposal, for 7 days',
      ]) {
        expect(lines.filter((line) => line.includes(part)).length, part).to.equal(1)
      }
      expect(new Set(lines).size).to.equal(lines.length)
    })

    it('the emergency keeper its one power at once, the catalogue keeper its own after a delay', async () => {
      const asEmergency = as(alliance.ledger, account(5))
      const uscc = `0x${Buffer.from('11430000006122244L').toString('hex')}`
      expect(await refusal(asEmergency, 'pauseAgency', uscc)).to.equal('AgencyNotPausable')
      expect(await refusal(asEmergency, 'admitRegion', 110000, deployer.address, nameOf(110000))).to.equal(
        'AccessManagedUnauthorized',
      )
      const asCatalogue = as(alliance.rulebook, account(4))
      const type = `0x${Buffer.from('11100000000013338W011').toString('hex')}`
      const args = [type, [id('schema'), 1, 36, 0]] as const
      expect(await refusal(asCatalogue, 'registerLicenceType', ...args)).to.equal('AccessManagerNotScheduled')
      const data = alliance.rulebook.interface.encodeFunctionData('registerLicenceType', args)
      await send(as(alliance.manager, account(4)), 'schedule', alliance.deployment.rulebook, data, 0)
      expect(await refusal(asCatalogue, 'registerLicenceType', ...args)).to.equal('AccessManagerNotReady')
      await pass(alliance, DAY)
      const stopped = await alliance.provider.send('evm_snapshot', [])
      const { rulebook } = alliance.deployment
      await send(as(alliance.manager, account(5)), 'cancel', account(4).address, rulebook, data)
      expect(await refusal(asCatalogue, 'registerLicenceType', ...args)).to.equal('AccessManagerNotScheduled')
      await alliance.provider.send('evm_revert', [stopped])
      await send(asCatalogue, 'registerLicenceType', ...args)
      expect((await alliance.rulebook.getFunction('licenceType')(type)).version).to.equal(1n)
    })
  })

  it('vacates the seat of a province that was suspended since, and goes on', async () => {
    await send(as(alliance.ledger, deployer), 'suspendRegion', first.region)
    await handOver(options())
    expect(await alliance.seats.getFunction('seatOf')(first.region)).to.equal(NOBODY)
  })

  it('reads the events of a node that answers one block at a time', async () => {
    const proxy = await startRpcProxy(alliance.rpcUrl, (method, params) => {
      const [filter] = params as [{ fromBlock: string; toBlock: string }]
      if (method === 'eth_getLogs' && filter.fromBlock !== filter.toBlock) throw new Error('range too large')
      return undefined
    })
    try {
      await handOver(options({ rpcUrl: proxy.rpcUrl }))
    } finally {
      await proxy.close()
    }
  }).timeout(120_000)

  it('is refused when one account would hold two roles, and to who never had the powers', async () => {
    for (const same of [
      { ...keepers, catalogue: keepers.emergency },
      { ...keepers, catalogue: deployer.address },
      { ...keepers, emergency: alliance.deployment.council.toLowerCase() },
    ]) {
      expect(await refused({ keepers: same })).to.contain('five different accounts')
    }
    expect(await refused({ deployer: account(6) })).to.contain('does not hold role')
  })

  it('is refused while no province has a seat', async () => {
    const { rpcUrl } = alliance
    const deployment = await deployLedger({ rpcUrl, deployer })
    expect(await refused({ deployment })).to.contain('no active province has a seat')
  })

  interface Mutation {
    readonly name: string
    readonly mutate: () => Promise<unknown>
    /** What the proof says. */
    readonly said: string
  }

  const strangeDeployment = async (): Promise<Contract> => {
    const { abi, bytecode } = readArtifact(
      '@openzeppelin/contracts/access/manager/AccessManager.sol/AccessManager.json',
    )
    const made = await new ContractFactory(abi, bytecode, deployer.connect(alliance.provider)).deploy(
      stranger.address,
    )
    await made.waitForDeployment()
    return made as Contract
  }

  const MUTATIONS: readonly Mutation[] = [
    {
      name: 'a role is administered by everyone',
      mutate: () => send(asAdmin(), 'setRoleAdmin', ROLES.admission.id, PUBLIC_ROLE),
      said: `its admin role is ${PUBLIC_ROLE}, not 0`,
    },
    {
      name: 'a role is guarded by everyone',
      mutate: () => send(asAdmin(), 'setRoleGuardian', ROLES.catalogue.id, PUBLIC_ROLE),
      said: `its guardian role is ${PUBLIC_ROLE}, not 4`,
    },
    {
      name: 'a role is administered by a role of nobody yet',
      mutate: () => send(asAdmin(), 'setRoleAdmin', ROLES.emergency.id, UNKNOWN_ROLE),
      said: `its admin role is ${UNKNOWN_ROLE}, not 0`,
    },
    {
      name: 'the ledger answers to another authority',
      mutate: async () => {
        const other = await (await strangeDeployment()).getAddress()
        await send(asAdmin(), 'updateAuthority', alliance.deployment.ledger, other)
      },
      said: 'the authority of ledger is the accessManager',
    },
    {
      name: 'the registry answers to another authority',
      mutate: async () => {
        const other = await (await strangeDeployment()).getAddress()
        await send(asAdmin(), 'updateAuthority', alliance.deployment.registry, other)
      },
      said: 'the authority of registry is the accessManager',
    },
    {
      name: 'the council was granted a role earlier, without delay',
      mutate: () => send(asAdmin(), 'grantRole', ROLES.admission.id, alliance.deployment.council, 0),
      said: 'has an execution delay of 0 seconds, not 2 days',
    },
    {
      name: 'the council was made admin earlier, without delay',
      mutate: () => send(asAdmin(), 'grantRole', 0, alliance.deployment.council, 0),
      said: 'has an execution delay of 0 seconds, not 2 days',
    },
    {
      name: 'the catalogue keeper was granted its role earlier, without delay',
      mutate: () => send(asAdmin(), 'grantRole', ROLES.catalogue.id, keepers.catalogue, 0),
      said: 'has an execution delay of 0 seconds, not 1 day',
    },
    {
      name: 'the council’s administration waits 136 years',
      mutate: () => send(asAdmin(), 'grantRole', 0, alliance.deployment.council, YEARS_136),
      said: `has an execution delay of ${durationText(YEARS_136).en}, not 2 days`,
    },
    {
      name: 'the administration of the ledger waits 136 years, announced and not yet in force',
      mutate: () => send(asAdmin(), 'setTargetAdminDelay', alliance.deployment.ledger, YEARS_136),
      said: `its announced admin delay (s) is ${YEARS_136}, not 0`,
    },
    {
      name: 'the administration of the ledger waits 136 years',
      mutate: async () => {
        await send(asAdmin(), 'setTargetAdminDelay', alliance.deployment.ledger, YEARS_136)
        await pass(alliance, 6 * DAY)
      },
      said: `its admin delay (s) is ${YEARS_136}, not 0`,
    },
    {
      name: 'a role is granted after 136 years, announced and not yet in force',
      mutate: () => send(asAdmin(), 'setGrantDelay', ROLES.baseline.id, YEARS_136),
      said: `its announced grant delay (s) is ${YEARS_136}, not 0`,
    },
    {
      name: 'an admin never proved that it holds its key',
      mutate: () =>
        send(as(alliance.ledger, deployer), 'admitRegion', 110000, account(7).address, nameOf(110000)),
      said: `${account(7).address} has not taken it, so never proved that it holds its key`,
    },
    {
      name: 'a stranger is admin',
      mutate: () => send(asAdmin(), 'grantRole', 0, stranger.address, 0),
      said: `${stranger.address} holds role 0`,
    },
    {
      name: 'a stranger holds a role',
      mutate: () => send(asAdmin(), 'grantRole', ROLES.emergency.id, stranger.address, 0),
      said: `${stranger.address} holds role 4`,
    },
    {
      name: 'a stranger will hold a role from a later time on',
      mutate: async () => {
        await send(asAdmin(), 'setGrantDelay', ROLES.emergency.id, 365 * DAY)
        await pass(alliance, 6 * DAY)
        await send(asAdmin(), 'grantRole', ROLES.emergency.id, stranger.address, 0)
      },
      said: `${stranger.address} holds role 4`,
    },
    {
      name: 'a stranger holds a role that the table does not know',
      mutate: () => send(asAdmin(), 'grantRole', UNKNOWN_ROLE, stranger.address, 0),
      said: `${stranger.address} holds role 77`,
    },
    {
      name: 'the deployer holds a role itself',
      mutate: () => send(asAdmin(), 'grantRole', ROLES.baseline.id, deployer.address, 0),
      said: `${deployer.address} holds role 3`,
    },
    {
      name: 'a role of another number bears a known label',
      mutate: () => send(asAdmin(), 'labelRole', UNKNOWN_ROLE, ROLES.admission.label),
      said: 'its label is HEFU_ADMISSION, not —',
    },
    {
      name: 'a function that the table does not know is everyone’s',
      mutate: () =>
        send(asAdmin(), 'setTargetFunctionRole', alliance.deployment.ledger, ['0x12345678'], PUBLIC_ROLE),
      said: `the role of 0x12345678 is ${PUBLIC_ROLE}, not 0`,
    },
    {
      name: 'a function of a contract that is none of ours is of a role',
      mutate: () =>
        send(asAdmin(), 'setTargetFunctionRole', stranger.address, ['0x12345678'], ROLES.admission.id),
      said: 'the role of 0x12345678 is 1, not 0',
    },
    {
      name: 'the ledger is closed',
      mutate: () => send(asAdmin(), 'setTargetClosed', alliance.deployment.ledger, true),
      said: 'closed is true, not false',
    },
    {
      name: 'an operation is waiting, though who scheduled it holds nothing any more',
      mutate: async () => {
        const { ledger } = alliance.deployment
        const data = alliance.ledger.interface.encodeFunctionData('admitRegion', [
          110000,
          stranger.address,
          nameOf(110000),
        ])
        await send(asAdmin(), 'grantRole', ROLES.admission.id, stranger.address, 60)
        await send(asAdmin(), 'setTargetFunctionRole', ledger, [data.slice(0, 10)], ROLES.admission.id)
        await send(as(alliance.manager, stranger), 'schedule', ledger, data, 0)
        await send(asAdmin(), 'revokeRole', ROLES.admission.id, stranger.address)
      },
      said: 'is due at',
    },
    {
      name: 'a nomination is waiting',
      mutate: () =>
        send(as(alliance.ledger, deployer), 'nominateRegionAdmin', first.region, deployer.address),
      said: `a nomination of ${deployer.address} is not taken back`,
    },
    {
      name: 'a keeper is the admin of a province',
      mutate: async () => {
        await send(as(alliance.ledger, deployer), 'admitRegion', 110000, keepers.emergency, nameOf(110000))
        await send(as(alliance.seats, account(5)), 'take', 110000)
      },
      said: `the admin ${keepers.emergency} of 110000 is the emergency keeper`,
    },
    {
      name: 'an admin was replaced and its seat is another’s still',
      mutate: async () => {
        await send(
          as(alliance.ledger, second.admin),
          'nominateRegionAdmin',
          second.region,
          account(8).address,
        )
        await send(as(alliance.ledger, account(8)), 'acceptRegionAdmin', second.region)
      },
      said: `${account(8).address} has not taken it`,
    },
  ]
  for (const { name, mutate, said } of MUTATIONS) {
    it(`is refused while ${name}`, async () => {
      await mutate()
      const lines: string[] = []
      expect(await refused({ print: (line) => lines.push(line) })).to.contain(said)
      expect(lines.filter((line) => line.startsWith('✘') && line.includes(said))).not.to.have.length(0)
      const [isAdmin] = await alliance.manager.getFunction('hasRole')(0, deployer.address)
      expect(isAdmin, 'the deployer can mend it still').to.equal(true)
    })
  }

  it('is refused once a mended deployment is well again, no more', async () => {
    await send(asAdmin(), 'grantRole', ROLES.emergency.id, stranger.address, 0)
    await refused()
    await send(asAdmin(), 'revokeRole', ROLES.emergency.id, stranger.address)
    await handOver(options())
  })

  describe('is refused where a contract', () => {
    const replaced = async (
      name: keyof Deployment,
      path: string,
      ...args: unknown[]
    ): Promise<Deployment> => {
      const { abi, bytecode } = readArtifact(path)
      const signer = deployer.connect(alliance.provider)
      const made = await (
        await new ContractFactory(abi, bytecode, signer).deploy(...args)
      ).waitForDeployment()
      return { ...alliance.deployment, [name]: await made.getAddress() }
    }

    it('is of other code', async () => {
      const { seats } = alliance.deployment
      const said = await refused({ deployment: { ...alliance.deployment, registry: seats } })
      expect(said).to.contain('is not that of contracts/governance/Registry.sol')
    })

    it('was constructed with other arguments', async () => {
      const { seats, accessManager } = alliance.deployment
      const path = 'contracts/governance/Council.sol/Council.json'
      const deployment = await replaced('council', path, seats, accessManager, DAY, 3 * DAY)
      expect(await refused({ deployment })).to.match(
        /transaction 0x\w+ that created it is not the planned one/,
      )
    })

    it('is made for another ledger', async () => {
      const other = await deployLedger({ rpcUrl: alliance.rpcUrl, deployer })
      const deployment = { ...alliance.deployment, lens: other.lens }
      expect(await refused({ deployment })).to.contain('the ledger of lens is the ledger')
    })

    it('has the right code, and a state that the right constructor never made', async () => {
      const { deployedBytecode } = readArtifact('contracts/governance/Registry.sol/Registry.json')
      const size = (deployedBytecode.length - 2) / 2
      // PUSH2 size, DUP1, PUSH1 10, PUSH0, CODECOPY, PUSH0, RETURN: the code as it is, and no constructor.
      const init = `0x61${size.toString(16).padStart(4, '0')}80600a5f395ff3${deployedBytecode.slice(2)}`
      const sent = await deployer.connect(alliance.provider).sendTransaction({ data: init })
      const registry = (await sent.wait())?.contractAddress ?? ''
      const said = await refused({ deployment: { ...alliance.deployment, registry } })
      expect(said).to.match(/transaction 0x\w+ that created it is not the planned one/)
    })
  })

  describe('and the rulebooks that follow the first:', () => {
    const RULEBOOK = 'contracts/Rulebook.sol/Rulebook.json'
    const another = async (authority: string): Promise<string> => {
      const { abi, bytecode } = readArtifact(RULEBOOK)
      const factory = new ContractFactory(abi, bytecode, deployer.connect(alliance.provider))
      const made = await factory.deploy(authority, alliance.deployment.ledger)
      return await (await made.waitForDeployment()).getAddress()
    }
    /** What the council voted, after its delay. */
    const asCouncil = async (contract: Contract, name: string, ...args: unknown[]): Promise<void> => {
      const { provider, deployment, manager } = alliance
      await provider.send('hardhat_impersonateAccount', [deployment.council])
      await provider.send('hardhat_setBalance', [deployment.council, '0xde0b6b3a7640000'])
      const council = new JsonRpcSigner(provider, deployment.council)
      const data = contract.interface.encodeFunctionData(name, args)
      const target = await contract.getAddress()
      await send(manager.connect(council) as Contract, 'schedule', target, data, 0)
      await pass(alliance, 2 * DAY)
      await send(manager.connect(council) as Contract, 'execute', target, data)
    }
    const nameRulebook = async (rulebook: string): Promise<void> => {
      await asCouncil(alliance.ledger, 'changeRulebook', rulebook)
      for (const role of [ROLES.catalogue, ROLES.baseline]) {
        const selectors = selectorsOf(role, 'rulebook')
        await asCouncil(alliance.manager, 'setTargetFunctionRole', rulebook, selectors, role.id)
      }
    }

    it('one that the council named is proven like the first', async () => {
      await handOver(options())
      const next = await another(alliance.deployment.accessManager)
      await nameRulebook(next)
      const lines: string[] = []
      await handOver(options({ print: (line) => lines.push(line) }))
      expect(
        lines.filter((line) => line.startsWith('✔') && line.includes(`later rulebook ${next}`)),
      ).to.have.length(1)
      expect(lines.filter((line) => line.includes(`functions of rulebook ${next}`))).to.have.length(1)
    })

    it('one whose functions have no roles is refused', async () => {
      await handOver(options())
      const next = await another(alliance.deployment.accessManager)
      await asCouncil(alliance.ledger, 'changeRulebook', next)
      expect(await refused()).to.match(
        new RegExp(
          `functions of rulebook ${next} .*the role of registerLicenceType \\(0x\\w+\\), .* is 0, not 2`,
        ),
      )
    })

    it('one that answers to another authority, and one of other code, are refused', async () => {
      await handOver(options())
      const authority = await (await strangeDeployment()).getAddress()
      const next = await another(authority)
      await nameRulebook(next)
      expect(await refused()).to.contain(`its authority is ${authority}`)
      const altered = await another(alliance.deployment.accessManager)
      await nameRulebook(altered)
      const code = await alliance.provider.getCode(altered)
      await alliance.provider.send('hardhat_setCode', [altered, `${code}00`])
      expect(await refused()).to.contain('is not that of contracts/Rulebook.sol')
    })

    it('one that the deployer named while it could is refused, also when it gave up its powers since', async () => {
      await send(
        as(alliance.ledger, deployer),
        'changeRulebook',
        await another(alliance.deployment.accessManager),
      )
      expect(await refused()).to.contain('before that it named')
      await send(asAdmin(), 'grantRole', 0, alliance.deployment.council, 2 * DAY)
      await send(asAdmin(), 'renounceRole', 0, deployer.address)
      expect(await refused()).to.contain('before that it named')
    })
  })

  it('is refused by a node that withholds events', async () => {
    const proxy = await startRpcProxy(alliance.rpcUrl, (method) =>
      method === 'eth_getLogs' ? [] : undefined,
    )
    try {
      const said = await refused({ rpcUrl: proxy.rpcUrl })
      expect(said).to.contain('the node tells no event by which')
    } finally {
      await proxy.close()
    }
  })

  it('is refused by a node that does not keep the past in which a contract was created', async () => {
    const proxy = await startRpcProxy(alliance.rpcUrl, (method, params) => {
      const isPast = method === 'eth_getCode' && params[1] !== 'latest'
      if (isPast) throw new Error('missing trie node')
      return undefined
    })
    try {
      expect((await rejection(handOver(options({ rpcUrl: proxy.rpcUrl })))).message).to.contain(
        'missing trie node',
      )
    } finally {
      await proxy.close()
    }
  })

  /** No role was moved: the deployer goes on where it was. */
  const mayStillAdmit = async (): Promise<void> => {
    const admit = alliance.ledger.interface.getFunction('admitRegion')?.selector
    const role: bigint = await alliance.manager.getFunction('getTargetFunctionRole')(
      alliance.deployment.ledger,
      admit,
    )
    expect(role).to.equal(0n)
    const args = [120000, account(8).address, nameOf(120000)]
    await as(alliance.ledger, deployer)
      .getFunction('admitRegion')
      .staticCall(...args)
  }

  it('moves nothing while anything is not so that must be so first', async () => {
    await send(as(alliance.ledger, deployer), 'admitRegion', 110000, account(7).address, nameOf(110000))
    expect(await refused())
      .to.contain('nothing was moved')
      .and.contain('has not taken it')
    await mayStillAdmit()
    await send(as(alliance.seats, account(7)), 'take', 110000)
    await handOver(options())
  })

  it('and the taking of a seat are commands', async function () {
    this.timeout(240_000)
    const folder = mkdtempSync(join(tmpdir(), 'hefu-deploy-'))
    const script = join(import.meta.dirname, '../../scripts/deploy.ts')
    const command = (...args: string[]): Promise<string> =>
      promisify(execFile)(process.execPath, [script, ...args], { cwd: folder }).then(
        ({ stdout }) => stdout,
        ({ stdout, stderr }) => `${stdout}${stderr}`,
      )
    const run = (who: HDNodeWallet, ...args: string[]): Promise<string> => {
      writeFileSync(join(folder, 'key'), who.privateKey)
      return command(...args, '--rpc', alliance.rpcUrl, '--key-file', 'key', '--record', 'record.json')
    }
    const prove = (...args: string[]): Promise<string> =>
      command('prove', '--rpc', alliance.rpcUrl, '--record', 'record.json', ...args)
    try {
      writeFileSync(join(folder, 'record.json'), JSON.stringify(alliance.deployment))
      await send(as(alliance.ledger, deployer), 'admitRegion', 110000, account(7).address, nameOf(110000))
      const over = ['hand-over', ...Object.entries(keepers).flatMap(([office, who]) => [`--${office}`, who])]
      const early = await run(deployer, ...over)
      expect(early)
        .to.match(/^✘ 未证明：110000 .*；实际：.*尚未就任.* · not proven: .*; found: .*has not taken it/m)
        .and.contain('nothing was moved')
        .and.contain('put right what each line says')
      expect(early.match(/has not taken it/g), 'each line once').to.have.length(1)
      await mayStillAdmit()
      expect(await run(stranger, 'take-seat', '--region', '110000'))
        .to.contain(`the contract refuses ${stranger.address}: SeatNotEntitled`)
        .and.contain('须先经接纳')
      expect(await run(account(7), 'take-seat', '--region', '110000')).to.contain('has taken its seat')
      const before = await prove(...over.slice(1))
      expect(before)
        .to.match(/^尚未移交：部署者 0x/)
        .and.match(/函数 admitRegion \(0x\w{8}\)、.* 的角色为 0，应为 1/)
        .and.match(/\n没有得到证明：共 \d+ 项，不成立 \d+ 项，无法判断 0 项 · .*\n$/)
      expect(await prove(), 'the keepers are not named yet').to.match(
        /^尚未移交：.* · not handed over: .*\n$/,
      )
      const proof = await run(deployer, ...over)
      expect(proof).to.match(/^✔ 110000 /m)
      expect(proof).to.contain('handed over: the deployer holds nothing any more')
      const again = await prove('--out', 'proof.txt')
      expect(again)
        .to.match(/^✔ 110000 /m)
        .and.match(/\n全部成立：共 \d+ 项 · all holds: \d+ lines\n$/)
        .and.not.match(/^[✘?]|尚未移交/m)
      expect(readFileSync(join(folder, 'proof.txt'), 'utf8')).to.equal(again)
      expect(await prove('--catalogue', stranger.address)).to.match(/^✘ 未证明：角色 2 HEFU_CATALOGUE/m)
      expect(await run(account(7), ...over)).to.contain('did not deploy this ledger')
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  /** An argument of the right shape; the authority is asked before any argument is looked at. */
  function zeroOf(input: { baseType: string; components: readonly unknown[] | null; type: string }): unknown {
    if (input.baseType === 'array') return []
    if (input.baseType === 'tuple') {
      return (input.components as (typeof input)[]).map((component) => zeroOf(component))
    }
    if (input.type === 'address') return NOBODY
    if (input.type === 'string') return ''
    if (input.type === 'bytes') return '0x'
    const fixed = /^bytes(\d+)$/.exec(input.type)
    return fixed ? `0x${'00'.repeat(Number(fixed[1]))}` : 0
  }
})
