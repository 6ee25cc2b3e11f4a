/** The independent re-check: what is reported follows from what was presented and from the ledger, or it does not. */
import {
  createMemoryLedgerView,
  createVerifier,
  demandKey,
  type Finding,
  finding,
  LedgerUnavailableError,
  type LedgerView,
  LICENCE_TYPES,
  type MemoryLedger,
  parseReport,
  type RecheckedCase,
  type RecheckOutcome,
  recheckReport,
  suite,
  type VerificationReport,
  type VerificationRequest,
} from '@hefu/protocol'
import { expect } from 'chai'
import { before, describe, it } from 'mocha'
import { resultCodeOf, verdictOf } from '#internal/protocol/report/verdict'
import { withActs, withAnchor } from '../../../fixtures/altered-ledger.ts'
import {
  createSample,
  FACE_DATA,
  LICENCE_TYPE,
  NOW,
  type Sample,
  sampleRequest,
} from '../../../fixtures/sample-credential.ts'
import { boundSample, CHALLENGE, presentSample } from '../../../fixtures/sample-presentation.ts'

const SUBMITTED = { holderName: FACE_DATA['holderName'] ?? '', post: '另一岗位' }

let sample: Sample
let presented: string
let view: LedgerView

before(async () => {
  sample = await createSample(boundSample())
  presented = presentSample(sample)
  view = createMemoryLedgerView(sample.memory)
})

const verify = (request: Partial<VerificationRequest> = {}, on: LedgerView = view) =>
  createVerifier({ view: on, suite }).verify({ ...sampleRequest(presented), ...request }, NOW)

const recheck = (report: VerificationReport, again: Partial<RecheckedCase> = {}, on: LedgerView = view) =>
  recheckReport(report, { presented, ...again }, { view: on, suite })

const LATER = NOW + 31_536_000

/** The ledger a year later: another block, and a revoked licence; it can still answer at the block before. */
function archive(then: MemoryLedger, fact: (memory: MemoryLedger) => MemoryLedger): LedgerView {
  const block = { number: 9000, hash: `0x${'9c'.repeat(32)}`, time: LATER } as const
  const [old, now] = [createMemoryLedgerView(then), createMemoryLedgerView(fact({ ...then, block }))]
  return {
    ledger: then.ledger,
    lookup: (query) => (query.block?.hash === then.block.hash ? old : now).lookup(query),
  }
}

function failing(code: LedgerUnavailableError['code']): LedgerView {
  const lookup = (): never => {
    throw new LedgerUnavailableError(code, 'reach the ledger')
  }
  return { ledger: view.ledger, lookup: async () => lookup() }
}

function replaceFinding(report: VerificationReport, other: Finding): VerificationReport {
  const findings = report.findings.map((found) => (found.check === other.check ? other : found))
  return { ...report, findings, verdict: verdictOf(findings), resultCode: resultCodeOf(findings) }
}

const membersOf = (outcome: RecheckOutcome): readonly string[] =>
  outcome.outcome === 'differs' ? outcome.differences.map(({ member }) => member) : [outcome.outcome]

describe('re-check of a report', () => {
  it('confirms what was reported, whatever the verdict', async () => {
    for (const request of [{}, { asOf: NOW - 3600 }, { caseNo: '粤2026-0001', serviceItem: '440100-0001' }]) {
      expect(await recheck(await verify(request))).to.deep.equal({ outcome: 'confirmed', notRechecked: [] })
    }
    const revoked = createMemoryLedgerView(withActs({ act: 'revoke', effectiveAt: NOW - 5 })(sample.memory))
    const report = await verify({}, revoked)
    expect(report.verdict).to.equal('rejected')
    expect((await recheck(report, {}, revoked)).outcome).to.equal('confirmed')
  })

  it('differs where verdict, code, statuses or checks do not follow from the findings, in an object that no text was', async () => {
    const revoked = createMemoryLedgerView(withActs({ act: 'revoke', effectiveAt: NOW - 5 })(sample.memory))
    const report = await verify({}, revoked)
    const [first, ...others] = report.findings
    if (first === undefined) throw new Error('nothing was found')
    for (const [altered, members] of [
      [{ ...report, verdict: 'accepted', resultCode: 0 }, ['verdict', 'resultCode']],
      [{ ...report, resultCode: 0 }, ['resultCode']],
      [{ ...report, findings: others }, ['findings']],
      [{ ...report, findings: [] }, ['findings', 'verdict']],
      [{ ...report, findings: [first, ...report.findings] }, ['findings']],
      [{ ...report, findings: report.findings.map((one) => ({ ...one, status: 'pass' })) }, ['findings']],
      [{ ...report, findings: [{ ...first, code: 'wellFormed/fine' }, ...others] }, ['findings']],
    ] as const) {
      const outcome = await recheck(altered as unknown as VerificationReport, {}, revoked)
      expect(membersOf(outcome)).to.include.members([...members])
    }
    expect(membersOf(await recheck(report, {}, revoked))).to.deep.equal(['confirmed'])
  })

  it('leaves a comparison open that one of the two made by another description of the type, and judges all else', async () => {
    const [type] = LICENCE_TYPES.filter(({ code }) => code === LICENCE_TYPE)
    const licenceTypes = type === undefined ? [] : [{ ...type, slug: 'other' }]
    const submitted = { holderName: '样例甲' }
    const asked = { ...sampleRequest(presented), submitted }
    const plain = await verify({ submitted })
    const other = await createVerifier({ view, suite, licenceTypes }).verify(asked, NOW)
    expect([plain.verdict, other.verdict]).to.deep.equal(['accepted', 'refer'])
    const open = { outcome: 'confirmed', notRechecked: ['comparison'] }
    const trust = { view, suite }
    expect(await recheckReport(other, { presented, submitted }, trust)).to.deep.equal(open)
    expect(await recheckReport(plain, { presented, submitted }, { ...trust, licenceTypes })).to.deep.equal(
      open,
    )
    expect(await recheckReport(other, { presented, submitted }, { ...trust, licenceTypes })).to.deep.equal({
      outcome: 'confirmed',
      notRechecked: [],
    })
    const revoked = createMemoryLedgerView(withActs({ act: 'revoke', effectiveAt: NOW - 5 })(sample.memory))
    expect(
      (await recheckReport(other, { presented, submitted }, { ...trust, view: revoked })).outcome,
    ).to.equal('differs')
  })

  it('confirms a report on what could not be read, without asking the ledger', async () => {
    const report = await verify({ presented: 'x' })
    const asked = { ledger: view.ledger, lookup: () => expect.fail('the ledger was asked') }
    expect((await recheck(report, { presented: 'x' }, asked)).outcome).to.equal('confirmed')
  })

  it('judges at the report’s block and by its clock: a later revocation changes nothing', async () => {
    const later = archive(sample.memory, withActs({ act: 'revoke', effectiveAt: NOW + 60 }))
    const report = await verify({ challenge: CHALLENGE })
    expect(
      (await createVerifier({ view: later, suite }).verify(sampleRequest(presented), LATER)).verdict,
    ).to.equal('rejected')
    expect(await recheck(report, { challenge: CHALLENGE }, later)).to.deep.equal({
      outcome: 'confirmed',
      notRechecked: [],
    })
  })

  it('judges the rendition as the report names it, and differs where another is given again', async () => {
    const rendition = suite.sha256Base64url('a file')
    const report = await verify({ rendition })
    expect(report.findings.at(-1)?.code).to.equal('rendition/not-bound')
    const confirmed = { outcome: 'confirmed', notRechecked: [] }
    expect(await recheck(report)).to.deep.equal(confirmed)
    expect(await recheck(report, { rendition })).to.deep.equal(confirmed)
    const other = suite.sha256Base64url('another file')
    expect(membersOf(await recheck(report, { rendition: other }))).to.deep.equal(['rendition'])
    expect(membersOf(await recheck(await verify(), { rendition }))).to.deep.equal(['rendition'])
    const bound = replaceFinding(report, finding('rendition/bound'))
    expect(membersOf(await recheck(bound))).to.deep.equal(['rendition'])
    const { rendition: _named, ...request } = report.request
    expect(membersOf(await recheck({ ...report, request }))).to.include('findings')
    const malformed = { ...report, request: { ...report.request, rendition: 'a file' } }
    expect(membersOf(await recheck(malformed))).to.deep.equal(['request'])
  })

  it('says which findings rest on values that were not given again', async () => {
    const report = await verify({ submitted: SUBMITTED, challenge: CHALLENGE })
    expect(await recheck(report)).to.deep.equal({
      outcome: 'confirmed',
      notRechecked: ['comparison', 'holderBinding'],
    })
    expect(await recheck(report, { submitted: SUBMITTED, challenge: CHALLENGE })).to.deep.equal({
      outcome: 'confirmed',
      notRechecked: [],
    })
  })

  it('leaves open without them only what they could have changed', async () => {
    const report = await verify({ submitted: SUBMITTED, challenge: CHALLENGE })
    const facts = report.findings.find(({ check }) => check === 'holderBinding')?.facts ?? {}
    for (const [other, members] of [
      [finding('comparison/same', { same: ['holderName'] }), ['confirmed']],
      [finding('holderBinding/other-nonce', facts), ['confirmed']],
      [finding('holderBinding/bound', { ...facts, signedAt: NOW }), ['holderBinding']],
      [finding('holderBinding/missing'), ['holderBinding']],
      [finding('holderBinding/signature-mismatch', facts), ['holderBinding']],
      [finding('comparison/not-requested'), ['comparison']],
      [finding('comparison/nothing-to-check'), ['comparison']],
    ] as const) {
      expect(membersOf(await recheck(replaceFinding(report, other))), other.code).to.deep.equal(members)
    }
    const unbound = await verify({ presented: sample.bundle, challenge: CHALLENGE })
    const again = { presented: sample.bundle }
    expect(membersOf(await recheck(unbound, again))).to.deep.equal(['confirmed'])
    expect(
      membersOf(await recheck(replaceFinding(unbound, finding('holderBinding/bound')), again)),
    ).to.deep.equal(['holderBinding'])
    const unread = await verify({ presented: 'x', submitted: SUBMITTED, challenge: CHALLENGE })
    const invented = replaceFinding(unread, finding('comparison/same', { same: ['post'] }))
    expect(membersOf(await recheck(invented, { presented: 'x' }))).to.deep.equal(['comparison'])
  })

  it('knows by the names alone which values were asked for beyond the demand', async () => {
    const serviceItem = '440100-0001'
    const demands = new Map([[demandKey(serviceItem, LICENCE_TYPE), [{ since: 1, fields: ['holderName'] }]]])
    const demanding = createMemoryLedgerView({ ...sample.memory, demands })
    for (const [submitted, beyond] of [
      [SUBMITTED, finding('demand/met', { serviceItem, demanded: ['holderName'] })],
      [{ post: '' }, finding('comparison/same', { same: ['post'] })],
    ] as const) {
      const report = await verify({ serviceItem, submitted }, demanding)
      expect(membersOf(await recheck(report, {}, demanding)), beyond.code).to.deep.equal(['confirmed'])
      const forged = replaceFinding(report, beyond)
      expect(membersOf(await recheck(forged, {}, demanding)), beyond.code).to.deep.equal([beyond.check])
    }
  })

  it('knows by the names alone that a field compared is none of the type’s', async () => {
    const report = await verify({ submitted: { height: '1.80' } })
    expect(report.findings.map(({ code }) => code)).to.include('comparison/unknown-field')
    expect(membersOf(await recheck(report))).to.deep.equal(['confirmed'])
    const forged = replaceFinding(report, finding('comparison/same', { same: ['height'] }))
    expect(membersOf(await recheck(forged))).to.deep.equal(['comparison'])
  })

  it('finds another presentation, other values and another challenge', async () => {
    const report = await verify({ submitted: SUBMITTED, challenge: CHALLENGE })
    expect(membersOf(await recheck(report, { presented: sample.bundle }))).to.deep.equal(['presented'])
    expect(membersOf(await recheck(report, { submitted: { post: '' } }))).to.deep.equal(['comparedFields'])
    const others = { ...SUBMITTED, post: FACE_DATA['post'] ?? '' }
    expect(membersOf(await recheck(report, { submitted: others }))).to.deep.equal(['comparison'])
    const challenge = { ...CHALLENGE, maxAgeSeconds: 301 }
    expect(membersOf(await recheck(report, { challenge }))).to.deep.equal(['challenge'])
    expect(membersOf(await recheck(await verify(), { challenge: CHALLENGE }))).to.deep.equal(['challenge'])
  })

  it('finds every finding that does not follow, and quotes no value of the face', async () => {
    const report = await verify()
    for (const found of report.findings) {
      const forged = replaceFinding(report, { ...found, facts: { ...found.facts, note: 'x' } })
      parseReport(JSON.stringify(forged))
      expect(membersOf(await recheck(forged)), found.check).to.deep.equal([found.check])
    }
    const outcome = await recheck(replaceFinding(report, finding('status/revoked', {})))
    expect(membersOf(outcome)).to.deep.equal(['status'])
    for (const value of Object.values(FACE_DATA)) {
      if (value.length > 1) expect(JSON.stringify(outcome)).to.not.include(value)
    }
  })

  it('finds another licence, another time of the block, and defects that are not there', async () => {
    const report = await verify()
    const { licence, ledger } = report
    if (licence === null || ledger === null) throw new Error('a report with both')
    const defect = { code: 'missing', where: 'x', expected: 'y', found: 'z' } as const
    expect(membersOf(await recheck({ ...report, licence: { ...licence, validUntil: null } }))).to.deep.equal([
      'licence',
    ])
    expect(membersOf(await recheck({ ...report, ledger: { ...ledger, blockTime: NOW - 1 } }))).to.deep.equal([
      'ledger',
    ])
    expect(membersOf(await recheck({ ...report, defects: [defect] }))).to.deep.equal(['defects'])
    const unread = { ...(await verify({ presented: 'x' })), ledger }
    expect(membersOf(await recheck(unread, { presented: 'x' }))).to.deep.equal(['ledger'])
  })

  it('finds a request that no verifier answers', async () => {
    const report = await verify()
    const request = { ...report.request, asOf: NOW + 1 }
    expect(membersOf(await recheck({ ...report, request }))).to.deep.equal(['request'])
  })

  it('is undetermined when the ledger cannot answer at that block, and says why', async () => {
    const report = await verify()
    const elsewhere = { ...sample.memory.block, number: 1201, hash: `0x${'00'.repeat(32)}` as const }
    const other = createMemoryLedgerView({ ...sample.memory, block: elsewhere })
    const heedless: LedgerView = { ...other, lookup: ({ block: _block, ...query }) => other.lookup(query) }
    const incoherent: LedgerView = {
      ...view,
      lookup: async (query) => ({
        ...(await view.lookup(query)),
        block: { ...sample.memory.block, time: Number.NaN },
      }),
    }
    const foreign = createMemoryLedgerView({ ...sample.memory, ledger: { ...view.ledger, chainId: 1 } })
    for (const [on, reason] of [
      [failing('unreachable'), 'unreachable'],
      [failing('wrong-chain'), 'wrong-chain'],
      [other, 'block-unavailable'],
      [heedless, 'block-unavailable'],
      [foreign, 'other-ledger'],
      [incoherent, 'inconsistent'],
    ] as const) {
      expect(await recheck(report, {}, on)).to.deep.equal({ outcome: 'undetermined', reason })
    }
  })

  it('is undetermined when the report’s own verifier could not ask, and confirms nothing for it', async () => {
    const unreachable = await verify({}, failing('unreachable'))
    const stale = await createVerifier({ view, suite, maxLedgerAgeSeconds: 1 }).verify(
      sampleRequest(presented),
      NOW + 2,
    )
    for (const report of [unreachable, stale]) {
      expect(await recheck(report)).to.deep.equal({ outcome: 'undetermined', reason: 'ledger-not-read' })
    }
  })

  it('finds a difference even while the ledger cannot be asked', async () => {
    const report = await verify()
    const forged = replaceFinding(report, finding('inclusion/root-mismatch', {}))
    expect(membersOf(await recheck(forged, {}, failing('unreachable')))).to.deep.equal(['inclusion'])
    const invented = { ...report, ledger: null }
    expect(membersOf(await recheck(invented))).to.include.members(['signature', 'anchor', 'status'])
  })

  it('finds that a ledger of other facts does not bear the report out', async () => {
    const altered = createMemoryLedgerView(withAnchor({ size: 8 })(sample.memory))
    expect(membersOf(await recheck(await verify(), {}, altered))).to.deep.equal(['anchor'])
  })
})
