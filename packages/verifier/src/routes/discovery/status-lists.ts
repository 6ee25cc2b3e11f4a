/** `GET /v1/status-lists/:agency`: the status list that an agency's licences refer to, signed by this service. */
import type { LedgerQueries } from '@hefu/ledger/replica'
import { createJwsSigner, type PrivateJwk, suite } from '@hefu/protocol'
import {
  type Admitted,
  answerJson,
  assertJsonAcceptable,
  createGate,
  type Handler,
  parseParameters,
  type Route,
  type RouteDescription,
} from '@hefu/service'
import { z } from 'zod'
import type { VerifierClient } from '../../access/verifier-client.ts'
import { AGENCY_PART, LEDGER } from '../ledger/ledger-parameters.ts'
import { ledgerProblem } from '../ledger/ledger-problem.ts'
import { type LedgerListing, openLedger } from '../ledger/open-ledger.ts'
import { createStatusList, type StatusList } from './status-list.ts'

const PARAMETERS = { agency: AGENCY_PART, ledger: LEDGER }
/** Each may read, and deflate, for a tenth of a second or two. */
const MOST_ASKING = 4
/** Each has 300 kB at most. */
const MOST_KEPT = 64

/** For the description of the interface. */
export const DESCRIBED_STATUS_LIST: RouteDescription = {
  operationId: 'getStatusList',
  says: {
    zh: '颁发机构所发证照的状态列表（Token Status List），供其他软件使用',
    en: 'The statuses of an agency’s licences as a token status list, for other software',
  },
  parameters: PARAMETERS,
  answer: {
    says: {
      zh: '状态列表令牌（statuslist+jwt），由本服务的报告密钥签名；0 有效，1 失效，2 暂停，3 须人工决定；不含标注',
      en: 'A status list token (statuslist+jwt) signed with this service’s key: 0 valid, 1 invalid, 2 suspended, 3 for a person; notices are not in it',
    },
    schema: z.strictObject({ statusList: z.string() }).meta({ id: 'SignedStatusList' }),
  },
  problems: [
    'no-replica',
    'ledger-not-listed',
    'not-on-ledger',
    'no-status-list',
    'ledger-behind',
    'ledger-unreachable',
    'registry-unreachable',
    'busy',
  ],
}

/** Signs the claims of a status list. */
export type StatusListSigner = (list: StatusList) => Promise<string>

/** @param key of the reports: none of SM2 */
export async function createStatusListSigner(key: PrivateJwk): Promise<StatusListSigner> {
  const sign = await createJwsSigner(key, 'statuslist+jwt', suite)
  return (list) => sign(JSON.stringify(list))
}

/** For who has a token: the longest costs a tenth of a second or two, of which each client has its quota. */
export function statusListRoute(
  listing: LedgerListing | undefined,
  sign: StatusListSigner,
): (admitted: Route<Admitted<VerifierClient>>) => Handler {
  const signedOf = keepOfBlock(sign)
  return (admitted) =>
    admitted
      .assert(assertJsonAcceptable)
      .within(createGate(MOST_ASKING))
      .find(parseParameters(PARAMETERS))
      .answer(async (ctx, { parameters: { agency, ledger: named } }) => {
        const { queries } = (await openLedger(listing, named)).ledger
        if (queries.agency(agency) === null) throw ledgerProblem('not-on-ledger')
        answerJson(ctx, { statusList: await signedOf(queries, agency) })
      })
}

interface KeptLists {
  /** Of the block that they are of. */
  readonly hash: string
  /** By agency. */
  readonly lists: Map<string, Promise<string>>
}

/** The lists of the newest block of each ledger, for all who ask for them while it is. */
function keepOfBlock(sign: StatusListSigner): (queries: LedgerQueries, agency: string) => Promise<string> {
  const keptOf = new Map<string, KeptLists>()
  const count = (): number => [...keptOf.values()].reduce((sum, { lists }) => sum + lists.size, 0)
  return async (queries, agency) => {
    const { ledger, block } = queries
    const of = `${ledger.chainId}/${ledger.address}`
    const kept = keptOf.get(of)
    const lists = kept?.hash === block.hash ? kept.lists : new Map<string, Promise<string>>()
    keptOf.set(of, { hash: block.hash, lists })
    const known = lists.get(agency)
    if (known !== undefined) return known
    const list = sign(createStatusList(queries, agency))
    if (count() < MOST_KEPT) lists.set(agency, list)
    return list
  }
}
