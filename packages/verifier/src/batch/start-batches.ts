/** All that belongs to batches, begun and ended with the service. */
import type { LedgerDirectory, LedgerUnavailableCode } from '@hefu/protocol'
import type { Exchange, LoadGate } from '@hefu/service'
import type { Registry } from 'prom-client'
import type { VerifierClient } from '../access/verifier-client.ts'
import type { FindingServices } from '../routes/found-licence.ts'
import type { CursorSeal } from '../routes/ledger/sealed-cursor.ts'
import type { DepositKeys } from '../store/deposit-seal.ts'
import type { VerifierStore } from '../store/open-store.ts'
import type { Records } from '../store/records.ts'
import { createBatchMeter } from './batch-meter.ts'
import { type BatchRunner, startBatchRunner } from './batch-runner.ts'
import type { Batches } from './batch-services.ts'
import { createBatchShare } from './batch-share.ts'
import { BATCHES_PATH } from './batch-upload.ts'
import { createKeptBatches } from './kept-batches.ts'
import type { WorkerStart } from './worker-messages.ts'
import { createWorkerPool } from './worker-pool.ts'

export interface BatchBeginning extends FindingServices {
  readonly store: VerifierStore
  readonly keys: DepositKeys
  /** Threads. */
  readonly size: number
  /** Of one batch. */
  readonly mostItems: number
  /** What they run; absent: the service's own. */
  readonly program?: URL
  readonly start: WorkerStart
  readonly directory: LedgerDirectory
  /** Whether nodes are asked for every fact: they are what a batch waits for, and not to be asked by all threads at once. */
  readonly asksNodes: boolean
  readonly clients: ReadonlyMap<string, VerifierClient>
  readonly records: Records
  readonly load: LoadGate
  readonly cursors: CursorSeal
  readonly registry: Registry
  readonly onFault: (fault: unknown) => void
  readonly onUnavailable: (code: LedgerUnavailableCode) => void
  /** Unix seconds. */
  readonly clock: () => number
}

export interface BegunBatches {
  readonly batches: Batches
  /** The same gate: batches see who comes to it. */
  readonly load: LoadGate
  readonly close: BatchRunner['close']
}

/** Chunks of which one is verified while another comes and goes. */
const CHUNKS_OF_THREAD = 2

/** @throws {VerifierStartError} `deposit-key-missing` */
export async function startBatches(begun: BatchBeginning): Promise<BegunBatches> {
  const { size, directory, start, onFault, onUnavailable, program, cursors, clock } = begun
  const kept = await createKeptBatches(begun.store, begun.keys, clock)
  const share = createBatchShare(begun.load, isBatch)
  const pool = createWorkerPool({
    ...start,
    ...{ size, directory, onFault, onUnavailable },
    ...(program === undefined ? {} : { program }),
  })
  const runner = startBatchRunner({
    ...begun,
    ...{ leases: kept, pool, share, licenceTypes: start.licenceTypes },
    meter: createBatchMeter(begun.registry, kept.countWaiting),
    mostUnderWay: begun.asksNodes ? 1 : CHUNKS_OF_THREAD * size,
  })
  return {
    batches: { kept, mostItems: begun.mostItems, share, cursors, wake: runner.wake },
    load: share.load,
    close: runner.close,
  }
}

function isBatch({ path }: Exchange): boolean {
  return path === BATCHES_PATH
}
