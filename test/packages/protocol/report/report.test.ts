/** Reports and their attestations: one report, one text; nothing in it can be altered unnoticed. */
import {
  AttestationError,
  createMemoryLedgerView,
  createReportSigner,
  createVerifier,
  encodeBase64url,
  encodeReport,
  MalformedError,
  type PrivateJwk,
  parseReport,
  suite,
  thumbprint,
  type VerificationReport,
  verifyAttestation,
} from '@hefu/protocol'
import { expect } from 'chai'
import fc from 'fast-check'
import { CompactSign, calculateJwkThumbprint, importJWK } from 'jose'
import { before, describe, it } from 'mocha'
import { ATTESTATION_TYPE } from '#internal/protocol/report/attestation'
import { refusalOf } from '../../../fixtures/refusal.ts'
import {
  createSample,
  FACE_DATA,
  ISSUER_NAME,
  NOW,
  sampleRequest,
} from '../../../fixtures/sample-credential.ts'
import { ED25519_KEY, ES256_KEY, OTHER_ES256_KEY, publicHalf } from '../../../fixtures/sample-keys.ts'
import { runs } from '../../../fixtures/test-profile.ts'
import { textEdit } from '../../../fixtures/text-edit.ts'

let report: VerificationReport
let unread: VerificationReport
let text: string

async function attestReport(one: VerificationReport, key: PrivateJwk): Promise<string> {
  return (await createReportSigner(key, suite))(one)
}

before(async () => {
  const { bundle, memory } = await createSample()
  const verifier = createVerifier({ view: createMemoryLedgerView(memory), suite })
  const request = {
    ...sampleRequest(bundle),
    caseNo: '粤2026-0001',
    serviceItem: '440100-0001',
    asOf: NOW - 60,
    submitted: FACE_DATA,
  }
  report = await verifier.verify(request, NOW)
  unread = await verifier.verify({ ...request, presented: `${bundle} ` }, NOW)
  text = encodeReport(report)
})

describe('report', () => {
  it('is read as it was written', () => {
    for (const one of [report, unread]) expect(parseReport(encodeReport(one))).to.deep.equal(one)
    expect([report.verdict, unread.verdict]).to.deep.equal(['accepted', 'undetermined'])
  })

  it('holds no value of the face and none that was submitted, but the issuer’s name that the ledger has', () => {
    for (const [name, value] of Object.entries(FACE_DATA)) {
      if (name !== 'sex' && value !== ISSUER_NAME) expect(text).to.not.include(value)
    }
    expect(report.request.comparedFields).to.deep.equal(Object.keys(FACE_DATA))
  })

  const CASES: readonly (readonly [is: string, change: (report: VerificationReport) => object])[] = [
    ['a better verdict', () => ({ ...unread, verdict: 'accepted' })],
    ['a worse verdict', (r) => ({ ...r, verdict: 'rejected' })],
    ['another result code', () => ({ ...unread, resultCode: 0 })],
    [
      'a status that is not that of its code',
      () => ({ ...unread, findings: unread.findings.map((f) => ({ ...f, status: 'pass' })) }),
    ],
    [
      'a finding of another check',
      (r) => ({ ...r, findings: r.findings.map((f) => ({ ...f, check: 'signature' })) }),
    ],
    ['a finding missing', (r) => ({ ...r, findings: r.findings.slice(0, -1) })],
    ['a finding more', (r) => ({ ...r, findings: [...r.findings, ...r.findings.slice(-1)] })],
    ['findings in another order', (r) => ({ ...r, findings: r.findings.toReversed() })],
    ['no findings', (r) => ({ ...r, findings: [] })],
    [
      'an unknown code',
      (r) => ({ ...r, findings: r.findings.with(1, { ...r.findings[0], code: 'signature/fine' } as never) }),
    ],
    [
      'a code that every object has',
      (r) => ({ ...r, findings: r.findings.with(1, { ...r.findings[0], code: 'constructor' } as never) }),
    ],
    ['a member more in a finding', (r) => ({ ...r, findings: r.findings.map((f) => ({ ...f, note: '' })) })],
    [
      'facts that are objects',
      (r) => ({ ...r, findings: r.findings.map((f) => ({ ...f, facts: { a: {} } })) }),
    ],
    [
      'facts that are null',
      (r) => ({ ...r, findings: r.findings.map((f) => ({ ...f, facts: { a: null } })) }),
    ],
    [
      'facts that are lists of numbers',
      (r) => ({ ...r, findings: r.findings.map((f) => ({ ...f, facts: { a: [1] } })) }),
    ],
    ['another media type', (r) => ({ ...r, mediaType: 'application/vnd.hefu.report+json;version=2' })],
    ['a member more', (r) => ({ ...r, note: '' })],
    ['members in another order', (r) => Object.fromEntries(Object.entries(r).toReversed())],
    ['no request', (r) => ({ ...r, request: null })],
    ['a region of five digits', (r) => ({ ...r, request: { ...r.request, receivingRegion: '44000' } })],
    ['a member more in the request', (r) => ({ ...r, request: { ...r.request, submitted: {} } })],
    ['compared fields that are no texts', (r) => ({ ...r, request: { ...r.request, comparedFields: [1] } })],
    ['a licence that is a text', (r) => ({ ...r, licence: 'x' })],
    ['no licence member', ({ licence: _, ...r }) => r],
    ['a block hash that is short', (r) => ({ ...r, ledger: { ...r.ledger, blockHash: '0x00' } })],
    ['a time that is a text', (r) => ({ ...r, checkedAt: `${r.checkedAt}` })],
    ['a defect that is a text', (r) => ({ ...r, defects: ['x'] })],
  ]
  for (const [is, change] of CASES) {
    it(`is refused with ${is}`, () => {
      expect(refusalOf(() => parseReport(JSON.stringify(change(report))))).to.not.deep.equal([])
    })
  }

  it('is refused or another report after any edit of its text, and never with a verdict of its own', () => {
    fc.assert(
      fc.property(textEdit, (edit) => {
        const edited = edit.apply(encodeReport(unread))
        try {
          const read = parseReport(edited)
          expect(encodeReport(read)).to.equal(edited)
          expect(read.verdict).to.equal('undetermined')
        } catch (error) {
          expect(error).to.be.instanceOf(MalformedError)
        }
      }),
      { numRuns: runs(1000, 30_000) },
    )
  })
})

async function failureOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => expect.fail('not refused'),
    (error: unknown) => error,
  )
}

async function signRaw(payload: string, header: { alg: string }, key: PrivateJwk): Promise<string> {
  const signer = new CompactSign(new TextEncoder().encode(payload)).setProtectedHeader(header)
  return signer.sign(await importJWK({ ...key }, header.alg))
}

describe('attestation with a key of SM2', () => {
  it('is refused, whoever signs or checks: reports are plain JOSE', async () => {
    const key = await suite.generateKey('SM2')
    const header = { alg: 'SM2', typ: 'hefu-report+jws', kid: thumbprint(key, suite) }
    const [signedPart, payload] = [header, report].map((part) =>
      encodeBase64url(new TextEncoder().encode(JSON.stringify(part))),
    )
    const message = `${signedPart}.${payload}`
    const signature = await suite.sign(await suite.importPrivateKey(key), 'SM2', message)
    for (const work of [
      attestReport(report, key),
      verifyAttestation(`${message}.${encodeBase64url(signature)}`, publicHalf(key)),
      verifyAttestation(await attestReport(report, ES256_KEY), publicHalf(key)),
    ]) {
      const failure = await failureOf(work)
      expect(failure).to.be.instanceOf(AttestationError)
      expect(String(failure)).to.include('ES256 or EdDSA')
    }
  })
})

describe('attestation with a key that is none', () => {
  it('is refused as an attestation, in whatever way the key is bad', async () => {
    const { x, y } = ES256_KEY as { x: string; y: string }
    const keys = [
      { kty: 'EC', crv: 'P-256', x, y: x },
      { kty: 'EC', crv: 'P-256', x: `${x}=`, y },
      { kty: 'EC', crv: 'P-256', x, y: '' },
      { kty: 'OKP', crv: 'Ed25519', x: `AQ${'A'.repeat(41)}` },
      { kty: 'OKP', crv: 'Ed25519', x: '' },
    ] as const
    for (const key of keys) {
      const alg = key.kty === 'EC' ? 'ES256' : 'EdDSA'
      const kid = await calculateJwkThumbprint({ ...key }).catch(() => '')
      const header = { alg, typ: ATTESTATION_TYPE, kid }
      const jws = await signRaw(text, header, alg === 'ES256' ? ES256_KEY : ED25519_KEY)
      expect(await failureOf(verifyAttestation(jws, key)), JSON.stringify(key)).to.be.instanceOf(
        AttestationError,
      )
    }
  })
})

for (const key of [ES256_KEY, ED25519_KEY]) {
  describe(`attestation with a key on ${key.crv}`, () => {
    let jws: string
    before(async () => {
      jws = await attestReport(report, key)
    })

    it('gives back the report', async () => {
      expect(await verifyAttestation(jws, publicHalf(key))).to.deep.equal(report)
    })

    it('is refused with another key', async () => {
      for (const other of [ES256_KEY, OTHER_ES256_KEY, ED25519_KEY].filter((k) => k !== key)) {
        expect(await failureOf(verifyAttestation(jws, publicHalf(other)))).to.be.instanceOf(AttestationError)
      }
    })

    it('is refused with any one character altered, dropped or repeated', async () => {
      const step = runs(7, 1)
      for (let at = 0; at < jws.length; at += at > jws.length - 100 ? 1 : step) {
        const other = jws[at] === 'A' ? 'B' : 'A'
        for (const instead of [other, '', jws.slice(at, at + 1).repeat(2), `${jws[at]}=`, `${jws[at]} `]) {
          const altered = jws.slice(0, at) + instead + jws.slice(at + 1)
          if (altered === jws) continue
          expect(await failureOf(verifyAttestation(altered, publicHalf(key)))).to.be.instanceOf(
            AttestationError,
          )
        }
      }
    })

    it('is refused with another payload under the same signature', async () => {
      const [header, , signature] = jws.split('.')
      const other = encodeBase64url(new TextEncoder().encode(encodeReport(unread)))
      const forged = `${header}.${other}.${signature}`
      expect(await failureOf(verifyAttestation(forged, publicHalf(key)))).to.be.instanceOf(AttestationError)
    })

    it('is refused with another header, though the verifier’s own key signed it', async () => {
      const alg = key.kty === 'EC' ? 'ES256' : 'EdDSA'
      const own = { alg, typ: ATTESTATION_TYPE, kid: thumbprint(key, suite) }
      expect(await verifyAttestation(await signRaw(text, own, key), publicHalf(key))).to.deep.equal(report)
      for (const header of [
        { ...own, typ: 'JWT' },
        { alg, kid: own.kid },
        { ...own, kid: thumbprint(OTHER_ES256_KEY, suite) },
        { ...own, jwk: publicHalf(key) },
        { ...own, jku: 'https://example.invalid/' },
        { ...own, b64: true, crit: ['b64'] },
        { typ: own.typ, alg, kid: own.kid },
      ]) {
        const forged = await signRaw(text, header, key)
        expect(await failureOf(verifyAttestation(forged, publicHalf(key)))).to.be.instanceOf(AttestationError)
      }
    })

    it('is refused with alg none, and with the public key used as an HMAC secret', async () => {
      const payload = encodeBase64url(new TextEncoder().encode(text))
      const none = encodeBase64url(new TextEncoder().encode('{"alg":"none"}'))
      const secret = new TextEncoder().encode(JSON.stringify(publicHalf(key)))
      const hmac = await new CompactSign(new TextEncoder().encode(text))
        .setProtectedHeader({ alg: 'HS256', typ: ATTESTATION_TYPE, kid: thumbprint(key, suite) })
        .sign(secret)
      for (const forged of [`${none}.${payload}.`, hmac]) {
        expect(await failureOf(verifyAttestation(forged, publicHalf(key)))).to.be.instanceOf(AttestationError)
      }
    })

    it('is no report when something else was signed', async () => {
      const alg = key.kty === 'EC' ? 'ES256' : 'EdDSA'
      const header = { alg, typ: ATTESTATION_TYPE, kid: thumbprint(key, suite) }
      for (const payload of ['', '{}', 'null', text.replace('"accepted"', '"refer"'), `${text} `]) {
        const signed = await signRaw(payload, header, key)
        expect(await failureOf(verifyAttestation(signed, publicHalf(key)))).to.be.instanceOf(MalformedError)
      }
    })

    it('is refused when it is no compact JWS', async () => {
      for (const other of [
        '',
        '.',
        '..',
        '...',
        'a.b.c',
        JSON.stringify({ payload: jws }),
        `${jws}.`,
        `${jws}~`,
      ]) {
        expect(await failureOf(verifyAttestation(other, publicHalf(key)))).to.be.instanceOf(AttestationError)
      }
    })
  })
}
