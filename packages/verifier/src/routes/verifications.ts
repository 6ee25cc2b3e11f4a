/** `POST /v1/verifications`: a presentation in, a signed report out. */
import {
  MalformedError,
  type VerificationReport,
  type VerificationRequest,
  type Verifier,
  withPresentedRead,
} from '@hefu/protocol'
import {
  type Admitted,
  assertJsonAcceptable,
  assertJsonBody,
  type Handler,
  type LoadGate,
  parseJsonBody,
  type ReceivedBody,
  type Route,
  type RouteDescription,
  receiveBody,
  type Step,
} from '@hefu/service'
import {
  assertExplanationPermitted,
  assertRegionPermitted,
  assertTypePermitted,
} from '../access/permission.ts'
import { RETRIEVE } from '../access/scope.ts'
import { isPermitted, type VerifierClient } from '../access/verifier-client.ts'
import { createExplanation, type Explain, type ExplainedVerification } from './explanation.ts'
import { type FindingServices, findLicence } from './found-licence.ts'
import { answerOnce, DESCRIBED_IDEMPOTENCY, IDEMPOTENCY_PROBLEMS, readIdempotencyKey } from './idempotency.ts'
import type { NumberedReport } from './numbered-report.ts'
import { answerRecorded, type RecordServices } from './recorded-answer.ts'
import { matchSought } from './sought-licence.ts'
import { createVerdictAnswer } from './verdict-answer.ts'
import { DESCRIBED_ANSWER } from './verification-answer.ts'
import {
  type AskedVerification,
  DESCRIBED_REQUEST,
  parseVerificationRequest,
  toRequestProblem,
} from './verification-request.ts'

export interface VerificationServices extends RecordServices, FindingServices {
  readonly verifier: Verifier
  /** The same verification, with what it stood on. */
  readonly explain: Explain
  /** Unix seconds. */
  readonly clock: () => number
  /** Of all that is verified, whatever route asks for it; those beyond it are turned away with 503. */
  readonly load: LoadGate
}

/** Twice the largest bundle, so that its escaping as a JSON text fits. */
export const MAX_BODY_BYTES = 524_288

const PATH = '/v1/verifications'

/** For the description of the interface. */
export const DESCRIBED_VERIFICATION: RouteDescription = {
  operationId: 'verify',
  says: { zh: '核验一份电子证照', en: 'Verify a licence' },
  headers: DESCRIBED_IDEMPOTENCY,
  body: DESCRIBED_REQUEST,
  answer: DESCRIBED_ANSWER,
  problems: [
    'not-a-request',
    'region-not-permitted',
    'type-not-permitted',
    'explanation-not-permitted',
    'province-unreachable',
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
    admitted
      .assert(assertJsonAcceptable)
      .assert(assertJsonBody)
      .find(readIdempotencyKey)
      .find(receiveBody(MAX_BODY_BYTES))
      .assert(services.load.gate)
      .find(parseJsonBody)
      .find(parseRequest)
      .assert(assertRegionPermitted)
      .assert(assertExplanationPermitted)
      .answer(answerOnce({ records, onFault, clock }, PATH, answer(services)))
}

const parseRequest: Step<{ readonly body: unknown }, AskedVerification> = (_, { body }) => {
  const asked = parseVerificationRequest(body)
  return { ...asked, request: withPresentedRead(asked.request) }
}

type Asked = Admitted<VerifierClient> &
  ReceivedBody &
  AskedVerification & { readonly idempotencyKey: string | null }

function answer(services: VerificationServices): Parameters<typeof answerOnce<Asked>>[2] {
  return async (ctx, known, settle) => {
    const { client, explain } = known
    const found = await findNamed(services, known)
    const request = found === null ? known.request : { ...known.request, presented: found }
    const judged = await judge(services, request, explain)
    const { report } = judged
    ctx.state.described = describeReport(report)
    await assertTypePermitted(ctx, { ...known, licence: report.licence })
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

/**
 * The licence that a reference or an identifier names, for who may have it found and says for which case and use;
 * `null`: what was presented is verified as it is.
 */
export async function findNamed(
  services: FindingServices & Pick<VerificationServices, 'clock' | 'onFault'>,
  {
    request,
    useCause,
    client,
    grant,
  }: Pick<AskedVerification, 'request' | 'useCause'> & {
    readonly client: Pick<VerifierClient, 'licenceTypes'>
    readonly grant: Pick<Asked['grant'], 'scopes'>
  },
): Promise<string | null> {
  const { receivingRegion, caseNo, serviceItem } = request
  if (caseNo === undefined || useCause === null || !grant.scopes.has(RETRIEVE)) return null
  const sought = matchSought(request.presented)
  if (sought === null || !isPermitted(client.licenceTypes, sought.licenceType)) return null
  return findLicence(services, sought, { receivingRegion, caseNo, useCause, serviceItem })
}

/** Without its lookup: nobody asked for what it stood on. */
type Judged = Omit<ExplainedVerification, 'lookup'> & Partial<ExplainedVerification>

async function judge(
  { verifier, explain, clock }: VerificationServices,
  request: VerificationRequest,
  isExplained: boolean,
): Promise<Judged> {
  const now = clock()
  return isExplained ? asked(() => explain(request, now)) : { report: await verify(verifier, request, now) }
}

function explained(request: VerificationRequest, { report, lookup }: Judged): object {
  return lookup === undefined ? {} : { explanation: createExplanation(request, { report, lookup }) }
}

/** @throws {ProblemError} `not-a-request` */
export function verify(
  verifier: Verifier,
  ...args: Parameters<Verifier['verify']>
): Promise<VerificationReport> {
  return asked(() => verifier.verify(...args))
}

async function asked<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof MalformedError) throw toRequestProblem(error)
    throw error
  }
}

/** What was decided, and nothing of whom it was about. */
export function describeReport({ verdict, resultCode, request, findings }: VerificationReport): object {
  const { receivingRegion } = request
  return { verdict, resultCode, receivingRegion, findings: findings.map(({ code }) => code) }
}

/** What the client may see of the report. */
export function show(
  { shown }: VerifierClient,
  { number, code, report, attestation }: NumberedReport,
): object {
  return shown === 'verdict' ? createVerdictAnswer(report, number) : { number, code, report, attestation }
}
