/** Does what was given in batches, chunk by chunk, as long as the process lives; whatever it leaves, another takes up. */
import { narrowClient } from '../access/narrowed-client.ts'
import type { VerifierClient } from '../access/verifier-client.ts'
import type { EvidenceLog } from '../store/evidence.ts'
import { within } from '../store/patience.ts'
import type { Records } from '../store/records.ts'
import type { BatchMeter } from './batch-meter.ts'
import type { BatchShare } from './batch-share.ts'
import { LEASE_SECONDS, type Leases, SupersededError, type TakenChunk } from './chunk-leases.ts'
import { type ChunkServices, type DoneChunk, doChunk, giveUpChunk } from './do-chunk.ts'
import type { WorkerPool } from './worker-pool.ts'

export interface RunnerServices extends Omit<ChunkServices, 'records'> {
  readonly leases: Leases
  readonly pool: WorkerPool
  readonly records: Pick<Records, 'nextNumber' | 'isKeyInForce'> & { readonly evidence: EvidenceLog }
  /** Those whose batches are done, by their identifiers. */
  readonly clients: ReadonlyMap<string, VerifierClient>
  readonly share: Pick<BatchShare, 'hasOthers' | 'giveWay'>
  readonly meter: BatchMeter
  /** Chunks under way at once while nobody else is there. */
  readonly mostUnderWay: number
}

export interface BatchRunner {
  /** There may be something to do. */
  wake(): void
  /** Takes no more; what is not done within a moment is given back. */
  close(): Promise<void>
}

/** Of what other processes left. */
const LOOK_EVERY_MS = 5_000
const RENEW_EVERY_MS = (LEASE_SECONDS * 1_000) / 4
/** Whoever took it so often was no more before its end: it is not tried for ever. */
const MOST_TRIES = 8
const CLOSED_WITHIN_MS = 3_000
const PATIENCE_MS = 11_000

export function startBatchRunner(services: RunnerServices): BatchRunner {
  const { share, pool } = services
  const underWay = new Map<TakenChunk, Promise<void>>()
  const bell = createBell()
  let isClosed = false
  const begin = (chunk: TakenChunk): void => {
    const done = completeChunk(services, chunk).finally(() => {
      underWay.delete(chunk)
      bell.ring()
    })
    underWay.set(chunk, done)
  }
  const run = async (): Promise<void> => {
    while (!isClosed) {
      const hasRoom = underWay.size < (share.hasOthers() ? 1 : services.mostUnderWay)
      const chunk = hasRoom ? await take(services) : null
      if (chunk === null) {
        const wasRung = await bell.wait(LOOK_EVERY_MS)
        if (!wasRung && underWay.size === 0) await pool.rest()
      } else if (isClosed) await giveBack(services, chunk)
      else begin(chunk)
    }
  }
  const running = run()
  return {
    wake: bell.ring,
    close: async () => {
      isClosed = true
      bell.ring()
      await running
      await within(Promise.all(underWay.values()), CLOSED_WITHIN_MS).catch(() => undefined)
      const left = [...underWay.keys()]
      await pool.close()
      await Promise.all(left.map((chunk) => giveBack(services, chunk)))
    },
  }
}

/** Nothing while nothing may be signed: it would be done for nothing, again and again. */
async function take({ leases, clients, records, onFault }: RunnerServices): Promise<TakenChunk | null> {
  try {
    const chunk = await within(leases.take([...clients.keys()]), PATIENCE_MS)
    if (chunk === null || (await records.isKeyInForce())) return chunk
    await chunk.release()
  } catch (fault) {
    onFault(fault)
  }
  return null
}

/** Never rejects: whoever has it next does it again. */
async function completeChunk(services: RunnerServices, chunk: TakenChunk): Promise<void> {
  const { records, share, meter, onFault } = services
  const beganAt = performance.now()
  const renewing = setInterval(() => void chunk.renew().catch(onFault), RENEW_EVERY_MS)
  meter.begin(chunk.items.length)
  try {
    const { results, evidence } = await doOrGiveUp(services, chunk)
    await chunk.complete(records.evidence, evidence, results)
    meter.count(results)
  } catch (fault) {
    if (!(fault instanceof SupersededError)) onFault(fault)
  } finally {
    clearInterval(renewing)
    meter.end(chunk.items.length)
  }
  await share.giveWay(performance.now() - beganAt)
}

async function doOrGiveUp(
  services: RunnerServices,
  { items, sender, tries }: TakenChunk,
): Promise<DoneChunk> {
  const registered = services.clients.get(sender.client)
  if (registered === undefined || tries > MOST_TRIES) return giveUpChunk(items)
  const client = narrowClient(registered, sender.narrowedTo)
  return doChunk(services, { client, sender }, items)
}

async function giveBack({ onFault }: RunnerServices, chunk: TakenChunk): Promise<void> {
  await within(chunk.release(), CLOSED_WITHIN_MS).catch(onFault)
}

/** Is waited for until it rings, or rang since it was last waited for. */
function createBell(): { readonly ring: () => void; readonly wait: (ms: number) => Promise<boolean> } {
  let hasRung = false
  let wake: () => void = () => undefined
  return {
    ring: () => {
      hasRung = true
      wake()
    },
    wait: async (ms) => {
      if (!hasRung) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, ms)
          wake = () => {
            clearTimeout(timer)
            resolve()
          }
        })
      }
      const wasRung = hasRung
      hasRung = false
      return wasRung
    },
  }
}
