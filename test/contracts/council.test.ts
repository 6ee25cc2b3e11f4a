/** How the provinces decide, and how long it takes until what they decided happens. */
import { expect } from 'chai'
import { id } from 'ethers'
import { after, before, beforeEach, describe, it } from 'mocha'
import { deployLedger } from '../../scripts/deploy/deploy-ledger.ts'
import { handOver } from '../../scripts/deploy/hand-over.ts'
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
  refusal,
  send,
  stranger,
} from './governance-fixture.ts'
import { rejection } from './rejection.ts'

const Against = 0
const For = 1
const Abstain = 2
const STATES = ['Pending', 'Active', 'Canceled', 'Defeated', 'Succeeded', 'Queued', 'Expired', 'Executed']
const [first, second, third, fourth, fifth] = provinces
const PERIOD = 7 * DAY

type Proposal = readonly [
  targets: readonly string[],
  values: readonly number[],
  data: readonly string[],
  text: string,
]

const hashed = ([targets, values, data, text]: Proposal) => [targets, values, data, id(text)] as const

describe('The council', () => {
  let alliance: Alliance
  const admission = (region: number, admin: string): Proposal => [
    [alliance.deployment.ledger],
    [0],
    [alliance.ledger.interface.encodeFunctionData('admitRegion', [region, admin, nameOf(region)])],
    `admit ${region}`,
  ]
  /** A call of the council to itself. */
  const ownCall = (name: string, ...args: readonly unknown[]): Proposal => [
    [alliance.deployment.council],
    [0],
    [alliance.council.interface.encodeFunctionData(name, [...args])],
    `${name} ${String(args)}`,
  ]
  const numberOf = (proposal: Proposal): Promise<bigint> =>
    alliance.council.getFunction('hashProposal')(...hashed(proposal))
  const propose = async (proposal: Proposal): Promise<bigint> => {
    await send(as(alliance.council, first.admin), 'propose', ...proposal)
    return await numberOf(proposal)
  }
  const vote = async (number: bigint, votes: readonly (number | undefined)[]): Promise<void> => {
    for (const [place, support] of votes.entries()) {
      const admin = provinces[place]?.admin
      if (support !== undefined && admin) await send(as(alliance.council, admin), 'castVote', number, support)
    }
  }
  const state = async (number: bigint): Promise<string> =>
    STATES[Number(await alliance.council.getFunction('state')(number))] ?? '?'
  /** From the proposal to the end of its vote. */
  const decide = async (proposal: Proposal, votes: readonly (number | undefined)[]): Promise<bigint> => {
    const number = await propose(proposal)
    await pass(alliance, DAY + 1)
    await vote(number, votes)
    await pass(alliance, PERIOD)
    return number
  }
  /** Decided, waited for and done. */
  const carryOut = async (proposal: Proposal): Promise<void> => {
    await decide(proposal, [For, For, For])
    await send(anyone(), 'queue', ...hashed(proposal))
    await pass(alliance, 2 * DAY)
    await send(anyone(), 'execute', ...hashed(proposal))
  }
  const anyone = () => as(alliance.council, stranger)
  const passUntil = async (time: bigint): Promise<void> => {
    const latest = await alliance.provider.getBlock('latest')
    await pass(alliance, Number(time) - (latest?.timestamp ?? 0))
  }

  describe('after the hand-over', () => {
    before(async () => {
      alliance = await foundAlliance()
      const { rpcUrl, deployment } = alliance
      await handOver({ rpcUrl, deployer, deployment, keepers })
      await alliance.remember()
    })
    beforeEach(() => alliance.forget())
    after(() => alliance.close())

    it('admits a province by vote, after the delay of its role', async () => {
      const proposal = admission(110000, account(7).address)
      expect(await state(await decide(proposal, [For, For, Against]))).to.equal('Succeeded')
      await send(anyone(), 'queue', ...hashed(proposal))
      expect(await refusal(anyone(), 'execute', ...hashed(proposal))).to.equal('GovernorUnmetDelay')
      await pass(alliance, 2 * DAY)
      await send(anyone(), 'execute', ...hashed(proposal))
      expect((await alliance.ledger.getFunction('region')(110000)).admin).to.equal(account(7).address)
      await send(as(alliance.seats, account(7)), 'take', 110000)
      expect(await alliance.seats.getFunction('getVotes')(account(7).address)).to.equal(1n)
    })

    for (const [name, votes] of [
      ['voices against', [For, For, Against]],
      ['abstentions', [For, Abstain, Abstain]],
      ['voices for', [For, For, For]],
    ] as const) {
      it(`counts ${name} towards those who take part: three of five do`, async () => {
        expect(await state(await decide(admission(110000, account(7).address), votes))).to.equal('Succeeded')
      })
    }

    for (const [name, votes] of [
      ['half of the seats or fewer', [For, For]],
      ['a minority', [For, Against, Against]],
      ['a tie', [For, For, Against, Against]],
      ['abstentions alone', [Abstain, Abstain, Abstain]],
      ['silence', []],
    ] as const) {
      it(`decides nothing by ${name}`, async () => {
        const proposal = admission(110000, account(7).address)
        expect(await state(await decide(proposal, votes))).to.equal('Defeated')
        expect(await refusal(anyone(), 'queue', ...hashed(proposal))).to.equal(
          'GovernorUnexpectedProposalState',
        )
      })
    }

    it('says how it counts', async () => {
      expect(await alliance.council.getFunction('COUNTING_MODE')()).to.equal(
        'support=bravo&quorum=for,against,abstain',
      )
    })

    it('hears provinces alone: nobody else proposes, and a voice of nobody weighs nothing', async () => {
      const proposal = admission(110000, account(7).address)
      expect(await refusal(as(alliance.council, deployer), 'propose', ...proposal)).to.equal(
        'GovernorInsufficientProposerVotes',
      )
      const number = await propose(proposal)
      await pass(alliance, DAY + 1)
      await send(anyone(), 'castVote', number, For)
      expect((await alliance.council.getFunction('proposalVotes')(number)).forVotes).to.equal(0n)
    })

    it('hears a province once, whoever becomes its admin meanwhile', async () => {
      const number = await propose(admission(110000, account(7).address))
      await pass(alliance, DAY + 1)
      await vote(number, [For])
      await send(as(alliance.ledger, first.admin), 'nominateRegionAdmin', first.region, account(8).address)
      await send(as(alliance.ledger, account(8)), 'acceptRegionAdmin', first.region)
      await send(as(alliance.seats, account(8)), 'take', first.region)
      await send(as(alliance.council, account(8)), 'castVote', number, For)
      expect((await alliance.council.getFunction('proposalVotes')(number)).forVotes).to.equal(1n)
    })

    it('does not hear an admin that is none any more, though nobody vacated its seat', async () => {
      const number = await propose(admission(110000, account(7).address))
      await pass(alliance, DAY + 1)
      await send(as(alliance.ledger, second.admin), 'nominateRegionAdmin', second.region, account(8).address)
      await send(as(alliance.ledger, account(8)), 'acceptRegionAdmin', second.region)
      await vote(number, [undefined, For])
      expect((await alliance.council.getFunction('proposalVotes')(number)).forVotes).to.equal(0n)
    })

    it('closes a ledger in the registry, and takes a keeper’s role away', async () => {
      const { registry, accessManager, ledger, chainId } = alliance.deployment
      const closedAt = 4_000_000_000
      const proposal: Proposal = [
        [registry, accessManager],
        [0, 0],
        [
          alliance.registry.interface.encodeFunctionData('close', [1, closedAt, 0]),
          alliance.manager.interface.encodeFunctionData('revokeRole', [
            ROLES.emergency.id,
            keepers.emergency,
          ]),
        ],
        'close the ledger, dismiss the emergency keeper',
      ]
      await carryOut(proposal)
      const isOpenAt = alliance.registry.getFunction('isOpenAt')
      expect(await isOpenAt(chainId, ledger, closedAt - 1)).to.equal(true)
      expect(await isOpenAt(chainId, ledger, closedAt)).to.equal(false)
      const [holds] = await alliance.manager.getFunction('hasRole')(ROLES.emergency.id, keepers.emergency)
      expect(holds).to.equal(false)
    })

    it('lets a decision lapse that nobody queued, or carried out, within fourteen days', async () => {
      const [one, other] = [admission(110000, account(7).address), admission(120000, account(8).address)]
      const unqueued = await decide(one, [For, For, For])
      const deadline = await alliance.council.getFunction('proposalDeadline')(unqueued)
      const queued = await decide(other, [For, For, For])
      await send(anyone(), 'queue', ...hashed(other))
      expect(await state(unqueued)).to.equal('Succeeded')
      await passUntil(deadline + 14n * BigInt(DAY))
      expect(await state(unqueued)).to.equal('Succeeded')
      await pass(alliance, 1)
      expect(await state(unqueued)).to.equal('Expired')
      expect(await refusal(anyone(), 'queue', ...hashed(one))).to.equal('GovernorUnexpectedProposalState')
      await passUntil((await alliance.council.getFunction('proposalEta')(queued)) + 14n * BigInt(DAY))
      expect(await state(queued)).to.equal('Queued')
      await pass(alliance, 1)
      expect(await state(queued)).to.equal('Expired')
      expect(await refusal(anyone(), 'execute', ...hashed(other))).to.equal('GovernorUnexpectedProposalState')
    })

    it('waits two days even where the access manager would let it act at once', async () => {
      const { accessManager, council } = alliance.deployment
      const data = alliance.manager.interface.encodeFunctionData('grantRole', [
        ROLES.admission.id,
        council,
        0,
      ])
      await carryOut([[accessManager], [0], [data], 'no delay for admissions'])
      await pass(alliance, 3 * DAY)
      const [, delay] = await alliance.manager.getFunction('hasRole')(ROLES.admission.id, council)
      expect(delay).to.equal(0n)
      const proposal = admission(110000, account(7).address)
      await decide(proposal, [For, For, For])
      expect(await refusal(anyone(), 'execute', ...hashed(proposal)), 'not queued').to.equal(
        'GovernorUnexpectedProposalState',
      )
      await send(anyone(), 'queue', ...hashed(proposal))
      await pass(alliance, 2 * DAY - 10)
      expect(await refusal(anyone(), 'execute', ...hashed(proposal))).to.equal('GovernorUnmetDelay')
    })

    it('cannot be kept from proposing by who proposes the same first and withdraws it, where the text names the proposer', async () => {
      const [targets, values, data, text] = admission(650000, NOBODY)
      await send(as(alliance.council, second.admin), 'propose', targets, values, data, text)
      await send(as(alliance.council, second.admin), 'cancel', ...hashed([targets, values, data, text]))
      expect(
        await refusal(as(alliance.council, first.admin), 'propose', targets, values, data, text),
      ).to.equal('GovernorUnexpectedProposalState')
      const own = `${text}#proposer=${first.admin.address.toLowerCase()}`
      expect(
        await refusal(as(alliance.council, second.admin), 'propose', targets, values, data, own),
      ).to.equal('GovernorRestrictedProposer')
      await propose([targets, values, data, own])
    })

    it('can cancel a proposal of its own before the vote', async () => {
      const proposal = admission(110000, account(7).address)
      const number = await propose(proposal)
      await send(as(alliance.council, first.admin), 'cancel', ...hashed(proposal))
      expect(await state(number)).to.equal('Canceled')
    })

    describe('over itself', () => {
      const own: readonly [name: string, arg: number, getter: string][] = [
        ['setVotingDelay', 2 * DAY, 'votingDelay'],
        ['setVotingPeriod', 5 * DAY, 'votingPeriod'],
        ['setBaseDelaySeconds', 3 * DAY, 'baseDelaySeconds'],
      ]
      for (const [name, arg, getter] of own) {
        it(`acts by ${name} after the same two days as over everything else`, async () => {
          const proposal = ownCall(name, arg)
          await decide(proposal, [For, For, For])
          expect(await refusal(anyone(), 'execute', ...hashed(proposal)), 'not queued').to.equal(
            'GovernorUnexpectedProposalState',
          )
          await send(anyone(), 'queue', ...hashed(proposal))
          await pass(alliance, 2 * DAY - 10)
          expect(await refusal(anyone(), 'execute', ...hashed(proposal))).to.equal('GovernorUnmetDelay')
          await pass(alliance, 10)
          await send(anyone(), 'execute', ...hashed(proposal))
          expect(await alliance.council.getFunction(getter)()).to.equal(BigInt(arg))
        })
      }

      it('acts by relay after the same two days, and cannot get round the delay of a role by it', async () => {
        const [[ledger = ''], , [data = '']] = admission(110000, account(7).address)
        const proposal = ownCall('relay', ledger, 0, data)
        await decide(proposal, [For, For, For])
        await send(anyone(), 'queue', ...hashed(proposal))
        expect(await refusal(anyone(), 'execute', ...hashed(proposal))).to.equal('GovernorUnmetDelay')
        await pass(alliance, 2 * DAY)
        expect(await refusal(anyone(), 'execute', ...hashed(proposal))).to.equal('AccessManagerNotScheduled')
      })

      for (const [name, args, error] of [
        ['setBaseDelaySeconds', [2 * DAY - 1], 'CouncilTimeOutOfBounds'],
        ['setBaseDelaySeconds', [2 ** 32 - 1], 'CouncilTimeOutOfBounds'],
        ['setVotingDelay', [DAY - 1], 'CouncilTimeOutOfBounds'],
        ['setVotingDelay', [7 * DAY + 1], 'CouncilTimeOutOfBounds'],
        ['setVotingPeriod', [3 * DAY - 1], 'CouncilTimeOutOfBounds'],
        ['setVotingPeriod', [14 * DAY + 1], 'CouncilTimeOutOfBounds'],
        ['setProposalThreshold', [0], 'CouncilThresholdFixed'],
        ['setProposalThreshold', [2], 'CouncilThresholdFixed'],
        ['setAccessManagerIgnored', [NOBODY, ['0x12345678'], true], 'CouncilAccessManagerFixed'],
      ] as const) {
        it(`cannot do ${name}(${String(args[0])})`, async () => {
          const proposal = ownCall(name, ...args)
          await decide(proposal, [For, For, For, For, For])
          await send(anyone(), 'queue', ...hashed(proposal))
          await pass(alliance, 2 * DAY)
          expect(await refusal(anyone(), 'execute', ...hashed(proposal))).to.equal(error)
        })
      }

      it('hears nobody directly', async () => {
        for (const [name, arg] of own) {
          expect(await refusal(as(alliance.council, first.admin), name, arg)).to.equal('GovernorOnlyExecutor')
        }
      })
    })
  })

  describe('with dead seats', () => {
    before(async () => {
      alliance = await foundAlliance()
    })
    beforeEach(() => alliance.forget())
    after(() => alliance.close())

    const suspend = async (...dead: readonly { region: number }[]): Promise<void> => {
      for (const { region } of dead) await send(as(alliance.ledger, deployer), 'suspendRegion', region)
    }
    const quorumOf = async (number: bigint): Promise<bigint> => {
      const snapshot = await alliance.council.getFunction('proposalSnapshot')(number)
      return await alliance.council.getFunction('quorum')(snapshot)
    }

    it('does not count what was dead when the proposal was made', async () => {
      await suspend(third, fourth, fifth)
      const number = await propose(admission(110000, account(7).address))
      await pass(alliance, DAY + 1)
      expect(await quorumOf(number)).to.equal(2n)
      await vote(number, [For, For])
      await pass(alliance, PERIOD)
      expect(await state(number)).to.equal('Succeeded')
    })

    it('does not count what died before the vote began and anyone vacated', async () => {
      const number = await propose(admission(110000, account(7).address))
      await suspend(fourth, fifth)
      await send(as(alliance.seats, stranger), 'syncAll')
      await pass(alliance, DAY + 1)
      expect(await quorumOf(number)).to.equal(2n)
    })

    it('does not turn when the vote is over, whatever seats die then', async () => {
      const number = await propose(admission(110000, account(7).address))
      await pass(alliance, DAY + 1)
      await vote(number, [For, For])
      await pass(alliance, PERIOD)
      expect(await state(number)).to.equal('Defeated')
      await suspend(third, fourth, fifth)
      await send(as(alliance.seats, stranger), 'syncAll')
      expect(await state(number)).to.equal('Defeated')
    })

    it('does not count a province whose admin never took the seat', async () => {
      for (const region of [110000, 120000, 130000, 140000]) {
        await send(
          as(alliance.ledger, deployer),
          'admitRegion',
          region,
          account(region / 10_000).address,
          nameOf(region),
        )
      }
      const number = await propose(admission(150000, account(7).address))
      await pass(alliance, DAY + 1)
      expect(await quorumOf(number)).to.equal(3n)
    })
  })

  it('is not deployed with times out of bounds', async () => {
    alliance = await foundAlliance()
    try {
      for (const voting of [
        { delay: 1, period: PERIOD },
        { delay: DAY, period: 60 },
        { delay: DAY, period: 2 ** 32 - 1 },
      ]) {
        const { rpcUrl } = alliance
        const error = (await rejection(deployLedger({ rpcUrl, deployer, voting }))) as Error & {
          data?: string
        }
        expect(alliance.council.interface.parseError(error.data ?? '0x')?.name).to.equal(
          'CouncilTimeOutOfBounds',
        )
      }
    } finally {
      await alliance.close()
    }
  })
})
