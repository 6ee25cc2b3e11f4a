/** What the hand-over refuses to leave in ledger, rulebook, registry and council: all that the deployer could enter. */
import { expect } from 'chai'
import { Contract, ContractFactory, id, JsonRpcSigner, keccak256, type Provider } from 'ethers'
import { after, before, beforeEach, describe, it } from 'mocha'
import { readArtifact } from '../../scripts/deploy/artifact.ts'
import { LEDGER_CODE, RESTRICTED } from '../../scripts/deploy/deployment-plan.ts'
import { readEvents } from '../../scripts/deploy/event-log.ts'
import { EVENT_WORDS } from '../../scripts/deploy/event-words.ts'
import { HandOverError, type HandOverOptions, handOver } from '../../scripts/deploy/hand-over.ts'
import { ROLES } from '../../scripts/deploy/roles.ts'
import { type KeptContract, TOLD_ELSEWHERE, TOPICS } from '../../scripts/deploy/untouched.ts'
import { proveRegionsTold } from '../../scripts/deploy/withheld-proof.ts'
import { startRpcProxy } from '../fixtures/rpc-proxy.ts'
import {
  bodyOf,
  byTwoKeys,
  CHANGSHA,
  deployBranch,
  FURONG,
  FURONG_BUREAU,
  FURONG_OFFICE,
  NO_AGENCY,
  STREET,
} from './branch-fixture.ts'
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
import { chain, ethers, HUNAN, named } from './ledger-fixture.ts'
import { createUnruledWorld } from './one-key-world.ts'
import { createRandom, ledgerSteps, live } from './random-history.ts'
import { rejection } from './rejection.ts'

const TYPE = `0x${Buffer.from('11100000000013338W011').toString('hex')}`
const MINISTRY = `0x${Buffer.from('11100000000013338W').toString('hex')}`
/** A body of Hunan's own. */
const HOUSING = `0x${Buffer.from('11430000006122244L').toString('hex')}`
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

  /** Has the registry say of the first ledger that its anchors count from another time on. */
  const reopenFrom = async (openedAt: number): Promise<void> => {
    const { chainId } = await alliance.provider.getNetwork()
    await send(asDeployer('registry'), 'register', chainId, alliance.deployment.ledger, openedAt)
  }
  const timeOfLedger = async (): Promise<number> =>
    (await alliance.provider.getBlock(alliance.deployment.deploymentBlock))?.timestamp ?? 0

  before(async () => {
    alliance = await foundAlliance()
  })
  beforeEach(() => alliance.forget())
  after(() => alliance.close())

  it('has words for every event that it looks for, and for no other', () => {
    const events = Object.values(TOPICS).flatMap((topics) => topics.flatMap((topic) => topic.events))
    expect(Object.keys(EVENT_WORDS).toSorted()).to.deep.equal(['AuthorityUpdated', ...events].toSorted())
  })

  it('says what can be mended with how, and of what cannot that another deployment is due', async () => {
    await send(asDeployer('ledger'), 'closeRegion', hunan.region)
    const mendable = await rejection(handOver(options()))
    expect(mendable.message)
      .to.contain('请运行 hefu-council reopen-region 430000')
      .and.contain('按各行所述办妥后')
      .and.not.contain('请另行部署')
    await send(asDeployer('rulebook'), 'registerLicenceType', TYPE, [id('tried out'), 1, 36, 0])
    const final = await rejection(handOver(options()))
    expect(final.message)
      .to.contain('以上 2 项不成立，其中 1 项已记录在链上，本次部署无法补救；请另行部署')
      .and.match(/区块 \d+ 登记证照类型 11100000000013338W011（LicenceTypeRegistered/)
      .and.not.contain('办妥后')
  })

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
      name: 'the first ledger is open from a false time in the registry',
      mutate: async () => reopenFrom(1_700_000_000),
      claim: 'the first ledger of the registry is open from the time of its own block on',
      said: 'it is open from 1700000000, not from',
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

  it('goes on once a false opening of the first ledger was put right', async () => {
    await reopenFrom(1_700_000_000)
    await reopenFrom(await timeOfLedger())
    await handOver(options())
  })

  it('proves itself again when the council has corrected the opening of the first ledger', async () => {
    await handOver(options())
    const { council, ledger, registry } = alliance.deployment
    await alliance.provider.send('hardhat_impersonateAccount', [council])
    await enrich(council)
    const asCouncil = alliance.manager.connect(new JsonRpcSigner(alliance.provider, council)) as Contract
    const { chainId } = await alliance.provider.getNetwork()
    const args = [chainId, ledger, (await timeOfLedger()) + DAY]
    const call = alliance.registry.interface.encodeFunctionData('register', args)
    await send(asCouncil, 'schedule', registry, call, 0)
    await pass(alliance, COUNCIL_DELAY)
    await send(asCouncil, 'execute', registry, call)
    await handOver(options())
  })

  it('proves itself again when provinces have begun their work', async () => {
    await handOver(options())
    const { ledger } = alliance
    const asHunan = as(ledger, hunan.admin)
    await send(asHunan, 'accreditRegion', 430100, 430000, account(14).address, nameOf(430100))
    await send(asHunan, 'accreditAgency', HOUSING, hunan.region, account(15).address, nameOf(1))
    await send(asHunan, 'moveAgency', HOUSING, 430100)
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
      expect(unproven.filter((line) => line.startsWith('? 无法判断：角色 0 ADMIN 的成员'))).to.have.length(1)
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

  interface LogOfNode {
    readonly topics: readonly string[]
    readonly data: string
  }
  const withholding = (isHidden: (log: LogOfNode) => boolean): ReturnType<typeof startRpcProxy> =>
    startRpcProxy(alliance.rpcUrl, (method, _, result) =>
      method === 'eth_getLogs' ? (result as LogOfNode[]).filter((log) => !isHidden(log)) : undefined,
    )
  const topicOf = (event: string): string | undefined =>
    [RESTRICTED.ledger, RESTRICTED.registry]
      .map((path) => readArtifact(path).abi.getEvent(event)?.topicHash)
      .find((found) => found !== undefined)
  /** What a node says that hides some events. */
  const refusedHiding = async (isHidden: (log: LogOfNode) => boolean): Promise<string> => {
    const proxy = await withholding(isHidden)
    try {
      return (await refused({ rpcUrl: proxy.rpcUrl })).join('\n')
    } finally {
      await proxy.close()
    }
  }
  /** All that names the agency, and that two keys accredited it. */
  const isOfMinistry = ({ topics, data }: LogOfNode): boolean =>
    [...topics, data].some((part) => part.includes(MINISTRY.slice(2))) ||
    ['Proposed', 'Confirmed'].some((event) => topicOf(event) === topics[0])

  const WITHHELD: readonly (readonly [event: string, mutate: () => Promise<unknown>, said: string])[] = [
    ['AgencyAccredited', accreditMinistry, '110000 has 1 members, and 0 by the events that the node tells'],
    [
      'RegionPaused',
      () => send(asDeployer('ledger'), 'pauseRegion', hunan.region),
      'the node tells no event of 430000 (RegionPaused)',
    ],
    [
      'RegionClosedForAnchors',
      () => send(asDeployer('ledger'), 'closeRegion', hunan.region),
      'the node tells no event of 430000 (RegionClosedForAnchors, RegionReinstated)',
    ],
    [
      'LedgerRegistered',
      () => send(asDeployer('registry'), 'register', 31339, stranger.address, 1_700_000_000),
      'the node tells no event of ledger 2 (LedgerRegistered)',
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
      expect(await refusedHiding(({ topics }) => topics[0] === topicOf(event))).to.contain(said)
    })
  }

  it('is refused though a node withholds the correction of an opening alone', async () => {
    await reopenFrom(1_700_000_000)
    const falseTime = (1_700_000_000).toString(16)
    expect(await refusedHiding(({ data }) => data.includes(falseTime))).to.contain(
      'the node tells no event of ledger 1 (LedgerRegistered)',
    )
  })

  it('is refused though a node withholds a closing, and tells that of another province', async () => {
    for (const { region } of [hunan, hubei]) await send(asDeployer('ledger'), 'closeRegion', region)
    const closed = topicOf('RegionClosedForAnchors')
    const isHubei = (topic: string | undefined): boolean => BigInt(topic ?? 0) === BigInt(hubei.region)
    expect(await refusedHiding(({ topics }) => topics[0] === closed && isHubei(topics[1]))).to.contain(
      'the node tells no event of 420000 (RegionClosedForAnchors',
    )
  })

  it('is refused though a node withholds an agency of one province, and tells that of another', async () => {
    await accreditMinistry()
    const own = ['accreditAgency', HOUSING, hunan.region, account(15).address, nameOf(2)] as const
    await send(as(alliance.ledger, hunan.admin), ...own)
    const said = await refusedHiding(isOfMinistry)
    expect(said).to.contain('110000 has 1 members, and 0 by the events').and.not.contain('430000 has')
  })

  it('is refused though a node withholds an agency that lies below another province by now', async () => {
    await accreditMinistry()
    const city = ['accreditRegion', 430100, hunan.region, account(16).address, nameOf(430100)] as const
    await send(as(alliance.ledger, hunan.admin), ...city)
    await send(asDeployer('ledger'), 'moveAgency', MINISTRY, 430100)
    const said = await refusedHiding(isOfMinistry)
    expect(said).to.contain('430100 has 1 members, and 0 by the events').and.not.contain('110000 has')
  })
})

describe('What the regions count', () => {
  /** What the proof says that is not so, of the newest block; `meanwhile` is what comes after the events were read. */
  const defectsOf = async (
    address: string,
    meanwhile = async (): Promise<void> => {},
  ): Promise<readonly string[]> => {
    const provider: Provider = ethers.provider
    const block = await provider.getBlockNumber()
    const told = await readEvents(provider, address, [RESTRICTED.ledger, LEDGER_CODE], block)
    await meanwhile()
    const { defects } = await proveRegionsTold(provider, { ledger: address }, block, async () => told)
    return defects.map(({ en }) => en)
  }

  it('is what the events tell, after a random life of moves, retirements and reinstatements', async function () {
    this.timeout(120_000)
    const world = await createUnruledWorld()
    const { ledger } = world
    const random = createRandom(11)
    await live(ledgerSteps(world, random), random, 900)
    const moves = ['RegionMoved', 'AgencyMoved', 'RegionRetired', 'AgencyRetired', 'RegionReinstated']
    for (const name of [...moves, 'AgencyReinstated'])
      expect((await ledger.queryFilter(name)).length, name).to.be.greaterThan(0)
    expect(await defectsOf(await ledger.getAddress())).to.deep.equal([])
  })

  it('is what the events tell of an agency whose region is retired, and that is reinstated elsewhere', async () => {
    const branch = await chain.loadFixture(deployBranch)
    const { ledger, furongAdmin, changshaAdmin, hunanAdmin, streetAdmin } = branch
    for (const agency of [FURONG_BUREAU, FURONG_OFFICE])
      await byTwoKeys(branch, (caller) => caller.retireAgency(agency, NO_AGENCY), furongAdmin, changshaAdmin)
    await byTwoKeys(branch, (caller) => caller.retireRegion(STREET, 0), streetAdmin, furongAdmin)
    await byTwoKeys(branch, (caller) => caller.retireRegion(FURONG, 0), furongAdmin, changshaAdmin)
    await byTwoKeys(branch, (caller) => caller.reinstateAgency(FURONG_BUREAU), changshaAdmin, hunanAdmin)
    expect((await ledger.agency(FURONG_BUREAU)).region).to.equal(BigInt(CHANGSHA))
    expect(await defectsOf(await ledger.getAddress())).to.deep.equal([])
  })
  it('is asked of the block that the events are told up to, whatever is accredited meanwhile', async () => {
    const branch = await chain.loadFixture(deployBranch)
    const { ledger, hunanAdmin, spare } = branch
    const accredit = async (): Promise<void> => {
      await ledger
        .connect(hunanAdmin)
        .accreditAgency(bodyOf(HUNAN, 9), HUNAN, spare[0].address, named('湖南省档案馆'))
    }
    expect(await defectsOf(await ledger.getAddress(), accredit)).to.deep.equal([])
    expect(await defectsOf(await ledger.getAddress())).to.deep.equal([])
  })
})
