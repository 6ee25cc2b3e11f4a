/** The ledger keeps status indexes in 48 bits, and whoever once had the operator’s key may have passed over most of them. */
import { recordLicences } from '@hefu/issuer'
import { expect } from 'chai'
import { after, before, describe, it } from 'mocha'
import {
  createDatabase,
  findPostgres,
  type PostgresServer,
  startPostgres,
} from '../../fixtures/postgres-server.ts'
import { createSampleHome, openSampleOffice, sampleRows, typeOf } from './fixtures/agency.ts'

/** What the ledger lets through by the year 2107: 2^15 indexes a second. */
const PASSED_OVER = 2 ** 47
const LICENCES = 5

/** A journal that takes note of what was passed over issues on behind it, now and at every later opening. */
async function assertCountsOn(databaseUrl?: string): Promise<void> {
  const teacher = typeOf('teacher')
  const { home } = await createSampleHome()
  const office = await openSampleOffice(home, databaseUrl)
  expect(await office.journal.closeGaps(PASSED_OVER)).to.equal(PASSED_OVER)
  const rows = sampleRows({ type: 'teacher', count: LICENCES })
  await recordLicences(office, { type: teacher, key: office.key }, rows)
  await office.journal.close()

  const again = await openSampleOffice(home, databaseUrl)
  expect(await again.journal.nextStatusIndex()).to.equal(PASSED_OVER + LICENCES)
  const batch = await again.journal.seal(1_000, 1_800_000_000)
  expect(batch).to.include({ firstIndex: PASSED_OVER, size: LICENCES })
  if (batch === null) return
  const indexes: number[] = []
  for await (const { statusIndex } of again.journal.licencesOf(batch)) indexes.push(statusIndex)
  expect(indexes).to.deep.equal(Array.from({ length: LICENCES }, (_, i) => PASSED_OVER + i))
  expect(await again.journal.isAnchored(PASSED_OVER)).to.equal(false)
  await again.journal.close()
}

describe('status indexes beyond 32 bits', function () {
  this.timeout(120_000)

  it('are counted on in an agency’s folder', () => assertCountsOn())

  describe('and in PostgreSQL', () => {
    let server: PostgresServer

    before(async function () {
      const bin = findPostgres()
      // Not part of what a newcomer needs: Debian's package postgresql brings it.
      if (bin === null) return this.skip()
      server = await startPostgres(bin)
    })
    after(() => server?.stop())

    it('just so', async () => assertCountsOn(await createDatabase(server)))
  })
})
