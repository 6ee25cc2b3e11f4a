/** `Idempotency-Key`: a request that is sent again is answered as before (draft-ietf-httpapi-idempotency-key-header). */
import {
  type Admitted,
  answerJson,
  type DescribedHeaders,
  type Exchange,
  type Place,
  type ReceivedBody,
  type Step,
} from '@hefu/service'
import { z } from 'zod'
import { assertMayStillFind, assertMayStillHear } from '../access/permission.ts'
import type { VerifierClient } from '../access/verifier-client.ts'
import type { Evidence, SettledReplay } from '../store/evidence.ts'
import { within } from '../store/patience.ts'
import type { Records } from '../store/records.ts'
import type { BegunReplay } from '../store/replays.ts'
import { recorded, recordProblem } from './record-problem.ts'

const HEADER = 'idempotency-key'
/** A string of RFC 9651, without what has to be escaped in it; or the same without its quotation marks. */
const KEY = /^(?:"([\x21\x23-\x5b\x5d-\x7e]{16,128})"|([\x21\x23-\x2b\x2d-\x3a\x3c-\x5b\x5d-\x7e]{16,128}))$/

/** For the description of the interface. */
export const DESCRIBED_IDEMPOTENCY: DescribedHeaders = z.object({
  'Idempotency-Key': z.string().optional().meta({
    description:
      '本次请求的唯一标识：16 至 128 个可见 ASCII 字符（如 UUID，加双引号），24 小时内重发同一请求得到同一结果 · names this request by 16 to 128 visible ASCII characters (such as a UUID, in quotation marks): sent again within 24 hours it is answered alike',
    example: '"8e03978e-40d5-43e8-bc93-6894a57f9324"',
  }),
})

/** Codes of the problems of a route that answers once. */
export const IDEMPOTENCY_PROBLEMS = [
  'records-unreachable',
  'key-ended',
  'idempotency-key-malformed',
  'idempotency-key-reused',
  'idempotency-answer-sealed',
  'request-under-way',
] as const

/** Any text: it is kept as a digest. `null`: there is none. @throws {ProblemError} `idempotency-key-malformed` */
export function readIdempotencyKey({ req }: Exchange): string | null {
  const [line, ...more] = req.headersDistinct[HEADER] ?? []
  if (line === undefined) return null
  const [, quoted, bare] = (more.length === 0 && KEY.exec(line.trim())) || []
  const idempotencyKey = quoted ?? bare
  if (idempotencyKey === undefined) throw recordProblem('idempotency-key-malformed')
  return idempotencyKey
}

export interface OnceServices {
  readonly records: Pick<Records, 'evidence' | 'replays'>
  /** Hears why the store could not be used. */
  readonly onFault: (fault: unknown) => void
  /** Unix seconds. */
  readonly clock: () => number
}

/** What an answer told. */
export interface Told {
  readonly reading: Evidence['reading']
  /** `null`: no licence could be read. */
  readonly licenceType: string | null
}

/** What the answer is made durable with; `null`: the request bears no key. */
export type SettleReplay = (answer: object, told: Told) => SettledReplay | null

/** An answer as it is kept, sealed. */
interface KeptAnswer extends Told {
  /** The bytes that were sent. */
  readonly text: string
}

type Known = Admitted<VerifierClient> & ReceivedBody & { readonly place: Place }

/**
 * Ends a route with what `work` answers, which is done once for each key. It is given what its answer has to be made
 * durable with; where it throws, the key is free again.
 */
export function answerOnce<More extends Known>(
  services: OnceServices,
  path: string,
  work: (ctx: Exchange, known: More, settle: SettleReplay) => Promise<object>,
): Step<More, void> {
  const { records, onFault } = services
  return async (ctx, known) => {
    const key = readIdempotencyKey(ctx)
    const { client, grant, bytes, place } = known
    if (key === null) return answerJson(ctx, await work(ctx, known, () => null))
    const request = { sender: [client.id, grant.person ?? ''], path, key, bytes }
    const found = await recorded(() => records.replays.begin(request), onFault)
    if (found.state === 'answered') return answerAgain(services, ctx, known, found.answer)
    if (found.state !== 'begun') throw recordProblem(REPLAY_REFUSALS[found.state])
    answerJson(
      ctx,
      await releasing(found.begun, () => {
        // Who left while the store was asked sends it again: nothing is begun for nobody.
        place.signal.throwIfAborted()
        return work(ctx, known, (answer, told) =>
          found.begun.settle(JSON.stringify({ text: JSON.stringify(answer), ...told } satisfies KeptAnswer)),
        )
      }),
    )
  }
}

export const REPLAY_REFUSALS = {
  'other-body': 'idempotency-key-reused',
  'sealed-otherwise': 'idempotency-answer-sealed',
  'under-way': 'request-under-way',
} as const

const RELEASED_WITHIN_MS = 2_000

/** The work, and the key free again where it fails. */
export async function releasing<T>(begun: BegunReplay, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    // A key that is not given back is free within a minute.
    await within(begun.release(), RELEASED_WITHIN_MS).catch(() => undefined)
    throw error
  }
}

/** To whoever may still see it: also what is told once more is recorded before. */
async function answerAgain(
  { records, onFault, clock }: OnceServices,
  ctx: Exchange,
  { client, grant }: Known,
  kept: string,
): Promise<void> {
  const { text, reading, licenceType } = JSON.parse(kept) as KeptAnswer
  assertMayStillFind(grant, reading.kind)
  assertMayStillHear(client, { receivingRegion: reading.region, licenceType, shown: reading.shown })
  const again = { ...reading, at: clock(), kind: 'replayed' } as const
  await recorded(() => records.evidence.add({ reading: again, report: null, replay: null }), onFault)
  ctx.state.described = { replayed: true }
  ctx.type = 'application/json'
  ctx.body = text
}
