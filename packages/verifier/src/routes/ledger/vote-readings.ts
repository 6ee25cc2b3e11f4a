/** The votes of the alliance's council. */
import { z } from 'zod'
import { OF_VOTE_STATE, VOTE_PART, VOTE_STATES } from './ledger-parameters.ts'
import { type LedgerReading, listReading, oneReading } from './ledger-reading.ts'
import { address, digest, unixSeconds } from './ledger-schemas.ts'

const voices = z.int().min(0)

const voteItem = z.strictObject({
  number: z.int().min(1),
  council: address,
  id: z.string().regex(/^\d{1,78}$/),
  proposer: address,
  descriptionHash: digest.meta({
    description: '提案说明的 Keccak-256；说明本身不保存 · of what its proposer wrote, which is not kept',
  }),
  since: unixSeconds,
  beginsAt: unixSeconds,
  endsAt: unixSeconds,
  state: z.enum(VOTE_STATES).meta({
    description:
      '未开始、表决中、表决已结束（结果须按当时席位数计算）、待执行、已执行、已取消 · not begun; under way; over (what it came to hangs on the seats of then); queued; executed; canceled',
  }),
  inFavour: voices,
  against: voices,
  abstaining: voices,
  executableAt: unixSeconds.nullable(),
  endedAt: unixSeconds.nullable(),
})
const voteRecord = voteItem
  .extend({
    calls: z.array(z.strictObject({ target: address, data: z.string().regex(/^0x([0-9a-f]{2})*$/) })),
    voices: z.array(
      z
        .strictObject({
          voter: address,
          support: z.enum(['against', 'in-favour', 'abstaining']),
          at: unixSeconds,
        })
        .meta({ id: 'Voice' }),
    ),
  })
  .meta({ id: 'VoteRecord' })

export const VOTE_READINGS: readonly LedgerReading[] = [
  listReading(
    {
      path: '/v1/ledger/votes',
      operationId: 'listVotes',
      says: {
        zh: '理事会的表决，按提出先后',
        en: 'The votes of the council, in the order in which they were proposed',
      },
      parameters: { state: OF_VOTE_STATE },
      item: voteItem.meta({ id: 'Vote' }),
    },
    ({ queries }, { state }, page) => queries.votes(page, state),
  ),
  oneReading(
    {
      path: '/v1/ledger/votes/:number',
      operationId: 'getVote',
      says: { zh: '一次表决，及其调用与各席意见', en: 'One vote, with its calls and every voice' },
      parameters: { number: VOTE_PART },
      item: voteRecord,
    },
    ({ queries }, values) => queries.vote(values.number),
  ),
]
