/** The verifier under half of what it can bear, for minutes: percentiles, and memory at the start and at the end. */
import { type Figure, quantile } from './measure.ts'
import { figureOf, rateOfGood, tookBy } from './served/figures.ts'
import { loadClosed, loadOpen, startServed } from './served/load.ts'

const WARM_UP_MS = 10_000
const CAPACITY_MS = 10_000
const ASKERS = 12
const LOAD_SHARE = 0.5

const figure = figureOf('verify-load')

/** One process serves, this one asks, in an open loop. */
export async function benchVerifyLoad(minutes: number): Promise<readonly Figure[]> {
  const served = await startServed('serve-verifier.ts')
  try {
    await loadClosed(served.ask, ASKERS, WARM_UP_MS)
    const capacity = rateOfGood(await loadClosed(served.ask, ASKERS, CAPACITY_MS), CAPACITY_MS)
    const before = await served.use()
    const forMs = minutes * 60_000
    const answers = await loadOpen(served.ask, LOAD_SHARE * capacity, forMs)
    const after = await served.use()
    const took = tookBy(answers)
    return [
      figure('minutes', minutes, 'min'),
      figure('rate', rateOfGood(answers, forMs), '1/s', LOAD_SHARE * capacity),
      ...[0.5, 0.9, 0.99, 0.999].map((share) => figure(`p${share * 100}`, quantile(took, share), 'ms')),
      figure('refused', answers.filter(({ status }) => status === 503).length, 'requests'),
      figure('lost', answers.filter(({ status }) => status !== 200 && status !== 503).length, 'requests'),
      figure('memory', after.residentBytes / 1e6, 'MB', before.residentBytes / 1e6),
      figure('cores', (after.cpuMs - before.cpuMs) / forMs, 'cores'),
    ]
  } finally {
    await served.stop()
  }
}
