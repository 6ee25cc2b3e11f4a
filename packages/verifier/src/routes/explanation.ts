/** What each check stood on: the ledger's public facts, times and names, and no value of the licence's face. */
import {
  type CheckName,
  FINDING_CODES,
  MalformedError,
  parsePresented,
  type UnverifiedPresentation,
  type VerificationReport,
  type VerificationRequest,
} from '@hefu/protocol'
import { z } from 'zod'
import type { LedgerLookup } from '../ledger/observed-directory.ts'

/** A verification, and what the ledger was asked and answered. */
export interface ExplainedVerification {
  readonly report: VerificationReport
  readonly lookup: LedgerLookup | null
}

export type Explain = (
  request: VerificationRequest,
  now: number,
  signal: AbortSignal,
) => Promise<ExplainedVerification>

/** For the description of the interface. */
export const explanation: z.ZodType<Explanation> = z
  .array(
    z.strictObject({
      check: z.string(),
      code: z.enum(FINDING_CODES),
      inputs: z.record(z.string(), z.unknown()),
    }),
  )
  .meta({
    description:
      '各检查所依据的数据，仅在 explain 为 true 时给出 · what each check stood on, where explain is true',
  })

export type Explanation = {
  check: string
  code: string
  inputs: Record<string, unknown>
}[]

interface Inputs {
  readonly request: VerificationRequest
  readonly report: VerificationReport
  /** `null`: nothing could be read. */
  readonly presentation: UnverifiedPresentation | null
  readonly lookup: LedgerLookup | null
}

/** Every check in its order, with what it was given; `null` where there was nothing. */
export function createExplanation(
  request: VerificationRequest,
  { report, lookup }: ExplainedVerification,
): Explanation {
  const inputs = { request, report, lookup, presentation: readPresentation(request.presented) }
  return report.findings.map(({ check, code }) => ({ check, code, inputs: { ...INPUTS[check](inputs) } }))
}

function readPresentation(presented: string): UnverifiedPresentation | null {
  try {
    return parsePresented(presented)
  } catch (error) {
    if (error instanceof MalformedError) return null
    throw error
  }
}

/** Members are named one by one: whatever a credential or an answer may come to hold, this does not. */
const INPUTS: Readonly<Record<CheckName, (inputs: Inputs) => object>> = {
  wellFormed: ({ request, report }) => ({
    characters: request.presented.length,
    defects: report.defects.length,
  }),
  signature: ({ presentation, lookup }) => ({
    kid: presentation?.credential.header.kid ?? null,
    algorithm: presentation?.credential.header.alg ?? null,
    key: lookup?.facts.key ?? null,
  }),
  disclosures: ({ presentation }) => ({
    shown: namesShown(presentation),
    signed: presentation?.credential.claims._sd.length ?? null,
  }),
  inclusion: ({ presentation }) => ({
    root: presentation?.receipt?.root ?? null,
    index: presentation?.receipt?.index ?? null,
    size: presentation?.receipt?.size ?? null,
  }),
  anchor: ({ presentation, report, lookup }) => ({
    ledger: report.ledger,
    root: presentation?.receipt?.root ?? null,
    anchor: lookup?.facts.anchor ?? null,
    signedAt: presentation?.credential.claims.iat ?? null,
  }),
  issuerKey: ({ lookup }) => ({ key: lookup?.facts.key ?? null, anchor: lookup?.facts.anchor ?? null }),
  issuerAuthority: ({ lookup }) => ({
    agency: lookup?.facts.agency ?? null,
    region: lookup?.facts.region ?? null,
    responsible: lookup?.facts.responsible ?? null,
    responsibility: lookup?.facts.responsibility ?? null,
    licenceType: lookup?.facts.licenceType ?? null,
  }),
  faceIssuer: ({ presentation, lookup }) => ({
    shown: namesShown(presentation),
    registeredName: lookup?.facts.agency?.name ?? null,
    anchoredAt: lookup?.facts.anchor?.anchoredAt ?? null,
  }),
  status: ({ lookup }) => ({
    index: lookup?.query.statusIndex ?? null,
    status: lookup?.facts.status ?? null,
    endsAt: lookup?.facts.statusEndsAt ?? null,
    acts: lookup?.facts.acts ?? null,
    notices: lookup?.facts.notices ?? null,
    successor: lookup?.facts.successor ?? null,
    destination: lookup?.facts.destination ?? null,
    origins: lookup?.facts.origins ?? null,
  }),
  validity: (inputs) => ({
    at: judgedAt(inputs),
    nbf: inputs.presentation?.credential.claims.nbf ?? null,
    exp: inputs.presentation?.credential.claims.exp ?? null,
  }),
  faceRules: (inputs) => ({ at: judgedAt(inputs), shown: namesShown(inputs.presentation) }),
  recognition: ({ report, lookup }) => ({
    licenceType: report.licence?.licenceType ?? null,
    receivingRegion: report.request.receivingRegion,
    recognition: lookup?.facts.recognition ?? null,
  }),
  demand: ({ report, lookup }) => ({
    serviceItem: report.request.serviceItem,
    demanded: lookup?.facts.demandedFields ?? null,
  }),
  comparison: ({ report, presentation, lookup }) => ({
    compared: report.request.comparedFields,
    shown: namesShown(presentation),
    licenceType: lookup?.facts.licenceType ?? null,
  }),
  holderBinding: ({ report, request, presentation }) => ({
    challenge: report.request.challenge,
    maxAgeSeconds: request.challenge?.maxAgeSeconds ?? null,
    isBound: presentation === null ? null : presentation.credential.claims.cnf !== undefined,
    signedAt: presentation?.keyBinding?.claims.iat ?? null,
    copyEnds: presentation?.keyBinding?.claims.exp ?? null,
  }),
  rendition: ({ report, presentation }) => ({
    digest: report.request.rendition ?? null,
    bound: presentation?.credential.claims.renditions?.map(({ digest }) => digest) ?? null,
  }),
}

function namesShown(presentation: UnverifiedPresentation | null): readonly string[] | null {
  return presentation?.credential.disclosures.map(({ name }) => name) ?? null
}

function judgedAt({ request, lookup }: Inputs): number | null {
  return request.asOf ?? lookup?.facts.block.time ?? null
}
