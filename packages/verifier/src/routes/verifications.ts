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
  answerJson,
  assertJsonAcceptable,
  assertJsonBody,
  createGate,
  type Handler,
  parseJsonBody,
  type Route,
  type RouteDescription,
  receiveBody,
  type Step,
} from '@hefu/service'
import { assertRegionPermitted, assertTypePermitted } from '../access/permission.ts'
import type { VerifierClient } from '../access/verifier-client.ts'
import { createVerdictAnswer } from './verdict-answer.ts'
import { DESCRIBED_ANSWER } from './verification-answer.ts'
import { DESCRIBED_REQUEST, parseVerificationRequest, toRequestProblem } from './verification-request.ts'

export interface VerificationServices {
  readonly verifier: Verifier
  /** The verifier's signature under a report, a compact JWS. */
  readonly attest: (report: VerificationReport) => Promise<string>
  /** Unix seconds. */
  readonly clock: () => number
  /** Verifications that may be under way at once; those beyond are turned away with 503. */
  readonly mostVerifications: number
}

/** Twice the largest bundle, so that its escaping as a JSON text fits. */
export const MAX_BODY_BYTES = 524_288

/** For the description of the interface. */
export const DESCRIBED_VERIFICATION: RouteDescription = {
  operationId: 'verify',
  says: { zh: '核验一份电子证照', en: 'Verify a licence' },
  body: DESCRIBED_REQUEST,
  answer: DESCRIBED_ANSWER,
  problems: ['not-a-request', 'region-not-permitted', 'type-not-permitted'],
}

/** A refused licence is a 200 with its verdict: only a bad request is a problem. */
export function verificationRoute(
  services: VerificationServices,
): (admitted: Route<Admitted<VerifierClient>>) => Handler {
  return (admitted) =>
    admitted
      .assert(assertJsonAcceptable)
      .assert(assertJsonBody)
      .find(receiveBody(MAX_BODY_BYTES))
      .assert(createGate(services.mostVerifications))
      .find(parseJsonBody)
      .find(parseRequest)
      .assert(assertRegionPermitted)
      .find(judge(services))
      .assert(assertTypePermitted)
      .answer(show(services))
}

const parseRequest: Step<{ readonly body: unknown }, { readonly request: VerificationRequest }> = (
  _,
  { body },
) => ({ request: withPresentedRead(parseVerificationRequest(body)) })

type Judged = { readonly report: VerificationReport }

function judge({
  verifier,
  clock,
}: VerificationServices): Step<{ readonly request: VerificationRequest }, Judged> {
  return async (ctx, { request }) => {
    const report = await verify(verifier, request, clock())
    ctx.state.described = describeReport(report)
    return { report }
  }
}

async function verify(
  verifier: Verifier,
  ...args: Parameters<Verifier['verify']>
): Promise<VerificationReport> {
  try {
    return await verifier.verify(...args)
  } catch (error) {
    if (error instanceof MalformedError) throw toRequestProblem(error)
    throw error
  }
}

/** What was decided, and nothing of whom it was about. */
function describeReport({ verdict, resultCode, request, findings }: VerificationReport): object {
  const { receivingRegion } = request
  return { verdict, resultCode, receivingRegion, findings: findings.map(({ code }) => code) }
}

/** What the client may see of the report. */
function show({ attest }: VerificationServices): Step<Judged & Admitted<VerifierClient>, void> {
  return async (ctx, { report, client }) =>
    answerJson(
      ctx,
      client.shown === 'report' ? { report, attestation: await attest(report) } : createVerdictAnswer(report),
    )
}
