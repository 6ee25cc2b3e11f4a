/** What waits for somebody else's word, and what became of it. */
import { z } from 'zod'
import { OF_WAIT_STATE, WAIT_PART, WAIT_STATES } from './ledger-parameters.ts'
import { type LedgerReading, listReading, oneReading } from './ledger-reading.ts'
import { address, digest, region, unixSeconds, uscc } from './ledger-schemas.ts'

const wait = z.strictObject({
  number: z.int().min(1),
  state: z.enum(WAIT_STATES).meta({
    description:
      '等待中、已过期、已完成、已撤回、已被另一件取代、已失效（所依附的情况已变） · waiting; expired; met: it came about; taken back; replaced by another; void: what it hung on has changed',
  }),
  since: unixSeconds,
  until: unixSeconds,
  ended: z.strictObject({ at: unixSeconds, by: address.nullable() }).nullable().meta({
    description: '在期限前结束的时间与账户；null：没有 · when and by whom it ended before its time',
  }),
})
const office = z.strictObject({ region: region.nullable(), agency: uscc.nullable() })

const proposalItem = wait.extend({
  ...office.shape,
  call: digest.meta({ description: '调用数据的 Keccak-256 · Keccak-256 of the call data' }),
  functionName: z
    .string()
    .nullable()
    .meta({ description: 'null：本版本不认识 · null: none that this version knows' }),
  proposer: address,
})
const nominationItem = wait
  .extend({ ...office.shape, candidate: address, nominatedBy: address })
  .meta({ id: 'Nomination' })
const successionItem = wait
  .extend({ ...office.shape, successor: office.meta({ id: 'Office' }) })
  .meta({ id: 'Succession' })

export const WAIT_READINGS: readonly LedgerReading[] = [
  listReading(
    {
      path: '/v1/ledger/proposals',
      operationId: 'listProposals',
      says: {
        zh: '须另一方确认的提议及其结果，按提出先后',
        en: 'The calls that wait or waited for a second key, in the order in which they were proposed',
      },
      parameters: { state: OF_WAIT_STATE },
      item: proposalItem.meta({ id: 'Proposal' }),
    },
    ({ queries }, { state }, page) => queries.proposals(page, state),
  ),
  oneReading(
    {
      path: '/v1/ledger/proposals/:number',
      operationId: 'getProposal',
      says: { zh: '一项提议及其调用数据', en: 'One proposal, with its call data' },
      parameters: { number: WAIT_PART },
      item: proposalItem
        .extend({ callData: z.string().regex(/^0x([0-9a-f]{2})*$/) })
        .meta({ id: 'ProposalRecord' }),
    },
    ({ queries }, values) => queries.proposal(values.number),
  ),
  listReading(
    {
      path: '/v1/ledger/nominations',
      operationId: 'listNominations',
      says: {
        zh: '地区管理员与颁发机构操作员的提名及其结果，按提名先后',
        en: 'Who was named as a region’s admin or an agency’s operator, in the order in which they were',
      },
      parameters: { state: OF_WAIT_STATE },
      item: nominationItem,
    },
    ({ queries }, { state }, page) => queries.nominations(page, state),
  ),
  listReading(
    {
      path: '/v1/ledger/successions',
      operationId: 'listSuccessions',
      says: {
        zh: '同意承接的地区或颁发机构（待原地区或机构退出），按同意先后',
        en: 'Who agreed to follow a region or an agency once that is retired, in the order in which they did',
      },
      parameters: { state: OF_WAIT_STATE },
      item: successionItem,
    },
    ({ queries }, { state }, page) => queries.successions(page, state),
  ),
]
