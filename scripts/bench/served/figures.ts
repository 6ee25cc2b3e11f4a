/** What a load came to, as figures. */
import type { Figure } from '../measure.ts'
import type { Answer } from './load.ts'

/** Makes the figures of one bench. */
export function figureOf(bench: string) {
  return (name: string, value: number, unit: string, reference?: number, ratio?: number): Figure => ({
    name: `${bench}-${name}`,
    value: rounded(value),
    unit,
    ...(reference === undefined ? {} : { reference: rounded(reference) }),
    ...(ratio === undefined ? {} : { ratio: Number(ratio.toFixed(3)) }),
  })
}

function rounded(value: number): number {
  return Number(value.toFixed(Math.abs(value) < 100 ? 2 : 0))
}

/** Verifications a second. */
export function rateOfGood(answers: readonly Answer[], forMs: number): number {
  return (answers.filter(({ status }) => status === 200).length * 1_000) / forMs
}

/** Milliseconds of each verification, of those that were answered. */
export function tookBy(answers: readonly Answer[]): readonly number[] {
  return answers.filter(({ status }) => status === 200).map(({ tookMs }) => tookMs)
}
