import {
  createReportSigner,
  encodeQrReference,
  encodeReport,
  type JsonObject,
  parsePresented,
  suite,
  type VerificationReport,
} from '@hefu/protocol'
import { createLocalVerifier } from '@hefu/sdk'
import { createTestingWorld, type TestingWorld } from '@hefu/sdk/testing'
import { expect } from 'chai'
import { before, describe, it } from 'mocha'
import { assertAnswers, readAttested, readMaskedFace } from '#internal/console/verify/attested-answer'
import { assertFresh } from '#internal/console/verify/report-relevance'
import { createKeyPair } from '../verifier/sample.ts'

const BESIDE = { receivingRegion: '440000', caseNo: '440000-2026-000001' }
const USE = { useCause: '核对申请人资格' }

describe('a licence that was found by its name', () => {
  let world: TestingWorld
  let bundle: string
  let reference: string
  let identifier: string
  /** About the licence, as the service makes it of what it found. */
  let report: VerificationReport

  const verify = (presented: string, beside: object = BESIDE): Promise<VerificationReport> =>
    createLocalVerifier({ view: world.view, clock: world.clock })
      .verify({ ...BESIDE, ...beside, presented })
      .then((verification) => verification.report)

  before(async () => {
    world = await createTestingWorld()
    bundle = world.licences.accepted.request.presented
    reference = encodeQrReference(bundle, suite)
    identifier = parsePresented(bundle).credential.claims.jti
    report = await verify(bundle)
  })

  it('is the one that a reference names, or any text of the one that an identifier names', () => {
    for (const presented of [reference, identifier])
      expect(() => assertAnswers(report, { ...BESIDE, ...USE, presented })).not.to.throw()
  })

  it('is no other one', async () => {
    const other = await verify(world.licences.suspended.request.presented)
    for (const presented of [reference, identifier])
      expect(() => assertAnswers(other, { ...BESIDE, ...USE, presented }))
        .to.throw()
        .with.property('code', 'other-request')
  })

  it('is judged for this region, case, item and time, and for no other', async () => {
    for (const beside of [
      { receivingRegion: '440300' },
      { caseNo: '440000-2026-000002' },
      { serviceItem: '11440300MB2C93018F4442111021001' },
      { asOf: world.now - 86_400 },
    ]) {
      const other = await verify(bundle, beside)
      expect(() => assertAnswers(other, { ...BESIDE, ...USE, presented: reference }))
        .to.throw()
        .with.property('code', 'other-request')
    }
  })

  it('may not be there: the report is about the name then', async () => {
    const unfound = await verify(identifier)
    expect(() => assertAnswers(unfound, { ...BESIDE, ...USE, presented: identifier })).not.to.throw()
    expect(() => assertAnswers(unfound, { ...BESIDE, ...USE, presented: reference }))
      .to.throw()
      .with.property('code', 'other-request')
  })

  it('is believed by the signature of the pinned key alone', async () => {
    const [{ publicJwk, privateJwk }, stranger] = [createKeyPair(), createKeyPair()]
    const attestation = await (await createReportSigner(privateJwk, suite))(report)
    const told = JSON.parse(encodeReport(report)) as JsonObject
    expect(await readAttested({ report: told, attestation }, publicJwk)).to.deep.equal(report)
    for (const [answer, key, code] of [
      [{ report: told, attestation }, stranger.publicJwk, 'bad-attestation'],
      [{ report: { ...told, verdict: 'rejected' }, attestation }, publicJwk, 'bad-attestation'],
      [{ report: told }, publicJwk, 'bad-answer'],
    ] as const) {
      const error = await readAttested(answer, key).catch((caught: unknown) => caught)
      expect(error).to.have.property('code', code)
    }
  })

  it('has a face of named, labelled and masked fields, or the answer is none', () => {
    const field = { name: 'holderName', label: { zh: '姓名', en: 'Name' }, value: '张**' }
    expect(readMaskedFace({ face: [field] })).to.deep.equal([field])
    expect(readMaskedFace({})).to.deep.equal([])
    for (const face of ['张**', [{ ...field, value: { toString: 1 } }], [null], Array(65).fill(field)])
      expect(() => readMaskedFace({ face }))
        .to.throw()
        .with.property('code', 'bad-answer')
  })

  it('is judged now: a report of before is not told again', () => {
    const now = Math.floor(Date.now() / 1_000)
    expect(() => assertFresh({ ...report, checkedAt: now }, now)).not.to.throw()
    expect(() => assertFresh({ ...report, checkedAt: now - 900 }, now)).to.throw()
    expect(() => assertFresh({ ...report, checkedAt: now + 900 }, now)).to.throw()
  })
})
