/** The verifier under three times what it can bear: the service in one process, an open loop that asks it in this one. */
import { type Figure, quantile } from './measure.ts'
import { figureOf, rateOfGood, tookBy } from './served/figures.ts'
import { type Answer, loadClosed, loadOpen, type ServedProcess, startServed } from './served/load.ts'

const WARM_UP_MS = 8_000
const CAPACITY_MS = 10_000
const UNLOADED_MS = 10_000
const OVERLOAD_MS = 60_000
const RECOVERY_MS = 10_000
/** What keeps the service busy, and is not turned away. */
const ASKERS = 12
const UNLOADED_SHARE = 0.2
const RECOVERY_SHARE = 0.5
const LIVE_EVERY_SECOND = 5
/** Slower than so many times the unloaded p99 is not recovered. */
const MOST_SLOWER = 5

const figure = figureOf('verify-overload')

/** Capacity, goodput, percentiles, recovery, memory. */
export async function benchVerifyOverload(): Promise<readonly Figure[]> {
  const served = await startServed('serve-verifier.ts')
  try {
    await loadClosed(served.ask, ASKERS, WARM_UP_MS)
    const capacity = rateOfGood(await loadClosed(served.ask, ASKERS, CAPACITY_MS), CAPACITY_MS)
    const unloaded = tookBy(await loadOpen(served.ask, UNLOADED_SHARE * capacity, UNLOADED_MS))
    const before = await useOfBoth(served)
    const [answers, lives] = await Promise.all([
      loadOpen(served.ask, 3 * capacity, OVERLOAD_MS),
      loadOpen(served.askLive, LIVE_EVERY_SECOND, OVERLOAD_MS),
    ])
    const after = await useOfBoth(served)
    const recovery = await loadOpen(served.ask, RECOVERY_SHARE * capacity, RECOVERY_MS)
    const settled = await served.use()
    const goodput = rateOfGood(answers, OVERLOAD_MS)
    const took = tookBy(answers)
    const mostMs = MOST_SLOWER * quantile(unloaded, 0.99)
    return [
      figure('capacity', capacity, '1/s'),
      figure('goodput', goodput, '1/s', capacity, goodput / capacity),
      ...[0.5, 0.9, 0.99, 0.999].map((share) => slower(share, took, unloaded)),
      figure('refused', answers.filter(({ status }) => status === 503).length, '503'),
      figure('lost', answers.filter(({ status }) => status !== 200 && status !== 503).length, 'requests'),
      figure('recovery', recoveredAfter(recovery, mostMs), 's'),
      figure('live-p99', quantile(tookBy(lives), 0.99), 'ms'),
      figure('live-lost', lives.filter(({ status }) => status !== 200).length, 'requests'),
      figure('memory', settled.residentBytes / 1e6, 'MB', before.served.residentBytes / 1e6),
      figure('cores', (after.served.cpuMs - before.served.cpuMs) / OVERLOAD_MS, 'cores'),
      figure('generator', (after.own.cpuMs - before.own.cpuMs) / OVERLOAD_MS, 'cores'),
    ]
  } finally {
    await served.stop()
  }
}

async function useOfBoth(served: ServedProcess) {
  const { user, system } = process.cpuUsage()
  return { served: await served.use(), own: { cpuMs: (user + system) / 1_000 } }
}

function slower(share: number, took: readonly number[], unloaded: readonly number[]): Figure {
  const [ours, alone] = [quantile(took, share), quantile(unloaded, share)]
  return figure(`p${share * 100}`, ours, 'ms', alone, alone / ours)
}

/** Seconds until the last that was due is refused, or answered late. */
function recoveredAfter(answers: readonly Answer[], mostMs: number): number {
  const late = answers.filter(({ status, tookMs }) => status !== 200 || tookMs > mostMs)
  return Math.max(0, ...late.map(({ dueMs }) => dueMs)) / 1_000
}
