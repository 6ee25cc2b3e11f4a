/** Speed as a ratio: our work and its reference take turns in the same run, and the medians are compared. */

/** One figure, as `npm run bench -- --json` prints it. */
export interface Figure {
  readonly name: string
  readonly value: number
  readonly unit: string
  /** The reference's value in the same unit and run. */
  readonly reference?: number
  /** Our speed as a fraction of the reference's: 1 is as fast, more is better. */
  readonly ratio?: number
}

/** A piece of work, done `count` times a call. */
export interface Workload {
  readonly count: number
  readonly run: () => unknown
}

/** How long something is measured. */
export interface Pace {
  readonly rounds: number
  /** A service runs for weeks: what the engine still compiles in the first second is not its speed. */
  readonly warmUpMs: number
}

const ONCE: Pace = { rounds: 1, warmUpMs: 0 }
const USUAL: Pace = { rounds: 21, warmUpMs: 4_000 }
let isOnce = false

/** From now on everything is run once: it shows whether an entry runs, and no speed. */
export function measureOnce(): void {
  isOnce = true
}

/** What is usual, unless everything is run once. */
export function paceOf(usual: Pace): Pace {
  return isOnce ? ONCE : usual
}

/** Operations a second of `ours` beside `reference`, medians of rounds taken in turn after a warm-up of each. */
export async function compareSpeed(name: string, ours: Workload, reference: Workload): Promise<Figure> {
  const rates = { ours: [] as number[], reference: [] as number[] }
  const { rounds, warmUpMs } = paceOf(USUAL)
  await warmUp(ours, warmUpMs)
  await warmUp(reference, warmUpMs)
  for (let round = 0; round < rounds; round++) {
    rates.ours.push(await rateOf(ours))
    rates.reference.push(await rateOf(reference))
  }
  const value = median(rates.ours)
  const referenceValue = median(rates.reference)
  return {
    name,
    value: Math.round(value),
    unit: '1/s',
    reference: Math.round(referenceValue),
    ratio: Number((value / referenceValue).toFixed(3)),
  }
}

/** Middle of the values; NaN of none. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5)
}

/** @param share from 0 to 1 */
export function quantile(values: readonly number[], share: number): number {
  const at = Math.min(values.length - 1, Math.floor(values.length * share))
  return values.toSorted((a, b) => a - b)[at] ?? Number.NaN
}

async function warmUp(workload: Workload, forMs: number): Promise<void> {
  const started = performance.now()
  do await rateOf(workload)
  while (performance.now() - started < forMs)
}

export async function rateOf({ count, run }: Workload): Promise<number> {
  const started = performance.now()
  await run()
  return (count * 1000) / (performance.now() - started)
}
