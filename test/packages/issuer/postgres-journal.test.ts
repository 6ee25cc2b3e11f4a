/** The journal in a real PostgreSQL: the same promises as in the agency's folder. */
import { readdir } from 'node:fs/promises'
import { finishBatches, IssuerError, issueLicences, recordLicences } from '@hefu/issuer'
import { StorageError } from '@hefu/service'
import { expect } from 'chai'
import { after, before, describe, it } from 'mocha'
import { findPostgres, type PostgresServer, startPostgres } from '../../fixtures/postgres-server.ts'
import {
  createSampleHome,
  openSampleOffice,
  type SampleOffice,
  sampleRows,
  typeOf,
} from './fixtures/agency.ts'

const LICENCES = 60
const BATCH_SIZE = 8

describe('a journal in PostgreSQL', function () {
  this.timeout(120_000)
  const teacher = typeOf('teacher')
  let server: PostgresServer
  let home: string

  before(async function () {
    const bin = findPostgres()
    // Not part of what a newcomer needs: Debian's package postgresql brings it.
    if (bin === null) return this.skip()
    server = await startPostgres(bin)
    home = (await createSampleHome()).home
  })
  after(() => server?.stop())

  const rows = () => sampleRows({ type: 'teacher', count: LICENCES })
  const issue = (office: SampleOffice) =>
    issueLicences(office, { type: teacher, key: office.key }, rows(), BATCH_SIZE)

  it('is held by one at a time, for a step: another, at work in another folder, has its turn', async () => {
    const office = await openSampleOffice(home, server.url)
    const other = (await createSampleHome()).home
    await office.journal.alone(async () => {
      const refused = await openSampleOffice(other, server.url, 300).catch((error: unknown) => error)
      expect(refused).to.be.instanceOf(StorageError).with.property('code', 'store-in-use')
    })
    const after = await openSampleOffice(other, server.url)
    expect(await office.journal.counts()).to.deep.equal(await after.journal.counts())
    await after.journal.close()
    await office.journal.close()
  })

  it('keeps what was recorded when the server loses power, and every licence is anchored exactly once', async () => {
    const office = await openSampleOffice(home, server.url)
    await recordLicences(office, { type: teacher, key: office.key }, rows())
    await server.crash()
    const failed = await finishBatches(office, BATCH_SIZE).catch((error: unknown) => error)
    expect(failed, 'nothing is done without the journal, and that is said in a sentence')
      .to.be.instanceOf(StorageError)
      .with.property('code', 'database-unreachable')
    expect(office.operator.transactions()).to.be.empty
    await office.journal.close().catch(() => undefined)

    await server.restart()
    const again = await openSampleOffice(home, server.url)
    expect(await issue(again)).to.deep.equal({
      rows: LICENCES,
      recorded: 0,
      alreadyIssued: LICENCES,
      refused: 0,
    })
    const sizes = again.operator.transactions().flatMap(({ entries = [] }) => entries.map(({ size }) => size))
    expect(sizes.reduce((sum, size) => sum + size, 0)).to.equal(LICENCES)
    expect(await readdir(again.bundles)).to.have.lengthOf(LICENCES)
    await again.journal.close()
  })

  it('of another agency or ledger is refused', async () => {
    const office = await openSampleOffice(home, server.url)
    await office.journal.close()
    const { openJournal, readAgency } = await import('@hefu/issuer')
    const agency = await readAgency(home)
    const foreign = { ...agency, network: { ...agency.network, chainId: 7 } }
    const refused = await openJournal(home, foreign, server.url).catch((error: unknown) => error)
    expect(refused).to.be.instanceOf(IssuerError).with.property('code', 'journal-foreign')
  })

  it('that cannot be reached is told in a sentence', async () => {
    const refused = await openSampleOffice(home, 'postgres://hefu@127.0.0.1:9/postgres').catch(
      (error: unknown) => error,
    )
    expect(refused).to.be.instanceOf(StorageError).with.property('code', 'database-unreachable')
  })
})
