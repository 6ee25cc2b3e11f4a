/** How far a batch is, in words. */
import { type Bilingual, fillIn, formatChinaTime } from '@hefu/protocol'
import { BATCH_TEXTS } from '../texts/batch-texts.ts'
import type { OutcomeCounts } from './batch-rows.ts'
import type { BatchRunState } from './batch-run.ts'
import type { Pace } from './pace.ts'

export interface Progress {
  /** Rows of which it is known what they came to. */
  readonly done: number
  readonly all: number
}

/** Counts add up to what was given; of a batch that was taken up, to what was sent. */
export function progressOf(counts: OutcomeCounts, { unknown }: Pick<BatchRunState, 'unknown'>): Progress {
  const known = Object.values(counts).reduce((sum, some) => sum + some, 0)
  return { done: known - counts.waiting, all: known + unknown }
}

export function stageSentence({ stage, isPaused, isReading }: BatchRunState): Bilingual {
  if (stage !== 'running') return STAGES[stage]
  if (isPaused) return BATCH_TEXTS.stagePaused
  return isReading ? BATCH_TEXTS.stageReading : BATCH_TEXTS.stageRunning
}

const STAGES = {
  empty: BATCH_TEXTS.stageEmpty,
  done: BATCH_TEXTS.stageDone,
  cancelled: BATCH_TEXTS.stageCancelled,
  expired: BATCH_TEXTS.stageExpired,
  stopped: BATCH_TEXTS.stageStopped,
} as const

/** `null`: it is not known yet. */
export function rateSentence({ rate }: Pace): Bilingual | null {
  return rate === null
    ? null
    : fillIn(BATCH_TEXTS.rate, { rate: rate < 10 ? rate.toFixed(1) : Math.round(rate) })
}

/** `null`: it is not known yet. */
export function restSentence({ restSeconds }: Pace): Bilingual | null {
  if (restSeconds === null) return null
  const time =
    restSeconds < 90
      ? fillIn(BATCH_TEXTS.seconds, { seconds: restSeconds })
      : fillIn(BATCH_TEXTS.minutes, { minutes: Math.round(restSeconds / 60) })
  return fillIn(BATCH_TEXTS.rest, { time })
}

export function expirySentence(expiresAt: number): Bilingual {
  return fillIn(BATCH_TEXTS.expiresAt, { at: formatChinaTime(expiresAt) })
}

/** Said aloud: each tenth, and no part of it, for who hears it cannot look away. */
export function tenthOf({ done, all }: Progress): number {
  return all === 0 ? 0 : Math.floor((done / all) * 10)
}
