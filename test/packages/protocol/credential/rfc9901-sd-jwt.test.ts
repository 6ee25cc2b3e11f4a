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
  type FindingCode,
  parseCredential,
  suite,
  thumbprint,
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
import { FORBIDDEN_TEXTS, STRANGE_TEXTS } from '../../../fixtures/hostile-text.ts'
import { refusalOf } from '../../../fixtures/refusal.ts'
import {
  anchorSample,
  createSample,
  NOW,
  sampleClaims,
  sampleRequest,
} from '../../../fixtures/sample-credential.ts'
import { ES256_KEY } from '../../../fixtures/sample-keys.ts'

const SALT = 'AAECAwQFBgcICQoLDA0ODw'
const HEADER = { alg: 'ES256', typ: 'dc+sd-jwt', kid: thumbprint(ES256_KEY, suite) }
const NAME = forgeDisclosure([SALT, 'holderName', '样例甲'])
const SEX = forgeDisclosure([SALT, 'sex', '女'])
const CLAIMS = { ...sampleClaims(), _sd: [NAME.digest, SEX.digest], _sd_alg: 'sha-256' }
const VALID: ForgedParts = { header: HEADER, payload: CLAIMS, disclosures: [NAME.encoded, SEX.encoded] }

async function judge(parts: ForgedParts): Promise<VerificationReport> {
  const signed = await forgeCredential(parts)
  const { bundle, memory } = anchorSample(signed)
  return createVerifier({ view: createMemoryLedgerView(memory), suite }).verify(sampleRequest(bundle), NOW)
}

/** A credential whose payload and one disclosure agree with each other. */
function withDisclosure(parts: unknown, claims: object = {}): ForgedParts {
  const { encoded, digest } = forgeDisclosure(parts)
  return { header: HEADER, payload: { ...CLAIMS, _sd: [digest], ...claims }, disclosures: [encoded] }
}

/** The payload's text with something inserted after its opening brace. */
function payloadText(inserted: string): string {
  return `{${inserted}${JSON.stringify(CLAIMS).slice(1)}`
}

type Refused = readonly [is: string, parts: ForgedParts, code: DefectCode]

const MALFORMED: readonly Refused[] = [
  // The header: exactly alg, typ, kid.
  ['alg none', { ...VALID, header: { ...HEADER, alg: 'none' } }, 'wrong-value'],
  ['alg HS256', { ...VALID, header: { ...HEADER, alg: 'HS256' } }, 'wrong-value'],
  ['alg RS256', { ...VALID, header: { ...HEADER, alg: 'RS256' } }, 'wrong-value'],
  ['alg ES256K', { ...VALID, header: { ...HEADER, alg: 'ES256K' } }, 'wrong-value'],
  ['alg es256', { ...VALID, header: { ...HEADER, alg: 'es256' } }, 'wrong-value'],
  ['alg Ed25519 (the name of RFC 9864)', { ...VALID, header: { ...HEADER, alg: 'Ed25519' } }, 'wrong-value'],
  ['no alg', { ...VALID, header: { typ: HEADER.typ, kid: HEADER.kid } }, 'wrong-value'],
  ['alg as an array', { ...VALID, header: { ...HEADER, alg: ['ES256'] } }, 'wrong-value'],
  ['typ JWT', { ...VALID, header: { ...HEADER, typ: 'JWT' } }, 'wrong-value'],
  ['typ vc+sd-jwt', { ...VALID, header: { ...HEADER, typ: 'vc+sd-jwt' } }, 'wrong-value'],
  ['typ with a prefix', { ...VALID, header: { ...HEADER, typ: 'application/dc+sd-jwt' } }, 'wrong-value'],
  ['no typ', { ...VALID, header: { alg: HEADER.alg, kid: HEADER.kid } }, 'missing'],
  ['no kid', { ...VALID, header: { alg: HEADER.alg, typ: HEADER.typ } }, 'missing'],
  ['a kid that is no thumbprint', { ...VALID, header: { ...HEADER, kid: '../../keys/1' } }, 'wrong-value'],
  [
    'a kid with unused bits',
    { ...VALID, header: { ...HEADER, kid: `${HEADER.kid.slice(0, -1)}h` } },
    'wrong-value',
  ],
  ['a kid as a number', { ...VALID, header: { ...HEADER, kid: 1 } }, 'wrong-type'],
  ...[
    ['crit', ['exp']],
    ['crit', ['b64']],
    ['b64', false],
    ['jwk', { kty: 'EC', crv: 'P-256', x: ES256_KEY.x, y: ES256_KEY.x }],
    ['jku', 'https://example.invalid/jwks.json'],
    ['x5u', 'https://example.invalid/chain.pem'],
    ['x5c', ['MIIB']],
    ['x5t', 'AAAA'],
    ['x5t#S256', 'AAAA'],
    ['cty', 'json'],
    ['zip', 'DEF'],
    ['trust_chain', []],
    ['vctm', []],
  ].map(
    ([name, value]): Refused => [
      `${name} in the header`,
      { ...VALID, header: { ...HEADER, [name as string]: value } },
      'unknown-member',
    ],
  ),
  [
    'a name twice in the header',
    { ...VALID, header: `{"alg":"none",${JSON.stringify(HEADER).slice(1)}` },
    'not-canonical-json',
  ],
  ['white space in the header', { ...VALID, header: ` ${JSON.stringify(HEADER)}` }, 'not-canonical-json'],
  ['an array as header', { ...VALID, header: [HEADER] }, 'wrong-type'],
  ['a header of 513 characters', { ...VALID, header: { ...HEADER, x: 'x'.repeat(513) } }, 'too-large'],

  // The claims.
  ['an unknown _sd_alg', { ...VALID, payload: { ...CLAIMS, _sd_alg: 'md5' } }, 'wrong-value'],
  ['_sd_alg sha-512', { ...VALID, payload: { ...CLAIMS, _sd_alg: 'sha-512' } }, 'wrong-value'],
  ['no _sd_alg', { ...VALID, payload: { ...CLAIMS, _sd_alg: undefined } }, 'missing'],
  ['no _sd', { ...VALID, payload: { ...CLAIMS, _sd: undefined } }, 'missing'],
  ['_sd as a text', { ...VALID, payload: { ...CLAIMS, _sd: NAME.digest } }, 'wrong-type'],
  ['a digest that is no text', { ...VALID, payload: { ...CLAIMS, _sd: [NAME.digest, 1] } }, 'wrong-value'],
  [
    'a digest of 31 bytes',
    { ...VALID, payload: { ...CLAIMS, _sd: [NAME.digest, 'A'.repeat(42)] } },
    'wrong-value',
  ],
  [
    'a digest with unused bits',
    { ...VALID, payload: { ...CLAIMS, _sd: [NAME.digest, `${'A'.repeat(42)}B`] } },
    'wrong-value',
  ],
  [
    '65 digests',
    {
      ...VALID,
      payload: { ...CLAIMS, _sd: Array.from({ length: 65 }, (_, i) => suite.sha256Base64url(`${i}`)) },
    },
    'wrong-type',
  ],
  [
    '_sd inside a claim',
    { ...VALID, payload: { ...CLAIMS, status: { ...CLAIMS.status, _sd: [] } } },
    'unknown-member',
  ],
  [
    'an array element digest',
    { ...VALID, payload: { ...CLAIMS, renditions: [{ '...': NAME.digest }] } },
    'unknown-member',
  ],
  [
    'keys beside ... in an array element',
    { ...VALID, payload: { ...CLAIMS, renditions: [{ '...': NAME.digest, mediaType: 'application/pdf' }] } },
    'unknown-member',
  ],
  ['the claim ...', { ...VALID, payload: { ...CLAIMS, '...': NAME.digest } }, 'unknown-member'],
  ['an unknown claim', { ...VALID, payload: { ...CLAIMS, holderName: '样例甲' } }, 'unknown-member'],
  ['cnf', { ...VALID, payload: { ...CLAIMS, cnf: { jwk: {} } } }, 'unknown-member'],
  ['aud', { ...VALID, payload: { ...CLAIMS, aud: 'x' } }, 'unknown-member'],
  ['a claim twice', { ...VALID, payload: payloadText('"exp":9999999999,') }, 'not-canonical-json'],
  ['__proto__', { ...VALID, payload: payloadText('"__proto__":{"exp":1},') }, 'forbidden-name'],
  [
    'a depth of 33',
    { ...VALID, payload: payloadText(`"x":${'['.repeat(33)}${']'.repeat(33)},`) },
    'too-deep',
  ],
  ['exp as a text', { ...VALID, payload: { ...CLAIMS, exp: '1861891200' } }, 'wrong-type'],
  ['exp as a fraction', { ...VALID, payload: { ...CLAIMS, exp: 1861891200.5 } }, 'wrong-type'],
  ['exp null', { ...VALID, payload: { ...CLAIMS, exp: null } }, 'wrong-type'],
  ['exp beyond 40 bits', { ...VALID, payload: { ...CLAIMS, exp: 1_099_511_627_776 } }, 'wrong-value'],
  ['exp not after nbf', { ...VALID, payload: { ...CLAIMS, exp: CLAIMS.nbf } }, 'wrong-value'],
  ['a negative nbf', { ...VALID, payload: { ...CLAIMS, nbf: -1 } }, 'wrong-value'],
  ['no nbf', { ...VALID, payload: { ...CLAIMS, nbf: undefined } }, 'missing'],
  ['no iat', { ...VALID, payload: { ...CLAIMS, iat: undefined } }, 'missing'],
  ['no iss', { ...VALID, payload: { ...CLAIMS, iss: undefined } }, 'missing'],
  ['an https iss', { ...VALID, payload: { ...CLAIMS, iss: 'https://example.invalid' } }, 'wrong-value'],
  [
    'an iss that is no USCC',
    { ...VALID, payload: { ...CLAIMS, iss: 'urn:hefu:uscc:11430000006122244I' } },
    'wrong-value',
  ],
  [
    'a line feed after iss',
    { ...VALID, payload: { ...CLAIMS, iss: `${CLAIMS.iss}\n` } },
    'forbidden-character',
  ],
  [
    'another issuer than that of jti',
    { ...VALID, payload: { ...CLAIMS, iss: 'urn:hefu:uscc:11220000013544541J' } },
    'wrong-value',
  ],
  [
    'another type than that of jti',
    { ...VALID, payload: { ...CLAIMS, vct: 'urn:hefu:licence-type:11100000000013338W012' } },
    'wrong-value',
  ],
  ['no status', { ...VALID, payload: { ...CLAIMS, status: undefined } }, 'wrong-type'],
  ['an empty status', { ...VALID, payload: { ...CLAIMS, status: {} } }, 'wrong-type'],
  [
    'a negative status index',
    {
      ...VALID,
      payload: { ...CLAIMS, status: { status_list: { idx: -1, uri: CLAIMS.status.status_list.uri } } },
    },
    'wrong-value',
  ],
  [
    'a status list to be fetched',
    { ...VALID, payload: { ...CLAIMS, status: { status_list: { idx: 1, uri: 'http://169.254.169.254/' } } } },
    'wrong-value',
  ],
  [
    'a supersedes that is no identifier',
    { ...VALID, payload: { ...CLAIMS, supersedes: 'x' } },
    'wrong-value',
  ],
  ['a payload that is no UTF-8', { ...VALID, payload: Uint8Array.of(0x22, 0xc0, 0x80, 0x22) }, 'not-text'],
  ['an empty payload', { ...VALID, payload: '' }, 'not-json'],
  [
    'a payload of 16,385 characters',
    { ...VALID, payload: { ...CLAIMS, x: 'x'.repeat(16_385) } },
    'too-large',
  ],

  // Disclosures: exactly [salt, name, value], all texts, never a name that decides.
  ...[
    '_sd',
    '...',
    '_sd_alg',
    'exp',
    'nbf',
    'iat',
    'iss',
    'vct',
    'jti',
    'status',
    'cnf',
    'aud',
    'sub',
    'nonce',
    'supersedes',
    'renditions',
  ].map((name): Refused => [`a disclosure of ${name}`, withDisclosure([SALT, name, '1']), 'forbidden-name']),
  ['a disclosure of __proto__', withDisclosure([SALT, '__proto__', '1']), 'wrong-value'],
  ['a disclosure with an empty name', withDisclosure([SALT, '', '1']), 'wrong-value'],
  ['a disclosure with a Chinese name', withDisclosure([SALT, '姓名', '1']), 'wrong-value'],
  ['a disclosure whose name is a number', withDisclosure([SALT, 1, '1']), 'wrong-type'],
  ['a disclosure of one member', withDisclosure([SALT]), 'wrong-shape'],
  ['a disclosure of two members (an array element)', withDisclosure([SALT, '样例甲']), 'wrong-shape'],
  ['a disclosure of four members', withDisclosure([SALT, 'holderName', '样例甲', '']), 'wrong-shape'],
  [
    'a disclosure that is an object',
    withDisclosure({ 0: SALT, 1: 'holderName', 2: '样例甲' }),
    'forbidden-name',
  ],
  ['a disclosure that is a text', withDisclosure('"holderName"'), 'wrong-shape'],
  ['a disclosure that is no JSON', withDisclosure('holderName'), 'not-json'],
  [
    'white space in a disclosure',
    withDisclosure(`["${SALT}", "holderName", "样例甲"]`),
    'not-canonical-json',
  ],
  ['a number for a value', withDisclosure([SALT, 'holderName', 1]), 'wrong-type'],
  ['null for a value', withDisclosure([SALT, 'holderName', null]), 'wrong-type'],
  [
    'an object with _sd for a value',
    withDisclosure([SALT, 'holderName', { _sd: [SEX.digest] }]),
    'wrong-type',
  ],
  ['a salt of 15 bytes', withDisclosure(['A'.repeat(20), 'holderName', '样例甲']), 'wrong-value'],
  ['an empty salt', withDisclosure(['', 'holderName', '样例甲']), 'wrong-value'],
  ['a salt with unused bits', withDisclosure([`${'A'.repeat(21)}B`, 'holderName', '样例甲']), 'wrong-value'],
  ['a number for a salt', withDisclosure([1, 'holderName', '样例甲']), 'wrong-value'],
  [
    'a disclosure of 16,385 characters',
    withDisclosure([SALT, 'holderName', 'x'.repeat(12_300)]),
    'too-large',
  ],
  ['an empty disclosure', { ...VALID, disclosures: [''] }, 'not-json'],
  ['padding in a disclosure', { ...VALID, disclosures: [`${NAME.encoded}=`] }, 'not-base64url'],
  ['65 disclosures', { ...VALID, disclosures: Array.from({ length: 65 }, () => NAME.encoded) }, 'too-large'],

  // The compact form.
  ['a key-binding JWT at the end', { ...VALID, ending: 'eyJhbGciOiJFUzI1NiJ9.e30.AAAA' }, 'wrong-shape'],
  ['white space at the end', { ...VALID, ending: '\n' }, 'wrong-shape'],
  [
    '131,073 characters',
    { ...VALID, disclosures: Array.from({ length: 9 }, () => 'A'.repeat(16_000)) },
    'too-large',
  ],
]

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
      expect(report.findings[0]?.code).to.equal('wellFormed/malformed')
      expect(report.verdict).to.equal('rejected')
    })
  }

  const UNFOUNDED: readonly (readonly [string, ForgedParts, FindingCode])[] = [
    [
      'a digest twice',
      { ...VALID, payload: { ...CLAIMS, _sd: [NAME.digest, SEX.digest, NAME.digest] } },
      'disclosures/repeated',
    ],
    [
      'a digest twice that is not disclosed',
      {
        ...VALID,
        disclosures: [SEX.encoded],
        payload: { ...CLAIMS, _sd: [NAME.digest, SEX.digest, NAME.digest] },
      },
      'disclosures/repeated',
    ],
    ['a disclosure twice', { ...VALID, disclosures: [NAME.encoded, NAME.encoded] }, 'disclosures/repeated'],
    [
      'a disclosure without a digest',
      { ...VALID, payload: { ...CLAIMS, _sd: [SEX.digest] } },
      'disclosures/not-signed',
    ],
    [
      'a disclosure although nothing was signed',
      { ...VALID, payload: { ...CLAIMS, _sd: [] } },
      'disclosures/not-signed',
    ],
  ]
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
