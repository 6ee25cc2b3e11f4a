/** `POST /v1/unmaskings`: the plain values of named fields of a licence that is presented, and who saw them is recorded. */
import {
  parsePresented,
  type VerificationReport,
  type VerificationRequest,
  withPresentedRead,
} from '@hefu/protocol'
import {
  type Admitted,
  assertSecondFactor,
  type Handler,
  type Route,
  type RouteDescription,
  type SecondFactor,
} from '@hefu/service'
import { z } from 'zod'
import { assertSeesReports } from '../access/permission.ts'
import { UNMASK } from '../access/scope.ts'
import type { VerifierClient } from '../access/verifier-client.ts'
import { answerOnce, DESCRIBED_IDEMPOTENCY, IDEMPOTENCY_PROBLEMS } from './idempotency.ts'
import { demandedFields, describeReport, type VerificationServices, verify } from './judged-licence.ts'
import { type Begun, beginJudging, MAX_BODY_BYTES } from './judging-head.ts'
import { findNamed } from './named-licence.ts'
import { answerRecorded } from './recorded-answer.ts'
import {
  type AskedUnmasking,
  DESCRIBED_UNMASKING_REQUEST,
  parseUnmaskingRequest,
} from './unmasking-request.ts'
import { reportedMembers } from './verification-answer.ts'

export interface UnmaskingServices extends VerificationServices {
  /** What a person has to have signed in with. */
  readonly secondFactor: SecondFactor
}

const PATH = '/v1/unmaskings'

/** For the description of the interface. */
export const DESCRIBED_UNMASKING: RouteDescription = {
  operationId: 'unmask',
  says: {
    zh: '核验并查看所列字段的明文（留痕；由人员查看的，须以第二因素新近登录）',
    en: 'Verify, and see the named fields in plain; it is recorded, and a person has to have signed in with a second factor',
  },
  headers: DESCRIBED_IDEMPOTENCY,
  body: { ...DESCRIBED_UNMASKING_REQUEST, mostBytes: MAX_BODY_BYTES },
  answer: {
    says: {
      zh: '核验报告和明文；未通过核验、未出示或事项未登记所需的字段不予显示',
      en: 'The report and the values; withheld is what does not verify, was not shown, or is not registered as demanded by the service item',
    },
    schema: z.strictObject({
      ...reportedMembers,
      values: z.record(z.string(), z.string()).meta({ description: '个人信息 · personal data' }),
      withheld: z.array(z.string()),
    }),
  },
  problems: [
    'not-a-request',
    'verdict-only',
    'region-not-permitted',
    'type-not-permitted',
    'second-factor-missing',
    'province-unreachable',
    'province-busy',
    ...IDEMPOTENCY_PROBLEMS,
  ],
}

export function unmaskingRoute(
  services: UnmaskingServices,
): (admitted: Route<Admitted<VerifierClient>>) => Handler {
  const { records, onFault, clock, secondFactor } = services
  return (admitted) =>
    beginJudging(services, admitted, {
      mostBytes: MAX_BODY_BYTES,
      beforeBody: [assertSeesReports, assertSecondFactor(secondFactor, UNMASK, clock)],
      parse,
      ofAsked: [],
    }).answer(answerOnce({ records, onFault, clock }, PATH, answer(services)))
}

function parse(body: unknown): AskedUnmasking {
  const asked = parseUnmaskingRequest(body)
  return { ...asked, request: withPresentedRead(asked.request) }
}

type Asked = Begun<AskedUnmasking>

function answer(services: UnmaskingServices): Parameters<typeof answerOnce<Asked>>[2] {
  return async (ctx, asked, settle) => {
    const { fields, place } = asked
    const found = await findNamed(services, asked)
    const request = found === null ? asked.request : { ...asked.request, presented: found.text }
    const report = await verify(services.verifier, request, services.clock(), place.signal)
    ctx.state.described = describeReport(report)
    const values = readValues(request, fields, report)
    const shown = Object.keys(values)
    return answerRecorded(
      services,
      { ...asked, report, presented: request.presented, kind: 'unmasking', shown: 'plain', fields: shown },
      settle,
      (numbered) => ({ ...numbered, values, withheld: fields.filter((name) => !shown.includes(name)) }),
    )
  }
}

/** Of a licence that stands, what was asked for, was shown by its holder, and is demanded by the service item: of one that is not registered, nothing. */
function readValues(
  { presented }: VerificationRequest,
  fields: readonly string[],
  report: VerificationReport,
): Readonly<Record<string, string>> {
  const demanded = demandedFields(report)
  if (demanded === null || (report.verdict !== 'accepted' && report.verdict !== 'refer')) return {}
  const { disclosures } = parsePresented(presented).credential
  return Object.fromEntries(
    disclosures
      .filter(({ name }) => fields.includes(name) && demanded.includes(name))
      .map(({ name, value }) => [name, value]),
  )
}
