/** `GET /v1/reports/:number` and `…/sheet`: what a client was answered, once more. */
import { matchReportNumber } from '@hefu/protocol'
import {
  type Admitted,
  answerJson,
  assertJsonAcceptable,
  createGate,
  type Handler,
  type ParameterValues,
  parseParameters,
  type Route,
  type RouteDescription,
  type RouteParameter,
  type Step,
} from '@hefu/service'
import { z } from 'zod'
import { assertMayStillHear, assertSeesReports } from '../access/permission.ts'
import type { VerifierClient } from '../access/verifier-client.ts'
import type { Records } from '../store/records.ts'
import { type AttestedReport, readAttested } from './attested-report.ts'
import { recordShown } from './further-reading.ts'
import { recorded, recordProblem } from './record-problem.ts'
import { createReportSheet, reportSheet } from './report-sheet.ts'
import { attestation, report } from './verification-answer.ts'

export interface ReportServices {
  readonly records: Pick<Records, 'evidence' | 'reports' | 'keys'>
  /** Unix seconds. */
  readonly clock: () => number
  /** Hears why the store could not be used. */
  readonly onFault: (fault: unknown) => void
}

const MOST_ASKING = 32
const PROBLEMS = [
  'busy',
  'verdict-only',
  'region-not-permitted',
  'type-not-permitted',
  'report-not-found',
  'report-unproven',
  'records-unreachable',
]

const NUMBER = {
  in: 'path',
  expected: { zh: '核验单上的编号', en: 'a number as it stands on a sheet' },
  parse: (asked) => (matchReportNumber(asked) === null ? null : asked),
  schema: { type: 'string' },
} as const satisfies RouteParameter<string>
const parameters = { number: NUMBER }

/** For the description of the interface. */
export const DESCRIBED_REPORT: RouteDescription = {
  operationId: 'getReport',
  says: { zh: '按编号取回本客户端的核验报告', en: 'A report that this client was answered, by its number' },
  parameters,
  answer: {
    says: { zh: '报告及其签名', en: 'The report and its signature' },
    schema: z.strictObject({ report, attestation }),
  },
  problems: PROBLEMS,
}

/** For the description of the interface. */
export const DESCRIBED_SHEET: RouteDescription = {
  operationId: 'getReportSheet',
  says: { zh: '核验单的打印数据', en: 'What a printed sheet says' },
  parameters,
  answer: { says: { zh: '核验单', en: 'The sheet' }, schema: reportSheet },
  problems: PROBLEMS,
}

type Extend = (admitted: Route<Admitted<VerifierClient>>) => Handler

export function reportRoute(services: ReportServices): Extend {
  const find = beginReports(services, 'report')
  return (admitted) =>
    find(admitted).answer((ctx, { report, attestation }) => answerJson(ctx, { report, attestation }))
}

export function sheetRoute(services: ReportServices): Extend {
  const find = beginReports(services, 'sheet')
  return (admitted) => find(admitted).answer((ctx, found) => answerJson(ctx, createReportSheet(found)))
}

function beginReports(
  services: ReportServices,
  shown: 'report' | 'sheet',
): (admitted: Route<Admitted<VerifierClient>>) => Route<Asked & AttestedReport> {
  return (admitted) =>
    admitted
      .assert(assertJsonAcceptable)
      .assert(assertSeesReports)
      .find(parseParameters(parameters))
      .within(createGate(MOST_ASKING))
      .find(findOwn(services, shown))
}

type Asked = Admitted<VerifierClient> & { readonly parameters: ParameterValues<typeof parameters> }

/** Another client's report is as unknown as one that there is not. */
function findOwn(services: ReportServices, shown: 'report' | 'sheet'): Step<Asked, AttestedReport> {
  const { records, onFault } = services
  return async (_, asking) => {
    const { client, parameters } = asking
    const found = await recorded(async () => {
      const kept = await records.reports.findOwn(parameters.number, client.id)
      if (kept === undefined) throw recordProblem('report-not-found')
      const attested = await readAttested(kept, parameters.number, records.keys)
      const { licence, request } = attested.report
      assertMayStillHear(client, {
        receivingRegion: request.receivingRegion,
        licenceType: licence?.licenceType ?? null,
        shown: 'report',
      })
      return attested
    }, onFault)
    await recordShown(services, found.report, parameters.number, shown, asking)
    return found
  }
}
