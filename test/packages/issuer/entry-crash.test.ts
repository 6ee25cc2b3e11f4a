/** Acts and notices over real SIGKILLs: each is entered exactly once, in the order in which it was written down. */
import { setTimeout as wait } from 'node:timers/promises'
import { actOnLicences, finishBatches, issueLicences, noteLicences } from '@hefu/issuer'
import { expect } from 'chai'
import { describe, it } from 'mocha'
import { startChild } from '../../fixtures/child.ts'
import { runs } from '../../fixtures/test-profile.ts'
import {
  createSampleHome,
  openSampleOffice,
  type SampleOffice,
  sampleRows,
  typeOf,
} from './fixtures/agency.ts'
import { entriesOf } from './fixtures/sample-entries.ts'

const TYPE = 'teacher'
/** Once at each boundary and once at any moment; in the long profile a hundred times. */
const KILLS = runs(5, 100)
const COUNT = runs(4, 60)
const BOUNDARIES = ['written-down', 'sending', 'settled', 'entered']

/** What stands on the ledger, in its order. */
function enteredIn({ operator }: SampleOffice): readonly string[] {
  return operator
    .transactions()
    .flatMap(({ act, notice }) => [act?.decisionNumber, notice?.decisionNumber])
    .filter((decision) => decision !== undefined)
}

async function enterAll(office: SampleOffice): Promise<void> {
  await finishBatches(office)
  for (const entry of entriesOf(TYPE, COUNT)) {
    if ('code' in entry) await noteLicences(office, entry)
    else await actOnLicences(office, entry)
  }
}

describe('acts of a process that is killed (SIGKILL)', function () {
  this.timeout(KILLS * 20_000)

  it(`at ${KILLS} boundaries and moments are each entered once, and the journal tells which stand`, async () => {
    const { home } = await createSampleHome()
    const issuing = await openSampleOffice(home)
    await issueLicences(
      issuing,
      { type: typeOf(TYPE), key: issuing.key },
      sampleRows({ type: TYPE, count: COUNT }),
    )
    await issuing.journal.close()
    const decisions = entriesOf(TYPE, COUNT).map(({ decisionNumber }) => decisionNumber)
    for (let i = 0; i < KILLS; i++) {
      const child = startChild(import.meta.resolve('./fixtures/enter-in-child.ts'), [home, TYPE, `${COUNT}`])
      await child.saw('"opened"')
      const boundary = BOUNDARIES[i % (BOUNDARIES.length + 1)]
      // When all is entered the boundaries of sending are not seen any more.
      const reached = boundary === undefined ? wait(Math.random() * 300) : child.saw(`"${boundary}"`)
      await Promise.race([reached, child.saw('"all-entered"')]).catch(() => undefined)
      await child.kill()
      const office = await openSampleOffice(home)
      const standing = enteredIn(office)
      expect(standing, 'a beginning of what was decided, each once').to.deep.equal(
        decisions.slice(0, standing.length),
      )
      const counts = await office.journal.countEntries()
      expect(counts.refused).to.equal(0)
      expect(counts.standing, 'said to stand, and standing').to.be.at.most(standing.length)
      expect(counts.standing + counts.waiting, 'written down before it was sent').to.be.at.least(
        standing.length,
      )
      await office.journal.close()
    }
    const office = await openSampleOffice(home)
    await enterAll(office)
    expect(enteredIn(office)).to.deep.equal(decisions)
    expect(await office.journal.countEntries()).to.deep.equal({
      standing: decisions.length,
      waiting: 0,
      refused: 0,
    })
    await office.journal.close()
  })
})
