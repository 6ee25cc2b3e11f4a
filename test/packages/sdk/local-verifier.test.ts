import { createLocalVerifier, LedgerUnavailableError, MalformedError } from '@hefu/sdk'
import { expect } from 'chai'
import { before, describe, it } from 'mocha'
import { alter, createSample, FACE, LEDGER, NOW, revoke, type Sample } from '../verifier/sample.ts'

const clock = () => NOW

describe('createLocalVerifier', () => {
  let sample: Sample

  before(async () => {
    sample = await createSample()
  })

  it('accepts a good licence, and gives its face, unsigned', async () => {
    const verifier = createLocalVerifier({ view: sample.view, clock })
    const { report, attestation, faceData } = await verifier.verify({
      presented: sample.bundle,
      receivingRegion: '440000',
    })
    expect(report.verdict).to.equal('accepted')
    expect(report.checkedAt).to.equal(NOW)
    expect(attestation).to.equal(null)
    expect(Object.fromEntries(faceData.map(({ name, value }) => [name, value]))).to.deep.equal(FACE)
  })

  it('gives no face of a licence that is refused, unreadable or could not be checked', async () => {
    const silent = {
      ledger: LEDGER,
      lookup: () => Promise.reject(new LedgerUnavailableError('unreachable', 'refused')),
    }
    for (const [view, presented, verdict] of [
      [sample.view, alter(sample.bundle), 'rejected'],
      [sample.view, 'x', 'undetermined'],
      [sample.view, sample.bundle.slice(0, -1), 'undetermined'],
      [revoke(sample.memory), sample.bundle, 'rejected'],
      [silent, sample.bundle, 'undetermined'],
    ] as const) {
      const { report, faceData } = await createLocalVerifier({ view, clock }).verify({
        presented,
        receivingRegion: '440000',
      })
      expect(report.verdict).to.equal(verdict)
      expect(faceData).to.deep.equal([])
    }
  })

  it('gives the face when a person has to decide', async () => {
    const { report, faceData } = await createLocalVerifier({ view: sample.view, clock }).verify({
      presented: sample.bundle,
      receivingRegion: '440000',
      submitted: { holderName: '李样例' },
    })
    expect(report.verdict).to.equal('refer')
    expect(faceData).to.have.lengthOf(2)
  })

  it('ends by one deadline what no ledger and no directory answers', async () => {
    const never = () => new Promise<never>(() => {})
    const registration = null
    for (const source of [
      { view: { ledger: LEDGER, lookup: never } },
      { directory: { list: never } },
      { directory: { list: async () => [{ view: { ledger: LEDGER, lookup: never }, registration }] } },
    ]) {
      const began = performance.now()
      const verifier = createLocalVerifier({ ...source, clock, ledgerDeadlineMs: 50 })
      const { report } = await verifier.verify({ presented: sample.bundle, receivingRegion: '440000' })
      expect(report.verdict).to.equal('undetermined')
      expect(report.findings.map(({ code }) => code)).to.include('status/ledger-unreachable')
      expect(performance.now() - began).to.be.within(40, 5_000)
    }
  })

  it('tells who hears it why the ledger could not be asked, by a code of its own for each cause', async () => {
    const reasons: string[] = []
    const onUnavailable = ({ code }: LedgerUnavailableError) => void reasons.push(code)
    const { chainId, address: ledger } = LEDGER
    const network = { rpcUrl: 'http://127.0.0.1:9', chainId, ledger, deploymentBlock: 0 }
    const refusing = {
      ledger: LEDGER,
      lookup: () => Promise.reject(new LedgerUnavailableError('refused', '')),
    }
    const request = { presented: sample.bundle, receivingRegion: '440000' }
    for (const source of [{ network }, { view: refusing }, { view: sample.view }]) {
      const { report } = await createLocalVerifier({ ...source, clock, onUnavailable }).verify(request)
      expect(report.verdict).to.equal(source.view === sample.view ? 'accepted' : 'undetermined')
    }
    expect(reasons).to.deep.equal(['unreachable', 'refused'])
  })

  it('obeys maxLedgerAgeSeconds', async () => {
    const request = { presented: sample.bundle, receivingRegion: '440000' }
    const verdictAt = async (maxLedgerAgeSeconds: number) =>
      (await createLocalVerifier({ view: sample.view, clock, maxLedgerAgeSeconds }).verify(request)).report
        .verdict
    expect(await verdictAt(60)).to.equal('accepted')
    expect(await verdictAt(59)).to.equal('undetermined')
  })

  it('follows a directory of ledgers, and asks the one that the licence is on', async () => {
    const block = { number: 1, hash: `0x${'01'.repeat(32)}`, time: NOW } as const
    const other = { chainId: 7, address: `0x${'07'.repeat(20)}` } as const
    const strange = { ledger: other, lookup: () => expect.fail('another ledger was asked') }
    const verdictWhen = async (closedAt: number | null) => {
      const registration = { block, openedAt: 1, closedAt }
      const ledgers = [strange, sample.view].map((view) => ({ view, registration }))
      const verifier = createLocalVerifier({ directory: { list: async () => ledgers }, clock })
      const { report } = await verifier.verify({ presented: sample.bundle, receivingRegion: '440000' })
      return report.verdict
    }
    expect(await verdictWhen(null)).to.equal('accepted')
    expect(await verdictWhen(1)).to.equal('rejected')
  })

  it('answers undetermined when the network’s node is not there', async () => {
    const network = {
      rpcUrl: 'http://127.0.0.1:9',
      chainId: LEDGER.chainId,
      ledger: LEDGER.address,
      deploymentBlock: 0,
    }
    const { report } = await createLocalVerifier({ network, clock }).verify({
      presented: sample.bundle,
      receivingRegion: '440000',
    })
    expect(report.verdict).to.equal('undetermined')
  })

  it('throws MalformedError for a request that cannot be answered', async () => {
    const verifier = createLocalVerifier({ view: sample.view, clock })
    const error = await verifier
      .verify({ presented: sample.bundle, receivingRegion: '44' })
      .catch((e: unknown) => e)
    expect(error).to.be.instanceOf(MalformedError)
  })
})
