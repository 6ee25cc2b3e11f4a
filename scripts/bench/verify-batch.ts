/** Verification by the threads of a batch against as many threads that each verify by themselves, over facts in memory. */
import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import { withDeadline } from '@hefu/ledger/deadline'
import {
  DEFAULT_MAX_LEDGER_AGE_SECONDS,
  encodeReportNumber,
  type LedgerView,
  LICENCE_TYPES,
  pinLedger,
  suite,
} from '@hefu/protocol'
import { MOST_OF_CHUNK } from '#internal/verifier/batch/batch-items'
import type { VerificationTask } from '#internal/verifier/batch/worker-messages'
import { createWorkerPool, type WorkerPool } from '#internal/verifier/batch/worker-pool'
import { createAnchoredLicences, NOW } from './anchored-licences.ts'
import { compareSpeed, type Figure, median, type Pace, paceOf, type Workload } from './measure.ts'
import type { LocalStart } from './served/verify-locally.ts'

const LICENCES_OF_THREAD = 512
const LEDGER_DEADLINE_MS = 8_000

/** The whole of it: verified, numbered, signed. */
const OWN: Program = undefined
/** As the reference: verified, and no more. */
const UNSIGNED: Program = new URL('./served/verify-in-batch.ts', import.meta.url)
type Program = URL | undefined

/**
 * A chunk from when it is opened until it could be stored: copied to a thread, facts asked for and told, done, told
 * back. Without the store. `verify-batch` does of it what the reference does; `verify-batch-signed` also numbers and
 * signs each report, as every batch does. `-cpu` is the same by the processor time of all threads, the main one's too,
 * which a machine that others keep busy falsifies less.
 */
export async function benchVerifyBatch(): Promise<readonly Figure[]> {
  const size = availableParallelism()
  const { bundles, memory, view } = await createAnchoredLicences('ES256', LICENCES_OF_THREAD)
  const locals = await Promise.all(Array.from({ length: size }, () => startLocal({ bundles, memory })))
  const chunks = chunksOf(bundles, size)
  const count = size * LICENCES_OF_THREAD
  const reference = { count, run: () => Promise.all(locals.map(({ run }) => run())) }
  const compare = async (name: string, program: Program): Promise<readonly Figure[]> => {
    const pool = await startPool(size, view, program)
    const ours = { count, run: () => runAll(pool, chunks, 2 * size) }
    try {
      return [
        await compareSpeed(name, ours, reference),
        await compareWork(`${name}-cpu`, size, ours, reference),
      ]
    } finally {
      await pool.close()
    }
  }
  try {
    return [...(await compare('verify-batch', UNSIGNED)), ...(await compare('verify-batch-signed', OWN))]
  } finally {
    await Promise.all(locals.map(({ stop }) => stop()))
  }
}

async function startPool(size: number, view: LedgerView, program: Program): Promise<WorkerPool> {
  return createWorkerPool({
    size,
    directory: withDeadline(pinLedger(view), LEDGER_DEADLINE_MS),
    privateJwk: await suite.generateKey('ES256'),
    maxLedgerAgeSeconds: DEFAULT_MAX_LEDGER_AGE_SECONDS,
    licenceTypes: LICENCE_TYPES,
    onFault: fail,
    onUnavailable: fail,
    ...(program === undefined ? {} : { program }),
  })
}

const WORK: Pace = { rounds: 9, warmUpMs: 0 }

/** What so many cores would do that had nothing else to do: both after the warm-up of the figure before. */
async function compareWork(
  name: string,
  cores: number,
  ours: Workload,
  reference: Workload,
): Promise<Figure> {
  const rates = { ours: [] as number[], reference: [] as number[] }
  const rateOfCores = async ({ count, run }: Workload): Promise<number> => {
    const before = process.cpuUsage()
    await run()
    const { user, system } = process.cpuUsage(before)
    return (cores * count * 1_000_000) / (user + system)
  }
  for (let round = 0; round < paceOf(WORK).rounds; round++) {
    rates.ours.push(await rateOfCores(ours))
    rates.reference.push(await rateOfCores(reference))
  }
  const [value, beside] = [median(rates.ours), median(rates.reference)]
  return {
    name,
    value: Math.round(value),
    unit: '1/s',
    reference: Math.round(beside),
    ratio: Number((value / beside).toFixed(3)),
  }
}

function fail(reason: unknown): void {
  throw new Error(`measure a batch that went well: ${String(reason)}`)
}

/** As many for each thread as the other side has. */
function chunksOf(bundles: readonly string[], size: number): readonly (readonly VerificationTask[])[] {
  const tasks = Array.from({ length: size }, () => bundles)
    .flat()
    .map((presented, item) => taskOf(presented, item))
  return Array.from({ length: Math.ceil(tasks.length / MOST_OF_CHUNK) }, (_, i) =>
    tasks.slice(i * MOST_OF_CHUNK, (i + 1) * MOST_OF_CHUNK),
  )
}

function taskOf(presented: string, item: number): VerificationTask {
  return {
    item,
    request: { presented, receivingRegion: '440000' },
    number: encodeReportNumber({ day: '2023-11-15', series: '7K3M9QXA', count: item + 1 }),
    now: NOW,
    read: {
      client: { id: 'bench' },
      grant: { person: null },
      useCause: null,
      kind: 'verification',
      shown: 'report',
      fields: [],
    },
  }
}

async function runAll(
  pool: WorkerPool,
  chunks: readonly (readonly VerificationTask[])[],
  atOnce: number,
): Promise<void> {
  const left = chunks.values()
  const runNext = async (): Promise<void> => {
    for (const chunk of left) {
      const outcomes = await pool.run(chunk)
      const other = outcomes.find((outcome) => !('verdict' in outcome) || outcome.verdict !== 'accepted')
      if (other !== undefined) throw new Error(`measure a verification: it ended ${JSON.stringify(other)}`)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, runNext))
}

interface Local {
  run(): Promise<void>
  stop(): Promise<unknown>
}

/** A thread with a ledger and licences of its own. */
async function startLocal(start: LocalStart): Promise<Local> {
  const worker = new Worker(new URL('./served/verify-locally.ts', import.meta.url), {
    workerData: start,
  })
  let heard: () => void = () => undefined
  const once = (): Promise<void> => new Promise((resolve) => (heard = resolve))
  worker.on('message', () => heard())
  await once()
  return {
    run: () => {
      const done = once()
      worker.postMessage('verify')
      return done
    },
    stop: () => worker.terminate(),
  }
}
