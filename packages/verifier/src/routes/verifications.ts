/** `POST /v1/verifications`: a presentation in, a signed report out. */
import { type VerificationRequest, withPresentedRead } from '@hefu/protocol'
import type { Admitted, Handler, Route, RouteDescription } from '@hefu/service'
import { assertExplanationPermitted } from '../access/permission.ts'
import { RETRIEVE } from '../access/scope.ts'
import { isPermitted, type VerifierClient } from '../access/verifier-client.ts'
import { createExplanation, type ExplainedVerification } from './explanation.ts'
import { type BegunComparison, hasDiffering } from './found-comparisons.ts'
import { type FindingServices, findLicence } from './found-licence.ts'
import { answerOnce, DESCRIBED_IDEMPOTENCY, IDEMPOTENCY_PROBLEMS } from './idempotency.ts'
import { describeReport, judge, show, type VerificationServices, verify } from './judged-licence.ts'
import { type Begun, beginJudging, MAX_BODY_BYTES } from './judging-head.ts'
import { answerRecorded } from './recorded-answer.ts'
import { matchSought } from './sought-licence.ts'
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
      ofAsked: [assertExplanationPermitted],
    }).answer(answerOnce({ records, onFault, clock }, PATH, answer(services)))
}

function parse(body: unknown): AskedVerification {
  const asked = parseVerificationRequest(body)
  return { ...asked, request: withPresentedRead(asked.request) }
}

type Asked = Begun<AskedVerification>

function answer(services: VerificationServices): Parameters<typeof answerOnce<Asked>>[2] {
  return async (ctx, known, settle) => {
    const { client, explain } = known
    const found = await findNamed(services, known)
    const request = found === null ? known.request : { ...known.request, presented: found.text }
    assertNamesKnown(request, services.licenceTypes, services.clock())
    const compared = beginComparison(services, client.id, found, request)
    const judged = await judgeAsked(services, { ...known, request })
    const { report } = judged
    compared(hasDiffering(report))
    ctx.state.described = describeReport(report)
    return answerRecorded(
      services,
      {
        ...known,
        report,
        presented: request.presented,
        kind: found === null ? 'verification' : 'retrieval',
        shown: explain ? 'explanation' : client.shown === 'verdict' ? 'verdict' : 'report',
        fields: Object.keys(request.submitted ?? {}),
      },
      settle,
      (numbered) => ({ ...show(client, numbered), ...explained(request, judged) }),
    )
  }
}

/** Who may have something found, and what. */
export type Seeker = Pick<Asked, 'request' | 'useCause' | 'place'> & {
  readonly client: Pick<VerifierClient, 'licenceTypes'>
  readonly grant: Pick<Asked['grant'], 'scopes'>
}

/** What a reference or an identifier led to. */
export interface NamedLicence {
  readonly text: string
  readonly licenceId: string
}

/**
 * The licence that a reference or an identifier names, for who may have it found and says for which case and use;
 * `null`: what was presented is verified as it is.
 */
export async function findNamed(
  services: FindingServices & Pick<VerificationServices, 'clock' | 'onFault'>,
  { request, useCause, client, grant, place }: Seeker,
): Promise<NamedLicence | null> {
  const { receivingRegion, caseNo, serviceItem } = request
  if (caseNo === undefined || useCause === null || !grant.scopes.has(RETRIEVE)) return null
  const sought = matchSought(request.presented)
  if (sought === null || !isPermitted(client.licenceTypes, sought.licenceType)) return null
  const about = { receivingRegion, caseNo, useCause, serviceItem, place }
  const text = await findLicence(services, sought, about)
  return text === null ? null : { text, licenceId: sought.licenceId }
}

/** @throws {ProblemError} `too-many-comparisons`, of what was found and not presented */
export function beginComparison(
  { comparisons, clock }: Pick<VerificationServices, 'comparisons' | 'clock'>,
  client: string,
  found: NamedLicence | null,
  { submitted }: Pick<VerificationRequest, 'submitted'>,
): BegunComparison {
  if (found === null) return () => undefined
  return comparisons.begin({ client, licenceId: found.licenceId, submitted }, clock())
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
