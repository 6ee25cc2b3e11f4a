/**
 * Agencies whose commands, chain and database are killed (SIGKILL), over a chain that loses blocks: each licence is
 * anchored once, each act entered once, and `status` tells the truth at every step. `HEFU_TEST_SEED` runs a schedule
 * again.
 */
import { randomInt } from 'node:crypto'
import { expect } from 'chai'
import { describe, it } from 'mocha'
import { runs } from '../../fixtures/test-profile.ts'
import { BOUNDARIES } from './fixtures/crash/boundary.ts'
import { createCrashRun, type Hits } from './fixtures/crash/crash-run.ts'
import { createCrashWorld } from './fixtures/crash/crash-world.ts'
import { DISTURBANCES } from './fixtures/crash/disturbance.ts'

const KILLS = runs(30, 300)
/** Each step looks at the whole chain: a world of its own for so many keeps the last ones as quick as the first. */
const KILLS_OF_WORLD = 100
const SEED = Number(process.env['HEFU_TEST_SEED'] ?? randomInt(1_000_000))
/** Beside others a short run is cut off, for it is one of many tests. */
const MOST_MS = runs(60_000, Number.POSITIVE_INFINITY)
/** A run of few kills does not come by every boundary. */
const isWhole = KILLS >= 300
/** A long run can be watched. */
const KILLS_A_LINE = 25

describe('agencies over crashes of everything', function () {
  this.timeout(KILLS * 30_000)
  const hits: Hits = new Map()
  let killed = 0

  const tellProgress = (kills: number): void => {
    const seconds = Math.round(performance.now() / 1000)
    const open = BOUNDARIES.filter((boundary) => !hits.has(boundary))
    console.log(
      `${seconds} s: ${kills} of ${KILLS} kills, ${hits.size} of ${BOUNDARIES.length} boundaries; open: ${open.join(', ')}`,
    )
  }

  /** As many of them in one world as there may be. */
  async function runWorld(seed: number, kills: number, endsAt: number): Promise<number> {
    const world = await createCrashWorld()
    const run = createCrashRun(world, seed, hits)
    try {
      while (run.kills() < kills && (run.kills() === 0 || performance.now() < endsAt)) {
        const told = Math.floor((killed + run.kills()) / KILLS_A_LINE)
        await run.step()
        const now = killed + run.kills()
        if (isWhole && Math.floor(now / KILLS_A_LINE) > told) tellProgress(now)
      }
      await run.finish()
      console.log(`seed ${seed}: ${JSON.stringify(run.tally)}`)
      return run.kills()
    } catch (error) {
      console.error(`HEFU_TEST_SEED=${seed}\n${run.story()}`)
      throw error
    } finally {
      await run.close()
      await world.close()
    }
  }

  it(`have anchored each licence and entered each act once, and said so truly, after up to ${KILLS} kills (seed ${SEED})`, async () => {
    const endsAt = performance.now() + MOST_MS
    for (let seed = SEED; killed < KILLS && (killed === 0 || performance.now() < endsAt); seed++)
      killed += await runWorld(seed, Math.min(KILLS_OF_WORLD, KILLS - killed), endsAt)
  })

  it('were disturbed at every boundary', function () {
    if (!isWhole) return this.skip()
    const table = BOUNDARIES.map((boundary) => {
      const hit = hits.get(boundary)
      return [boundary, Object.fromEntries(DISTURBANCES.map((name) => [name, hit?.get(name) ?? 0]))]
    })
    console.table(Object.fromEntries(table))
    expect(BOUNDARIES.filter((boundary) => !hits.has(boundary))).to.deep.equal([])
  })
})
