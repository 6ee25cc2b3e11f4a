import {
  AttestationError,
  dropDisclosures,
  encodeQrWhole,
  encodeReport,
  LedgerUnavailableError,
  type LedgerView,
  recheckReport,
  suite,
  verifyAttestation,
} from '@hefu/protocol'
import { createLocalVerifier, createRemoteVerifier } from '@hefu/sdk'
import { expect } from 'chai'
import { after, before, describe, it } from 'mocha'
import { alter, createKeyPair, createSample, FACE, LEDGER, NOW, revoke, type Sample } from './sample.ts'
import { post, startTestService, type TestService } from './service.ts'

const UNREACHABLE: LedgerView = {
  ledger: LEDGER,
  lookup: async () => {
    throw new LedgerUnavailableError('unreachable', 'reach the ledger: refused')
  },
}

describe('POST /v1/verifications', () => {
  let sample: Sample
  let service: TestService

  before(async () => {
    sample = await createSample()
    service = await startTestService(sample.view)
  })
  after(() => service.close())

  const ask = (members: object = {}) =>
    post(service.url, { presented: sample.bundle, receivingRegion: '440000', ...members })

  it('accepts a licence of another province and signs the report', async () => {
    const { status, json } = await ask({ caseNo: '粤2025-1', serviceItem: '440100-01', submitted: FACE })
    expect(status).to.equal(200)
    expect(json.report.verdict).to.equal('accepted')
    expect(json.report.request).to.deep.include({
      receivingRegion: '440000',
      caseNo: '粤2025-1',
      serviceItem: '440100-01',
      comparedFields: ['holderName', 'holderId'],
    })
    const attested = await verifyAttestation(json.attestation, service.verifierKey)
    expect(encodeReport(attested)).to.equal(JSON.stringify(json.report))
  })

  it('answers a refused licence with 200 and its verdict', async () => {
    const { status, json } = await ask({ presented: alter(sample.bundle) })
    expect(status).to.equal(200)
    expect(json.report.verdict).to.equal('rejected')
  })

  it('answers a licence that cannot be read with 200, undetermined, and the defects', async () => {
    for (const presented of [sample.bundle.slice(0, -1), sample.bundle.replace(',', ', ')]) {
      const { status, json } = await ask({ presented })
      expect(status).to.equal(200)
      expect(json.report.verdict, presented).to.equal('undetermined')
      expect(json.report.defects).to.not.be.empty
    }
  })

  it('reads what was scanned or pasted as the SDK does, and signs a digest of what it read', async () => {
    const small = dropDisclosures(sample.bundle, ['holderName'])
    for (const [presented, read] of [
      [`${sample.bundle} `, sample.bundle],
      [`\ufeff${sample.bundle}\r\n`, sample.bundle],
      [`${encodeQrWhole(small)}\r`, small],
    ] as const) {
      const { json } = await ask({ presented })
      expect(json.report.verdict).to.equal('accepted')
      expect(json.report.request.presented).to.equal(suite.sha256Base64url(read))
      const request = { presented, receivingRegion: '440000' }
      const { url, verifierKey } = service
      const remote = createRemoteVerifier({ url, verifierKey, clock: () => NOW })
      const local = createLocalVerifier({ view: sample.view, clock: () => NOW })
      // Each that the service keeps has a number of its own.
      const { number: _, ...found } = json.report
      for (const verifier of [remote, local]) {
        const { number: __, ...report } = (await verifier.verify(request)).report
        expect(encodeReport(report)).to.equal(JSON.stringify(found))
      }
      for (const kept of [presented, read]) {
        const again = await recheckReport(json.report, { presented: kept }, { view: sample.view, suite })
        expect(again.outcome).to.equal('confirmed')
      }
      const other = { presented: presented.replace('.', '..') }
      expect((await recheckReport(json.report, other, { view: sample.view, suite })).outcome).to.equal(
        'differs',
      )
    }
  })

  it('answers what is no licence with 200, undetermined, and says nothing against it', async () => {
    for (const presented of ['', 'not a licence', '{}', '{"a":1,"a":2}']) {
      const { status, json } = await ask({ presented })
      expect(status).to.equal(200)
      expect(json.report.verdict, presented).to.equal('undetermined')
      expect(json.report.findings[0].code).to.equal('wellFormed/not-a-licence')
      expect(json.report.defects).to.deep.equal([])
    }
  })

  it('answers a bare credential with undetermined: without a receipt nothing shows when it was issued', async () => {
    expect((await ask({ presented: sample.credential })).json.report.verdict).to.equal('undetermined')
  })

  it('refers a difference between submitted and shown values to a person', async () => {
    const { json } = await ask({ submitted: { ...FACE, holderName: '李样例' } })
    expect(json.report.verdict).to.equal('refer')
    expect(JSON.stringify(json)).to.not.include('李样例')
  })

  it('judges at asOf, in Unix seconds or RFC 3339 alike', async () => {
    const seconds = NOW - 1_000
    const byNumber = await ask({ asOf: seconds })
    const byText = await ask({ asOf: new Date(seconds * 1000).toISOString() })
    const byOffset = await ask({ asOf: '2025-06-15T22:50:00+08:00' })
    expect(byNumber.json.report.request.asOf).to.equal(seconds)
    const { number } = byNumber.json.report
    expect({ ...byText.json.report, number }).to.deep.equal(byNumber.json.report)
    expect(byOffset.json.report.request.asOf).to.equal(Date.parse('2025-06-15T14:50:00Z') / 1000)
    const beforeAnchor = await ask({ asOf: NOW - 87_000 })
    expect(beforeAnchor.json.report.verdict).to.not.equal('accepted')
  })

  it('rejects after a revocation', async () => {
    const revoked = await startTestService(revoke(sample.memory))
    try {
      const { json } = await post(revoked.url, { presented: sample.bundle, receivingRegion: '440000' })
      expect(json.report.verdict).to.equal('rejected')
      expect(json.report.resultCode).to.equal(3)
    } finally {
      await revoked.close()
    }
  })

  it('answers undetermined, never "not found", when the ledger is silent', async () => {
    const silent = await startTestService(UNREACHABLE)
    try {
      const { status, json } = await post(silent.url, { presented: sample.bundle, receivingRegion: '440000' })
      expect(status).to.equal(200)
      expect(json.report.verdict).to.equal('undetermined')
      expect(json.report.resultCode).to.equal(4)
    } finally {
      await silent.close()
    }
  })

  it('keeps many requests at once apart', async () => {
    const answers = await Promise.all(
      Array.from({ length: 60 }, (_, i) =>
        ask({ caseNo: `case-${i}`, ...(i % 2 ? { presented: alter(sample.bundle) } : {}) }),
      ),
    )
    answers.forEach(({ json }, i) => {
      expect(json.report.request.caseNo).to.equal(`case-${i}`)
      expect(json.report.verdict).to.equal(i % 2 ? 'rejected' : 'accepted')
    })
    expect(new Set(answers.map((a) => a.headers.get('x-request-id')))).to.have.lengthOf(60)
  })

  it('signs so that no byte of the attestation can change, nor the key', async () => {
    const { json } = await ask()
    const [header, payload, signature] = (json.attestation as string).split('.') as [string, string, string]
    const flip = (text: string) => (text[0] === 'A' ? 'B' : 'A') + text.slice(1)
    for (const forged of [
      [flip(header), payload, signature],
      [header, flip(payload), signature],
      [header, payload, flip(signature)],
    ]) {
      const found = await verifyAttestation(forged.join('.'), service.verifierKey).catch((e: unknown) => e)
      expect(found).to.be.instanceOf(AttestationError)
    }
    const otherKey = await verifyAttestation(json.attestation, createKeyPair().publicJwk).catch((e) => e)
    expect(otherKey).to.be.instanceOf(AttestationError)
  })
})
