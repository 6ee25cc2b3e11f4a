/**
 * Agencies whose commands, chain and database are killed (SIGKILL), over a chain that loses blocks: each licence is
 * anchored once, each act entered once, and `status` tells the truth at every step. `HEFU_TEST_SEED` runs a schedule
 * again.
 */
import { randomInt } from 'node:crypto'
import { expect } from 'chai'
import { after, before, describe, it } from 'mocha'
import { runs } from '../../fixtures/test-profile.ts'
import { BOUNDARIES } from './fixtures/crash/boundary.ts'
import { type CrashRun, createCrashRun } from './fixtures/crash/crash-run.ts'
import { type CrashWorld, createCrashWorld } from './fixtures/crash/crash-world.ts'
import { DISTURBANCES } from './fixtures/crash/disturbance.ts'

const KILLS = runs(30, 300)
const SEED = Number(process.env['HEFU_TEST_SEED'] ?? randomInt(1_000_000))
/** Beside others a short run is cut off, for it is one of many tests. */
const MOST_MS = runs(60_000, Number.POSITIVE_INFINITY)
/** A run of few kills does not come by every boundary. */
const isWhole = KILLS >= 300
/** A long run can be watched. */
const KILLS_A_LINE = 25

describe('agencies over crashes of everything', function () {
  this.timeout(KILLS * 30_000)
  let world: CrashWorld
  let run: CrashRun

  before(async () => {
    world = await createCrashWorld()
    run = createCrashRun(world, SEED)
  })
  after(async () => {
    await run?.close()
    await world?.close()
  })

  const tellProgress = (): void => {
    const seconds = Math.round(performance.now() / 1000)
    const open = BOUNDARIES.filter((boundary) => !run.hits.has(boundary))
    console.log(
      `${seconds} s: ${run.kills()} of ${KILLS} kills, ${run.hits.size} of ${BOUNDARIES.length} boundaries; open: ${open.join(', ')}`,
    )
  }

  it(`have anchored each licence and entered each act once, and said so truly, after up to ${KILLS} kills (seed ${SEED})`, async () => {
    try {
      const end = performance.now() + MOST_MS
      while (run.kills() < KILLS && (run.kills() === 0 || performance.now() < end)) {
        const told = Math.floor(run.kills() / KILLS_A_LINE)
        await run.step()
        if (isWhole && Math.floor(run.kills() / KILLS_A_LINE) > told) tellProgress()
      }
      await run.finish()
    } catch (error) {
      console.error(`HEFU_TEST_SEED=${SEED}\n${run.story()}`)
      throw error
    }
    console.log(`seed ${SEED}: ${JSON.stringify(run.tally)}`)
  })

  it('were disturbed at every boundary', function () {
    if (!isWhole) return this.skip()
    const table = BOUNDARIES.map((boundary) => {
      const hit = run.hits.get(boundary)
      return [boundary, Object.fromEntries(DISTURBANCES.map((name) => [name, hit?.get(name) ?? 0]))]
    })
    console.table(Object.fromEntries(table))
    expect(BOUNDARIES.filter((boundary) => !run.hits.has(boundary))).to.deep.equal([])
  })
})
