/** What the service is asked of a batch, and what it answers; an answer is believed as far as the key of the service signed it. */
import type { Bilingual, ResultCode, Verdict, VerificationReport } from '@hefu/protocol'
import { AttestationError, MalformedError, parseJsonText, verifyAttestation } from '@hefu/protocol/report'
import { askService, fetchAsOwnPage, readProblem } from '../service/ask-service.ts'
import { type ConsoleSettings, readSettings } from '../service/console-settings.ts'
import { BAD_ANSWER, ServiceProblem, UNREACHABLE } from '../service/service-problem.ts'
import { SERVICE_TEXTS } from '../texts/service-texts.ts'
import type { BatchPart } from './batch-lines.ts'
import { linesOf } from './read-lines.ts'

/** Times in Unix seconds. */
export interface BatchState {
  readonly number: string
  readonly state: 'running' | 'done' | 'cancelled'
  readonly items: number
  readonly done: number
  readonly expiresAt: number
}

export interface SentBatch {
  readonly number: string
  readonly items: number
  readonly expiresAt: number
}

interface ResultName {
  /** Place in what was sent, from 1. */
  readonly item: number
  /** What it was sent under: the number of its row. */
  readonly row: number
  /** What the next one is asked behind. */
  readonly after: string
}

/** What came of one item. */
export type BatchResult =
  | (ResultName & { readonly problem: { readonly code: string; readonly says: Bilingual } })
  | (ResultName & {
      readonly number: string
      readonly verdict: Verdict
      readonly resultCode: ResultCode
      readonly nextStep: Bilingual
      /** `null`: who is signed in may know yes or no alone. */
      readonly signed: SignedResult | null
    })

/** A report that the key of the service signed. */
export interface SignedResult {
  readonly report: VerificationReport
  readonly attestation: string
  /** What opens the report again, beside its number. */
  readonly code: string | null
}

const NUMBER = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const CODE = /^[0-9A-Z-]{1,32}$/
const PROBLEM_CODE = /^[a-z-]{1,64}$/
const VERDICTS: readonly unknown[] = ['accepted', 'refer', 'rejected', 'undetermined']
/** Of one line: the largest report is far smaller. */
const MOST_LINE_CHARACTERS = 1_048_576
const MOST_PARTS = 65_536
const MOST_SENTENCE_CHARACTERS = 500
const NDJSON = 'application/x-ndjson'

/**
 * @param key by which the same part, sent again, is the same batch
 * @throws {ServiceProblem}
 */
export async function sendPart(part: BatchPart, key: string, signal: AbortSignal): Promise<SentBatch> {
  const answer = await reach('/v1/batches', {
    method: 'POST',
    headers: { 'Content-Type': NDJSON, 'Idempotency-Key': `"${key}"` },
    body: part.lines,
    signal,
  })
  const sent = (await readAnswer(answer)) as SentBatch
  if (!NUMBER.test(sent.number) || sent.items !== part.rows.length || !Number.isSafeInteger(sent.expiresAt))
    throw badAnswer(answer.status)
  return sent
}

/** @throws {ServiceProblem} */
export function readState(number: string, signal: AbortSignal): Promise<BatchState> {
  return askService<BatchState>(`/v1/batches/${number}`, { signal })
}

/** Ends it at the service before its time; reports that were made stay. @throws {ServiceProblem} */
export async function cancelBatch(number: string): Promise<void> {
  await askService(`/v1/batches/${number}`, { method: 'DELETE' })
}

/**
 * What is done by now, in the order of the items; more may be done afterwards.
 *
 * @param after of the last result that is known; `null`: from the first
 * @throws {ServiceProblem}
 */
export async function* readResults(
  number: string,
  after: string | null,
  signal: AbortSignal,
): AsyncGenerator<BatchResult, undefined, undefined> {
  const { verifierKey } = await readSettings()
  const query = after === null ? '' : `?${new URLSearchParams({ after })}`
  const answer = await reach(`/v1/batches/${number}/results${query}`, { headers: { Accept: NDJSON }, signal })
  try {
    for await (const line of linesOf(answer.body, MOST_LINE_CHARACTERS))
      yield await readResult(line, verifierKey)
  } catch (error) {
    if (signal.aborted || error instanceof ServiceProblem) throw error
    throw error instanceof MalformedError || error instanceof RangeError
      ? badAnswer(answer.status)
      : new ServiceProblem(0, 'unreachable', UNREACHABLE)
  }
}

/** A report that the service keeps after the batch is over. @throws {ServiceProblem} */
export async function readKeptReport(number: string, signal: AbortSignal): Promise<SignedResult> {
  const { attestation } = await askService<{ readonly attestation: unknown }>(
    `/v1/reports/${encodeURIComponent(number)}`,
    { signal },
  )
  const { verifierKey } = await readSettings()
  const report = typeof attestation === 'string' ? await signedReport(attestation, verifierKey) : null
  if (report === null || typeof attestation !== 'string') throw badAnswer(200)
  return { report, attestation, code: null }
}

/** One line of an answer. Untrusted until its signature is verified. */
export async function readResult(
  line: string,
  { publicJwk }: ConsoleSettings['verifierKey'],
): Promise<BatchResult> {
  const told = Object(parseJsonText(line, MOST_PARTS, 'result')) as Readonly<Record<string, unknown>>
  const { item, id, after, problem } = told
  const row = typeof id === 'string' && /^[1-9][0-9]{0,5}$/.test(id) ? Number(id) : 0
  if (!(Number.isSafeInteger(item) && row > 0 && typeof after === 'string')) throw badAnswer(200)
  const name = { item: item as number, row, after }
  if (problem !== undefined) return { ...name, problem: readItemProblem(problem) }
  return { ...name, ...(await readVerified(told, { publicJwk })) }
}

type Verified = Pick<
  Extract<BatchResult, { number: string }>,
  'number' | 'verdict' | 'resultCode' | 'nextStep' | 'signed'
>

async function readVerified(
  { number, verdict, resultCode, nextStep, attestation, code }: Readonly<Record<string, unknown>>,
  key: Pick<ConsoleSettings['verifierKey'], 'publicJwk'>,
): Promise<Verified | { readonly problem: { readonly code: string; readonly says: Bilingual } }> {
  if (typeof number !== 'string' || !VERDICTS.includes(verdict) || !Number.isSafeInteger(resultCode))
    throw badAnswer(200)
  const told = {
    number,
    verdict: verdict as Verdict,
    resultCode: resultCode as ResultCode,
    nextStep: readSentence(nextStep),
  }
  if (attestation === undefined) return { ...told, signed: null }
  const report = typeof attestation === 'string' ? await signedReport(attestation, key) : null
  // A verdict beside the signed one that says something else is believed by nobody.
  const isSame =
    report !== null &&
    report.number === number &&
    report.verdict === verdict &&
    report.resultCode === resultCode
  if (!isSame || typeof attestation !== 'string') return { problem: UNPROVEN }
  const shownCode = typeof code === 'string' && CODE.test(code) ? code : null
  return { ...told, signed: { report, attestation, code: shownCode } }
}

const UNPROVEN = { code: 'unproven', says: SERVICE_TEXTS.unproven } as const

/** `null`: this key did not sign it. */
async function signedReport(
  attestation: string,
  { publicJwk }: Pick<ConsoleSettings['verifierKey'], 'publicJwk'>,
): Promise<VerificationReport | null> {
  try {
    return await verifyAttestation(attestation, publicJwk)
  } catch (error) {
    if (error instanceof AttestationError || error instanceof MalformedError) return null
    throw error
  }
}

function readItemProblem(problem: unknown): { readonly code: string; readonly says: Bilingual } {
  const { code, says } = Object(problem) as { readonly code?: unknown; readonly says?: unknown }
  if (typeof code !== 'string' || !PROBLEM_CODE.test(code)) throw badAnswer(200)
  return { code, says: readSentence(says) }
}

function readSentence(says: unknown): Bilingual {
  const { zh, en } = Object(says) as { readonly zh?: unknown; readonly en?: unknown }
  if (typeof zh !== 'string' || typeof en !== 'string') throw badAnswer(200)
  return { zh: zh.slice(0, MOST_SENTENCE_CHARACTERS), en: en.slice(0, MOST_SENTENCE_CHARACTERS) }
}

async function reach(path: string, init: RequestInit): Promise<Response> {
  const answer = await fetchAsOwnPage(path, init).catch((error: unknown) => {
    if (init.signal?.aborted === true) throw error
    throw new ServiceProblem(0, 'unreachable', UNREACHABLE)
  })
  if (answer.ok) return answer
  throw await readProblem(answer)
}

async function readAnswer(answer: Response): Promise<unknown> {
  try {
    return Object(parseJsonText(await answer.text(), MOST_PARTS, 'answer'))
  } catch {
    throw badAnswer(answer.status)
  }
}

function badAnswer(status: number): ServiceProblem {
  return new ServiceProblem(status, 'bad-answer', BAD_ANSWER)
}
