/**
 * Credentials that a hostile or careless issuer could sign: every signature here is good, every batch is
 * anchored, and only the rule named is broken (RFC 9901 §7, RFC 7515, spec/credential.md).
 */
import {
  createMemoryLedgerView,
  createVerifier,
  type DefectCode,
  encodeBase64url,
  encodeBundle,
  parseCredential,
  suite,
  type VerificationReport,
} from '@hefu/protocol'
import { expect } from 'chai'
import { describe, it } from 'mocha'
import {
  encodePart,
  type ForgedParts,
  forgeCredential,
  forgeDisclosure,
} from '../../../fixtures/forged-credential.ts'
import {
  CLAIMS,
  HEADER,
  MALFORMED,
  NAME,
  SALT,
  UNFOUNDED,
  VALID,
  withDisclosure,
} from '../../../fixtures/hostile-credentials.ts'
import { FORBIDDEN_TEXTS, STRANGE_TEXTS } from '../../../fixtures/hostile-text.ts'
import { refusalOf } from '../../../fixtures/refusal.ts'
import {
  anchorSample,
  createSample,
  NOW,
  sampleClaims,
  sampleRequest,
} from '../../../fixtures/sample-credential.ts'

async function judge(parts: ForgedParts): Promise<VerificationReport> {
  const signed = await forgeCredential(parts)
  const { bundle, memory } = anchorSample(signed)
  return createVerifier({ view: createMemoryLedgerView(memory), suite }).verify(sampleRequest(bundle), NOW)
}

describe('credential, signed and anchored but against a rule', () => {
  it('is accepted while it keeps all the rules', async () => {
    const report = await judge(VALID)
    expect(report.findings.filter((f) => f.status === 'fail')).to.deep.equal([])
    expect(report.verdict).to.equal('accepted')
  })

  for (const [is, parts, code] of MALFORMED) {
    it(`${is}: ${code}`, async () => {
      const { compact } = await forgeCredential(parts)
      expect(refusalOf(() => parseCredential(compact))[0]).to.equal(code)
      const report = await judge(parts)
      expect(report.findings[0]?.code).to.be.oneOf(['wellFormed/malformed', 'wellFormed/not-original'])
      expect(report.verdict).to.equal('undetermined')
    })
  }

  for (const [is, parts, code] of UNFOUNDED) {
    it(`${is}: ${code}`, async () => {
      const report = await judge(parts)
      expect(report.findings.find((f) => f.check === 'disclosures')?.code).to.equal(code)
      expect(report.verdict).to.equal('rejected')
    })
  }

  it('two signed disclosures of one name: disclosures/repeated', async () => {
    const other = forgeDisclosure([SALT, 'holderName', '样例乙'])
    const payload = { ...CLAIMS, _sd: [NAME.digest, other.digest] }
    const both = await judge({ header: HEADER, payload, disclosures: [NAME.encoded, other.encoded] })
    expect(both.findings.find((f) => f.check === 'disclosures')?.code).to.equal('disclosures/repeated')
    expect(both.verdict).to.equal('rejected')
  })

  it('a decoy digest, which RFC 9901 §4.2.5 allows, changes nothing', async () => {
    const report = await judge({
      ...VALID,
      payload: { ...CLAIMS, _sd: [...CLAIMS._sd, suite.sha256Base64url('decoy')] },
    })
    expect(report.verdict).to.equal('accepted')
  })
})

describe('credential, its compact form taken apart', () => {
  async function assertRefused(change: (compact: string) => string, code: DefectCode): Promise<void> {
    const { compact } = await createSample()
    expect(refusalOf(() => parseCredential(change(compact)))).to.include(code)
  }

  it('a JWT without "~": wrong-shape', () => assertRefused((c) => c.split('~')[0] ?? '', 'wrong-shape'))
  it('no "~" at the end: wrong-shape', () => assertRefused((c) => c.slice(0, -1), 'wrong-shape'))
  it('two "~" at the end: not-json', () => assertRefused((c) => `${c}~`, 'not-json'))
  it('two parts: wrong-shape', () => assertRefused((c) => c.replace('.', ''), 'wrong-shape'))
  it('four parts: wrong-shape', () => assertRefused((c) => c.replace('.', '..'), 'wrong-shape'))
  it('white space before: not-base64url', () => assertRefused((c) => ` ${c}`, 'not-base64url'))
  it('no signature: wrong-shape', () => assertRefused((c) => c.replace(/\.[^.~]+~/, '.~'), 'wrong-shape'))
  it('a signature in DER: wrong-shape', () =>
    assertRefused((c) => c.replace(/\.[^.~]+~/, `.${encodeBase64url(new Uint8Array(70))}~`), 'wrong-shape'))
  it('unused bits in the signature: not-base64url', () =>
    assertRefused((c) => c.replace(/(\.[^.~]+)[AQgw]~/, '$1B~'), 'not-base64url'))
  it('JSON serialization: wrong-shape', () =>
    assertRefused((c) => JSON.stringify({ payload: c }), 'wrong-shape'))
  it('a million "~": too-large', () => assertRefused(() => '~'.repeat(1_000_000), 'too-large'))
  it('131,072 "~": too-large', () => assertRefused(() => '~'.repeat(131_072), 'too-large'))

  it('tells all defects at once', async () => {
    const { compact } = await forgeCredential({
      header: { ...HEADER, alg: 'none', typ: 'JWT' },
      payload: { ...CLAIMS, nbf: -1, exp: 'x' },
      disclosures: [encodePart(['x']), 'ä'],
    })
    expect(refusalOf(() => parseCredential(compact))).to.deep.equal([
      'wrong-value',
      'wrong-value',
      'wrong-value',
      'wrong-type',
      'wrong-shape',
      'not-base64url',
    ])
  })

  it('never quotes the value of a field', () => {
    const secret = '11010519491231002X'
    for (const parts of [
      [SALT, 'exp', secret],
      [SALT, 'holderName', secret, secret],
      [secret, 'x', secret],
      [SALT, 'x', { [SALT]: secret }],
      `[${secret}`,
      [SALT, 'x', `${secret}\n`],
    ]) {
      try {
        parseCredential(`e30.e30.${'A'.repeat(86)}~${encodePart(parts)}~`)
        expect.fail('not refused')
      } catch (error) {
        expect((error as Error).message).to.not.include(secret)
      }
    }
  })
})

describe('field values', () => {
  for (const [is, text] of FORBIDDEN_TEXTS) {
    it(`with ${is} are refused at issuing and at reading: forbidden-character`, async () => {
      let refused: readonly string[] = []
      await createSample({ faceData: { holderName: text } }).catch((error) => {
        refused = refusalOf(() => {
          throw error
        })
      })
      expect(refused).to.deep.equal(['forbidden-character'])
      const { compact } = await forgeCredential(withDisclosure([SALT, 'holderName', text]))
      expect(refusalOf(() => parseCredential(compact))[0]).to.equal('forbidden-character')
    })
  }

  it('that are only strange are issued, accepted and read back', async () => {
    const faceData = Object.fromEntries(STRANGE_TEXTS.map((text, i) => [`field${i}`, text]))
    const { compact, bundle, memory } = await createSample({ faceData })
    const read = parseCredential(compact).disclosures.map(({ name, value }) => [name, value])
    expect(Object.fromEntries(read)).to.deep.equal(faceData)
    const verifier = createVerifier({ view: createMemoryLedgerView(memory), suite })
    const report = await verifier.verify({ ...sampleRequest(bundle), submitted: faceData }, NOW)
    expect(report.verdict).to.equal('accepted')
  })
})

describe('issuing refuses what no verifier would read', () => {
  for (const [is, options, code] of [
    ['a field named like a claim', { faceData: { exp: '1' } }, 'forbidden-name'],
    ['a field name that is not camelCase', { faceData: { 'holder name': '1' } }, 'wrong-value'],
    [
      '65 fields',
      { faceData: Object.fromEntries(Array.from({ length: 65 }, (_, i) => [`f${i}`, ''])) },
      'too-large',
    ],
    ['a field of 13,000 characters', { faceData: { scope: 'x'.repeat(13_000) } }, 'too-large'],
    [
      'fields too large together',
      { faceData: Object.fromEntries(Array.from({ length: 12 }, (_, i) => [`f${i}`, 'x'.repeat(12_000)])) },
      'too-large',
    ],
    ['an end before the beginning', { claims: { ...sampleClaims(), exp: 1 } }, 'wrong-value'],
    ['a time in milliseconds', { claims: { ...sampleClaims(), nbf: 1_767_196_800_000 } }, 'wrong-value'],
    ['a time with a fraction', { claims: { ...sampleClaims(), iat: 0.5 } }, 'wrong-value'],
    [
      'an identifier of another issuer',
      { claims: { ...sampleClaims(), iss: 'urn:hefu:uscc:11220000013544541J' } },
      'wrong-value',
    ],
    ['an unknown claim', { claims: { ...sampleClaims(), ...{ holderName: '样例甲' } } }, 'unknown-member'],
  ] as const) {
    it(`${is}: ${code}`, async () => {
      let refused: readonly string[] = []
      await createSample(options).catch((error) => {
        refused = refusalOf(() => {
          throw error
        })
      })
      expect(refused[0]).to.equal(code)
    })
  }
})

describe('an ES256 signature', () => {
  it('has a second form (n − s) that is as good: the text of a bundle is no identifier', async () => {
    const n = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n
    const { compact, receipt, memory } = await createSample()
    const [jws = '', ...rest] = compact.split('~')
    const [header, payload, signature = ''] = jws.split('.')
    const bytes = Buffer.from(signature, 'base64url')
    const s = (n - BigInt(`0x${bytes.subarray(32).toString('hex')}`)).toString(16).padStart(64, '0')
    const other = Buffer.concat([bytes.subarray(0, 32), Buffer.from(s, 'hex')]).toString('base64url')
    const twin = [`${header}.${payload}.${other}`, ...rest].join('~')
    expect(twin).to.not.equal(compact)
    const verifier = createVerifier({ view: createMemoryLedgerView(memory), suite })
    const report = await verifier.verify(sampleRequest(encodeBundle(twin, receipt)), NOW)
    expect(report.licence?.licenceId).to.equal(sampleClaims().jti)
    expect(report.verdict).to.equal('accepted')
  })
})
