/** The settings of batches. */
import { availableParallelism } from 'node:os'
import { preset, type SettingsOf, wholeNumber } from '@hefu/service'

export interface BatchConfiguration {
  /** Threads that verify batches. */
  readonly batchThreads: number
}

const MOST_THREADS = 64

export function defaultBatchThreads(): number {
  return Math.min(MOST_THREADS, Math.max(1, availableParallelism()))
}

export const BATCH_SETTINGS: SettingsOf<BatchConfiguration> = {
  batchThreads: preset(
    'HEFU_BATCH_THREADS',
    wholeNumber(1, MOST_THREADS, {
      zh: `1 至 ${MOST_THREADS} 的线程数`,
      en: `a number of threads from 1 to ${MOST_THREADS}`,
    }),
    defaultBatchThreads(),
  ),
}
