import {
  type ActRequest,
  actOnLicences,
  EntryWaitingError,
  finishBatches,
  IssuerError,
  issueLicences,
  recordLicences,
} from '@hefu/issuer'
import { LedgerRefusedError } from '@hefu/ledger'
import { encodeLicenceId, parseLicenceId } from '@hefu/protocol'
import { expect } from 'chai'
import { after, before, describe, it } from 'mocha'
import { generateLicences } from '../../../scripts/sample/licence-rows.ts'
import {
  createSampleHome,
  ISSUER,
  NOW,
  openSampleOffice,
  rowsOf,
  type SampleOffice,
  sampleRows,
  typeOf,
} from './fixtures/agency.ts'

const idsOf = (seed: number): string[] =>
  [...generateLicences({ type: 'teacher', issuer: ISSUER, count: 3, seed })].map(({ licenceId }) => licenceId)

describe('actOnLicences', () => {
  let office: SampleOffice
  const [first = '', second = '', third = ''] = idsOf(1)

  before(async () => {
    office = await openSampleOffice((await createSampleHome()).home)
    const assignment = { type: typeOf('teacher'), key: office.key }
    await issueLicences(office, assignment, sampleRows({ type: 'teacher', count: 3, seed: 1 }))
    await recordLicences(office, assignment, sampleRows({ type: 'teacher', count: 3, seed: 2 }))
  })
  after(() => office.journal.close())

  const act = (request: Partial<ActRequest>) =>
    actOnLicences(office, {
      act: 'suspend',
      licenceIds: [first],
      decisionNumber: '样例决字〔2025〕1号',
      effective: '2025-12-31',
      ...request,
    })
  const refusalOf = async (request: Partial<ActRequest>): Promise<string> => {
    const before = office.operator.transactions().length
    const error: unknown = await act(request).then(
      () => null,
      (thrown: unknown) => thrown,
    )
    expect(office.operator.transactions().length).to.equal(before)
    if (error instanceof IssuerError || error instanceof LedgerRefusedError) return error.code
    throw new Error(`expect a refusal: got ${error}`)
  }

  it('suspends, reinstates and revokes by licence identifier', async () => {
    const { effectiveAt } = await act({ licenceIds: [first, third] })
    expect(effectiveAt).to.equal(Date.parse('2025-12-31T00:00:00+08:00') / 1000)
    expect([0, 1, 2].map(office.operator.statusOf)).to.deep.equal(['suspended', 'valid', 'suspended'])
    await act({ act: 'reinstate', licenceIds: [first] })
    await act({ act: 'revoke', licenceIds: [second] })
    expect([0, 1, 2].map(office.operator.statusOf)).to.deep.equal(['valid', 'revoked', 'suspended'])
  })

  it('takes a decision in another spelling for the same: nothing is sent again', async () => {
    const decisionNumber = '湘建罚〔2025〕101号'
    const suspended = await act({ licenceIds: [first], decisionNumber })
    await act({ act: 'reinstate', licenceIds: [first], decisionNumber: '湘建罚〔2025〕102号' })
    for (const written of [` ${decisionNumber}`, `${decisionNumber}\u3000`, '湘建罚[２０２５] 101号']) {
      const again = await act({ licenceIds: [first], decisionNumber: written })
      expect([again.repeated, again.number], written).to.deep.equal([true, suspended.number])
    }
    expect(office.operator.statusOf(0)).to.equal('valid')
    expect((await act({ licenceIds: [first], decisionNumber: '湘建罚〔2025〕103号' })).repeated).to.equal(
      false,
    )
    await act({ act: 'reinstate', licenceIds: [first], decisionNumber: '湘建罚〔2025〕104号' })
  })

  it('passes on the ledger’s refusal of an unlawful act, on all licences or none', async () => {
    expect(await refusalOf({ act: 'reinstate', licenceIds: [third, first] })).to.equal(
      'StatusTransitionUnlawful',
    )
    expect(await refusalOf({ act: 'suspend', licenceIds: [second] })).to.equal('StatusTransitionUnlawful')
    expect(office.operator.statusOf(2)).to.equal('suspended')
  })

  it('takes effect now by the ledger’s clock when the agency’s runs ahead', async () => {
    const outcome = await actOnLicences(
      { ...office, now: () => NOW + 30 },
      { act: 'suspend', licenceIds: [first], decisionNumber: '1', effective: 'now' },
    )
    expect(outcome.effectiveAt).to.equal(NOW)
  })

  it('refuses licences that are unknown, named twice or not anchored', async () => {
    expect(await refusalOf({ licenceIds: [`${first}0`] })).to.equal('licence-unknown')
    expect(await refusalOf({ licenceIds: [third, third] })).to.equal('licence-repeated')
    expect(await refusalOf({ licenceIds: [idsOf(2)[0] ?? ''] })).to.equal('licence-not-anchored')
  })

  it('refuses a day that is none or is still to come', async () => {
    expect(await refusalOf({ effective: '2025-02-30' })).to.equal('effective-not-a-date')
    expect(await refusalOf({ effective: 'today' })).to.equal('effective-not-a-date')
    expect(await refusalOf({ effective: '2026-01-02' })).to.equal('effective-in-future')
  })

  it('enters the provision that a decision rests on, and refuses one that the ledger cannot hold', async () => {
    for (const legalBasis of ['', '行政许可法69', 'X'.repeat(17), 'A B']) {
      expect(await refusalOf({ legalBasis, licenceIds: [third] })).to.equal('legal-basis')
    }
  })

  it('refuses a decision number that is empty, longer than 96 bytes or not visible', async () => {
    for (const decisionNumber of ['', '决'.repeat(33), 'a\u0000', 'a\u202e']) {
      expect(await refusalOf({ decisionNumber })).to.equal('decision-length')
    }
    await act({ decisionNumber: '决'.repeat(32), licenceIds: [third], act: 'reinstate' })
  })

  it('annuls what was revoked, and nothing brings it back', async () => {
    await act({ act: 'annul', licenceIds: [second], legalBasis: 'XZXKF-69-2', effective: '2025-01-01' })
    expect(office.operator.statusOf(1)).to.equal('annulled')
    expect(office.operator.transactions().at(-1)?.act?.legalBasis).to.equal('XZXKF-69-2')
    for (const name of ['reinstate', 'cancel-transfer-out', 'activate'] as const) {
      expect(await refusalOf({ act: name, licenceIds: [second], legalBasis: 'YANGLI-1' })).to.equal(
        'StatusTransitionUnlawful',
      )
    }
  })

  it('transfers out and cancels it, while no other agency has taken the licence in', async () => {
    expect(await refusalOf({ act: 'transfer-out', licenceIds: [third] })).to.equal('legal-basis-missing')
    const basis = { legalBasis: 'YANGLI-1', licenceIds: [third] }
    expect(await refusalOf({ ...basis, act: 'transfer-out' })).to.equal('act-detail-missing')
    expect(await refusalOf({ ...basis, act: 'transfer-out', to: '1144000000000101MH' })).to.equal(
      'not-a-uscc',
    )
    await act({ ...basis, act: 'transfer-out', to: '1144000000000101MG' })
    expect(office.operator.statusOf(2)).to.equal('transferred-out')
    expect(await refusalOf({ act: 'restrict', licenceIds: [third] })).to.equal('StatusTransitionUnlawful')
    await act({ ...basis, act: 'cancel-transfer-out' })
    expect(office.operator.statusOf(2)).to.equal('valid')
  })

  it('refuses a decision number that holds a resident identity number, however it is written', async () => {
    const sent = office.operator.transactions().length
    for (const decisionNumber of [
      '罚字11010519491231002X号',
      '罚字110105 19491231 002x',
      '110105491231002',
    ]) {
      expect(await refusalOf({ decisionNumber })).to.equal('decision-personal')
    }
    expect(office.operator.transactions()).to.have.lengthOf(sent)
    await act({ decisionNumber: '罚字110105194912310021号', licenceIds: [third] })
    await act({ act: 'reinstate', licenceIds: [third] })
  })

  it('ends a suspension on the day that the decision says, and nothing but suspensions and restrictions', async () => {
    await act({ licenceIds: [third], until: '2026-06-30' })
    const { act: entered } = office.operator.transactions().at(-1) ?? {}
    expect(entered).to.include({ act: 'suspend', endsAt: Date.parse('2026-07-01T00:00:00+08:00') / 1000 })
    for (const request of [
      { act: 'reinstate', until: '2026-06-30' },
      { act: 'suspend', until: '2025-12-30' },
      { act: 'suspend', until: 'soon' },
    ] as const) {
      expect(await refusalOf({ ...request, licenceIds: [third] })).to.equal('until-not-a-date')
    }
    await act({ act: 'reinstate', licenceIds: [third] })
  })

  it('supersedes one licence by another that is anchored', async () => {
    expect(await refusalOf({ act: 'supersede', licenceIds: [third] })).to.equal('act-detail-missing')
    expect(await refusalOf({ act: 'supersede', licenceIds: [first, third], by: third })).to.equal(
      'act-not-of-one',
    )
    expect(await refusalOf({ act: 'supersede', licenceIds: [third], by: idsOf(2)[0] ?? '' })).to.equal(
      'licence-not-anchored',
    )
    await act({ act: 'supersede', licenceIds: [third], by: first })
    expect(office.operator.statusOf(2)).to.equal('superseded')
  })

  it('signs nothing with a journal that does not know all that the ledger has', async () => {
    const ahead = { ...office.operator, nextIndex: async () => 7 }
    const assignment = { type: typeOf('teacher'), key: office.key }
    const rows = sampleRows({ type: 'teacher', count: 3, seed: 3 })
    const behind = await issueLicences({ ...office, operator: ahead }, assignment, rows).then(
      () => null,
      (thrown: unknown) => thrown,
    )
    expect(behind).to.be.instanceOf(IssuerError).with.property('code', 'journal-behind')
    expect(await office.journal.find(idsOf(3))).to.have.property('size', 0)
    await issueLicences(office, assignment, sampleRows({ type: 'teacher', count: 3, seed: 3 }))
    expect(await office.journal.find(idsOf(3))).to.have.property('size', 3)
  })

  it('waits behind a new version that is to take the place of its licence, and is settled after it', async () => {
    const [row] = generateLicences({ type: 'teacher', issuer: ISSUER, count: 1, seed: 3 })
    const { licenceId = '', ...face } = row ?? {}
    const { check: _, ...parts } = parseLicenceId(licenceId, 'licenceId')
    const renewed = { ...face, licenceId: encodeLicenceId({ ...parts, version: '002' }) }
    await recordLicences(office, { type: typeOf('teacher'), key: office.key }, rowsOf(renewed))
    const sent = office.operator.transactions().length
    const waits: unknown = await act({ act: 'revoke', licenceIds: [licenceId] }).catch((error) => error)
    expect(waits).to.be.instanceOf(EntryWaitingError)
    expect((waits as EntryWaitingError).cause).to.include({ code: 'earlier-entry-waits' })
    expect(office.operator.transactions()).to.have.lengthOf(sent)
    await finishBatches(office)
    const told = office.events.filter(({ event }) => event.startsWith('entry-'))
    expect(told.map((event) => [event.event, 'entry' in event && event.entry])).to.deep.equal([
      ['entry-stands', 'supersession'],
      ['entry-refused', 'act'],
    ])
    const index = (await office.journal.find([licenceId])).get(licenceId)?.statusIndex ?? 0
    expect(office.operator.statusOf(index)).to.equal('superseded')
  })
})
