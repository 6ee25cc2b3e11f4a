/** What a thread of a batch does: it takes tasks, asks for every fact, and tells what became of them. */
import { type MessagePort, workerData } from 'node:worker_threads'
import { createVerifier, type LedgerUnavailableCode, suite, type Verifier } from '@hefu/protocol'
import { createAskedDirectory } from './asked-directory.ts'
import type { FromWorker, TaskOutcome, ToWorker, VerificationTask, WorkerStart } from './worker-messages.ts'

/** Never rejects. */
export type DoTask = (task: VerificationTask) => Promise<TaskOutcome>

/** Serves the thread that began this one, until that ends it. */
export function serveTasks(
  port: MessagePort,
  createDo: (verifier: Verifier, start: WorkerStart) => Promise<DoTask>,
): void {
  const start = workerData as WorkerStart
  const post = (message: FromWorker): void => port.postMessage(message)
  const directory = createAskedDirectory((asks) => post({ asks }))
  const { maxLedgerAgeSeconds, licenceTypes } = start
  const onUnavailable = ({ code }: { readonly code: LedgerUnavailableCode }): void =>
    post({ unavailable: code })
  const verifier = createVerifier({ suite, directory, maxLedgerAgeSeconds, licenceTypes, onUnavailable })
  const doing = createDo(verifier, start)
  port.on('message', async (message: ToWorker) => {
    if ('answers' in message) {
      directory.settle(message.answers)
      return
    }
    const doTask = await doing
    // All at once: what they ask is asked together.
    post({ job: message.job, outcomes: await Promise.all(message.tasks.map(doTask)) })
  })
}
