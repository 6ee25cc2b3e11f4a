/** How every route begins that has a licence judged: what it demands is named, and no step can be left out. */
import type { VerificationRequest } from '@hefu/protocol'
import {
  type Admitted,
  assertJsonAcceptable,
  assertJsonBody,
  type LoadGate,
  type Place,
  parseJsonBody,
  type ReceivedBody,
  type Route,
  receiveBody,
  type Step,
} from '@hefu/service'
import { assertRegionPermitted } from '../access/permission.ts'
import type { VerifierClient } from '../access/verifier-client.ts'

/** Twice the largest bundle, so that its escaping as a JSON text fits. */
export const MAX_BODY_BYTES = 524_288

/** A reference is no longer than a QR code. */
export const MAX_SOUGHT_BYTES = 16_384

type ByClient = Admitted<VerifierClient>

/** What is known once a body that may be judged is read. */
export type Begun<Asked> = ByClient & ReceivedBody & { readonly place: Place } & Asked

export interface JudgingHead<Asked> {
  readonly mostBytes: number
  /** Of the client and its token, before a body is read; empty: whoever has the scope. */
  readonly beforeBody: readonly Step<ByClient, void>[]
  /** @throws {ProblemError} */
  readonly parse: (body: unknown) => Asked
  /** Of what is asked, before anything is looked for; empty: what is asked alone decides nothing. */
  readonly ofAsked: readonly Step<ByClient & Asked, void>[]
}

interface Served {
  readonly load: LoadGate
}

/** Reads a body for who may send it, within a place of the load gate. */
export function beginReading<Asked extends object>(
  { load }: Served,
  admitted: Route<ByClient>,
  { mostBytes, beforeBody, parse, ofAsked }: JudgingHead<Asked>,
): Route<Begun<Asked>> {
  return admitted
    .assert(assertJsonAcceptable)
    .assert(assertJsonBody)
    .assert(allOf(beforeBody))
    .find(receiveBody(mostBytes))
    .within(load.gate)
    .find(parseJsonBody)
    .find((_, { body }) => parse(body))
    .assert(allOf(ofAsked))
}

/** The same of what is asked for a receiving region, which the client has to be permitted first. */
export function beginJudging<
  Asked extends { readonly request: Pick<VerificationRequest, 'receivingRegion'> },
>(services: Served, admitted: Route<ByClient>, head: JudgingHead<Asked>): Route<Begun<Asked>> {
  return beginReading(services, admitted, { ...head, ofAsked: [assertRegionPermitted, ...head.ofAsked] })
}

function allOf<Known>(steps: readonly Step<Known, void>[]): Step<Known, void> {
  return async (exchange, known) => {
    for (const step of steps) await step(exchange, known)
  }
}
