/** `POST /v1/deposits`: a licence, so that its reference leads to it. */
import {
  encodeQrReference,
  type Finding,
  MalformedError,
  parsePresented,
  parseQrText,
  suite,
  type UnverifiedPresentation,
  usccOf,
  type VerificationReport,
} from '@hefu/protocol'
import {
  type Admitted,
  answerJson,
  type Handler,
  type ProblemError,
  type Route,
  type RouteDescription,
  type Step,
} from '@hefu/service'
import { z } from 'zod'
import { permissionProblem } from '../access/permission.ts'
import { HOLDERS, isPermitted, type VerifierClient } from '../access/verifier-client.ts'
import { HOLDER_SECONDS } from '../store/deposit-seal.ts'
import type { Deposit } from '../store/deposits.ts'
import { assertDeposits, depositedOf } from './found-licence.ts'
import { type VerificationServices, verify } from './judged-licence.ts'
import { type Begun, beginReading, MAX_BODY_BYTES } from './judging-head.ts'
import { problem } from './problem.ts'
import { recorded } from './record-problem.ts'
import { described, type ExpectedMembers, expectedOf, parseBody } from './request-defects.ts'
import { retrievalProblem } from './retrieval-problem.ts'
import { unixSeconds } from './verification-answer.ts'

const DAY_SECONDS = 86_400
/** Clocks of holders may be ahead by as much as a verification lets pass. */
const SKEW_SECONDS = 60

const EXPECTED = {
  presented: {
    zh: '证照文件的文本，或持证人签名出示的文本',
    en: 'the text of a bundle file, or of a presentation that its holder signed',
  },
  reference: {
    zh: '该文本的二维码指引（HEFU1:R:…）',
    en: 'the reference to that text, as its QR code holds it (HEFU1:R:…)',
  },
} as const satisfies ExpectedMembers

const schema = z.strictObject({
  presented: described(EXPECTED, 'presented', z.string()),
  reference: described(EXPECTED, 'reference', z.string()),
})

/** For the description of the interface. */
export const DESCRIBED_DEPOSIT: RouteDescription = {
  operationId: 'deposit',
  says: {
    zh: '存入一份证照，供凭二维码指引或证照标识查取；持证人出示的存十分钟',
    en: 'Deposit a licence, to be found by its reference or identifier; what a holder presents is kept for ten minutes',
  },
  body: {
    says: { zh: '证照及其指引', en: 'The licence and its reference' },
    mostBytes: MAX_BODY_BYTES,
    schema,
  },
  answer: {
    says: { zh: '已存入；同一文本再次存入，结果相同', en: 'It is kept; the same text is answered alike' },
    schema: z.strictObject({ reference: z.string(), expiresAt: unixSeconds }),
  },
  problems: [
    'busy',
    'not-a-request',
    'no-deposits',
    'deposit-not-permitted',
    'deposit-refused',
    'deposit-uncheckable',
    'deposits-full',
    'records-unreachable',
  ],
}

export function depositRoute(
  services: VerificationServices,
): (admitted: Route<Admitted<VerifierClient>>) => Handler {
  return (admitted) =>
    beginReading(services, admitted, {
      mostBytes: MAX_BODY_BYTES,
      beforeBody: [assertDeposits(services)],
      parse: readDeposit,
      ofAsked: [assertDepositPermitted],
    })
      .find(proveDeposit(services))
      .answer(keep(services))
}

/** Read strictly, and not proven yet. */
interface ReadDeposit {
  readonly text: string
  readonly reference: string
  readonly presentation: UnverifiedPresentation
}

/** @throws {ProblemError} `not-a-request`, also where the reference is another text's */
function readDeposit(body: unknown): ReadDeposit {
  const { presented, reference } = parseBody(schema, EXPECTED, body)
  try {
    const presentation = parsePresented(presented)
    if (presentation.receipt === null) throw defectIn('presented')
    if (encodeQrReference(presented, suite) !== reference) throw defectIn('reference')
    return { text: presented, reference, presentation }
  } catch (error) {
    if (error instanceof MalformedError) throw defectIn('presented')
    throw error
  }
}

function defectIn(member: keyof typeof EXPECTED): ProblemError {
  return problem('not-a-request', [
    { pointer: `/${member}`, code: 'wrong-value', expected: expectedOf(EXPECTED, member) },
  ])
}

/** By what the text claims; whether it is so is proven after that. */
const assertDepositPermitted: Step<Admitted<VerifierClient> & ReadDeposit, void> = (
  _,
  { client, presentation },
) => {
  const whose = presentation.keyBinding === null ? usccOf(presentation.credential.claims) : HOLDERS
  if (!isPermitted(client.deposits, whose)) throw permissionProblem('deposit-not-permitted')
}

/** Whether it is the issuer's, and on the ledger, is the same wherever it is received. */
const ANY_REGION = '110000'
const PROVEN_OF_ALL = ['signature', 'disclosures', 'inclusion', 'anchor', 'issuerKey']

/** A holder is known by the key that the issuer bound the licence to: a person's token would prove who signed in, and not whose licence it is. */
function proveDeposit({
  verifier,
  clock,
}: VerificationServices): Step<Begun<ReadDeposit>, { readonly depositedAt: number }> {
  return async (ctx, { text, presentation, place }) => {
    const now = clock()
    const report = await verify(verifier, { presented: text, receivingRegion: ANY_REGION }, now, place.signal)
    const isHolders = presentation.keyBinding !== null
    const unproven = findUnproven(report, isHolders ? [...PROVEN_OF_ALL, 'holderBinding'] : PROVEN_OF_ALL)
    ctx.state.described = { depositor: isHolders ? 'holder' : 'agency', unproven: codesOf(unproven) }
    if (unproven.length > 0) throw refusalOf(unproven)
    if (isHolders && !isFresh(presentation, now))
      throw retrievalProblem('deposit-refused', [], { about: { findings: ['holderBinding/stale'] } })
    return { depositedAt: now }
  }
}

function findUnproven({ findings }: VerificationReport, checks: readonly string[]): readonly Finding[] {
  return findings.filter(({ check, status }) => checks.includes(check) && status !== 'pass')
}

/** What could not be checked is not bad: it may be sent again. What is bad stays so. */
function refusalOf(unproven: readonly Finding[]): ProblemError {
  const isBad = unproven.some(({ status }) => status === 'fail' || status === 'warn')
  const about = { findings: codesOf(unproven) }
  return retrievalProblem(isBad ? 'deposit-refused' : 'deposit-uncheckable', [], { about })
}

function codesOf(findings: readonly Finding[]): readonly string[] {
  return findings.map(({ code }) => code)
}

function isFresh({ keyBinding }: UnverifiedPresentation, now: number): boolean {
  const { iat } = keyBinding?.claims ?? { iat: 0 }
  return iat <= now + SKEW_SECONDS && now < iat + HOLDER_SECONDS
}

type Proven = Begun<ReadDeposit> & { readonly depositedAt: number }

function keep(services: VerificationServices): Step<Proven, void> {
  return async (ctx, known) => {
    const { deposits, days } = depositedOf(services)
    const kept = await recorded(() => deposits.keep(toDeposit(known, days)), services.onFault)
    if (kept === 'full') throw retrievalProblem('deposits-full')
    answerJson(ctx, { reference: known.reference, expiresAt: kept })
  }
}

function toDeposit({ client, text, reference, presentation, depositedAt }: Proven, days: number): Deposit {
  const scanned = parseQrText(reference)
  if (scanned.kind !== 'reference') throw defectIn('reference')
  const { keyBinding, credential } = presentation
  const agencys = { depositor: 'agency', expiresAt: depositedAt + days * DAY_SECONDS } as const
  return {
    text,
    reference: scanned.reference,
    client: client.id,
    signedAt: credential.claims.iat,
    depositedAt,
    ...(keyBinding === null
      ? agencys
      : { depositor: 'holder', expiresAt: keyBinding.claims.iat + HOLDER_SECONDS }),
  }
}
