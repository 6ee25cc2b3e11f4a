/** `POST /v1/report-checks`: whoever has a sheet in hand sees whether this service answered it. */

import type { IncomingMessage } from 'node:http'
import { matchReportNumber } from '@hefu/protocol'
import {
  answerJson,
  assertJsonAcceptable,
  assertJsonBody,
  createGate,
  createRefusedTries,
  type Handler,
  parseJsonBody,
  type RefusedTries,
  type RouteDescription,
  receiveBody,
  route,
  type Step,
} from '@hefu/service'
import { z } from 'zod'
import { matchRecheckCode } from '../store/recheck-code.ts'
import { type AttestedReport, readAttested } from './attested-report.ts'
import { recordShown } from './further-reading.ts'
import { recorded, recordProblem } from './record-problem.ts'
import { createReportSheet, reportSheet } from './report-sheet.ts'
import type { ReportServices } from './reports.ts'
import { described, type ExpectedMembers, parseBody } from './request-defects.ts'

export interface ReportCheckServices extends ReportServices {
  /** From which address a request comes. */
  readonly addressOf: (req: IncomingMessage) => string
}

const MAX_BODY_BYTES = 4_096
const MOST_ASKING = 16
/** In a minute: of an address whatever comes of them, and those of it on one number that failed: nobody keeps another from a number. */
const MOST_TRIES_OF_ADDRESS = 30
const MOST_FAILED_OF_NUMBER = 10

const EXPECTED = {
  number: {
    zh: '核验单上的编号（含末位校验字符）',
    en: 'the number on the sheet, with its check character',
  },
  code: { zh: '核验单上的 16 位复核码', en: 'the code on the sheet, of 16 characters' },
} as const satisfies ExpectedMembers

/** As people type them: with other hyphens, spaces and small letters. */
const schema = z.strictObject({
  number: described(EXPECTED, 'number', z.string().max(64)).transform((typed, ctx) =>
    readTyped(typed, (text) => (matchReportNumber(text) === null ? null : text), ctx),
  ),
  code: described(EXPECTED, 'code', z.string().max(64)).transform((typed, ctx) =>
    readTyped(typed, matchRecheckCode, ctx),
  ),
})

function readTyped(typed: string, match: (text: string) => string | null, ctx: z.RefinementCtx): string {
  const plain = typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/\s/gu, '')
    .replace(/\p{Pd}/gu, '-')
  const found = match(plain)
  if (found !== null) return found
  ctx.addIssue({ code: 'custom' })
  return z.NEVER
}

/** For the description of the interface. */
export const DESCRIBED_CHECK: RouteDescription = {
  operationId: 'checkReport',
  says: { zh: '凭编号和复核码复核一份核验单', en: 'Look a sheet up by its number and code' },
  body: { says: { zh: '编号和复核码', en: 'Number and code' }, mostBytes: MAX_BODY_BYTES, schema },
  answer: { says: { zh: '核验单', en: 'The sheet as this service answered it' }, schema: reportSheet },
  problems: ['not-a-request', 'report-not-found', 'report-unproven', 'too-many-tries', 'records-unreachable'],
}

export function reportCheckRoute(services: ReportCheckServices): Handler {
  return route()
    .assert(assertJsonAcceptable)
    .assert(assertJsonBody)
    .assert(assertFewTries(services))
    .find(receiveBody(MAX_BODY_BYTES))
    .within(createGate(MOST_ASKING))
    .find(parseJsonBody)
    .find((_, { body }) => parseBody(schema, EXPECTED, body))
    .find(findByCode(services))
    .answer((ctx, found) => answerJson(ctx, createReportSheet(found)))
}

function assertFewTries({ addressOf, clock }: ReportCheckServices): Step<unknown, void> {
  const tries = createRefusedTries(MOST_TRIES_OF_ADDRESS)
  return ({ req }) => {
    const address = addressOf(req)
    assertListened(tries, address, clock())
    tries.count(address, clock())
  }
}

function assertListened(tries: RefusedTries, who: string, now: number): void {
  const seconds = tries.wait(who, now)
  if (seconds > 0) throw recordProblem('too-many-tries', [], { headers: { 'Retry-After': String(seconds) } })
}

/** Of a wrong code as much is asked and done as of an unknown number, so that the time tells neither. */
function findByCode(
  services: ReportCheckServices,
): Step<{ readonly number: string; readonly code: string }, AttestedReport> {
  const { addressOf, records, onFault, clock } = services
  const failed = createRefusedTries(MOST_FAILED_OF_NUMBER)
  return async ({ req }, { number, code }) => {
    const who = `${addressOf(req)} ${number}`
    assertListened(failed, who, clock())
    const found = await recorded(async () => {
      const kept = await records.reports.findByCode(number, code)
      if (kept !== undefined) return readAttested(kept, number, records.keys)
      failed.count(who, clock())
      throw recordProblem('report-not-found')
    }, onFault)
    await recordShown(services, found.report, number, 'sheet', null)
    return found
  }
}
