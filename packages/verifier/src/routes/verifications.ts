/** `POST /v1/verifications`: a presentation in, a signed report out. */
import { MalformedError, type VerificationReport, type Verifier } from '@hefu/protocol'
import { answerJson, assertJsonAcceptable } from '../json-answer.ts'
import { assertJsonBody, readJsonBody } from '../request-body.ts'
import type { Step } from '../step.ts'
import { parseVerificationRequest, toRequestProblem } from './verification-request.ts'

export interface VerificationServices {
  readonly verifier: Verifier
  /** The verifier's signature under a report, a compact JWS. */
  readonly attest: (report: VerificationReport) => Promise<string>
  /** Unix seconds. */
  readonly clock: () => number
}

/** The steps of the route. A refused licence is a 200 with its verdict: only a bad request is a problem. */
export function verificationSteps(services: VerificationServices): Step[] {
  return [assertJsonAcceptable, assertJsonBody, readJsonBody, parseRequest, judge(services), answer(services)]
}

const parseRequest: Step = (ctx, next) => {
  ctx.state.request = parseVerificationRequest(ctx.state.body)
  return next()
}

function judge({ verifier, clock }: VerificationServices): Step {
  return async (ctx, next) => {
    ctx.state.report = await verify(verifier, take(ctx.state.request), clock())
    return next()
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

function answer({ attest }: VerificationServices): Step {
  return async (ctx) => {
    const report = take(ctx.state.report)
    answerJson(ctx, { report, attestation: await attest(report) })
  }
}

/** What an earlier step of the same list must have left. */
function take<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('run the steps of a verification in their order')
  return value
}
