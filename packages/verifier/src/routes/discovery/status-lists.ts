/** `GET /v1/status-lists/:agency`: the status list that an agency's licences refer to, signed by this service. */
import type { PrivateJwk } from '@hefu/protocol'
import { algorithmOf, encodeBase64url, suite, thumbprint } from '@hefu/protocol'
import {
  answerJson,
  assertJsonAcceptable,
  createGate,
  type Handler,
  parseParameters,
  type RouteDescription,
  route,
} from '@hefu/service'
import { z } from 'zod'
import { AGENCY_PART } from '../ledger/ledger-parameters.ts'
import { ledgerProblem } from '../ledger/ledger-problem.ts'
import { type LedgerListing, openLedger } from '../ledger/open-ledger.ts'
import { createStatusList, type StatusList } from './status-list.ts'

const PARAMETERS = { agency: AGENCY_PART }
/** Each may read, and deflate, for some ten milliseconds. */
const MOST_ASKING = 4

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
  problems: ['no-replica', 'not-on-ledger', 'no-status-list', 'ledger-behind', 'ledger-unreachable', 'busy'],
}

/** Signs the claims of a status list. */
export type StatusListSigner = (list: StatusList) => Promise<string>

/** @param key of the reports: none of SM2 */
export async function createStatusListSigner(key: PrivateJwk): Promise<StatusListSigner> {
  const alg = algorithmOf(key)
  const header = encodeJson({ alg, typ: 'statuslist+jwt', kid: thumbprint(key, suite) })
  const imported = await suite.importPrivateKey(key)
  return async (list) => {
    const signed = `${header}.${encodeJson(list)}`
    return `${signed}.${encodeBase64url(await suite.sign(imported, alg, signed))}`
  }
}

function encodeJson(value: object): string {
  return encodeBase64url(new TextEncoder().encode(JSON.stringify(value)))
}

export function statusListRoute(listing: LedgerListing | undefined, sign: StatusListSigner): Handler {
  return route()
    .assert(assertJsonAcceptable)
    .within(createGate(MOST_ASKING))
    .find(parseParameters(PARAMETERS))
    .answer(async (ctx, { parameters: { agency } }) => {
      const { queries } = openLedger(listing).ledger
      if (queries.agency(agency) === null) throw ledgerProblem('not-on-ledger')
      answerJson(ctx, { statusList: await sign(createStatusList(queries, agency)) })
    })
}
