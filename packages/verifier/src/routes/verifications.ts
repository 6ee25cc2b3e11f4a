/** `POST /v1/verifications`: a presentation in, a signed report out. */
import { type VerificationRequest, withPresentedRead } from '@hefu/protocol'
import type { Admitted, Handler, Route, RouteDescription } from '@hefu/service'
import { assertExplanationPermitted, assertFacePermitted } from '../access/permission.ts'
import type { VerifierClient } from '../access/verifier-client.ts'
import { createExplanation, type ExplainedVerification } from './explanation.ts'
import { hasDiffering } from './found-comparisons.ts'
import { answerOnce, DESCRIBED_IDEMPOTENCY, IDEMPOTENCY_PROBLEMS } from './idempotency.ts'
import { describeReport, judge, show, type VerificationServices, verify } from './judged-licence.ts'
import { type Begun, beginJudging, MAX_BODY_BYTES } from './judging-head.ts'
import { type MaskedField, maskFace } from './masked-face.ts'
import { beginComparison, findNamed } from './named-licence.ts'
import { answerRecorded } from './recorded-answer.ts'
import { assertNamesKnown } from './submitted-names.ts'
import { DESCRIBED_ANSWER } from './verification-answer.ts'
import {
  type AskedVerification,
  DESCRIBED_REQUEST,
  parseVerificationRequest,
} from './verification-request.ts'

const PATH = '/v1/verifications'

/** For the description of the interface. */
export const DESCRIBED_VERIFICATION: RouteDescription = {
  operationId: 'verify',
  says: { zh: '核验一份电子证照', en: 'Verify a licence' },
  headers: DESCRIBED_IDEMPOTENCY,
  body: { ...DESCRIBED_REQUEST, mostBytes: MAX_BODY_BYTES },
  answer: DESCRIBED_ANSWER,
  problems: [
    'not-a-request',
    'region-not-permitted',
    'type-not-permitted',
    'explanation-not-permitted',
    'province-unreachable',
    'province-busy',
    'too-many-comparisons',
    'verdict-only',
    ...IDEMPOTENCY_PROBLEMS,
  ],
}

/** A refused licence is a 200 with its verdict: only a bad request is a problem. */
export function verificationRoute(
  services: VerificationServices,
): (admitted: Route<Admitted<VerifierClient>>) => Handler {
  const { records, onFault, clock } = services
  return (admitted) =>
    beginJudging(services, admitted, {
      mostBytes: MAX_BODY_BYTES,
      beforeBody: [],
      parse,
      ofAsked: [assertExplanationPermitted, assertFacePermitted],
    }).answer(answerOnce({ records, onFault, clock }, PATH, answer(services)))
}

function parse(body: unknown): AskedVerification {
  const asked = parseVerificationRequest(body)
  return { ...asked, request: withPresentedRead(asked.request) }
}

type Asked = Begun<AskedVerification>

function answer(services: VerificationServices): Parameters<typeof answerOnce<Asked>>[2] {
  return async (ctx, known, settle) => {
    const { client, explain, face } = known
    const found = await findNamed(services, known)
    const request = found === null ? known.request : { ...known.request, presented: found.text }
    assertNamesKnown(request, services.licenceTypes, services.clock())
    const compared = beginComparison(services, client.id, found, request)
    const judged = await judgeAsked(services, { ...known, request })
    const { report } = judged
    compared(hasDiffering(report))
    ctx.state.described = describeReport(report)
    const shownFace = face === null ? null : maskFace(request.presented, report, services.licenceTypes)
    return answerRecorded(
      services,
      {
        ...known,
        report,
        presented: request.presented,
        kind: found === null ? 'verification' : 'retrieval',
        shown: explain ? 'explanation' : client.shown === 'verdict' ? 'verdict' : 'report',
        fields: namesOf(request, shownFace),
      },
      settle,
      (numbered) => ({
        ...show(client, numbered),
        ...explained(request, judged),
        ...(shownFace === null ? {} : { face: shownFace }),
      }),
    )
  }
}

/** Fields that the answer tells of: that were compared, and that are shown. */
function namesOf(
  { submitted = {} }: VerificationRequest,
  face: readonly MaskedField[] | null,
): readonly string[] {
  return [...new Set([...Object.keys(submitted), ...(face ?? []).map(({ name }) => name)])]
}

/** Without its lookup: nobody asked for what it stood on. */
type Judged = Omit<ExplainedVerification, 'lookup'> & Partial<ExplainedVerification>

async function judgeAsked(
  { verifier, explain, clock }: VerificationServices,
  { request, explain: isExplained, place: { signal } }: Pick<Asked, 'request' | 'explain' | 'place'>,
): Promise<Judged> {
  const now = clock()
  return isExplained
    ? judge(signal, () => explain(request, now, signal))
    : { report: await verify(verifier, request, now, signal) }
}

function explained(request: VerificationRequest, { report, lookup }: Judged): object {
  return lookup === undefined ? {} : { explanation: createExplanation(request, { report, lookup }) }
}
