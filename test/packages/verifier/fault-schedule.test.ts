/**
 * The verifier over a replica through faults of everything around it: its nodes, its process, its database, its disk and
 * the chain itself. At every step each report is of what the ledger said at the block that it names, who lies is named,
 * and in the end the replica is equal to the ledger's storage, and each change was told once. `HEFU_TEST_SEED` runs a
 * schedule again.
 */

import { spawn } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { expect } from 'chai'
import { describe, it } from 'mocha'
import { findPostgres } from '../../fixtures/postgres-server.ts'
import { runs } from '../../fixtures/test-profile.ts'
import { KINDS, PHASES } from './fixtures/faults/fault-kind.ts'
import { FaultSchedule } from './fixtures/faults/fault-run.ts'
import { createFaultWorld, type FaultWorld } from './fixtures/faults/fault-world.ts'

const CLI = fileURLToPath(new URL('../../../packages/verifier/dist/cli.js', import.meta.url))
const FAULTS = runs(3, 200)
/** The long profile draws another each time; among many tests a short run is the same one again. */
const SEED = Number(process.env['HEFU_TEST_SEED'] ?? runs(2, randomInt(1_000_000)))
/** Beside others a short run is cut off, for it is one of many tests. */
const MOST_MS = runs(8_000, Number.POSITIVE_INFINITY)

async function runSchedule(world: FaultWorld): Promise<void> {
  const run = new FaultSchedule(world, SEED)
  try {
    const end = performance.now() + MOST_MS
    while (run.faults < FAULTS && (run.faults === 0 || performance.now() < end)) await run.step()
    await run.finish()
  } catch (error) {
    console.error(`HEFU_TEST_SEED=${SEED}\n${run.story()}`)
    throw error
  } finally {
    await run.close()
  }
  await expectEqualToStorage(world)
  console.log(`seed ${SEED}: ${run.faults} faults, ${JSON.stringify({ ...run.tally, ...run.verdicts })}`)
  if (world.disk === null) console.log(world.whyNoDisk)
  const table = KINDS.map((kind) => {
    const at = run.coverage.get(kind)
    return [kind, Object.fromEntries(PHASES.map((phase) => [phase, at?.get(phase) ?? 0]))]
  })
  if (FAULTS >= 200) console.table(Object.fromEntries(table))
}

/** By the command that an operator would run: every fact, from proofs. */
async function expectEqualToStorage({ truthFile, place }: FaultWorld): Promise<void> {
  const args = [CLI, 'audit', '--network', truthFile, '--replica', place, '--all', '--json']
  // Not waited for in the one thread that takes what the chain says of itself.
  const audit = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  for (const stream of [audit.stdout, audit.stderr]) stream.on('data', (text) => (said += text))
  const [status] = await once(audit, 'close')
  expect(status, said).to.equal(0)
}

describe('A verifier over a replica, through faults of everything around it', function () {
  this.timeout(FAULTS * 60_000)

  it(`in a folder: says what is so, names who lies, and loses nothing, after up to ${FAULTS} faults (seed ${SEED})`, async () => {
    const world = await createFaultWorld(null)
    await runSchedule(world).finally(() => world.close())
  })

  it(`in PostgreSQL: the same (seed ${SEED})`, async function () {
    const bin = findPostgres()
    if (bin === null) return this.skip()
    const world = await createFaultWorld(bin)
    await runSchedule(world).finally(() => world.close())
  })
})
