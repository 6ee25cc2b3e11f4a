/** `POST /v1/batches`: many licences to be verified, a line each, taken as they come and never held whole. */
import { createHash } from 'node:crypto'
import {
  type Admitted,
  answerJson,
  assertBodyOf,
  assertJsonAcceptable,
  createGate,
  type Exchange,
  type Handler,
  type LineBounds,
  NDJSON_MEDIA_TYPE,
  type Route,
  type RouteDescription,
  receiveLines,
  type Step,
} from '@hefu/service'
import { z } from 'zod'
import { assertBatchPermitted } from '../access/permission.ts'
import { RETRIEVE } from '../access/scope.ts'
import type { VerifierClient } from '../access/verifier-client.ts'
import { batchProblem } from '../routes/batch-problem.ts'
import {
  DESCRIBED_IDEMPOTENCY,
  IDEMPOTENCY_PROBLEMS,
  REPLAY_REFUSALS,
  readIdempotencyKey,
  releasing,
} from '../routes/idempotency.ts'
import { MAX_BODY_BYTES } from '../routes/judging-head.ts'
import { recorded, recordProblem } from '../routes/record-problem.ts'
import { unixSeconds } from '../routes/verification-answer.ts'
import { IDENTIFIER_ALONE } from '../routes/verification-request.ts'
import type { SettledReplay } from '../store/evidence.ts'
import { within } from '../store/patience.ts'
import { type BatchItem, MOST_OF_CHUNK } from './batch-items.ts'
import { assertBatches, type Batches, type BatchServices } from './batch-services.ts'
import { batchNumber } from './batch-state.ts'
import { type ForAll, itemLine, readForAll, readItem } from './item-line.ts'
import { BATCH_SECONDS, type ReceivedBatch } from './kept-batches.ts'

export const BATCHES_PATH = '/v1/batches'

export const MOST_ITEMS = 100_000
/** Ten thousand bytes an item; a licence has four or five. */
export const MOST_BATCH_BYTES = 1_073_741_824
/** Beside {@link MOST_OF_CHUNK}: what the items of one chunk have together, and one more. */
const MOST_CHUNK_BYTES = 524_288
/** Each holds a chunk. */
const MOST_RECEIVED_AT_ONCE = 8
const DISCARDED_WITHIN_MS = 2_000

/** For the description of the interface. */
export const DESCRIBED_BATCH: RouteDescription = {
  operationId: 'verifyBatch',
  says: {
    zh: '批量核验，逐行给出，至多 100,000 份、1 GiB',
    en: 'Verify many licences, one on each line: at most 100,000, and 1 GiB',
  },
  headers: DESCRIBED_IDEMPOTENCY,
  body: {
    says: { zh: '每行一份', en: 'One item a line' },
    mediaType: NDJSON_MEDIA_TYPE,
    mostBytes: MOST_BATCH_BYTES,
    mostLineBytes: MAX_BODY_BYTES,
    schema: itemLine,
    examples: {
      all: {
        says: { zh: '首行：对各份通用', en: 'The first line: for all of them' },
        value: { all: { receivingRegion: '440000', useCause: '投标资格审查' } },
      },
      item: {
        says: { zh: '其中一份', en: 'One of them' },
        value: { id: 'tender-1', presented: IDENTIFIER_ALONE, receivingRegion: '440000' },
      },
    },
  },
  location: { zh: '进度地址', en: 'Where to look how far it is' },
  answer: {
    status: 202,
    says: { zh: '已接收，正在核验', en: 'It is received, and being verified' },
    schema: z.strictObject({
      number: batchNumber,
      items: z.int().min(1).max(MOST_ITEMS),
      expiresAt: unixSeconds,
    }),
  },
  problems: [
    'no-batches',
    'batch-not-permitted',
    'batches-full',
    'too-many-items',
    'batch-empty',
    'not-a-request',
    ...IDEMPOTENCY_PROBLEMS.filter((code) => code !== 'key-ended'),
  ],
}

export function batchRoute(services: BatchServices): (admitted: Route<Admitted<VerifierClient>>) => Handler {
  return (admitted) =>
    admitted
      .assert(assertJsonAcceptable)
      .assert(assertBodyOf(NDJSON_MEDIA_TYPE))
      .find((ctx) => ({ idempotencyKey: readIdempotencyKey(ctx) }))
      .find(() => assertBatches(services))
      .assert(assertBatchPermitted)
      .within(createGate(MOST_RECEIVED_AT_ONCE))
      .answer(receive(services))
}

type Known = Admitted<VerifierClient> & {
  readonly batches: Batches
  readonly idempotencyKey: string | null
}

/** What is answered, also to whoever sends the same again. */
interface Given {
  readonly number: string
  readonly items: number
  readonly expiresAt: number
}

function receive(services: BatchServices): Step<Known, void> {
  return async (ctx, known) => {
    const batch = await begin(services, known)
    const given = await discardingUnless(batch, async () => {
      const received = await receiveWhole(services, ctx, known.batches, batch)
      return settle(services, known, batch, received)
    })
    known.batches.wake()
    ctx.state.described = { items: given.items }
    ctx.status = 202
    ctx.set('Location', `${BATCHES_PATH}/${given.number}`)
    answerJson(ctx, given)
  }
}

async function begin({ onFault }: BatchServices, { batches, client, grant }: Known): Promise<ReceivedBatch> {
  const sender = {
    client: client.id,
    person: grant.person,
    finds: grant.scopes.has(RETRIEVE),
    narrowedTo: client.narrowedTo ?? [],
  }
  const batch = await recorded(() => batches.kept.begin(sender, client.batches), onFault)
  if (batch === 'full') throw batchProblem('batches-full')
  return batch
}

/** What is not whole, or was given before, is not kept; where the store is away, it expires by itself. */
async function discardingUnless(batch: ReceivedBatch, work: () => Promise<Given>): Promise<Given> {
  const discard = (): Promise<void> => within(batch.discard(), DISCARDED_WITHIN_MS).catch(() => undefined)
  try {
    const given = await work()
    if (given.number !== batch.number) await discard()
    return given
  } catch (error) {
    await discard()
    throw error
  }
}

interface Received {
  readonly items: number
  /** Of every byte. */
  readonly digest: Uint8Array
}

/** Nothing more is read from the connection while a chunk is being kept. */
async function receiveWhole(
  { onFault }: BatchServices,
  ctx: Exchange,
  { share, mostItems }: Batches,
  batch: ReceivedBatch,
): Promise<Received> {
  const digest = createHash('sha256')
  const chunk = createChunk(async (items) => {
    const beganAt = performance.now()
    await recorded(() => batch.add(items), onFault)
    await share.giveWay(performance.now() - beganAt)
  })
  let forAll: ForAll | null = null
  let items = 0
  for await (const line of receiveLines(ctx, LINES, (piece) => digest.update(piece))) {
    if (forAll === null) {
      const found = readForAll(line)
      forAll = found ?? {}
      if (found !== null) continue
    }
    items += 1
    if (items > mostItems) throw batchProblem('too-many-items')
    await chunk.add(readItem(items, line, forAll), line.bytes?.length ?? 0)
  }
  await chunk.end()
  if (items === 0) throw batchProblem('batch-empty')
  return { items, digest: digest.digest() }
}

const LINES: LineBounds = { mostLineBytes: MAX_BODY_BYTES, mostBytes: MOST_BATCH_BYTES }

function createChunk(keep: (items: readonly BatchItem[]) => Promise<void>): {
  add(item: BatchItem, bytes: number): Promise<void>
  end(): Promise<void>
} {
  let items: BatchItem[] = []
  let held = 0
  const end = async (): Promise<void> => {
    const whole = items
    items = []
    held = 0
    if (whole.length > 0) await keep(whole)
  }
  return {
    add: async (item, bytes) => {
      items.push(item)
      held += bytes
      if (items.length === MOST_OF_CHUNK || held >= MOST_CHUNK_BYTES) await end()
    },
    end,
  }
}

/** Of a request with a key nobody knows before its end whether it was sent before: its bytes say so. */
async function settle(
  { records, onFault, clock }: BatchServices,
  { client, grant, idempotencyKey: key }: Known,
  batch: ReceivedBatch,
  { items, digest: bytes }: Received,
): Promise<Given> {
  const given: Given = { number: batch.number, items, expiresAt: clock() + BATCH_SECONDS }
  const keep = (replay: SettledReplay | null): Promise<void> =>
    recorded(() => batch.settle(items, given.expiresAt, replay), onFault)
  if (key === null) {
    await keep(null)
    return given
  }
  const request = { sender: [client.id, grant.person ?? ''], path: BATCHES_PATH, key, bytes }
  const found = await recorded(() => records.replays.begin(request), onFault)
  if (found.state === 'answered') return JSON.parse(found.answer) as Given
  if (found.state !== 'begun') throw recordProblem(REPLAY_REFUSALS[found.state])
  await releasing(found.begun, () => keep(found.begun.settle(JSON.stringify(given))))
  return given
}
