/** What the admin of a province can do alone to what its province recognises. */
import { APPROVAL, chain, SAFETY_MANAGER, TERM_OPEN } from '../ledger-fixture.ts'
import {
  adminKey,
  agreementOf,
  agreeOnRecognition,
  GUANGDONG,
  HUNAN,
  type Level,
  negativeOf,
  OPEN_ITEM,
  type World,
} from '../one-key-world.ts'
import { type Deed, endSoon, refused, step, undone, vain } from './deed.ts'

/** Of the province that has agreed with Guangdong. */
export function provinceDeeds({ region }: Level): readonly Deed[] {
  const key = adminKey(region)
  return [...agreementDeeds(key), ...negativeDeeds(key), ...councilDeeds(key, region)]
}

function councilDeeds(key: string, region: number): readonly Deed[] {
  return [
    vain('takes the seat that it has', 'take', {
      does: async (world) => world.at('seats', key).getFunction('take')(region),
    }),
    vain('proposes to the council what a vote decides', 'propose', {
      does: async (world) => {
        const { ledger } = world
        const data = ledger.interface.encodeFunctionData('suspendRegion', [GUANGDONG])
        const plan = [[await ledger.getAddress()], [0], [data]] as const
        return world.at('council', key).getFunction('propose')(...plan, '停用')
      },
    }),
  ]
}

function agreementDeeds(key: string): readonly Deed[] {
  const proposes = async (world: World): Promise<unknown> =>
    world.ruledBy(adminKey(GUANGDONG)).proposeAgreement(GUANGDONG, agreementOf(HUNAN))
  const leaves =
    (number: number) =>
    async (world: World): Promise<void> => {
      await world.ruledBy(key).leaveAgreement(number, HUNAN)
      // Its notice is a second.
      await chain.time.increase(2)
    }
  return [
    undone(
      'leaves an agreement',
      'leaveAgreement',
      {
        does: async (world) => {
          await leaves(1)(world)
          await world.ruledBy(key).proposeAgreement(HUNAN, agreementOf(GUANGDONG))
        },
      },
      step([key, adminKey(GUANGDONG)], agreeOnRecognition),
    ),
    vain('proposes an agreement', 'proposeAgreement', {
      does: async (world) => world.ruledBy(key).proposeAgreement(HUNAN, agreementOf(GUANGDONG)),
    }),
    undone(
      'joins an agreement that its province does not want',
      'joinAgreement',
      {
        given: async (world) => {
          await leaves(1)(world)
          await proposes(world)
        },
        does: async (world) => world.ruledBy(key).joinAgreement(2, HUNAN),
      },
      step([key], leaves(2)),
    ),
    refused('renews an agreement that is not buried', 'renewAgreement', 'AgreementNotBuried', async (world) =>
      world.ruledBy(key).renewAgreement(1, HUNAN, GUANGDONG, SAFETY_MANAGER),
    ),
  ]
}

function negativeDeeds(key: string): readonly Deed[] {
  const enters =
    (issuing: number, item?: string, from = 0, until = TERM_OPEN) =>
    async (world: World) =>
      world.ruledBy(key).enterNegative(HUNAN, negativeOf(issuing, item), from, until, APPROVAL)
  const ends = (issuing: number, item?: string) => async (world: World) =>
    endSoon((until) => world.ruledBy(key).endNegative(HUNAN, negativeOf(issuing, item), until))
  return [
    undone(
      'refuses the licences of another province, and of all',
      'enterNegative',
      {
        does: async (world) => {
          await enters(GUANGDONG, OPEN_ITEM)(world)
          await enters(0, OPEN_ITEM)(world)
        },
      },
      step([key], async (world) => {
        await ends(GUANGDONG, OPEN_ITEM)(world)
        await ends(0, OPEN_ITEM)(world)
      }),
    ),
    undone('ends a refusal', 'endNegative', { does: ends(GUANGDONG) }, step([key], enters(GUANGDONG))),
    undone(
      'ends a refusal, and fills the years to come with others',
      'endNegative',
      {
        does: async (world) => {
          await ends(GUANGDONG)(world)
          for (const year of [4_200_000_000, 4_300_000_000]) {
            await enters(GUANGDONG, undefined, year, year + 1)(world)
          }
        },
      },
      step([key], async (world) => {
        await ends(GUANGDONG)(world)
        await enters(GUANGDONG)(world)
      }),
    ),
  ]
}
