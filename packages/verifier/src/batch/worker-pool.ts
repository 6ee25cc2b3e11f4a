/** Threads that verify: as many as there are cores. One that dies is replaced, and what it was at is done again. */
import { Worker } from 'node:worker_threads'
import type { LedgerDirectory, LedgerUnavailableCode } from '@hefu/protocol'
import { createLedgerDesk } from './ledger-desk.ts'
import type {
  FromWorker,
  LedgerAnswer,
  TaskOutcome,
  ToWorker,
  VerificationTask,
  WorkerStart,
} from './worker-messages.ts'

export interface PoolOptions extends WorkerStart {
  /** Threads, at least one. They begin when there is something to do. */
  readonly size: number
  readonly directory: LedgerDirectory
  /** Hears what a ledger's view, or a thread, failed of. */
  readonly onFault: (fault: unknown) => void
  /** Hears why a ledger could not be asked. */
  readonly onUnavailable: (code: LedgerUnavailableCode) => void
  /** What a thread runs. */
  readonly program?: URL
  /** A thread that has not done its job by then is ended. */
  readonly patienceMs?: number
}

export interface WorkerPool {
  /** The same number of outcomes, in the order of the tasks. */
  run(tasks: readonly VerificationTask[]): Promise<readonly TaskOutcome[]>
  /** Ends the threads that have nothing to do; they begin anew. */
  rest(): Promise<void>
  /** Ends all; what is under way is not done. */
  close(): Promise<void>
}

const PROGRAM = new URL('./batch-worker.js', import.meta.url)
/** A job asks for facts at once, and each within eight seconds. */
const PATIENCE_MS = 60_000
/** Many times what a chunk needs; a thread that needs more ends, and not the process. */
const LIMITS = { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 32 }

/** The thread is gone, and nobody knows what it had done. */
export class WorkerGoneError extends Error {
  override readonly name = 'WorkerGoneError'
}

export function createWorkerPool(options: PoolOptions): WorkerPool {
  const threads = Array.from({ length: options.size }, () => createThread(options))
  // Alone with one item: where it dies again, that item is what it dies of.
  const solitary = createThread(options)
  let alone: Promise<unknown> = Promise.resolve()
  let isClosed = false
  const runAlone = async (task: VerificationTask): Promise<TaskOutcome> => {
    const [outcome] = await solitary.run([task]).catch((error: unknown) => {
      if (isClosed) throw error
      return [{ item: task.item, fault: 'WorkerGoneError' }]
    })
    return outcome ?? { item: task.item, fault: 'WorkerGoneError' }
  }
  const runEachAlone = async (tasks: readonly VerificationTask[]): Promise<readonly TaskOutcome[]> => {
    const outcomes: TaskOutcome[] = []
    for (const task of tasks) outcomes.push(await runAlone(task))
    return outcomes
  }
  return {
    run: async (tasks) => {
      const least = threads.reduce((a, b) => (b.jobs() < a.jobs() ? b : a))
      try {
        return await least.run(tasks)
      } catch (error) {
        if (isClosed || !(error instanceof WorkerGoneError)) throw error
        const turn = alone.then(() => runEachAlone(tasks))
        alone = turn.catch(() => undefined)
        return turn
      }
    },
    rest: async () => {
      await Promise.all([...threads, solitary].filter(({ jobs }) => jobs() === 0).map(({ end }) => end()))
    },
    close: async () => {
      isClosed = true
      await Promise.all([...threads, solitary].map(({ end }) => end()))
    },
  }
}

interface Thread {
  /** @throws {WorkerGoneError} */
  run(tasks: readonly VerificationTask[]): Promise<readonly TaskOutcome[]>
  /** Under way. */
  jobs(): number
  end(): Promise<void>
}

interface Job {
  readonly resolve: (outcomes: readonly TaskOutcome[]) => void
  readonly reject: (error: unknown) => void
  readonly watch: NodeJS.Timeout
}

/** A place for one thread after another. */
function createThread(options: PoolOptions): Thread {
  const { patienceMs = PATIENCE_MS } = options
  let current: { readonly worker: Worker; readonly jobs: Map<number, Job> } | null = null
  let count = 0
  const begin = (): NonNullable<typeof current> => {
    const worker = beginWorker(options)
    const jobs = new Map<number, Job>()
    const begun = { worker, jobs }
    const gone = (fault: unknown): void => {
      if (current === begun) current = null
      for (const { reject, watch } of jobs.values()) {
        clearTimeout(watch)
        reject(new WorkerGoneError('verify a batch: a thread died', { cause: fault }))
      }
      jobs.clear()
    }
    const post = (message: ToWorker): void => worker.postMessage(message)
    const postAnswers = (answers: readonly LedgerAnswer[]): void => {
      try {
        post({ answers })
      } catch (fault) {
        // Something in them cannot be copied: a view told what is no fact.
        options.onFault(fault)
        post({
          answers: answers.map((answer) => ('facts' in answer ? { id: answer.id, fault: true } : answer)),
        })
      }
    }
    const desk = createLedgerDesk(options.directory, postAnswers, options.onFault)
    worker.on('message', (message: FromWorker) => {
      if ('unavailable' in message) options.onUnavailable(message.unavailable)
      else if ('asks' in message) desk(message.asks)
      else {
        const job = jobs.get(message.job)
        jobs.delete(message.job)
        clearTimeout(job?.watch)
        job?.resolve(message.outcomes)
      }
    })
    worker.on('error', (fault) => {
      options.onFault(fault)
      gone(fault)
    })
    worker.on('exit', gone)
    return begun
  }
  return {
    run: (tasks) =>
      new Promise((resolve, reject) => {
        current ??= begin()
        const { worker, jobs } = current
        count += 1
        const watch = setTimeout(() => void worker.terminate(), patienceMs)
        jobs.set(count, { resolve, reject, watch })
        worker.postMessage({ job: count, tasks } satisfies ToWorker)
      }),
    jobs: () => current?.jobs.size ?? 0,
    end: async () => {
      const ending = current
      current = null
      await ending?.worker.terminate()
    },
  }
}

function beginWorker({
  program = PROGRAM,
  privateJwk,
  maxLedgerAgeSeconds,
  licenceTypes,
}: PoolOptions): Worker {
  const start: WorkerStart = { privateJwk, maxLedgerAgeSeconds, licenceTypes }
  // What it has to know it is told: nothing of the environment, in which a passphrase may stand.
  return new Worker(program, { workerData: start, env: {}, resourceLimits: LIMITS })
}
