/** A history that is too long to be told shuts no licence of today. */
import {
  createMemoryLedgerView,
  createVerifier,
  type StatusEntry,
  suite,
  type VerificationReport,
} from '@hefu/protocol'
import { expect } from 'chai'
import { before, describe, it } from 'mocha'
import { withActs } from '../../../fixtures/altered-ledger.ts'
import { createSample, NOW, type Sample, sampleRequest } from '../../../fixtures/sample-credential.ts'

const TOLD = 10_000

/** Suspended and reinstated, again and again; the last of an odd number is a suspension. */
function acts(count: number): readonly StatusEntry[] {
  return Array.from({ length: count }, (_, i) => ({
    act: i % 2 === 0 ? 'suspend' : 'reinstate',
    effectiveAt: NOW - 100,
    decisionNumber: `湘建决〔2026〕${i}号`,
    legalBasis: 'XZCFF-9-3',
    capacity: 'operator',
  }))
}

describe('a licence with a long history', () => {
  let sample: Sample

  before(async () => {
    sample = await createSample()
  })

  async function verify(entries: readonly StatusEntry[], asOf?: number): Promise<VerificationReport> {
    const memory = withActs(...entries)(sample.memory)
    const verifier = createVerifier({ view: createMemoryLedgerView(memory), suite })
    return await verifier.verify(
      { ...sampleRequest(sample.bundle), ...(asOf === undefined ? {} : { asOf }) },
      NOW,
    )
  }
  const statusOf = ({ findings }: VerificationReport) =>
    findings.find(({ check }) => check === 'status')?.code

  it('is told whole up to 10,000 acts, of today and of the past', async () => {
    expect(statusOf(await verify(acts(TOLD - 1)))).to.equal('status/suspended')
    expect(statusOf(await verify(acts(TOLD - 1), NOW - 50))).to.equal('status/suspended')
  })

  it('beyond them says its status of today, and of the past that it could not be checked', async () => {
    expect(statusOf(await verify(acts(TOLD + 1)))).to.equal('status/suspended')
    expect(statusOf(await verify(acts(TOLD + 2)))).to.equal('status/valid')
    expect(statusOf(await verify(acts(TOLD + 1), NOW - 50))).to.equal('status/ledger-unreachable')
  })
})
