/** No licence is signed later than verifiers bear of its anchor, whatever this machine's clock says. */
import { finishBatches, IssuerError, issueLicences, type Office } from '@hefu/issuer'
import { LedgerUnavailableError, parseCredential } from '@hefu/protocol'
import { expect } from 'chai'
import { after, before, describe, it } from 'mocha'
import { recordLicences } from '#internal/issuer/workflow/record-licences'
import { MAX_LEDGER_LEAD_SECONDS } from '#internal/protocol/report/block-time'
import { generateLicences } from '../../../scripts/sample/licence-rows.ts'
import {
  createSampleHome,
  ISSUER,
  NOW,
  openSampleOffice,
  type SampleOffice,
  sampleRows,
  typeOf,
} from './fixtures/agency.ts'

const TYPE = 'teacher'

describe('the time with which licences are signed', () => {
  let office: SampleOffice
  let seed = 0

  before(async () => {
    office = await openSampleOffice((await createSampleHome()).home)
  })
  after(() => office.journal.close())

  /** The office with this clock, and the ledger with that one. */
  const at = (clock: () => number, readTime: () => Promise<number> = async () => NOW): Office => {
    office.events.length = 0
    return { ...office, now: clock, operator: { ...office.operator, readTime } }
  }
  const offline = async (): Promise<number> => {
    throw new LedgerUnavailableError('unreachable', 'no node')
  }
  const next = () => ({ type: TYPE, count: 2, seed: ++seed })
  const assignment = () => ({ type: typeOf(TYPE), key: office.key })
  const signedAt = async (): Promise<readonly number[]> => {
    const signed = [...generateLicences({ type: TYPE, count: 2, seed, issuer: ISSUER })]
    const ids = signed.map(({ licenceId = '' }) => licenceId)
    const found = await office.journal.find(ids)
    return ids.map((id) => parseCredential(found.get(id)?.credential ?? '').claims.iat)
  }
  const codeOf = (error: unknown): unknown => (error instanceof IssuerError ? error.code : error)
  const failureOf = (work: Promise<unknown>): Promise<unknown> => work.then(() => null, codeOf)
  const toldSeconds = (): readonly number[] =>
    office.events.flatMap((event) => (event.event === 'clock-ahead' ? [event.seconds] : []))

  for (const ahead of [0, 30, 31, 61, 90, 300]) {
    it(`is the ledger’s where the clock is ${ahead} s ahead of it, and every anchor is timely`, async () => {
      await issueLicences(
        at(() => NOW + ahead),
        assignment(),
        sampleRows(next()),
      )
      expect(await signedAt()).to.deep.equal([NOW, NOW])
      expect(toldSeconds()).to.deep.equal(ahead > 30 ? [ahead] : [])
    })
  }

  it('is the clock’s where that is behind the ledger', async () => {
    await issueLicences(
      at(() => NOW - 86_400),
      assignment(),
      sampleRows(next()),
    )
    expect(await signedAt()).to.deep.equal([NOW - 86_400, NOW - 86_400])
  })

  it('is none where the two are further apart than verifiers bear of a ledger: nothing is signed', async () => {
    for (const ahead of [301, 600, 90_000]) {
      const before = await office.journal.nextStatusIndex()
      const failure = await failureOf(
        issueLicences(
          at(() => NOW + ahead),
          assignment(),
          sampleRows(next()),
        ),
      )
      expect(failure).to.equal('clock-ahead')
      expect(await office.journal.nextStatusIndex()).to.equal(before)
    }
  })

  it('is asked anew while a file is signed: a clock that jumps stops the rest, and what is signed is anchored', async () => {
    let asked = 0
    const jumping = at(() => NOW + (++asked > 6 ? 90_000 : 0))
    const rows = sampleRows({ type: TYPE, count: 1_200, seed: 1_000 })
    expect(await failureOf(recordLicences(jumping, assignment(), rows))).to.equal('clock-ahead')
    const { recorded } = await office.journal.counts()
    expect(recorded).to.be.within(1, 1_000)
    await finishBatches(at(() => NOW))
    expect(await office.journal.counts()).to.include({ recorded: 0, batched: 0, anchored: 0 })
  })

  it('holds what a fast clock signed while the ledger could not be asked, until its time has come', async () => {
    const anchors = (): number => office.operator.transactions().length
    await recordLicences(
      at(() => NOW, offline),
      assignment(),
      sampleRows(next()),
    )
    await recordLicences(
      at(() => NOW + 90, offline),
      assignment(),
      sampleRows(next()),
    )
    expect(await signedAt()).to.deep.equal([NOW + 90, NOW + 90])
    const before = anchors()
    expect(
      await failureOf(
        finishBatches(
          at(() => NOW + 90),
          2,
        ),
      ),
    ).to.equal('signed-ahead')
    expect(anchors(), 'what stands before it').to.equal(before + 1)
    const early = async (): Promise<number> => NOW + 59
    expect(
      await failureOf(
        finishBatches(
          at(() => NOW, early),
          2,
        ),
      ),
    ).to.equal('signed-ahead')
    expect(anchors()).to.equal(before + 1)
    const late = async (): Promise<number> => NOW + 60
    await finishBatches(
      at(() => NOW, late),
      2,
    )
    expect(anchors()).to.equal(before + 2)
    expect(MAX_LEDGER_LEAD_SECONDS - (NOW + 90 - (NOW + 60)), 'what the next block may lag').to.equal(30)
  })
})
