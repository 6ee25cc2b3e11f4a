/** `GET /v1/batches/:number/results`: what came of the items, in their order, as far as they are. */
import { Readable } from 'node:stream'
import {
  type Admitted,
  assertNdjsonAcceptable,
  createGate,
  type Handler,
  NDJSON_MEDIA_TYPE,
  type ParameterValues,
  ProblemError,
  parseParameters,
  type Route,
  type RouteDescription,
  type RouteParameter,
  type Step,
} from '@hefu/service'
import { z } from 'zod'
import { assertLicencePermitted, assertMayStillFind } from '../access/permission.ts'
import type { VerifierClient } from '../access/verifier-client.ts'
import { batchProblem } from '../routes/batch-problem.ts'
import { bilingual } from '../routes/bilingual-schema.ts'
import { ledgerProblem } from '../routes/ledger/ledger-problem.ts'
import { recorded, recordProblem } from '../routes/record-problem.ts'
import { number, reportedMembers, resultCode, verdict } from '../routes/verification-answer.ts'
import { digestOfAttestation } from './attestation-digest.ts'
import { type ItemProblem, type ItemResult, problemOf, type VerifiedItem } from './batch-items.ts'
import { assertBatches, type Batches, type BatchServices } from './batch-services.ts'
import { NUMBER_PARAMETER } from './batch-state.ts'

const MOST_READING = 16
/** Whoever takes longer goes on after the last line. */
const MOST_ANSWER_MS = 600_000

const parameters = {
  number: NUMBER_PARAMETER,
  after: {
    in: 'query',
    expected: { zh: '所得某一行的 after', en: 'after of a line that was answered' },
    parse: (asked) => asked,
    schema: { type: 'string' },
  },
} as const satisfies Readonly<Record<string, RouteParameter<string>>>

const name = {
  item: z.int().min(1).meta({ description: '第几份 · which item, from 1' }),
  id: z.string().nullable().meta({ description: '提交时的自编号 · as its sender calls it' }),
  after: z.string().meta({ description: '续取标记 · what goes on behind this line' }),
}
const told = { ...name, number, verdict, resultCode, nextStep: bilingual }
const line = z
  .union([
    z
      .strictObject({
        ...told,
        code: reportedMembers.code,
        report: reportedMembers.report,
        attestation: reportedMembers.attestation,
      })
      .meta({ id: 'BatchReport' }),
    z.strictObject(told).meta({
      id: 'BatchVerdict',
      description: '仅可知“是、否”的客户端所得 · for clients that may know yes or no',
    }),
    z
      .strictObject({
        ...name,
        line: z.int().min(1).meta({ description: '所在行 · in which line it was sent' }),
        problem: z.strictObject({
          code: z.string(),
          says: bilingual,
          errors: z
            .array(z.strictObject({ pointer: z.string(), code: z.string(), expected: bilingual }))
            .optional(),
        }),
      })
      .meta({ id: 'BatchRefusal', description: '未能核验的一份 · an item that was not verified' }),
  ])
  .meta({ id: 'BatchResult' })

/** For the description of the interface. */
export const DESCRIBED_RESULTS: RouteDescription = {
  operationId: 'getBatchResults',
  says: {
    zh: '取批次的结果，按份的次序，逐行给出，到第一份未完成者为止',
    en: 'What came of the items, a line each in their order, up to the first that is not done',
  },
  parameters,
  answer: {
    says: { zh: '每行一份', en: 'One item a line' },
    mediaType: NDJSON_MEDIA_TYPE,
    schema: line,
  },
  problems: ['no-batches', 'batch-not-found', 'bad-cursor', 'report-unproven', 'busy', 'records-unreachable'],
}

export function batchResultsRoute(
  services: BatchServices,
): (admitted: Route<Admitted<VerifierClient>>) => Handler {
  return (admitted) =>
    admitted
      .assert(assertNdjsonAcceptable)
      .find(() => assertBatches(services))
      .find(parseParameters(parameters))
      .within(createGate(MOST_READING))
      .find(findBatch(services))
      .answer(answerLines(services))
}

type Asked = Admitted<VerifierClient> & {
  readonly batches: Batches
  readonly parameters: ParameterValues<typeof parameters>
}
interface Place {
  /** The last item that is not asked for. */
  readonly item: number
}

function findBatch({ onFault }: BatchServices): Step<Asked, Place> {
  return async (_, { batches, client, parameters: { number, after } }) => {
    const found = await recorded(() => batches.kept.find(number, client), onFault)
    if (found === undefined) throw batchProblem('batch-not-found')
    if (after === undefined) return { item: 0 }
    const item = batches.cursors.open(listOf(number), after)
    if (item === null) throw ledgerProblem('bad-cursor')
    return { item: Number(item) }
  }
}

function listOf(number: string): string {
  return `batches/${number}`
}

function answerLines(services: BatchServices): Step<Asked & Place, void> {
  return async (ctx, known) => {
    const lines = readLines(services, known)
    // What can be told beforehand is: the store's absence is a problem like any other, and no half answer.
    const first = await lines.next()
    ctx.type = NDJSON_MEDIA_TYPE
    ctx.body = Readable.from(first.done === true ? [] : startWith(first.value, lines), { objectMode: false })
  }
}

async function* startWith(first: string, others: AsyncGenerator<string>): AsyncGenerator<string> {
  yield first
  yield* others
}

/** Texts of several lines each. While nobody takes them, nothing more is read of the store. */
async function* readLines(
  { records, onFault }: BatchServices,
  { batches, client, grant, parameters: { number }, item: after }: Asked & Place,
): AsyncGenerator<string, void, void> {
  const { kept, cursors } = batches
  const endsAt = performance.now() + MOST_ANSWER_MS
  let item = after
  while (performance.now() < endsAt) {
    const from = item
    const [results, attestations] = await recorded(async () => {
      const found = await kept.resultsAfter(number, from)
      return [found, await records.reports.findMany(found.flatMap(shownNumber(client)))]
    }, onFault)
    const last = results.at(-1)
    if (last === undefined) return
    item = last.item
    const texts = results.map((result) => {
      const cursor = cursors.seal(listOf(number), String(result.item))
      return `${JSON.stringify(tellResult(result, { client, grant }, attestations, cursor))}\n`
    })
    yield texts.join('')
  }
}

/** Who may know yes or no now, or might when it was recorded, is told no more. */
function seesReport(result: ItemResult, client: VerifierClient): result is VerifiedItem {
  return 'number' in result && result.shown !== 'verdict' && client.shown !== 'verdict'
}

function shownNumber(client: VerifierClient): (result: ItemResult) => readonly string[] {
  return (result) => (seesReport(result, client) ? [result.number] : [])
}

function tellResult(
  result: ItemResult,
  reader: Admitted<VerifierClient>,
  attestations: ReadonlyMap<string, string>,
  after: string,
): object {
  const { item, id, line: stood } = result
  if ('problem' in result) return { item, id, after, line: stood, problem: result.problem }
  const problem = findRefusal(result, reader)
  if (problem !== null) return { item, id, after, line: stood, problem }
  const told = {
    item,
    id,
    after,
    number: result.number,
    verdict: result.verdict,
    resultCode: result.resultCode,
    nextStep: result.nextStep,
  }
  if (!seesReport(result, reader.client)) return told
  const attestation = assertAttested(result, attestations.get(result.number))
  return { ...told, code: result.code, report: reportIn(attestation), attestation }
}

/** Why an item is not told to who reads now; `null`: it is. */
function findRefusal(
  { licenceType, kind = 'verification' }: VerifiedItem,
  { client, grant }: Admitted<VerifierClient>,
): ItemProblem | null {
  try {
    assertMayStillFind(grant, kind)
    assertLicencePermitted(client, licenceType)
    return null
  } catch (error) {
    if (error instanceof ProblemError) return problemOf(error)
    throw error
  }
}

/**
 * The one that was signed for this item, and no other.
 *
 * @throws {ProblemError} `report-unproven`
 */
function assertAttested({ attested }: VerifiedItem, attestation: string | undefined): string {
  if (attestation !== undefined && digestOfAttestation(attestation) === attested) return attestation
  throw recordProblem('report-unproven')
}

/** Of an attestation of ours, the report that it signs. */
function reportIn(attestation: string): unknown {
  const [, payload = ''] = attestation.split('.')
  return JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'))
}
