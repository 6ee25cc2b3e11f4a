/** From the deployer's single key to the council: what the hand-over leaves, and how the provinces then decide. */
import { expect } from 'chai'
import { Contract, HDNodeWallet, Interface, id, JsonRpcProvider } from 'ethers'
import { network } from 'hardhat'
import { after, before, beforeEach, describe, it } from 'mocha'
import { encodeDeployment, readArtifact } from '../../scripts/deploy/artifact.ts'
import { type Deployment, deployLedger } from '../../scripts/deploy/deploy-ledger.ts'
import { HandOverError, handOver } from '../../scripts/deploy/hand-over.ts'
import { ROLES, type Role } from '../../scripts/deploy/roles.ts'
import { rejection } from './rejection.ts'

const PHRASE = 'test test test test test test test test test test test junk'
const account = (index: number): HDNodeWallet =>
  HDNodeWallet.fromPhrase(PHRASE, '', `m/44'/60'/0'/0/${index}`)
const deployer = account(0)
const provinces = [
  { region: 430000, admin: account(1) },
  { region: 440000, admin: account(2) },
  { region: 420000, admin: account(3) },
]
const keepers = { catalogue: account(4).address, emergency: account(5).address }
const DAY = 86_400
const LEDGER = 'contracts/Ledger.sol/Ledger.json'
const RULEBOOK = 'contracts/Rulebook.sol/Rulebook.json'
const For = 1
const Against = 0

describe('Governance', () => {
  let server: Awaited<ReturnType<typeof network.createServer>>
  let rpcUrl: string
  let provider: JsonRpcProvider
  let deployment: Deployment
  let ledger: Contract
  let rulebook: Contract
  let council: Contract
  let seats: Contract
  let snapshot: string

  const as = (contract: Contract, who: HDNodeWallet): Contract =>
    contract.connect(who.connect(provider)) as Contract
  const send = async (contract: Contract, name: string, ...args: unknown[]): Promise<void> => {
    await (await contract.getFunction(name)(...args)).wait()
  }
  const pass = async (seconds: number): Promise<void> => {
    await provider.send('evm_increaseTime', [seconds])
    await provider.send('evm_mine', [])
  }
  /** Name of the custom error a call is refused with. */
  const refusal = async (contract: Contract, name: string, ...args: unknown[]): Promise<string> => {
    const error = (await rejection(contract.getFunction(name).staticCall(...args))) as Error & {
      data?: string
    }
    const names = [contract.interface, Interface.from(readArtifact(LEDGER).abi), ACCESS_ERRORS]
    return (
      names.map((abi) => abi.parseError(error.data ?? '0x')?.name).find((found) => found) ?? error.message
    )
  }
  const ACCESS_ERRORS = Interface.from(
    readArtifact('@openzeppelin/contracts/access/manager/AccessManager.sol/AccessManager.json').abi,
  )

  before(async () => {
    server = await network.createServer(undefined, '127.0.0.1', 0)
    const { address, port } = await server.listen()
    rpcUrl = `http://${address}:${port}`
    provider = new JsonRpcProvider(rpcUrl, undefined, { cacheTimeout: -1, pollingInterval: 20 })
    deployment = await deployLedger({ rpcUrl, deployer, voting: { delay: DAY, period: 7 * DAY } })
    const at = (address: string, path: string): Contract =>
      new Contract(address, readArtifact(path).abi, provider)
    ledger = at(deployment.ledger, LEDGER)
    rulebook = at(deployment.rulebook, RULEBOOK)
    council = at(deployment.council, 'contracts/governance/Council.sol/Council.json')
    seats = at(deployment.seats, 'contracts/governance/Seats.sol/Seats.json')
    for (const { region, admin } of provinces)
      await send(as(ledger, deployer), 'admitRegion', region, admin.address)
    await handOver({ rpcUrl, deployer, deployment, keepers })
  })
  beforeEach(async () => {
    if (snapshot !== undefined) await provider.send('evm_revert', [snapshot])
    snapshot = await provider.send('evm_snapshot', [])
  })
  after(async () => {
    provider.destroy()
    await server.close()
  })

  describe('the hand-over', () => {
    it('leaves the deployer nothing: every function of every role, and of the access manager, refuses it', async () => {
      const asDeployer = as(ledger, deployer)
      for (const { functions } of Object.values<Role>(ROLES)) {
        for (const [contract, names] of [
          [ledger, functions.ledger],
          [rulebook, functions.rulebook],
        ] as const) {
          for (const name of names ?? []) {
            const args = contract.interface.getFunction(name)?.inputs.map((input) => zeroOf(input)) ?? []
            expect(await refusal(as(contract, deployer), name, ...args), name).to.equal(
              'AccessManagedUnauthorized',
            )
          }
        }
      }
      const manager = new Contract(deployment.accessManager, ACCESS_ERRORS, deployer.connect(provider))
      const attempts: [string, ...unknown[]][] = [
        ['grantRole', 0, deployer.address, 0],
        ['revokeRole', 0, deployment.council],
        ['setTargetFunctionRole', deployment.ledger, ['0x12345678'], 0],
        ['setTargetClosed', deployment.ledger, true],
        ['updateAuthority', deployment.ledger, deployer.address],
      ]
      for (const [name, ...args] of attempts) {
        expect(await refusal(manager, name, ...args), name).to.equal('AccessManagerUnauthorizedAccount')
      }
      expect(await refusal(asDeployer, 'setAuthority', deployer.address)).to.equal(
        'AccessManagedUnauthorized',
      )
    })

    it('can be run again and sends nothing more', async () => {
      const sent = await provider.getTransactionCount(deployer.address)
      await handOver({ rpcUrl, deployer, deployment, keepers })
      expect(await provider.getTransactionCount(deployer.address)).to.equal(sent)
    })

    it('is refused while no province has a seat, and when one account would hold two roles', async () => {
      const empty = await deployLedger({ rpcUrl, deployer })
      const refused = async (options: object): Promise<string> => {
        const error = await rejection(handOver({ rpcUrl, deployer, deployment: empty, keepers, ...options }))
        expect(error).to.be.instanceOf(HandOverError)
        return error.message
      }
      expect(await refused({})).to.contain('no active province has a seat')
      for (const same of [
        { catalogue: keepers.emergency, emergency: keepers.emergency },
        { ...keepers, catalogue: deployer.address },
        { ...keepers, emergency: empty.council.toLowerCase() },
      ]) {
        expect(await refused({ keepers: same })).to.contain('four different accounts')
      }
      expect(await refused({ deployer: account(6) }), 'never had the powers').to.contain('does not hold role')
    })

    it('is refused while anybody else holds a role', async () => {
      const fresh = await deployLedger({ rpcUrl, deployer })
      const freshLedger = new Contract(fresh.ledger, readArtifact(LEDGER).abi, deployer.connect(provider))
      await send(freshLedger, 'admitRegion', 430000, account(1).address)
      const manager = new Contract(fresh.accessManager, ACCESS_ERRORS, deployer.connect(provider))
      await send(manager, 'grantRole', ROLES.emergency.id, account(9).address, 0)
      const options = { rpcUrl, deployer, deployment: fresh, keepers }
      const error = await rejection(handOver(options))
      expect(error).to.be.instanceOf(HandOverError)
      expect(error.message).to.contain(`${account(9).address} holds role 4`)
      await send(manager, 'revokeRole', ROLES.emergency.id, account(9).address)
      await handOver(options)
    })

    it('gives the emergency keeper its one power at once, the catalogue keeper its own after a delay', async () => {
      const asEmergency = as(ledger, account(5))
      const uscc = `0x${Buffer.from('11430000006122244L').toString('hex')}`
      expect(await refusal(asEmergency, 'pauseAgency', uscc)).to.equal('AgencyNotPausable')
      expect(await refusal(asEmergency, 'admitRegion', 110000, deployer.address)).to.equal(
        'AccessManagedUnauthorized',
      )
      const asCatalogue = as(rulebook, account(4))
      const type = `0x${Buffer.from('11100000000013338W011').toString('hex')}`
      const args = [type, [id('schema'), 1, 36, 0]] as const
      expect(await refusal(asCatalogue, 'registerLicenceType', ...args), 'not scheduled').to.equal(
        'AccessManagerNotScheduled',
      )
      const manager = new Contract(deployment.accessManager, ACCESS_ERRORS, account(4).connect(provider))
      const data = rulebook.interface.encodeFunctionData('registerLicenceType', args)
      await send(manager, 'schedule', deployment.rulebook, data, 0)
      expect(await refusal(asCatalogue, 'registerLicenceType', ...args)).to.equal('AccessManagerNotReady')
      await pass(DAY)
      const emergency = new Contract(deployment.accessManager, ACCESS_ERRORS, account(5).connect(provider))
      const stopped = await provider.send('evm_snapshot', [])
      await send(emergency, 'cancel', account(4).address, deployment.rulebook, data)
      expect(await refusal(asCatalogue, 'registerLicenceType', ...args), 'stopped').to.equal(
        'AccessManagerNotScheduled',
      )
      await provider.send('evm_revert', [stopped])
      await send(asCatalogue, 'registerLicenceType', ...args)
      expect((await rulebook.getFunction('licenceType')(type)).version).to.equal(1n)
    })
  })

  describe('the council', () => {
    const admission = (region: number, admin: string): [string[], number[], string[], string] => [
      [deployment.ledger],
      [0],
      [ledger.interface.encodeFunctionData('admitRegion', [region, admin])],
      `admit ${region}`,
    ]
    const otherRulebook = (address: string): ReturnType<typeof admission> => [
      [deployment.ledger],
      [0],
      [ledger.interface.encodeFunctionData('changeRulebook', [address])],
      `rulebook ${address}`,
    ]
    const hashed = ([targets, values, data, text]: ReturnType<typeof admission>) =>
      [targets, values, data, id(text)] as const

    async function decide(
      votes: readonly (number | undefined)[],
      proposal = admission(110000, account(7).address),
    ): Promise<{
      proposal: ReturnType<typeof admission>
      number: bigint
    }> {
      const [first] = provinces
      if (!first) throw new Error('no province')
      await send(as(council, first.admin), 'propose', ...proposal)
      const number: bigint = await council.getFunction('hashProposal')(...hashed(proposal))
      await pass(DAY + 1)
      for (const [place, vote] of votes.entries()) {
        const voter = provinces[place]?.admin
        if (vote !== undefined && voter) await send(as(council, voter), 'castVote', number, vote)
      }
      await pass(7 * DAY)
      return { proposal, number }
    }
    const state = async (number: bigint): Promise<string> =>
      ['Pending', 'Active', 'Canceled', 'Defeated', 'Succeeded', 'Queued', 'Expired', 'Executed'][
        Number(await council.getFunction('state')(number))
      ] ?? '?'

    it('admits a province by vote, after the delay of its role', async () => {
      const { proposal, number } = await decide([For, For, Against])
      expect(await state(number)).to.equal('Succeeded')
      const anyone = as(council, account(9))
      await send(anyone, 'queue', ...hashed(proposal))
      expect(await refusal(anyone, 'execute', ...hashed(proposal))).to.match(/Unmet|NotReady/)
      await pass(2 * DAY)
      await send(anyone, 'execute', ...hashed(proposal))
      expect((await ledger.getFunction('region')(110000)).admin).to.equal(account(7).address)
      await send(as(seats, account(9)), 'sync', 110000)
      expect(await seats.getFunction('getVotes')(account(7).address)).to.equal(1n)
    })

    it('names another rulebook by vote, after the delay of its role, and nobody else does', async () => {
      const data = await encodeDeployment(RULEBOOK, [deployment.accessManager, deployment.ledger])
      const deployed = await (await deployer.connect(provider).sendTransaction({ data })).wait()
      const other = String(deployed?.contractAddress)
      for (const who of [deployer, account(1), account(4), account(5)]) {
        expect(await refusal(as(ledger, who), 'changeRulebook', other)).to.equal('AccessManagedUnauthorized')
      }
      const { proposal } = await decide([For, For, Against], otherRulebook(other))
      const anyone = as(council, account(9))
      await send(anyone, 'queue', ...hashed(proposal))
      expect(await refusal(anyone, 'execute', ...hashed(proposal))).to.match(/Unmet|NotReady/)
      await pass(2 * DAY)
      await send(anyone, 'execute', ...hashed(proposal))
      expect(await ledger.getFunction('rulebook')()).to.equal(other)
      const named = await ledger.getFunction('rulebooks')()
      expect(named.map(({ rulebook: address }: { rulebook: string }) => address)).to.deep.equal([
        deployment.rulebook,
        other,
      ])
    })

    it('decides nothing by a minority, by a tie, or by too few voices', async () => {
      for (const votes of [[For, Against, Against], [For, Against], [For]]) {
        const fresh = await provider.send('evm_snapshot', [])
        const { proposal, number } = await decide(votes)
        expect(await state(number), String(votes)).to.equal('Defeated')
        expect(await refusal(as(council, account(9)), 'queue', ...hashed(proposal))).to.equal(
          'GovernorUnexpectedProposalState',
        )
        await provider.send('evm_revert', [fresh])
      }
    })

    it('hears provinces alone: nobody else proposes, and a voice of nobody weighs nothing', async () => {
      expect(
        await refusal(as(council, deployer), 'propose', ...admission(110000, deployer.address)),
      ).to.equal('GovernorInsufficientProposerVotes')
      const [first] = provinces
      const proposal = admission(110000, account(7).address)
      if (first) await send(as(council, first.admin), 'propose', ...proposal)
      const number: bigint = await council.getFunction('hashProposal')(...hashed(proposal))
      await pass(DAY + 1)
      await send(as(council, account(9)), 'castVote', number, For)
      expect((await council.getFunction('proposalVotes')(number)).forVotes).to.equal(0n)
    })

    it('knows one voice a province: neither delegated, nor twice by a change of its admin', async () => {
      const [first] = provinces
      if (!first) throw new Error('no province')
      expect(await refusal(as(seats, first.admin), 'delegate', account(2).address)).to.equal(
        'SeatNotDelegable',
      )
      const bySig = [account(2).address, 0, 2n ** 40n, 27, id('r'), id('s')]
      expect(await refusal(as(seats, first.admin), 'delegateBySig', ...bySig)).to.equal('SeatNotDelegable')

      const proposal = admission(110000, account(7).address)
      await send(as(council, first.admin), 'propose', ...proposal)
      const number: bigint = await council.getFunction('hashProposal')(...hashed(proposal))
      await pass(DAY + 1)
      await send(as(council, first.admin), 'castVote', number, For)
      await send(as(ledger, first.admin), 'nominateRegionAdmin', first.region, account(8).address)
      await send(as(ledger, account(8)), 'acceptRegionAdmin', first.region)
      await send(as(seats, account(9)), 'sync', first.region)
      await send(as(council, account(8)), 'castVote', number, For)
      expect((await council.getFunction('proposalVotes')(number)).forVotes).to.equal(1n)
      expect(await seats.getFunction('seatOf')(first.region)).to.equal(account(8).address)
    })

    it('does not hear an admin whose seat is out of date', async () => {
      const [first, second] = provinces
      if (!first || !second) throw new Error('no province')
      const proposal = admission(110000, account(7).address)
      await send(as(council, second.admin), 'propose', ...proposal)
      const number: bigint = await council.getFunction('hashProposal')(...hashed(proposal))
      await pass(DAY + 1)
      await send(as(ledger, first.admin), 'nominateRegionAdmin', first.region, account(8).address)
      await send(as(ledger, account(8)), 'acceptRegionAdmin', first.region)
      expect(await seats.getFunction('isSeated')(first.admin.address), 'not synced').to.equal(false)
      await send(as(council, first.admin), 'castVote', number, For)
      expect((await council.getFunction('proposalVotes')(number)).forVotes).to.equal(0n)
    })

    it('seats no account for two provinces and no region below a province', async () => {
      const [first, second] = provinces
      if (!first || !second) throw new Error('no province')
      await send(as(ledger, first.admin), 'nominateRegionAdmin', first.region, second.admin.address)
      await send(as(ledger, second.admin), 'acceptRegionAdmin', first.region)
      expect(await refusal(as(seats, account(9)), 'sync', first.region)).to.equal('SeatAccountTaken')
      await send(as(ledger, second.admin), 'accreditRegion', 430100, 430000, account(8).address)
      await send(as(seats, account(9)), 'sync', 430100)
      expect(await seats.getFunction('seatOf')(430100)).to.equal(`0x${'0'.repeat(40)}`)
    })

    it('can cancel a proposal of its own before the vote', async () => {
      const [first] = provinces
      if (!first) throw new Error('no province')
      const proposal = admission(110000, account(7).address)
      await send(as(council, first.admin), 'propose', ...proposal)
      await send(as(council, first.admin), 'cancel', ...hashed(proposal))
      expect(await state(await council.getFunction('hashProposal')(...hashed(proposal)))).to.equal('Canceled')
      expect(await seats.getFunction('CLOCK_MODE')()).to.equal('mode=timestamp')
    })
  })

  /** An argument of the right shape; the authority is asked before any argument is looked at. */
  function zeroOf(input: { baseType: string; components: readonly unknown[] | null; type: string }): unknown {
    if (input.baseType === 'array') return []
    if (input.baseType === 'tuple') {
      return (input.components as (typeof input)[]).map((component) => zeroOf(component))
    }
    if (input.type === 'address') return `0x${'0'.repeat(40)}`
    if (input.type === 'string') return ''
    if (input.type === 'bytes') return '0x'
    const fixed = /^bytes(\d+)$/.exec(input.type)
    return fixed ? `0x${'00'.repeat(Number(fixed[1]))}` : 0
  }
})
