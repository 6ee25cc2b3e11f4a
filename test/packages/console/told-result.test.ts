/** What a signed report makes of its row: it answers what was asked, for this case and of now, or nothing. */
import { encodeQrReference, parsePresented, suite, type VerificationReport } from '@hefu/protocol'
import { createLocalVerifier } from '@hefu/sdk'
import { createTestingWorld, type TestingState, type TestingWorld } from '@hefu/sdk/testing'
import { expect } from 'chai'
import { before, describe, it } from 'mocha'
import { type BatchRow, createBatchRows } from '#internal/console/batch/batch-rows'
import type { BatchResult } from '#internal/console/batch/batch-service'
import { identityOf } from '#internal/console/batch/opened-items'
import { type ToldRow, toldRow } from '#internal/console/batch/told-result'
import { RESULT_TEXTS } from '#internal/console/texts/result-texts'

const CASE = { receivingRegion: '440000', caseNo: '粤2026-1' }

describe('a row of a batch', () => {
  let world: TestingWorld
  let bundle: string
  let identifier: string
  const rows = createBatchRows()

  before(async () => {
    world = await createTestingWorld()
    bundle = world.licences.accepted.request.presented
    identifier = parsePresented(bundle).credential.claims.jti
  })

  async function reportOf(presented: string, state: TestingState = 'accepted'): Promise<VerificationReport> {
    const verifier = createLocalVerifier({ view: world.licences[state].view, clock: world.clock })
    return (await verifier.verify({ ...CASE, presented })).report
  }

  /** What a report makes of the row of what was given, asked for at a time. */
  function told(given: string, report: VerificationReport, askedAt = world.clock()): ToldRow {
    const result = {
      item: 1,
      row: 1,
      after: 'a',
      number: 'N-1',
      verdict: report.verdict,
      resultCode: report.resultCode,
      nextStep: { zh: '', en: '' },
      signed: { report, attestation: '', code: null },
    } satisfies BatchResult
    const before: BatchRow = {
      row: 1,
      name: '清单.csv#2',
      outcome: 'waiting',
      reason: null,
      nextStep: null,
      resultCode: null,
      number: null,
      licence: null,
      place: null,
      ...identityOf(given),
    }
    const known = { before, forAll: { all: CASE }, askedAt, now: world.clock(), nameOf: () => null }
    return toldRow(result, known, rows.keep)
  }

  it('is told by a report about what it names, or about its very text', async () => {
    const report = await reportOf(bundle)
    for (const given of [bundle, identifier, encodeQrReference(bundle, suite)])
      expect(told(given, report).outcome, given.slice(0, 20)).to.equal('accepted')
  })

  it('believes no true report about another licence, also where the service looked for it', async () => {
    const other = await reportOf(world.licences.revoked.request.presented, 'revoked')
    for (const given of [bundle, identifier, encodeQrReference(bundle, suite)])
      expect(told(given, other), given.slice(0, 20)).to.include({
        outcome: 'refused',
        reason: 'problem:other-item',
        licence: null,
      })
  })

  it('believes no true report of another time', async () => {
    const report = await reportOf(bundle)
    for (const given of [bundle, identifier]) {
      expect(told(given, report, report.checkedAt + 301)).to.include({ reason: 'problem:other-time' })
      expect(told(given, { ...report, checkedAt: 1 })).to.include({ reason: 'problem:other-time' })
      expect(told(given, { ...report, checkedAt: world.clock() + 301 })).to.include({
        reason: 'problem:other-time',
      })
      expect(told(given, report, report.checkedAt + 299).outcome, 'clocks differ').to.equal('accepted')
    }
  })

  it('says of a name that led nowhere that nothing was found, and not that it is no licence', async () => {
    for (const given of [identifier, encodeQrReference(bundle, suite)]) {
      expect(told(given, await reportOf(given)).reason).to.equal('finding:not-found')
    }
    expect(rows.reasons.get('finding:not-found')).to.equal(RESULT_TEXTS.nothingFound)
    expect(told('no licence', await reportOf('no licence')).reason).to.equal(
      'finding:wellFormed/not-a-licence',
    )
  })

  it('knows identifier, type and issuer of what is signed, and of nothing else', async () => {
    const { licence } = await reportOf(bundle)
    expect(told(bundle, await reportOf(bundle)).licence).to.include({
      type: licence?.licenceType,
      issuer: licence?.issuer,
    })
    const { presented } = world.licences['forged-signature'].request
    const forged = await reportOf(presented, 'forged-signature')
    expect(forged.licence).to.not.equal(null)
    expect(told(presented, forged).licence).to.equal(null)
  })
})
