/** A batch that is given up: passed over once, never anchored; one that is anchored is never given up. */
import { readdir } from 'node:fs/promises'
import {
  actOnLicences,
  type Batch,
  finishBatches,
  giveUpBatch,
  IssuerError,
  recordLicences,
  sealAll,
} from '@hefu/issuer'
import { LedgerRefusedError, type OperatorCall } from '@hefu/ledger'
import { encodeLicenceId, type Hex, LedgerUnavailableError, parseLicenceId } from '@hefu/protocol'
import { holdFolder, openFolderDatabase } from '@hefu/service'
import { expect } from 'chai'
import { describe, it } from 'mocha'
import type { JournalSchema } from '#internal/issuer/journal/schema'
import { generateLicences } from '../../../scripts/sample/licence-rows.ts'
import {
  createSampleHome,
  ISSUER,
  openSampleOffice,
  rowsOf,
  type SampleOffice,
  sampleRows,
  typeOf,
} from './fixtures/agency.ts'

const TYPE = 'teacher'
const COUNT = 9
const SIZE = 3
const unreachable = new LedgerUnavailableError('unreachable', 'reach the ledger')
const ids = [...generateLicences({ type: TYPE, issuer: ISSUER, count: COUNT, seed: 1 })].map(
  ({ licenceId }) => licenceId,
)

/** Three sealed batches of three licences, none of them anchored. */
async function openSealed(): Promise<{ office: SampleOffice; batches: readonly Batch[] }> {
  const office = await openSampleOffice((await createSampleHome()).home)
  const assignment = { type: typeOf(TYPE), key: office.key }
  await recordLicences(office, assignment, sampleRows({ type: TYPE, count: COUNT }))
  await sealAll(office, SIZE)
  return { office, batches: await office.journal.unfinished() }
}

const withOperator = (office: SampleOffice, operator: Partial<SampleOffice['operator']>): SampleOffice => ({
  ...office,
  operator: { ...office.operator, ...operator },
})

/** An office whose sending breaks off once the ledger has heard of it. */
const cutAfterSending = (office: SampleOffice): SampleOffice =>
  withOperator(office, {
    send: async (id, call) => {
      await office.operator.send(id, call)
      throw unreachable
    },
  })

const anchorOf = (root: string | undefined, size: number): OperatorCall => {
  return { kind: 'anchors', issuer: ISSUER, firstIndex: 0, entries: [{ root: root as Hex, size }] }
}

async function codeOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'done',
    (error: unknown) => {
      if (error instanceof IssuerError || error instanceof LedgerRefusedError) return error.code
      return error === unreachable ? 'unreachable' : String(error)
    },
  )
}

const rootOf = (batches: readonly Batch[], n: number): string => batches[n]?.root ?? ''

/** Journal and ledger say the same of every index: used once, by an anchor or by passing over. */
async function assertAgreed({ operator, journal, bundles }: SampleOffice, givenUp: readonly number[]) {
  const ranges = operator.transactions().flatMap(({ firstIndex = 0, entries = [], passedOver }) => {
    const size = passedOver ?? entries.reduce((total, entry) => total + entry.size, 0)
    return size === 0 ? [] : [{ firstIndex, size, isPassedOver: passedOver !== undefined }]
  })
  let next = 0
  for (const { firstIndex, size } of ranges) {
    expect(firstIndex).to.equal(next)
    next += size
  }
  expect(next).to.equal(COUNT)
  const passedOver = ranges.filter(({ isPassedOver }) => isPassedOver).map(({ firstIndex }) => firstIndex)
  expect(passedOver).to.deep.equal(givenUp)
  expect((await journal.givenUpRanges()).map(({ firstIndex }) => firstIndex)).to.deep.equal(givenUp)
  const lost = SIZE * givenUp.length
  expect(await journal.counts()).to.deep.equal({
    recorded: 0,
    batched: 0,
    anchored: 0,
    bundled: COUNT - lost,
    givenUp: lost,
  })
  expect(await journal.unfinished()).to.deep.equal([])
  expect((await readdir(bundles)).length).to.equal(COUNT - lost)
}

describe('a signed batch that is given up', () => {
  it('is passed over once, and blocks nothing behind it', async () => {
    const { office, batches } = await openSealed()
    await giveUpBatch(office, rootOf(batches, 0))
    expect(await office.operator.nextIndex(ISSUER)).to.equal(SIZE)
    await finishBatches(office, SIZE)
    await assertAgreed(office, [0])
    expect(await codeOf(giveUpBatch(office, rootOf(batches, 0)))).to.equal('batch-unknown')
    await office.journal.close()
  })

  it('takes its licences with it: none is acted on, none issued again under its identifier', async () => {
    const { office, batches } = await openSealed()
    await giveUpBatch(office, rootOf(batches, 0))
    await finishBatches(office, SIZE)
    const decision = { decisionNumber: '样例决字〔2025〕1号', effective: '2025-12-31' }
    const act = (licenceId = '') =>
      codeOf(actOnLicences(office, { ...decision, act: 'suspend', licenceIds: [licenceId] }))
    expect(await act(ids[1])).to.equal('licence-given-up')
    expect(await act(ids[3])).to.equal('done')
    const assignment = { type: typeOf(TYPE), key: office.key }
    const counts = await recordLicences(office, assignment, sampleRows({ type: TYPE, count: COUNT }))
    expect(counts).to.include({ recorded: 0, refused: SIZE, alreadyIssued: COUNT - SIZE })
    const refused = office.events.flatMap((event) => (event.event === 'row-refused' ? event.defects : []))
    expect(refused.map(({ code }) => code)).to.deep.equal(['given-up', 'given-up', 'given-up'])
    await office.journal.close()
  })

  it('was no licence: what it held is issued under another identifier, and what stands is not', async () => {
    const { office, batches } = await openSealed()
    await giveUpBatch(office, rootOf(batches, 0))
    await finishBatches(office, SIZE)
    const other = (licenceId: string): string => {
      const { check: _, ...parts } = parseLicenceId(licenceId, 'licenceId')
      return encodeLicenceId({ ...parts, serial: `A${parts.serial}` })
    }
    const rows = [...generateLicences({ type: TYPE, issuer: ISSUER, count: COUNT, seed: 1 })]
    const assignment = { type: typeOf(TYPE), key: office.key }
    const again = rowsOf(...rows.map((row) => ({ ...row, licenceId: other(row.licenceId) })))
    const counts = await recordLicences(office, assignment, again)
    expect(counts).to.include({ recorded: SIZE, refused: COUNT - SIZE })
    await office.journal.close()
  })

  it('is the next one alone: others wait for those before them', async () => {
    const { office, batches } = await openSealed()
    expect(await codeOf(giveUpBatch(office, rootOf(batches, 1)))).to.equal('batch-not-next')
    expect(await codeOf(giveUpBatch(office, '0x00'))).to.equal('batch-unknown')
    expect(office.operator.transactions()).to.deep.equal([])
    await giveUpBatch(office, rootOf(batches, 0))
    await giveUpBatch(office, rootOf(batches, 1))
    await finishBatches(office, SIZE)
    await assertAgreed(office, [0, SIZE])
    await office.journal.close()
  })

  it('stays given up over an interruption before the ledger heard of it', async () => {
    const { office, batches } = await openSealed()
    const cut = withOperator(office, { send: () => Promise.reject(unreachable) })
    expect(await codeOf(giveUpBatch(cut, rootOf(batches, 0)))).to.equal('unreachable')
    expect(office.operator.transactions()).to.deep.equal([])
    await finishBatches(office, SIZE)
    await assertAgreed(office, [0])
    await office.journal.close()
  })

  it('is passed over once over an interruption after the ledger heard of it', async () => {
    for (const goOn of [
      (office: SampleOffice) => finishBatches(office, SIZE),
      (office: SampleOffice, root: string) => giveUpBatch(office, root),
    ]) {
      const { office, batches } = await openSealed()
      const cut = cutAfterSending(office)
      expect(await codeOf(giveUpBatch(cut, rootOf(batches, 0)))).to.equal('unreachable')
      expect(office.operator.transactions()).to.have.lengthOf(1)
      await goOn(office, rootOf(batches, 0))
      await finishBatches(office, SIZE)
      await assertAgreed(office, [0])
      await office.journal.close()
    }
  })
})

describe('a batch that is anchored', () => {
  it('is not given up, although the journal does not know of its anchor yet', async () => {
    const { office, batches } = await openSealed()
    const cut = cutAfterSending(office)
    expect(await codeOf(finishBatches(cut, SIZE))).to.equal('unreachable')
    expect(await codeOf(giveUpBatch(office, rootOf(batches, 0)))).to.equal('batch-anchored')
    await finishBatches(office, SIZE)
    await assertAgreed(office, [])
    expect(await codeOf(giveUpBatch(office, rootOf(batches, 0)))).to.equal('batch-unknown')
    await office.journal.close()
  })

  it('is given up no more when its anchor, sent before, is mined first', async () => {
    const { office, batches } = await openSealed()
    const [first] = batches
    const late = withOperator(office, {
      send: async (id, call) => {
        await office.operator.send('sent before', anchorOf(first?.root, SIZE))
        return office.operator.send(id, call)
      },
    })
    expect(await codeOf(giveUpBatch(late, rootOf(batches, 0)))).to.equal('batch-anchored')
    await finishBatches(office, SIZE)
    await assertAgreed(office, [])
    await office.journal.close()
  })

  it('of another journal stops everything, and is no passing over', async () => {
    const { office, batches } = await openSealed()
    await office.operator.send('of another journal', anchorOf(`0x${'77'.repeat(32)}`, SIZE))
    expect(await codeOf(giveUpBatch(office, rootOf(batches, 0)))).to.equal('indices-foreign')
    expect(await codeOf(finishBatches(office, SIZE))).to.equal('indices-foreign')
    await office.journal.close()
  })

  it('is never passed over by the ledger’s refusal alone', async () => {
    const { office, batches } = await openSealed()
    const refusing = withOperator(office, {
      send: () => Promise.reject(new LedgerRefusedError('AgencyNotActive', [ISSUER])),
    })
    expect(await codeOf(giveUpBatch(refusing, rootOf(batches, 0)))).to.equal('AgencyNotActive')
    const pending = (await office.journal.unfinished())[0]
    expect(pending)
      .to.include({ passedOverAt: null, anchoredAt: null })
      .and.property('givenUpAt')
      .not.equal(null)
    await office.journal.close()
  })
})

describe('a journal from before batches could be given up', () => {
  it('is opened with its batches as they were', async () => {
    const { home } = await createSampleHome()
    const held = await holdFolder(home)
    const database = await openFolderDatabase(held, 'journal')
    const db = database.db
      .withSchema('hefu_journal')
      .withTables<Pick<JournalSchema, 'batch'> & { kysely_migration: { readonly name: string } }>()
    await db.schema.alterTable('batch').dropColumn('given_up_at').dropColumn('passed_over_at').execute()
    await db.schema.dropTable('outbox').execute()
    await db.schema.dropTable('entry').execute()
    await db.schema.dropTable('gap').execute()
    await db.schema.alterTable('licence').dropColumn('sameness').execute()
    await db.schema.dropIndex('licence_versions').execute()
    const later = [
      '002-given-up-batches',
      '003-outbox-entries-gaps',
      '004-wide-indexes',
      '005-sameness',
      '006-versions',
    ]
    await db.deleteFrom('kysely_migration').where('name', 'in', later).execute()
    const row = { first_index: 0, size: 2, root: `0x${'12'.repeat(32)}`, sealed_at: 1000 }
    await db.insertInto('batch').values(row).execute()
    await database.close()
    await held.release()
    const office = await openSampleOffice(home)
    expect(await office.journal.unfinished()).to.deep.equal([
      {
        firstIndex: 0,
        size: 2,
        root: row.root,
        sealedAt: 1000,
        anchoredAt: null,
        blockNumber: null,
        bundledAt: null,
        givenUpAt: null,
        passedOverAt: null,
      },
    ])
    await office.journal.close()
  })
})
