/** How old the ledger's data may be: by the verifier's own limit, and by what a licence type demands. */
import {
  createMemoryLedgerView,
  createVerifier,
  encodeReport,
  findLicenceType,
  type LicenceType,
  type MemoryLedger,
  parseReport,
  recheckReport,
  suite,
  type VerificationReport,
} from '@hefu/protocol'
import { expect } from 'chai'
import { before, describe, it } from 'mocha'
import { schemaDigest } from '#internal/protocol/licence/schema'
import { createSample, NOW, type Sample, sampleRequest } from '../../../fixtures/sample-credential.ts'

describe('the age of the ledger’s data', () => {
  let sample: Sample
  let known: LicenceType

  before(async () => {
    sample = await createSample()
    const type = findLicenceType('safety-manager')
    if (type === undefined) throw new Error('find the type of the sample')
    known = type
  })

  async function verify(
    age: number,
    type: LicenceType,
    maxLedgerAgeSeconds?: number,
    memory: MemoryLedger = sample.memory,
  ): Promise<VerificationReport> {
    const licenceTypes = [type]
    const view = createMemoryLedgerView(memory)
    const verifier = createVerifier({ view, suite, licenceTypes, maxLedgerAgeSeconds })
    return await verifier.verify(sampleRequest(sample.bundle), NOW + age)
  }

  const demanding = (seconds: number): LicenceType => ({ ...known, maxLedgerAgeSeconds: seconds })
  const anchorOf = ({ findings }: VerificationReport) => findings.find(({ check }) => check === 'anchor')

  it('is at most what the licence type demands, where that is less than the verifier’s limit', async () => {
    const met = await verify(120, demanding(120))
    expect([anchorOf(met)?.code, met.ledger?.maxAge]).to.deep.equal(['anchor/found', 120])
    const missed = await verify(121, demanding(120))
    expect([missed.verdict, missed.ledger]).to.deep.equal(['undetermined', null])
    expect(anchorOf(missed)).to.deep.include({
      code: 'anchor/ledger-stale',
      facts: { blockTime: NOW, maxAge: 120 },
    })
  })

  it('is limited by a number alone: with another limit there is no verifier, for it would limit nothing', () => {
    const view = createMemoryLedgerView(sample.memory)
    const { NaN: none, POSITIVE_INFINITY, NEGATIVE_INFINITY } = Number
    for (const limit of [none, -1, 1e20, POSITIVE_INFINITY, NEGATIVE_INFINITY, '300', null] as number[]) {
      const create = () => createVerifier({ view, suite, maxLedgerAgeSeconds: limit })
      expect(create, String(limit)).to.throw(RangeError, 'maxLedgerAgeSeconds')
      const createOfType = () => createVerifier({ view, suite, licenceTypes: [demanding(limit)] })
      expect(createOfType, String(limit)).to.throw(RangeError, `maxLedgerAgeSeconds of ${known.slug}`)
    }
  })

  it('is at most the verifier’s limit, where a type would allow more or says nothing', async () => {
    for (const type of [demanding(1000), known]) {
      const met = await verify(300, type)
      expect([anchorOf(met)?.code, met.ledger?.maxAge]).to.deep.equal(['anchor/found', 300])
      expect(anchorOf(await verify(301, type))?.facts).to.deep.equal({ blockTime: NOW, maxAge: 300 })
      expect(anchorOf(await verify(61, type, 60))?.facts).to.deep.equal({ blockTime: NOW, maxAge: 60 })
    }
  })

  it('is no more than two minutes of a title of real estate, which is seized from one minute to the next', () => {
    expect(findLicenceType('real-estate-title')?.maxLedgerAgeSeconds).to.equal(120)
  })

  it('is demanded by the description that the catalogue holds: without the demand it is another', async () => {
    expect(schemaDigest(demanding(120), suite)).to.not.equal(schemaDigest(known, suite))
  })

  it('is whole seconds in the report, whatever the limit is made of', async () => {
    const report = await verify(0, known, 59.5)
    expect(report.ledger?.maxAge).to.equal(59)
    expect(parseReport(encodeReport(report))).to.deep.equal(report)
  })

  it('is not judged again by a re-check, which years later has no limit, and no demand of the type either', async () => {
    const report = await verify(200, known)
    const options = {
      view: createMemoryLedgerView(sample.memory),
      suite,
      licenceTypes: [demanding(1)],
    }
    const outcome = await recheckReport(report, { presented: sample.bundle }, options)
    expect(outcome.outcome).to.equal('confirmed')
  })
})
