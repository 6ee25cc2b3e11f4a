/** `GET /v1/reports/:number` and `…/sheet`: what a client was answered, once more. */
import { matchReportNumber } from '@hefu/protocol'
import {
  type Admitted,
  answerJson,
  assertJsonAcceptable,
  createGate,
  type DescribedParameters,
  type Exchange,
  type Handler,
  type Route,
  type RouteDescription,
  type Step,
} from '@hefu/service'
import { z } from 'zod'
import { assertSeesReports } from '../access/permission.ts'
import type { VerifierClient } from '../access/verifier-client.ts'
import type { Records } from '../store/records.ts'
import { type AttestedReport, readAttested } from './attested-report.ts'
import { recorded, recordProblem } from './record-problem.ts'
import { createReportSheet, reportSheet } from './report-sheet.ts'
import { attestation, number, report } from './verification-answer.ts'

export interface ReportServices {
  readonly records: Pick<Records, 'reports' | 'keys'>
  /** Hears why the store could not be used. */
  readonly onFault: (fault: unknown) => void
}

const MOST_ASKING = 32
const PROBLEMS = ['busy', 'verdict-only', 'report-not-found', 'report-unproven', 'records-unreachable']

const parameters: DescribedParameters = { path: z.object({ number }) }

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
  const find = beginReports(services)
  return (admitted) =>
    find(admitted).answer((ctx, { report, attestation }) => answerJson(ctx, { report, attestation }))
}

export function sheetRoute(services: ReportServices): Extend {
  const find = beginReports(services)
  return (admitted) => find(admitted).answer((ctx, found) => answerJson(ctx, createReportSheet(found)))
}

function beginReports(
  services: ReportServices,
): (admitted: Route<Admitted<VerifierClient>>) => Route<Admitted<VerifierClient> & AttestedReport> {
  return (admitted) =>
    admitted
      .assert(assertJsonAcceptable)
      .assert(assertSeesReports)
      .assert(createGate(MOST_ASKING))
      .find(findOwn(services))
}

/** Another client's report is as unknown as one that there is not. */
function findOwn({ records, onFault }: ReportServices): Step<Admitted<VerifierClient>, AttestedReport> {
  return async (ctx, { client }) => {
    const asked = numberIn(ctx)
    return recorded(async () => {
      const kept = await records.reports.findOwn(asked, client.id)
      if (kept === undefined) throw recordProblem('report-not-found')
      return readAttested(kept, asked, records.keys)
    }, onFault)
  }
}

function numberIn(ctx: Exchange): string {
  const { number: asked = '' } = ctx['params'] as Readonly<Record<string, string>>
  if (matchReportNumber(asked) === null) throw recordProblem('report-not-found')
  return asked
}
