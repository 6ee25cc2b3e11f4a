/** What the hand-over refuses to leave in ledger, rulebook, registry and council: all that the deployer could enter. */
import { expect } from 'chai'
import { Contract, ContractFactory, id, keccak256 } from 'ethers'
import { after, before, beforeEach, describe, it } from 'mocha'
import { readArtifact } from '../../scripts/deploy/artifact.ts'
import { LEDGER_CODE, RESTRICTED } from '../../scripts/deploy/deployment-plan.ts'
import { HandOverError, type HandOverOptions, handOver } from '../../scripts/deploy/hand-over.ts'
import { ROLES } from '../../scripts/deploy/roles.ts'
import { type KeptContract, TOLD_ELSEWHERE, TOPICS } from '../../scripts/deploy/untouched.ts'
import { startRpcProxy } from '../fixtures/rpc-proxy.ts'
import {
  type Alliance,
  account,
  as,
  DAY,
  deployer,
  foundAlliance,
  keepers,
  nameOf,
  pass,
  provinces,
  send,
  stranger,
} from './governance-fixture.ts'
import { rejection } from './rejection.ts'

const TYPE = `0x${Buffer.from('11100000000013338W011').toString('hex')}`
const MINISTRY = `0x${Buffer.from('11100000000013338W').toString('hex')}`
const FOREVER = 2 ** 40 - 1
const COUNCIL_DELAY = 2 * DAY
const [hunan, guangdong, hubei, jilin, sichuan] = provinces

describe('The hand-over', () => {
  let alliance: Alliance
  const asDeployer = (name: KeptContract): Contract => as(alliance[name], deployer)
  const asAdmin = (): Contract => as(alliance.manager, deployer)
  const options = (changes: Partial<HandOverOptions> = {}): HandOverOptions => {
    const { rpcUrl, deployment } = alliance
    return { rpcUrl, deployer, deployment, keepers, ...changes }
  }
  /** The lines that say what is not proven. */
  const refused = async (changes: Partial<HandOverOptions> = {}): Promise<readonly string[]> => {
    const lines: string[] = []
    const error = await rejection(handOver(options({ print: (line) => lines.push(line), ...changes })))
    expect(error).to.be.instanceOf(HandOverError)
    const unproven = lines.filter((line) => !line.startsWith('✔'))
    for (const line of unproven) expect(error.message).to.contain(line)
    return unproven
  }
  const enrich = (address: string): Promise<unknown> =>
    alliance.provider.send('hardhat_setBalance', [address, `0x${(10n ** 20n).toString(16)}`])
  /** A province of the deployer's own, with its seat taken. */
  const admitSham = async (region: number, admin = account(13)): Promise<void> => {
    await enrich(admin.address)
    await send(asDeployer('ledger'), 'admitRegion', region, admin.address, nameOf(region))
    await send(as(alliance.seats, admin), 'take', region)
  }
  const grantOf = (account: string): readonly [string[], number[], string[]] => [
    [alliance.deployment.accessManager],
    [0],
    [alliance.manager.interface.encodeFunctionData('grantRole', [0, account, 0])],
  ]
  const proposeGrant = async (): Promise<bigint> => {
    const calls = grantOf(stranger.address)
    await send(as(alliance.council, hunan.admin), 'propose', ...calls, 'a sham')
    return await alliance.council.getFunction('hashProposal')(...calls, id('a sham'))
  }
  const win = async (proposal: bigint): Promise<void> => {
    await pass(alliance, DAY + 1)
    for (const { admin } of [hunan, guangdong, hubei]) {
      await send(as(alliance.council, admin), 'castVote', proposal, 1)
    }
    await pass(alliance, 7 * DAY + 1)
  }
  const accreditMinistry = async (): Promise<void> => {
    const [sham, operator] = [account(13), account(14)]
    await admitSham(110000, sham)
    const accredit = ['accreditAgency', MINISTRY, 110000, operator.address, nameOf(1)] as const
    await send(as(alliance.ledger, sham), ...accredit)
    await send(asDeployer('ledger'), ...accredit)
  }

  before(async () => {
    alliance = await foundAlliance()
  })
  beforeEach(() => alliance.forget())
  after(() => alliance.close())

  it('looks at every event that ledger, rulebook and registry can tell, each for one reason', () => {
    for (const contract of Object.keys(TOPICS) as KeptContract[]) {
      const paths = contract === 'ledger' ? [RESTRICTED.ledger, LEDGER_CODE] : [RESTRICTED[contract]]
      const known = new Set<string>()
      for (const path of paths) {
        readArtifact(path).abi.forEachEvent(({ name }) => {
          known.add(name)
        })
      }
      const listed = [...TOPICS[contract].flatMap(({ events }) => events), ...TOLD_ELSEWHERE[contract]]
      expect(listed.toSorted(), contract).to.deep.equal([...known].toSorted())
    }
  })

  interface Mutation {
    readonly name: string
    readonly mutate: () => Promise<unknown>
    /** What the line of the proof says in English: its claim, and what contradicts it. */
    readonly claim: string
    readonly said: string
  }

  const MUTATIONS: readonly Mutation[] = [
    {
      name: 'a ledger of a stranger stands in the registry',
      mutate: () => send(asDeployer('registry'), 'register', 31339, stranger.address, 1_700_000_000),
      claim: 'the registry has the first ledger alone',
      said: `LedgerRegistered(2, 31339, ${stranger.address}, 1700000000)`,
    },
    {
      name: 'the first ledger is closed in the registry',
      mutate: () => send(asDeployer('registry'), 'close', 1, 1_900_000_000, 0),
      claim: 'no ledger of the registry is closed',
      said: 'LedgerClosed(1, 1900000000, 0)',
    },
    {
      name: 'the rulebook has a type',
      mutate: () => send(asDeployer('rulebook'), 'registerLicenceType', TYPE, [id('false schema'), 1, 36, 0]),
      claim: 'the rulebook has no licence type and no service item',
      said: `LicenceTypeRegistered(${TYPE}`,
    },
    {
      name: 'the rulebook has a baseline',
      mutate: async () => {
        await send(asDeployer('rulebook'), 'registerLicenceType', TYPE, [id('false schema'), 1, 36, 0])
        await send(asDeployer('rulebook'), 'setBaseline', TYPE, 0, FOREVER)
      },
      claim: 'the rulebook has no baseline',
      said: `BaselineSet(${TYPE}`,
    },
    {
      name: 'a province is closed for anchors',
      mutate: () => send(asDeployer('ledger'), 'closeRegion', hunan.region),
      claim: 'no province is closed for anchors',
      said: 'RegionClosedForAnchors(430000)',
    },
    {
      name: 'a province was paused, which keeps the emergency keeper from pausing it for a month',
      mutate: async () => {
        await send(asDeployer('ledger'), 'pauseRegion', hunan.region)
        await send(asDeployer('ledger'), 'endPause', hunan.region)
      },
      claim: 'no province was ever paused',
      said: 'RegionPaused(430000',
    },
    {
      name: 'a ministry of the deployer’s was moved to an honest province, and has its key',
      mutate: async () => {
        await accreditMinistry()
        const key = [id('x'), `0x${'00'.repeat(32)}`, 1, FOREVER]
        await send(as(alliance.ledger, account(13)), 'registerKey', MINISTRY, 2, ...key)
        await send(asDeployer('ledger'), 'moveAgency', MINISTRY, hunan.region)
        await send(asDeployer('ledger'), 'suspendRegion', 110000)
      },
      claim: 'the ledger has no agency and no operator',
      said: `AgencyMoved(${MINISTRY}, 110000, 430000)`,
    },
    {
      name: 'an agency has an issuing key',
      mutate: async () => {
        await accreditMinistry()
        const key = [id('x'), `0x${'00'.repeat(32)}`, 1, FOREVER]
        await send(as(alliance.ledger, account(13)), 'registerKey', MINISTRY, 2, ...key)
      },
      claim: 'the ledger has no issuing key',
      said: 'KeyRegistered(',
    },
    {
      name: 'an agency has anchored',
      mutate: async () => {
        await accreditMinistry()
        await enrich(account(14).address)
        await send(as(alliance.ledger, account(14)), 'anchor', MINISTRY, 0, { root: id('root'), size: 1 })
      },
      claim: 'the ledger has no anchor',
      said: `Anchored(${MINISTRY}, 0`,
    },
    {
      name: 'a proposal waits for its second key',
      mutate: () =>
        send(
          as(alliance.ledger, hunan.admin),
          'accreditAgency',
          MINISTRY,
          hunan.region,
          account(14).address,
          nameOf(1),
        ),
      claim: 'the ledger has no proposal that waits for a second key',
      said: 'Proposed(',
    },
    {
      name: 'a province has a region in it',
      mutate: () =>
        send(
          as(alliance.ledger, hunan.admin),
          'accreditRegion',
          430100,
          430000,
          account(14).address,
          nameOf(430100),
        ),
      claim: 'the ledger has no region below the provinces',
      said: 'RegionAccredited(430100, 430000',
    },
    {
      name: 'a province has a negative list',
      mutate: async () => {
        await send(asDeployer('rulebook'), 'registerLicenceType', TYPE, [id('schema'), 1, 36, 0])
        const entry = { issuing: guangdong.region, licenceType: TYPE, item: `0x${'00'.repeat(32)}` }
        const approval = { number: '湘政办〔2026〕1号', documentDigest: id('approval') }
        const asHunan = as(alliance.rulebook, hunan.admin)
        await send(asHunan, 'enterNegative', hunan.region, entry, 0, FOREVER, approval)
      },
      claim: 'the rulebook has no negative entry',
      said: 'NegativeEntered(430000',
    },
    {
      name: 'four of five provinces are suspended: one key would be the council',
      mutate: async () => {
        for (const { region } of [guangdong, hubei, jilin, sichuan]) {
          await send(asDeployer('ledger'), 'suspendRegion', region)
        }
      },
      claim: 'the council has at least 3 seats taken, of admitted provinces alone (there are 1)',
      said: 'too few active provinces have a seat: 1',
    },
    {
      name: 'two provinces alone have a seat',
      mutate: async () => {
        for (const { region } of [hubei, jilin, sichuan]) {
          await send(asDeployer('ledger'), 'suspendRegion', region)
        }
      },
      claim: 'the council has at least 3 seats taken, of admitted provinces alone (there are 2)',
      said: 'too few active provinces have a seat: 2',
    },
    {
      name: 'a province sits that the State does not know',
      mutate: () => admitSham(900000),
      claim: 'the seat of 900000 was taken by its admin',
      said: 'it is no province of GB/T 2260',
    },
    {
      name: 'a vote has not begun',
      mutate: proposeGrant,
      claim: `of ${hunan.admin.address} is over`,
      said: 'it is pending',
    },
    {
      name: 'a vote is running',
      mutate: async () => {
        await proposeGrant()
        await pass(alliance, DAY + 1)
      },
      claim: `of ${hunan.admin.address} is over`,
      said: 'it is active',
    },
    {
      name: 'a decision waits for who carries it out',
      mutate: async () => {
        await send(asAdmin(), 'grantRole', 0, alliance.deployment.council, COUNCIL_DELAY)
        await win(await proposeGrant())
        await send(asAdmin(), 'revokeRole', 0, alliance.deployment.council)
      },
      claim: `of ${hunan.admin.address} is over`,
      said: 'it is succeeded',
    },
    {
      name: 'a decision is queued',
      mutate: async () => {
        await send(asAdmin(), 'grantRole', 0, alliance.deployment.council, COUNCIL_DELAY)
        await win(await proposeGrant())
        await send(as(alliance.council, stranger), 'queue', ...grantOf(stranger.address), id('a sham'))
      },
      claim: `of ${hunan.admin.address} is over`,
      said: 'it is queued',
    },
  ]
  for (const { name, mutate, claim, said } of MUTATIONS) {
    it(`is refused while ${name}`, async () => {
      await mutate()
      const unproven = await refused()
      expect(
        unproven.filter((line) => line.startsWith('✘') && line.includes(claim) && line.includes(said)),
        unproven.join('\n'),
      ).to.have.length(1)
      const [isAdmin] = await alliance.manager.getFunction('hasRole')(0, deployer.address)
      expect(isAdmin, 'the deployer holds its powers still').to.equal(true)
    })
  }

  it('is refused where sham seats won a vote, were suspended, and left it to be carried out', async () => {
    const { council, deployment, seats, ledger } = alliance
    const shams = [11, 12, 13, 14, 15, 21].map((code, n) => ({
      region: code * 10_000,
      admin: account(13 + n),
    }))
    for (const { region, admin } of shams) await admitSham(region, admin)
    await send(asAdmin(), 'grantRole', 0, deployment.council, COUNCIL_DELAY)
    const calls = grantOf(stranger.address)
    await send(as(council, account(13)), 'propose', ...calls, 'a sham')
    const proposal: bigint = await council.getFunction('hashProposal')(...calls, id('a sham'))
    await pass(alliance, DAY + 1)
    for (const { admin } of shams) await send(as(council, admin), 'castVote', proposal, 1)
    await pass(alliance, 7 * DAY + 1)
    for (const { region } of shams) await send(as(ledger, deployer), 'suspendRegion', region)
    await send(asAdmin(), 'revokeRole', 0, deployment.council)
    const unproven = await refused()
    expect(unproven).to.have.length(1)
    expect(unproven[0]).to.contain(`the proposal ${proposal} of ${account(13).address} is over`)
    expect(await seats.getFunction('seatOf')(110000), 'the seats themselves are gone').to.match(/^0x0{40}$/)
  })

  it('is refused once the council decided anything, and says what became of its times', async () => {
    const { council, deployment } = alliance
    const period = council.interface.encodeFunctionData('setVotingPeriod', [3 * DAY])
    const calls = [[deployment.council], [0], [period]]
    await send(as(council, hunan.admin), 'propose', ...calls, 'haste')
    await win(await council.getFunction('hashProposal')(...calls, id('haste')))
    await send(as(council, stranger), 'queue', ...calls, id('haste'))
    await pass(alliance, COUNCIL_DELAY + 1)
    await send(as(council, stranger), 'execute', ...calls, id('haste'))
    const unproven = await refused()
    expect(unproven).to.have.length(2)
    expect(unproven[0]).to.contain('it is executed')
    expect(unproven[1]).to.contain(`its votingPeriod is ${3 * DAY}, not ${7 * DAY}`)
  })

  it('goes on past a vote that was withdrawn or lost', async () => {
    const withdrawn = await proposeGrant()
    const calls = grantOf(stranger.address)
    await send(as(alliance.council, hunan.admin), 'cancel', ...calls, id('a sham'))
    await send(as(alliance.council, hunan.admin), 'propose', ...calls, 'another')
    await pass(alliance, 8 * DAY + 2)
    const lines: string[] = []
    await handOver(options({ print: (line) => lines.push(line) }))
    expect(lines.filter((line) => line.startsWith('✔') && line.includes('the proposal '))).to.have.length(2)
    expect(lines.join('\n')).to.contain(`the proposal ${withdrawn} of ${hunan.admin.address} is over`)
  })

  it('goes on once what was closed is open again, and what was proposed is withdrawn', async () => {
    const asHunan = as(alliance.ledger, hunan.admin)
    const accredit = [MINISTRY, hunan.region, account(14).address, nameOf(1)] as const
    await send(asDeployer('ledger'), 'closeRegion', hunan.region)
    await send(asDeployer('registry'), 'close', 1, 1_900_000_000, 0)
    await send(asHunan, 'accreditAgency', ...accredit)
    expect(await refused()).to.have.length(3)
    const call = alliance.ledger.interface.encodeFunctionData('accreditAgency', accredit)
    await send(asHunan, 'withdrawProposal', keccak256(call))
    // The functions are of their roles by now: who still grants them takes one for the while.
    for (const role of [ROLES.admission.id, ROLES.registry.id]) {
      await send(asAdmin(), 'grantRole', role, deployer.address, 0)
    }
    await send(asDeployer('ledger'), 'reopenRegion', hunan.region)
    await send(asDeployer('registry'), 'reopen', 1)
    for (const role of [ROLES.admission.id, ROLES.registry.id]) {
      await send(asAdmin(), 'revokeRole', role, deployer.address)
    }
    await handOver(options())
  })

  it('goes on with three provinces, and names each with its account', async () => {
    for (const { region } of [jilin, sichuan]) await send(asDeployer('ledger'), 'suspendRegion', region)
    const lines: string[] = []
    await handOver(options({ print: (line) => lines.push(line) }))
    const text = lines.join('\n')
    expect(text).to.contain('at least 3 seats taken, of admitted provinces alone (there are 3)')
    expect(text).to.contain(`430000 样例省430000 的席位由其现任管理账户 ${hunan.admin.address} 亲自就任`)
    expect(text).to.contain(`220000 is not active (its admin is ${jilin.admin.address})`)
  })

  it('proves itself again when provinces have begun their work', async () => {
    await handOver(options())
    const { ledger } = alliance
    await send(as(ledger, hunan.admin), 'accreditRegion', 430100, 430000, account(14).address, nameOf(430100))
    await proposeGrant()
    await handOver(options())
  })

  it('is refused for what somebody did whom the deployer had empowered, until that power ended', async () => {
    const asStranger = as(alliance.ledger, stranger)
    await send(asAdmin(), 'grantRole', ROLES.emergency.id, stranger.address, 0)
    const selector = alliance.ledger.interface.getFunction('pauseRegion')?.selector
    await send(asAdmin(), 'setTargetFunctionRole', alliance.deployment.ledger, [selector], ROLES.emergency.id)
    await send(asAdmin(), 'renounceRole', 0, deployer.address)
    await send(asStranger, 'pauseRegion', hunan.region)
    await send(as(alliance.manager, stranger), 'renounceRole', ROLES.emergency.id, stranger.address)
    const unproven = await refused()
    expect(unproven.filter((line) => line.includes('RegionPaused(430000'))).to.have.length(1)
  })

  it('is refused where another authority ruled for a while', async () => {
    const { abi, bytecode } = readArtifact(
      '@openzeppelin/contracts/access/manager/AccessManager.sol/AccessManager.json',
    )
    const factory = new ContractFactory(abi, bytecode, deployer.connect(alliance.provider))
    const made = await (await factory.deploy(deployer.address)).waitForDeployment()
    const other = new Contract(await made.getAddress(), abi, alliance.provider)
    const { ledger, accessManager } = alliance.deployment
    await send(asAdmin(), 'updateAuthority', ledger, await other.getAddress())
    await send(as(other, deployer), 'updateAuthority', ledger, accessManager)
    const unproven = await refused()
    expect(unproven).to.have.length(1)
    expect(unproven[0]).to.contain('ledger never answered to another authority')
  })

  it('is refused for a record that begins after the ledger', async () => {
    const { deployment } = alliance
    const later = { ...deployment, deploymentBlock: deployment.deploymentBlock + 1 }
    const unproven = await refused({ deployment: later })
    expect(unproven.join('\n')).to.contain(`it is ${deployment.deploymentBlock}`)
  })

  it('takes what a node does not tell for unknown, never for no', async () => {
    const proxy = await startRpcProxy(alliance.rpcUrl, (method, params) => {
      const [block] = params as [unknown]
      if (method === 'eth_getBlockByNumber' && block === 'latest') throw new Error('no block today')
      return undefined
    })
    try {
      await handOver(options())
      const unproven = await refused({ rpcUrl: proxy.rpcUrl })
      expect(unproven.filter((line) => line.startsWith('? 角色 0 ADMIN 的成员'))).to.have.length(1)
      expect(unproven.join('\n')).to.contain('could not be read').and.not.to.contain('does not hold role')
    } finally {
      await proxy.close()
    }
  })

  it('takes events that a node withholds for unknown, never for none', async () => {
    await handOver(options())
    const { rulebook } = alliance.deployment
    const proxy = await startRpcProxy(alliance.rpcUrl, (method, params) => {
      const [filter] = params as [{ address?: string }]
      const isHidden = method === 'eth_getLogs' && filter.address?.toLowerCase() === rulebook.toLowerCase()
      return isHidden ? [] : undefined
    })
    try {
      const unproven = await refused({ rpcUrl: proxy.rpcUrl })
      expect(unproven).to.have.length(TOPICS.rulebook.length + 1)
      for (const line of unproven) {
        expect(line).to.match(/^\? .*the node tells not even the event of its creation/)
      }
    } finally {
      await proxy.close()
    }
  })

  const withholding = (event: string): Promise<Awaited<ReturnType<typeof startRpcProxy>>> => {
    const topic = [RESTRICTED.ledger, RESTRICTED.registry]
      .map((path) => readArtifact(path).abi.getEvent(event)?.topicHash)
      .find((found) => found !== undefined)
    return startRpcProxy(alliance.rpcUrl, (method, _, result) => {
      if (method !== 'eth_getLogs') return undefined
      return (result as { topics: string[] }[]).filter(({ topics }) => topics[0] !== topic)
    })
  }
  const WITHHELD: readonly (readonly [event: string, mutate: () => Promise<unknown>, said: string])[] = [
    ['AgencyAccredited', accreditMinistry, 'the node tells no event of 110000 (RegionAccredited, AgencyAcc'],
    [
      'RegionPaused',
      () => send(asDeployer('ledger'), 'pauseRegion', hunan.region),
      'the node tells no event of 430000 (RegionPaused)',
    ],
    [
      'RegionClosedForAnchors',
      () => send(asDeployer('ledger'), 'closeRegion', hunan.region),
      'the node tells no event of 430000 (RegionClosedForAnchors)',
    ],
    [
      'LedgerClosed',
      () => send(asDeployer('registry'), 'close', 1, 1_900_000_000, 0),
      'the node tells no event of ledger 1 (LedgerClosed)',
    ],
  ]
  for (const [event, mutate, said] of WITHHELD) {
    it(`is refused though a node withholds each ${event}`, async () => {
      await mutate()
      const proxy = await withholding(event)
      try {
        expect((await refused({ rpcUrl: proxy.rpcUrl })).join('\n')).to.contain(said)
      } finally {
        await proxy.close()
      }
    })
  }
})
