/** What one seat of the council can do alone: two are needed for every decision. */
import { expect } from 'chai'
import { chain, ethers } from '../ledger-fixture.ts'
import { adminKey, GUANGDONG, HUNAN, type World } from '../one-key-world.ts'
import { type Act, type Deed, excepted, step, vain } from './deed.ts'

const DAY = 86_400
/** As OpenZeppelin's governor numbers them. */
const PENDING = 0n
const DEFEATED = 3n
const FOR = 1

type Plan = readonly [targets: readonly unknown[], values: readonly number[], calls: readonly string[]]

/** Of the seat of Hunan. */
export function seatDeeds(): readonly Deed[] {
  const key = adminKey(HUNAN)
  const send =
    (contract: 'council' | 'seats', name: string, ...args: readonly unknown[]): Act =>
    async (world) =>
      world.at(contract, key).getFunction(name)(...args)
  const proposes = async (world: World): Promise<bigint> => {
    await send('council', 'propose', ...suspensionOf(world), '停用')(world)
    return await proposalOf(world, '停用')
  }
  const votes =
    (cast: string, ...more: readonly unknown[]): Act =>
    async (world) => {
      const proposal = await proposes(world)
      await chain.time.increase(DAY + 1)
      await send('council', cast, proposal, FOR, ...more)(world)
      await chain.time.increase(7 * DAY)
      expect(await world.planned.council.getFunction('state')(proposal)).to.equal(DEFEATED)
    }
  return [
    vain('takes the seat that it has', 'take', { does: send('seats', 'take', HUNAN) }),
    vain('proposes to suspend another province', 'propose', { does: proposes }),
    vain('votes alone for what it proposed', 'castVote', { does: votes('castVote') }),
    vain('votes alone, with a reason', 'castVoteWithReason', { does: votes('castVoteWithReason', '急') }),
    vain('votes alone, with parameters', 'castVoteWithReasonAndParams', {
      does: votes('castVoteWithReasonAndParams', '急', '0x01'),
    }),
    excepted(
      'proposes first what others mean to, and cancels it',
      'cancel',
      {
        does: async (world) => {
          await proposes(world)
          await send('council', 'cancel', ...suspensionOf(world), ethers.id('停用'))(world)
        },
      },
      // In other words it is another proposal.
      step([adminKey(GUANGDONG)], async (world) => {
        const council = world.at('council', adminKey(GUANGDONG))
        await council.getFunction('propose')(...suspensionOf(world), '停用，重新提出')
        const proposal = await proposalOf(world, '停用，重新提出')
        expect(await council.getFunction('state')(proposal)).to.equal(PENDING)
      }),
    ),
  ]
}

function suspensionOf({ ledger }: World): Plan {
  return [[ledger.target], [0], [ledger.interface.encodeFunctionData('suspendRegion', [GUANGDONG])]]
}

async function proposalOf(world: World, description: string): Promise<bigint> {
  const plan = [...suspensionOf(world), ethers.id(description)]
  return await world.planned.council.getFunction('hashProposal')(...plan)
}
