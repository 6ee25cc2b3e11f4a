/** `POST /v1/retrievals/bundle`: a licence itself, as far as a service item demands it; another province's service verifies it. */
import { dropUnasked, type LicenceType, parsePresented, type VerificationReport } from '@hefu/protocol'
import {
  type Admitted,
  assertSecondFactor,
  type Handler,
  type Route,
  type RouteDescription,
  type SecondFactor,
} from '@hefu/service'
import { z } from 'zod'
import { assertGivenBundles, assertSeesReports, assertTypeSoughtPermitted } from '../access/permission.ts'
import { RETRIEVE } from '../access/scope.ts'
import type { VerifierClient } from '../access/verifier-client.ts'
import { assertDeposits, findDeposited } from './found-licence.ts'
import { answerNotFound } from './further-reading.ts'
import { answerOnce, DESCRIBED_IDEMPOTENCY } from './idempotency.ts'
import { demandedFields, describeReport, type VerificationServices } from './judged-licence.ts'
import { beginJudging, MAX_SOUGHT_BYTES } from './judging-head.ts'
import { answerRecorded } from './recorded-answer.ts'
import { DESCRIBED_SOUGHT_BUNDLE, parseBundleRetrieval } from './retrieval-request.ts'
import { RETRIEVAL_PROBLEMS, type Seeking, verifyFound } from './retrievals.ts'
import { reportedMembers } from './verification-answer.ts'

export interface GivenBundleServices extends VerificationServices {
  /** What a person has to have signed in with. */
  readonly secondFactor: SecondFactor
  /** By their rules more fields may have to be read than an item demands. */
  readonly licenceTypes: readonly LicenceType[]
}

const PATH = '/v1/retrievals/bundle'

/** For the description of the interface. */
export const DESCRIBED_BUNDLE: RouteDescription = {
  operationId: 'retrieveBundle',
  says: {
    zh: '查取证照本身，限所填事项所需字段（留痕；由人员查看的，须以第二因素新近登录）；本服务不再向他省转查',
    en: 'Be given a licence itself, as far as the service item demands it; it is recorded, a person has to have signed in with a second factor, and no other service is asked',
  },
  headers: DESCRIBED_IDEMPOTENCY,
  body: { ...DESCRIBED_SOUGHT_BUNDLE, mostBytes: MAX_SOUGHT_BYTES },
  answer: {
    says: {
      zh: '核验报告和证照；事项对该类证照无需求的，或持证人签名出示的字段超出所需的，bundle 为 null',
      en: 'The report and the licence; null where the item demands nothing of such licences, or the holder signed for more than it demands',
    },
    schema: z.strictObject({
      ...reportedMembers,
      bundle: z.string().nullable().meta({ description: '证照，含个人信息 · the licence; personal data' }),
    }),
  },
  problems: [...RETRIEVAL_PROBLEMS, 'verdict-only', 'bundle-not-permitted', 'second-factor-missing'],
}

export function givenBundleRoute(
  services: GivenBundleServices,
): (admitted: Route<Admitted<VerifierClient>>) => Handler {
  const { records, onFault, clock, secondFactor } = services
  return (admitted) =>
    beginJudging(services, admitted, {
      mostBytes: MAX_SOUGHT_BYTES,
      beforeBody: [
        assertSeesReports,
        assertGivenBundles,
        assertSecondFactor(secondFactor, RETRIEVE, clock),
        assertDeposits(services),
      ],
      parse: parseBundleRetrieval,
      ofAsked: [assertTypeSoughtPermitted],
    }).answer(answerOnce({ records, onFault, clock }, PATH, answer(services)))
}

/** What is deposited here, and nowhere else: a service that another one asks does not ask on. */
function answer(services: GivenBundleServices): Parameters<typeof answerOnce<Seeking>>[2] {
  return async (ctx, asked, settle) => {
    const presented = await findDeposited(services, asked.sought)
    const report = presented === null ? null : await verifyFound(services, presented, asked)
    if (presented === null || report === null) return answerNotFound(services, asked)
    ctx.state.described = describeReport(report)
    const bundle = dropUndemanded(presented, report, services.licenceTypes)
    const fields = bundle === null ? [] : namesIn(bundle)
    return answerRecorded(
      services,
      { ...asked, report, presented, kind: 'retrieval', shown: 'bundle', fields },
      settle,
      (numbered) => ({ ...numbered, bundle }),
    )
  }
}

/** What a holder signed is given as it was signed, or not at all: with a field less nobody could tell that it was the holder's. */
function dropUndemanded(
  presented: string,
  report: VerificationReport,
  licenceTypes: readonly LicenceType[],
): string | null {
  const demanded = demandedFields(report)
  if (demanded === null) return null
  const shown = namesIn(presented)
  if (parsePresented(presented).keyBinding !== null)
    return shown.every((name) => demanded.includes(name)) ? presented : null
  const asked = shown.filter((name) => demanded.includes(name))
  return dropUnasked(presented, asked, licenceTypes)
}

function namesIn(presented: string): readonly string[] {
  return parsePresented(presented).credential.disclosures.map(({ name }) => name)
}
