/** Requests that cannot be answered are refused before anything is checked, each naming its member. */
import {
  assertRequest,
  createMemoryLedgerView,
  createVerifier,
  type LedgerView,
  MalformedError,
  suite,
  type VerificationRequest,
} from '@hefu/protocol'
import { expect } from 'chai'
import { describe, it } from 'mocha'
import { suite as webSuite } from '#internal/protocol/suite/web'
import { withKey } from '../../../fixtures/altered-ledger.ts'
import { refusalOf } from '../../../fixtures/refusal.ts'
import { createSample, NOW, sampleRequest } from '../../../fixtures/sample-credential.ts'
import { ED25519_KEY, ES256_KEY } from '../../../fixtures/sample-keys.ts'

const SECRET = '11010519491231002X'
const refuse = (change: object): readonly string[] =>
  refusalOf(() => assertRequest({ ...sampleRequest('x'), ...change } as VerificationRequest, NOW))

describe('verification request', () => {
  it('is taken with every member that it may have', () => {
    const request = {
      ...sampleRequest('x'),
      serviceItem: '440100-KSTB-001',
      caseNo: 'A1',
      asOf: NOW,
      submitted: { holderName: '样例甲', idNumber: '' },
    }
    expect(() => assertRequest(request, NOW)).to.not.throw()
  })

  it('has case numbers of a region, a day and a count, whatever digits follow', () => {
    for (const day of ['20261127', '20150101', '261127', '150101'])
      for (let count = 0; count < 1_000; count++) {
        const caseNo = `440100${day}${String(count).padStart(day.length === 8 ? 4 : 3, '0')}`
        expect(() => assertRequest({ ...sampleRequest('x'), caseNo }, NOW), caseNo).to.not.throw()
      }
  })

  it('is read by its members’ names, be they its own, inherited or computed: no demand is lost on the way', async () => {
    const { bundle, memory } = await createSample()
    class Asked implements VerificationRequest {
      presented = bundle
      receivingRegion = sampleRequest(bundle).receivingRegion
      get submitted() {
        return { holderName: '李冒名' }
      }
      get challenge() {
        return { audience: 'counter-1', nonce: 'n'.repeat(22), maxAgeSeconds: 60 }
      }
    }
    const verifier = createVerifier({ view: createMemoryLedgerView(memory), suite })
    const { findings } = await verifier.verify(new Asked(), NOW)
    const codes = findings.map(({ code }) => code)
    expect(codes).to.include('comparison/different').and.to.include('holderBinding/no-holder-key')
  })

  it('is refused with a rendition that is no digest: the file would be told to be another', async () => {
    const { bundle, memory } = await createSample()
    const verifier = createVerifier({ view: createMemoryLedgerView(memory), suite })
    for (const rendition of ['', 'licence.pdf', `${'A'.repeat(42)}B`, ['A'.repeat(43)], null, 1]) {
      const asked = { ...sampleRequest(bundle), rendition } as unknown as VerificationRequest
      const error = await verifier.verify(asked, NOW).then(
        () => null,
        (reason: unknown) => reason,
      )
      expect(error).to.be.instanceOf(MalformedError)
      expect(String(error)).to.include('rendition')
    }
    const asked = { ...sampleRequest(bundle), rendition: 'A'.repeat(43) }
    expect((await verifier.verify(asked, NOW)).request.rendition).to.equal('A'.repeat(43))
  })

  it('is refused with a member of another name: a demand that is misspelt would be none', async () => {
    const { bundle, memory } = await createSample()
    const verifier = createVerifier({ view: createMemoryLedgerView(memory), suite })
    for (const misspelt of ['chalenge', 'submited', 'asof', 'serviceitem']) {
      const asked = { ...sampleRequest(bundle), [misspelt]: SECRET }
      const error = await verifier.verify(asked, NOW).then(
        () => null,
        (reason: unknown) => reason,
      )
      expect(error).to.be.instanceOf(MalformedError)
      expect(String(error)).to.include(misspelt).and.not.to.include(SECRET)
    }
  })

  for (const submitted of [
    new FormData(),
    new Map([['holderName', '样例甲']]),
    new URLSearchParams('holderName=x'),
  ])
    it(`is refused with values in a ${submitted.constructor.name}, of which none would be compared`, () => {
      expect(refuse({ submitted })).to.deep.equal(['wrong-type'])
    })

  for (const [is, change, code] of [
    ['a region that does not exist', { receivingRegion: '990000' }, 'wrong-value'],
    ['a region of five digits', { receivingRegion: '44000' }, 'wrong-value'],
    ['an empty case number', { caseNo: '' }, 'wrong-value'],
    ['a case number of 65 characters', { caseNo: 'x'.repeat(65) }, 'wrong-value'],
    ['a case number with a line feed', { caseNo: 'a\nb' }, 'forbidden-character'],
    ['a case number that is a resident number', { caseNo: SECRET }, 'wrong-value'],
    ['a case number with a resident number in it', { caseNo: `A-${SECRET}-1` }, 'wrong-value'],
    [
      'a case number with one in groups and full width',
      { caseNo: '１１０１０５ 19491231-002x' },
      'wrong-value',
    ],
    ['a case number with an old resident number', { caseNo: '办110105491231002' }, 'wrong-value'],
    ['a service item with a resident number in it', { serviceItem: `I-${SECRET}` }, 'wrong-value'],
    ['a service item with a bidirectional control', { serviceItem: 'a\u202e' }, 'forbidden-character'],
    ['a service item in a list', { serviceItem: ['ITEM1'] }, 'wrong-type'],
    ['null for a service item', { serviceItem: null }, 'wrong-type'],
    ['a case number that is an object', { caseNo: { length: 3 } }, 'wrong-type'],
    ['null for a case number', { caseNo: null }, 'wrong-type'],
    ['a region that is no text', { receivingRegion: { toString: 1 } }, 'wrong-value'],
    ['a region in a list', { receivingRegion: ['440000'] }, 'wrong-value'],
    ['a time that is an object', { asOf: { toString: 1, valueOf: 1 } }, 'wrong-value'],
    [
      '31 combining marks in a row',
      { submitted: { idNumber: `a${'\u0334'.repeat(31)}` } },
      'forbidden-character',
    ],
    ['a time after now', { asOf: NOW + 1 }, 'wrong-value'],
    ['a negative time', { asOf: -1 }, 'wrong-value'],
    ['a fraction of a second', { asOf: 1.5 }, 'wrong-value'],
    ['a time that is no number', { asOf: Number.NaN }, 'wrong-value'],
    ['a submitted field that no licence can have', { submitted: { 姓名: SECRET } }, 'wrong-value'],
    ['a submitted field named like a claim', { submitted: { exp: SECRET } }, 'wrong-value'],
    ['a submitted field with a control character', { submitted: { 'a\u0000': SECRET } }, 'wrong-value'],
    ['a submitted value that is a number', { submitted: { idNumber: 1 } }, 'wrong-value'],
    [
      'a submitted value of 20,000 characters',
      { submitted: { idNumber: SECRET.repeat(1200) } },
      'wrong-value',
    ],
    [
      '65 submitted fields',
      { submitted: Object.fromEntries(Array.from({ length: 65 }, (_, i) => [`f${i}`, SECRET])) },
      'too-large',
    ],
  ] as const) {
    it(`is refused with ${is}: ${code}`, () => {
      expect(refuse(change)).to.deep.equal([code])
      try {
        assertRequest({ ...sampleRequest('x'), ...change } as VerificationRequest, NOW)
      } catch (error) {
        expect((error as Error).message).to.not.include(SECRET)
      }
    })
  }

  it('is refused where the verifier’s clock has no time', () => {
    for (const now of [Number.NaN, -1, 1.5, undefined, `${NOW}`]) {
      expect(refusalOf(() => assertRequest(sampleRequest('x'), now as number))).to.deep.equal(['wrong-type'])
    }
  })

  it('is refused when it, or a part of it, is no object', async () => {
    const { bundle, memory } = await createSample()
    const verifier = createVerifier({ view: createMemoryLedgerView(memory), suite })
    for (const request of [
      null,
      undefined,
      bundle,
      [bundle],
      { ...sampleRequest(bundle), submitted: null },
      { ...sampleRequest(bundle), submitted: ['x'] },
      { ...sampleRequest(bundle), challenge: null },
      { ...sampleRequest(bundle), challenge: 'x' },
    ]) {
      const error = await verifier
        .verify(request as unknown as VerificationRequest, NOW)
        .catch((thrown: unknown) => thrown)
      expect(error, JSON.stringify(request)).to.be.instanceOf(MalformedError)
      expect(refusalOf(() => assertRequest(request as unknown as VerificationRequest, NOW))).to.deep.equal([
        'wrong-type',
      ])
    }
  })

  it('is refused by the verifier without asking the ledger', async () => {
    const { bundle, memory } = await createSample()
    const view: LedgerView = {
      ...createMemoryLedgerView(memory),
      lookup: () => expect.fail('the ledger was asked'),
    }
    const request = { ...sampleRequest(bundle), receivingRegion: '' }
    const error = await createVerifier({ view, suite })
      .verify(request, NOW)
      .catch((thrown: unknown) => thrown)
    expect(error).to.be.instanceOf(MalformedError)
  })
})

describe('a verifier with the suite of browsers', () => {
  for (const key of [ES256_KEY, ED25519_KEY]) {
    it(`reports exactly as with that of Node, for keys on ${key.crv}`, async () => {
      const { bundle, memory } = await createSample({ key })
      for (const altered of [memory, withKey({ algorithm: key.kty === 'EC' ? 'EdDSA' : 'ES256' })(memory)]) {
        for (const presented of [
          bundle,
          bundle.replace('.', '..'),
          bundle.replace('"index":4', '"index":5'),
          '',
        ]) {
          const [node, web] = await Promise.all(
            [suite, webSuite].map((own) =>
              createVerifier({ view: createMemoryLedgerView(altered), suite: own }).verify(
                sampleRequest(presented),
                NOW,
              ),
            ),
          )
          expect(web).to.deep.equal(node)
        }
      }
    })
  }

  it('issues what the suite of Node verifies', async () => {
    const { bundle, memory } = await createSample({ suite: webSuite })
    const report = await createVerifier({ view: createMemoryLedgerView(memory), suite }).verify(
      sampleRequest(bundle),
      NOW,
    )
    expect(report.verdict).to.equal('accepted')
  })
})
