/** The batch of this page: it goes on while other pages are looked at, and is forgotten with whoever began it. */
import { watch } from 'vue'
import { workElsewhere } from '../session/leaving.ts'
import { person, session } from '../session/session.ts'
import { onForget } from '../session/typed-work.ts'
import { BATCH_TEXTS } from '../texts/batch-texts.ts'
import { createBatchRun } from './batch-run.ts'
import { cancelBatch, readResults, readState, sendPart } from './batch-service.ts'
import { forgetNumbers, keepNumbers, recallNumbers } from './kept-numbers.ts'

export const batchRun = createBatchRun({
  sendPart,
  readState,
  readResults,
  cancelBatch,
  keep: (parts) => {
    const subject = person.value?.subject
    if (parts.length === 0 || subject === undefined) forgetNumbers(sessionStorage)
    else keepNumbers(sessionStorage, parts, subject)
  },
  untilSignedIn: (signal) => until(() => session.value.state === 'signed-in', signal),
  pause,
  ticks: () => performance.now(),
  now: () => Math.floor(Date.now() / 1_000),
  newKey: () => crypto.randomUUID(),
})

onForget(batchRun.release)

watch(
  () => batchRun.state.value.stage === 'running',
  (isRunning) => {
    workElsewhere.value = isRunning
      ? { title: BATCH_TEXTS.leavingTitle, says: BATCH_TEXTS.leavingWhy, cancel: batchRun.cancel }
      : null
  },
)

/** What was begun before this page was loaded, by the same person, goes on. */
export function takeUpKept(): void {
  const subject = person.value?.subject
  if (batchRun.state.value.stage !== 'empty' || subject === undefined) return
  void batchRun.takeUp(recallNumbers(sessionStorage, subject, Math.floor(Date.now() / 1_000)))
}

function until(isSo: () => boolean, signal: AbortSignal): Promise<void> {
  if (isSo() || signal.aborted) return Promise.resolve()
  return new Promise((resolve) => {
    const stop = watch(isSo, () => end())
    const end = (): void => {
      stop()
      resolve()
    }
    signal.addEventListener('abort', end, { once: true })
  })
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop)
      resolve()
    }, ms)
    const stop = (): void => {
      clearTimeout(timer)
      reject(signal.reason)
    }
    signal.addEventListener('abort', stop, { once: true })
  })
}
