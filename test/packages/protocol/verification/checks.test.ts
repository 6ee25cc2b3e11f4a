/** Every finding, each produced by the situation that it names; what else is wrong is named too. */
import {
  createMemoryLedgerView,
  createVerifier,
  encodeReport,
  FINDING_CODES,
  type FindingCode,
  parseReport,
  suite,
  type VerificationReport,
} from '@hefu/protocol'
import { expect } from 'chai'
import { describe, it } from 'mocha'
import { createSample, NOW, sampleRequest } from '../../../fixtures/sample-credential.ts'
import type { Situation } from '../../../fixtures/situation.ts'
import { SITUATIONS } from '../../../fixtures/verification-situations.ts'
import { trustOf } from '../../../vectors/recorded-registry.ts'

async function verify(situation: Situation): Promise<VerificationReport> {
  const sample = await createSample(situation.sample)
  const { ledger = (memory) => memory, view = (same) => same, presented = ({ bundle }) => bundle } = situation
  const asked = view(createMemoryLedgerView(ledger(sample.memory)))
  const verifier = createVerifier({ ...trustOf(situation.registry ?? null, asked), suite })
  return verifier.verify({ ...sampleRequest(presented(sample)), ...situation.request }, situation.now ?? NOW)
}

const ALL_WELL = new Set<FindingCode>([
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

describe('checks, each finding in its situation', () => {
  const seen = new Set<FindingCode>()

  for (const situation of SITUATIONS) {
    it(`${situation.is}: ${situation.finds.join(', ') || 'nothing amiss'} → ${situation.verdict}`, async () => {
      const report = await verify(situation)
      const codes = report.findings.map((finding) => finding.code)
      for (const code of codes) seen.add(code)
      expect(codes.filter((code) => !ALL_WELL.has(code))).to.have.members([...situation.finds])
      expect(report.verdict).to.equal(situation.verdict)
      expect(report.resultCode === 0).to.equal(situation.verdict === 'accepted')
      expect(parseReport(encodeReport(report))).to.deep.equal(report)
    })
  }

  it('finds every code of the catalogue somewhere above', () => {
    expect([...seen].sort()).to.deep.equal([...FINDING_CODES].sort())
  })
})
