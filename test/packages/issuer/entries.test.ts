import {
  actLate,
  correctLicences,
  dissolveSuccession,
  findOrigin,
  IssuerError,
  issueLicences,
  liftNotices,
  noteLicences,
  recordLicences,
  takeInLicence,
} from '@hefu/issuer'
import { LedgerRefusedError } from '@hefu/ledger'
import { LedgerUnavailableError } from '@hefu/protocol'
import { expect } from 'chai'
import { after, before, describe, it } from 'mocha'
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
import { SUPERIOR } from './fixtures/file-operator.ts'

const idsOf = (seed: number): string[] =>
  [...generateLicences({ type: 'teacher', issuer: ISSUER, count: 3, seed })].map(({ licenceId }) => licenceId)
const DECISION = { decisionNumber: '样例决字〔2025〕1号', effective: '2025-12-31', legalBasis: 'MFD-220' }
const LONG_AGO = { decisionNumber: '样例决字〔2025〕2号', effective: '2025-11-01' }
const DAY = 86_400

describe('entries beside the acts of one key', () => {
  let office: SampleOffice
  const [first = '', second = '', third = ''] = idsOf(1)
  const [notAnchored = ''] = idsOf(2)

  before(async () => {
    office = await openSampleOffice((await createSampleHome()).home)
    const assignment = { type: typeOf('teacher'), key: office.key }
    await issueLicences(office, assignment, sampleRows({ type: 'teacher', count: 3, seed: 1 }))
    await recordLicences(office, assignment, sampleRows({ type: 'teacher', count: 3, seed: 2 }))
  })
  after(() => office.journal.close())

  /** The code of the refusal, after which nothing was sent. */
  const refusalOf = async (work: () => Promise<unknown>): Promise<string> => {
    const before = office.operator.transactions().length
    const error: unknown = await work().then(
      () => null,
      (thrown: unknown) => thrown,
    )
    expect(office.operator.transactions().length).to.equal(before)
    if (error instanceof IssuerError || error instanceof LedgerRefusedError) return error.code
    throw new Error(`expect a refusal: got ${error}`)
  }

  it('proposes a correction, which changes nothing until the other key makes the same call', async () => {
    const request = { ...DECISION, licenceIds: [first, second], toStatus: 'revoked' } as const
    const proposed = await correctLicences(office, request)
    expect(proposed).to.include({ outcome: 'proposed', callData: '0xca11' })
    expect(proposed).to.deep.include({ confirmer: SUPERIOR, standsUntil: NOW + 30 * DAY })
    expect([0, 1].map(office.operator.statusOf)).to.deep.equal(['valid', 'valid'])
    const confirmed = await correctLicences(office, request)
    expect(confirmed).to.include({ outcome: 'carried-out' })
    expect([0, 1].map(office.operator.statusOf)).to.deep.equal(['revoked', 'revoked'])
    await correctLicences(office, { ...request, toStatus: 'valid' })
    await correctLicences(office, { ...request, toStatus: 'valid' })
  })

  it('takes the same correction from now on for the proposal that waits, and proposes it anew once none does', async () => {
    const request = { ...DECISION, effective: 'now', licenceIds: [second], toStatus: 'suspended' } as const
    const decided = { ...request, decisionNumber: '样例更字〔2025〕9号' }
    const proposed = await correctLicences(office, decided)
    expect(proposed).to.include({ outcome: 'proposed', repeated: false })
    const again = await correctLicences(office, decided)
    expect(again).to.include({ outcome: 'proposed', repeated: true, number: proposed.number })
    const operator = { ...office.operator, findConfirmer: async () => null }
    expect(await correctLicences({ ...office, operator }, decided)).to.include({ repeated: false })
  })

  it('tells of a standing proposal also when it cannot be asked who confirms it', async () => {
    const operator = {
      ...office.operator,
      findConfirmer: async () => {
        throw new LedgerUnavailableError('unreachable', 'no node')
      },
    }
    const request = { ...DECISION, licenceIds: [third], toStatus: 'deregistered' } as const
    const proposed = await correctLicences({ ...office, operator }, request)
    expect(proposed).to.include({ outcome: 'proposed', confirmer: null })
  })

  it('proposes an act of more than 31 days ago, and refuses to do so with one that needs no second key', async () => {
    const request = { ...LONG_AGO, act: 'suspend', licenceIds: [third] } as const
    expect(await actLate(office, request)).to.include({ outcome: 'proposed' })
    expect(office.operator.statusOf(2)).to.equal('valid')
    expect(await actLate(office, request)).to.include({ outcome: 'carried-out' })
    expect(office.operator.statusOf(2)).to.equal('suspended')
    for (const effective of ['2025-12-02', '2025-12-31', 'now']) {
      expect(await refusalOf(() => actLate(office, { ...request, effective }))).to.equal('act-not-late')
    }
    expect(await refusalOf(() => actLate(office, { ...request, until: '2025-10-01' }))).to.equal(
      'until-not-a-date',
    )
    expect(await actLate(office, { ...request, effective: '2025-12-01' })).to.include({ outcome: 'proposed' })
  })

  it('enters notices beside the status, several at once, and lifts each by its code', async () => {
    const request = { ...DECISION, licenceIds: [first] }
    await noteLicences(office, { ...request, code: 0 })
    await noteLicences(office, { ...request, code: 57 })
    expect(office.operator.noticesOf(0)).to.deep.equal([0, 57])
    expect(office.operator.statusOf(0)).to.equal('valid')
    const other = { ...request, decisionNumber: '样例决字〔2026〕9号' }
    expect(await refusalOf(() => noteLicences(office, { ...other, code: 0 }))).to.equal('NoticeUnchanged')
    await liftNotices(office, { ...request, code: 0 })
    expect(office.operator.noticesOf(0)).to.deep.equal([57])
    expect(await refusalOf(() => liftNotices(office, { ...other, code: 0 }))).to.equal('NoticeUnchanged')
  })

  it('takes in what another agency transferred out, by a licence of its own that is anchored', async () => {
    const origin = { issuer: '1144000000000101MG', statusIndex: 4 }
    const outcome = await takeInLicence(office, { ...DECISION, licenceId: second, origin })
    expect(outcome).to.deep.include({ origin, licenceIds: [second] })
    expect(office.operator.transactions().at(-1)?.takenIn).to.deep.equal({
      successor: { issuer: ISSUER, statusIndex: 1 },
      origin,
    })
    expect(
      await refusalOf(() => takeInLicence(office, { ...DECISION, licenceId: notAnchored, origin })),
    ).to.equal('licence-not-anchored')
  })

  it('proposes that a licence took no other’s place, and again after it was carried out or forgotten', async () => {
    const origin = { issuer: '1144000000000101MG', statusIndex: 4 }
    expect(await findOrigin(office, second)).to.deep.equal(origin)
    const request = { ...DECISION, licenceId: second, origin }
    const other = { ...request, origin: { ...origin, statusIndex: 5 } }
    expect(await refusalOf(() => dissolveSuccession(office, other))).to.equal('SuccessionUnknown')
    const { standing, refused } = await office.journal.countEntries()
    expect(await dissolveSuccession(office, request)).to.include({ outcome: 'proposed', repeated: false })
    expect(await findOrigin(office, second)).to.deep.equal(origin)
    expect(await dissolveSuccession(office, request)).to.include({ outcome: 'carried-out', repeated: false })
    expect(await office.journal.countEntries()).to.include({ standing: standing + 2, refused })
    expect(await refusalOf(() => findOrigin(office, second))).to.equal('took-no-place')
  })

  it('checks the decision and the licences of each of them before anything is sent', async () => {
    const origin = { issuer: '1144000000000101MG', statusIndex: 4 }
    const entries: Readonly<Record<string, (request: typeof LONG_AGO, id: string) => Promise<unknown>>> = {
      correct: (decision, id) =>
        correctLicences(office, { ...decision, licenceIds: [id], toStatus: 'revoked' }),
      late: (decision, id) => actLate(office, { ...LONG_AGO, ...decision, act: 'revoke', licenceIds: [id] }),
      note: (decision, id) => noteLicences(office, { ...decision, licenceIds: [id], code: 2 }),
      lift: (decision, id) => liftNotices(office, { ...decision, licenceIds: [id], code: 57 }),
      dissolve: (decision, id) => dissolveSuccession(office, { ...decision, licenceId: id, origin }),
      takeIn: (decision, id) => takeInLicence(office, { ...decision, licenceId: id, origin }),
    }
    for (const [name, enter] of Object.entries(entries)) {
      const right = name === 'late' ? LONG_AGO : DECISION
      const decisionNumber = '罚字11010519491231002X号'
      expect(await refusalOf(() => enter({ ...right, decisionNumber }, first)), name).to.equal(
        'decision-personal',
      )
      expect(await refusalOf(() => enter({ ...right, decisionNumber: '' }, first)), name).to.equal(
        'decision-length',
      )
      expect(await refusalOf(() => enter({ ...right, effective: '2026-01-02' }, first)), name).to.equal(
        'effective-in-future',
      )
      expect(await refusalOf(() => enter(right, `${first}0`)), name).to.equal('licence-unknown')
      expect(await refusalOf(() => enter(right, notAnchored)), name).to.equal('licence-not-anchored')
    }
  })
})
