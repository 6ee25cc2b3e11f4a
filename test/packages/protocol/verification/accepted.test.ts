import { createMemoryLedgerView, createVerifier, encodeReport, parseReport, suite } from '@hefu/protocol'
import { expect } from 'chai'
import { describe, it } from 'mocha'
import {
  createSample,
  FACE_DATA,
  NOW,
  sampleClaims,
  sampleRequest,
} from '../../../fixtures/sample-credential.ts'
import { ED25519_KEY, ES256_KEY, SM2_KEY } from '../../../fixtures/sample-keys.ts'

describe('a valid licence', () => {
  for (const key of [ES256_KEY, ED25519_KEY, SM2_KEY]) {
    it(`is accepted, signed with a key on ${key.crv}`, async () => {
      const { bundle, memory } = await createSample({ key })
      const verifier = createVerifier({ view: createMemoryLedgerView(memory), suite })
      const report = await verifier.verify(sampleRequest(bundle), NOW)
      expect(report.findings.map((f) => f.code)).to.deep.equal([
        'wellFormed/read',
        'signature/verified',
        'disclosures/match',
        'inclusion/included',
        'anchor/found',
        'issuerKey/trusted',
        'issuerAuthority/accredited',
        'faceIssuer/fits',
        'status/valid',
        'validity/in-force',
        'faceRules/nothing-noted',
        'recognition/baseline',
        'demand/not-asked',
        'comparison/not-requested',
        'holderBinding/not-demanded',
      ])
      expect(report.verdict).to.equal('accepted')
      expect(report.resultCode).to.equal(0)
    })
  }

  it('without an end of validity 长期 is accepted, and its report can be read again', async () => {
    const { exp: _none, ...claims } = sampleClaims()
    const { bundle, memory } = await createSample({ claims, faceData: { ...FACE_DATA, validUntil: '长期' } })
    const verifier = createVerifier({ view: createMemoryLedgerView(memory), suite })
    const report = await verifier.verify(sampleRequest(bundle), NOW)
    expect(report.verdict).to.equal('accepted')
    expect(report.licence?.validUntil).to.equal(null)
    expect(parseReport(encodeReport(report))).to.deep.equal(report)
  })
})
