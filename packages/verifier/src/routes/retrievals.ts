/** `POST /v1/retrievals`: a licence that is kept, found by reference or identifier, and verified as if it were presented. */
import type { VerificationReport } from '@hefu/protocol'
import type { Admitted, Handler, Route, RouteDescription } from '@hefu/service'
import { assertTypeSoughtPermitted } from '../access/permission.ts'
import { isPermitted, type VerifierClient } from '../access/verifier-client.ts'
import { assertDeposits, findLicence } from './found-licence.ts'
import { answerNotFound } from './further-reading.ts'
import { answerOnce, DESCRIBED_IDEMPOTENCY, IDEMPOTENCY_PROBLEMS } from './idempotency.ts'
import { describeReport, show, type VerificationServices, verify } from './judged-licence.ts'
import { type Begun, beginJudging, MAX_SOUGHT_BYTES } from './judging-head.ts'
import { answerRecorded } from './recorded-answer.ts'
import { type AskedRetrieval, DESCRIBED_SOUGHT, parseRetrieval } from './retrieval-request.ts'
import { DESCRIBED_ANSWER } from './verification-answer.ts'

const PATH = '/v1/retrievals'

/** Codes of the problems of a route that finds licences. */
export const RETRIEVAL_PROBLEMS: readonly string[] = [
  'not-a-request',
  'region-not-permitted',
  'type-not-permitted',
  'no-deposits',
  'licence-not-found',
  'deposit-altered',
  'province-unreachable',
  'province-busy',
  ...IDEMPOTENCY_PROBLEMS,
]

/** For the description of the interface. */
export const DESCRIBED_RETRIEVAL: RouteDescription = {
  operationId: 'retrieve',
  says: {
    zh: '凭二维码指引或证照标识查取证照并核验（留痕）；只答核验结论，不含照面信息',
    en: 'Find a licence by its reference or identifier and verify it; it is recorded, and no value of the face is told',
  },
  headers: DESCRIBED_IDEMPOTENCY,
  body: { ...DESCRIBED_SOUGHT, mostBytes: MAX_SOUGHT_BYTES },
  answer: DESCRIBED_ANSWER,
  problems: RETRIEVAL_PROBLEMS,
}

export function retrievalRoute(
  services: VerificationServices,
): (admitted: Route<Admitted<VerifierClient>>) => Handler {
  const { records, onFault, clock } = services
  return (admitted) =>
    beginJudging(services, admitted, {
      mostBytes: MAX_SOUGHT_BYTES,
      beforeBody: [assertDeposits(services)],
      parse: parseRetrieval,
      ofAsked: [assertTypeSoughtPermitted],
    }).answer(answerOnce({ records, onFault, clock }, PATH, answer(services)))
}

/** What is known where a licence is sought. */
export type Seeking = Begun<AskedRetrieval>

function answer(services: VerificationServices): Parameters<typeof answerOnce<Seeking>>[2] {
  return async (ctx, asked, settle) => {
    const { client, sought, request, useCause, place } = asked
    const presented = await findLicence(services, sought, { ...request, useCause, place })
    const report = presented === null ? null : await verifyFound(services, presented, asked)
    if (presented === null || report === null) return answerNotFound(services, asked)
    ctx.state.described = describeReport(report)
    return answerRecorded(
      services,
      {
        ...asked,
        report,
        presented,
        kind: 'retrieval',
        shown: client.shown === 'verdict' ? 'verdict' : 'report',
        fields: [],
      },
      settle,
      (numbered) => show(client, numbered),
    )
  }
}

/** What was found, verified like whatever is presented; `null`: it is of a type of which the client may not hear. */
export async function verifyFound(
  { verifier, clock }: VerificationServices,
  presented: string,
  { client, request, place }: Pick<Seeking, 'client' | 'request' | 'place'>,
): Promise<VerificationReport | null> {
  const report = await verify(verifier, { ...request, presented }, clock(), place.signal)
  const { licence } = report
  return licence !== null && isPermitted(client.licenceTypes, licence.licenceType) ? report : null
}
