/** Presentations: RFC 9901 §4.3, §7.2 and §7.3 on key binding; what a holder may make, and what is read. */
import {
  algorithmOf,
  createMemoryLedgerView,
  createPresentation,
  createVerifier,
  dropDisclosures,
  dropUnasked,
  findLicenceType,
  type HolderKey,
  type LicenceType,
  MalformedError,
  PRESENTATION_MEDIA_TYPE,
  type PresentationDraft,
  type PrivateJwk,
  parseBundle,
  parsePresentation,
  parsePresented,
  suite,
  thumbprint,
  type UnverifiedKeyBinding,
} from '@hefu/protocol'
import { expect } from 'chai'
import { before, describe, it } from 'mocha'
import { MAX_CAUSE_CHARACTERS, MAX_MAKER_CHARACTERS } from '#internal/protocol/presentation/annotated-copy'
import { suite as webSuite } from '#internal/protocol/suite/web'
import { FORBIDDEN_TEXTS } from '../../../fixtures/hostile-text.ts'
import { refusalOf } from '../../../fixtures/refusal.ts'
import {
  createSample,
  FACE_DATA,
  NOW,
  type Sample,
  sampleRequest,
} from '../../../fixtures/sample-credential.ts'
import {
  ED25519_KEY,
  ES256_KEY,
  HOLDER_KEY,
  OTHER_ES256_KEY,
  publicHalf,
  SM2_KEY,
} from '../../../fixtures/sample-keys.ts'
import {
  bindCredential,
  boundSample,
  CHALLENGE,
  COPY,
  presentSample,
} from '../../../fixtures/sample-presentation.ts'

const DRAFT: PresentationDraft = { challenge: CHALLENGE, issuedAt: NOW - 10 }

let sample: Sample

before(async () => {
  sample = await createSample(boundSample())
})

async function holderKey(jwk: PrivateJwk): Promise<HolderKey> {
  return {
    kid: thumbprint(jwk, suite),
    algorithm: algorithmOf(jwk),
    key: await suite.importPrivateKey(jwk),
  }
}

function keyBindingOf(text: string): UnverifiedKeyBinding {
  const { keyBinding } = parsePresentation(text)
  if (keyBinding === null) throw new Error('a presentation with key binding')
  return keyBinding
}

async function failureOf(promise: Promise<unknown>): Promise<readonly string[]> {
  const error = await promise.then(
    () => expect.fail('not refused'),
    (thrown: unknown) => thrown,
  )
  return refusalOf(() => {
    throw error
  })
}

describe('a holder presents', () => {
  for (const key of [HOLDER_KEY, OTHER_ES256_KEY, SM2_KEY]) {
    it(`with a key on ${key.crv}: bound in Node and in the browser's suite`, async () => {
      const { bundle, memory } = await createSample(boundSample(key))
      const text = await createPresentation(bundle, DRAFT, await holderKey(key), suite)
      for (const own of [suite, webSuite]) {
        const verifier = createVerifier({ view: createMemoryLedgerView(memory), suite: own })
        const report = await verifier.verify({ ...sampleRequest(text), challenge: CHALLENGE }, NOW)
        expect(report.findings.at(-1)?.code).to.equal('holderBinding/bound')
        expect(report.verdict).to.equal('accepted')
        expect(JSON.stringify(report)).to.not.include(CHALLENGE.nonce)
      }
    })
  }

  it('what is written is read: header and payload have exactly the members of RFC 9901 §4.3', async () => {
    const text = await createPresentation(sample.bundle, DRAFT, await holderKey(HOLDER_KEY), suite)
    const { header, claims, presented } = keyBindingOf(text)
    expect(header).to.deep.equal({ alg: 'EdDSA', typ: 'kb+jwt' })
    expect(claims).to.deep.equal({
      iat: NOW - 10,
      aud: CHALLENGE.audience,
      nonce: CHALLENGE.nonce,
      sd_hash: suite.sha256Base64url(sample.compact),
    })
    expect(presented).to.equal(sample.compact)
    expect(text).to.equal(presentSample(sample))
  })

  it('an annotated copy carries its cause, its maker and its end', async () => {
    const draft = { ...DRAFT, copy: COPY }
    const text = await createPresentation(sample.bundle, draft, await holderKey(HOLDER_KEY), suite)
    const { claims } = keyBindingOf(text)
    expect(claims.exp).to.equal(COPY.expiresAt)
    expect(claims.copy).to.deep.equal({ cause: COPY.cause, maker: COPY.maker })
  })

  it('the report of an annotated copy says neither its cause nor its maker', async () => {
    const copy = { ...COPY, cause: '样例甲的离婚登记', maker: '样例甲之代理人' }
    const text = await createPresentation(
      sample.bundle,
      { ...DRAFT, copy },
      await holderKey(HOLDER_KEY),
      suite,
    )
    const verifier = createVerifier({ view: createMemoryLedgerView(sample.memory), suite })
    for (const presented of [text, text.replace('"receipt":{', '"receipt":{"x":1,')]) {
      const report = JSON.stringify(await verifier.verify(sampleRequest(presented), NOW))
      expect(report).to.not.include('离婚').and.not.include('代理人')
    }
  })

  it('a bundle with fewer fields, each still signed', async () => {
    const fewer = dropDisclosures(sample.bundle, ['category', 'holderName'])
    expect(parseBundle(fewer).credential.disclosures.map(({ name }) => name)).to.deep.equal([
      'holderName',
      'category',
    ])
    expect(parseBundle(fewer).receipt).to.deep.equal(sample.receipt)
    expect(dropDisclosures(sample.bundle, Object.keys(FACE_DATA))).to.equal(sample.bundle)
    expect(parseBundle(dropDisclosures(sample.bundle, [])).credential.disclosures).to.deep.equal([])
    const verifier = createVerifier({ view: createMemoryLedgerView(sample.memory), suite })
    expect((await verifier.verify(sampleRequest(fewer), NOW)).verdict).to.equal('accepted')
  })

  it('no more than is asked for and what a rule of the type reads, whatever is asked for', () => {
    const type = findLicenceType('safety-manager') as LicenceType
    const ruled = type.fields.map((field) =>
      field.name === 'post' ? { ...field, rule: { kind: 'burden', words: ['样例'] } as const } : field,
    )
    const shownOf = (text: string) => parseBundle(text).credential.disclosures.map(({ name }) => name)
    const own = [{ ...type, fields: ruled }]
    expect(shownOf(dropUnasked(sample.bundle, ['category', 'holderName']))).to.deep.equal([
      'holderName',
      'category',
    ])
    expect(shownOf(dropUnasked(sample.bundle, ['category'], own))).to.deep.equal(['category', 'post'])
    expect(shownOf(dropUnasked(sample.bundle, ['post'], own))).to.deep.equal(['post'])
    expect(shownOf(dropUnasked(sample.bundle, [], own))).to.deep.equal(['post'])
    const other = own.map((one) => ({ ...one, code: `${one.code.slice(0, -1)}9` }))
    expect(shownOf(dropUnasked(sample.bundle, [], other))).to.deep.equal([])
    expect(refusalOf(() => dropUnasked(sample.bundle, ['nickname'], own))).to.deep.equal(['missing'])
  })

  it('no field that the bundle does not show, and nothing dropped from what is signed', () => {
    expect(refusalOf(() => dropDisclosures(sample.bundle, ['nickname']))).to.deep.equal(['missing'])
    expect(refusalOf(() => dropDisclosures(presentSample(sample), ['category']))).to.deep.equal([
      'wrong-value',
    ])
    expect(refusalOf(() => dropDisclosures(sample.compact, []))).to.deep.equal(['not-json'])
  })

  it('nothing with a key that is not the licence’s', async () => {
    for (const key of [ED25519_KEY, ES256_KEY]) {
      const refused = createPresentation(sample.bundle, DRAFT, await holderKey(key), suite)
      expect(await failureOf(refused)).to.deep.equal(['wrong-value'])
    }
    const { bundle } = await createSample()
    const refused = createPresentation(bundle, DRAFT, await holderKey(HOLDER_KEY), suite)
    expect(await failureOf(refused)).to.deep.equal(['missing'])
  })

  for (const [is, copy] of [
    ['an end before it is made', { ...COPY, expiresAt: NOW - 11 }],
    ['an end when it is made', { ...COPY, expiresAt: NOW - 10 }],
    ['no cause', { ...COPY, cause: '' }],
    ['a cause of 201 characters', { ...COPY, cause: '用'.repeat(MAX_CAUSE_CHARACTERS + 1) }],
    ['a maker of 101 characters', { ...COPY, maker: '甲'.repeat(MAX_MAKER_CHARACTERS + 1) }],
    ['white space before its cause', { ...COPY, cause: ' 用途' }],
  ] as const) {
    it(`no annotated copy with ${is}: wrong-value`, async () => {
      const refused = createPresentation(
        sample.bundle,
        { ...DRAFT, copy },
        await holderKey(HOLDER_KEY),
        suite,
      )
      expect(await failureOf(refused)).to.deep.equal(['wrong-value'])
    })
  }

  it('a cause of 200 characters outside of the BMP counts characters, not units', async () => {
    const copy = { ...COPY, cause: '𠮷'.repeat(MAX_CAUSE_CHARACTERS) }
    await createPresentation(sample.bundle, { ...DRAFT, copy }, await holderKey(HOLDER_KEY), suite)
  })

  it('no text that cannot be shown, as cause or as maker', async () => {
    const key = await holderKey(HOLDER_KEY)
    for (const text of FORBIDDEN_TEXTS) {
      for (const copy of [
        { ...COPY, cause: `a${text}a` },
        { ...COPY, maker: `a${text}a` },
      ]) {
        const codes = await failureOf(createPresentation(sample.bundle, { ...DRAFT, copy }, key, suite))
        expect(codes[0]).to.be.oneOf(['forbidden-character', 'not-text', 'not-canonical-json'])
      }
    }
  })
})

describe('a presentation', () => {
  const claims = { iat: NOW, aud: 'a', nonce: 'n', sd_hash: 'A'.repeat(43) }
  const without = (name: string): object =>
    Object.fromEntries(Object.entries(claims).filter(([own]) => own !== name))
  const HEADER = { alg: 'EdDSA', typ: 'kb+jwt' }
  const CASES: readonly (readonly [is: string, forged: Parameters<typeof presentSample>[1], code: string])[] =
    [
      ['alg none', { header: { ...HEADER, alg: 'none' } }, 'wrong-value'],
      ['alg HS256', { header: { ...HEADER, alg: 'HS256' } }, 'wrong-value'],
      ['no alg', { header: { typ: 'kb+jwt' } }, 'wrong-value'],
      ['typ JWT', { header: { ...HEADER, typ: 'JWT' } }, 'wrong-value'],
      ['no typ', { header: { alg: 'EdDSA' } }, 'missing'],
      ['a key in the header', { header: { ...HEADER, jwk: publicHalf(HOLDER_KEY) } }, 'unknown-member'],
      ['a kid in the header', { header: { ...HEADER, kid: 'x' } }, 'unknown-member'],
      ['crit', { header: { ...HEADER, crit: ['exp'], exp: 1 } }, 'unknown-member'],
      ['b64 false', { header: { ...HEADER, b64: false } }, 'unknown-member'],
      ['a header twice', { header: '{"alg":"EdDSA","typ":"kb+jwt","typ":"kb+jwt"}' }, 'not-canonical-json'],
      ...['iat', 'aud', 'nonce', 'sd_hash'].map(
        (name) => [`no ${name}`, { payload: without(name) }, 'missing'] as const,
      ),
      ['an array as aud', { payload: { ...claims, aud: ['a'] } }, 'wrong-type'],
      ['an empty nonce', { payload: { ...claims, nonce: '' } }, 'wrong-value'],
      ['a nonce of 257 characters', { payload: { ...claims, nonce: 'n'.repeat(257) } }, 'wrong-value'],
      ['iat as text', { payload: { ...claims, iat: '1' } }, 'wrong-type'],
      ['a short sd_hash', { payload: { ...claims, sd_hash: 'AAAA' } }, 'wrong-value'],
      ['a claim more', { payload: { ...claims, sub: 'x' } }, 'unknown-member'],
      ['nbf', { payload: { ...claims, nbf: NOW } }, 'unknown-member'],
      ['exp and no copy', { payload: { ...claims, exp: NOW + 1 } }, 'wrong-type'],
      ['a copy and no exp', { payload: { ...claims, copy: { cause: 'a', maker: 'b' } } }, 'missing'],
      [
        'a copy with a member more',
        { payload: { ...claims, exp: NOW + 1, copy: { cause: 'a', maker: 'b', x: 1 } } },
        'unknown-member',
      ],
      [
        'a copy in another order',
        { payload: { ...claims, exp: NOW + 1, copy: { maker: 'b', cause: 'a' } } },
        'not-canonical-json',
      ],
      ['a payload that is no object', { payload: '[]' }, 'wrong-type'],
      ['a payload of 5,000 characters', { payload: { ...claims, nonce: 'n'.repeat(5000) } }, 'too-large'],
    ]
  for (const [is, forged, code] of CASES) {
    it(`is refused with ${is}: ${code}`, () => {
      const text = presentSample(sample, forged)
      expect(refusalOf(() => parsePresented(text))).to.deep.equal([code])
      const { credential } = JSON.parse(text) as { credential: string }
      expect(
        refusalOf(() => parsePresented(credential)),
        'bare',
      ).to.deep.equal([code])
    })
  }

  it('is refused without a word of whom it was made for', () => {
    const secret = '样例甲与样例乙离婚一案'
    const long = secret.repeat(30)
    for (const payload of [
      { ...claims, aud: long },
      { ...claims, nonce: long },
    ]) {
      expect(() => parsePresented(presentSample(sample, { payload })))
        .to.throw(MalformedError)
        .with.property('message')
        .not.includes(secret)
    }
  })

  it('is refused in another frame than its own', () => {
    const text = presentSample(sample)
    const object = JSON.parse(text) as Record<string, unknown>
    for (const [change, code] of [
      [{ ...object, mediaType: PRESENTATION_MEDIA_TYPE.replace('=1', '=2') }, 'wrong-value'],
      [{ ...object, mediaType: 'application/vnd.hefu.bundle+json;version=1' }, 'wrong-shape'],
      [{ ...object, note: '' }, 'unknown-member'],
      [{ ...object, receipt: null }, 'wrong-type'],
      [{ ...object, credential: sample.compact }, 'wrong-shape'],
      [{ ...object, credential: 1 }, 'wrong-type'],
      [
        { mediaType: object['mediaType'], receipt: object['receipt'], credential: object['credential'] },
        'not-canonical-json',
      ],
    ] as const) {
      expect(refusalOf(() => parsePresented(JSON.stringify(change)))).to.deep.equal([code])
    }
    expect(refusalOf(() => parsePresented(`${text}\n`))).to.deep.equal(['not-canonical-json'])
    expect(refusalOf(() => parsePresentation(sample.bundle))).to.deep.equal(['wrong-value'])
  })

  it('is refused with two key bindings, or one that is cut', () => {
    const bound = bindCredential(sample.compact)
    const [kb = ''] = bound.split('~').slice(-1)
    for (const bare of [
      `${bound}~${kb}`,
      `${bound}.${kb}`,
      bound.slice(0, -1),
      bound.slice(0, bound.lastIndexOf('.')),
    ]) {
      expect(
        refusalOf(() => parsePresented(bare)),
        bare.slice(-20),
      ).to.not.deep.equal([])
    }
    expect(parsePresented(bound).keyBinding?.claims.nonce).to.equal(CHALLENGE.nonce)
    expect(parsePresented(bound).receipt).to.equal(null)
  })
})
