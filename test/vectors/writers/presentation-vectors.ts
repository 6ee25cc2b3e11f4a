/** Vectors of spec/presentation.md: key bindings, annotated copies and QR texts that are read or refused. */

import {
  dropDisclosures,
  encodeHex,
  encodeQrReference,
  encodeQrText,
  PRESENTATION_MEDIA_TYPE,
  parsePresented,
  parseQrText,
} from '@hefu/protocol'
import { createSample, ISSUER, NOW, type Sample, sampleClaims } from '../../fixtures/sample-credential.ts'
import { HOLDER_KEY, publicHalf } from '../../fixtures/sample-keys.ts'
import {
  bindCredential,
  boundSample,
  COPY,
  type ForgedBinding,
  presentSample,
} from '../../fixtures/sample-presentation.ts'
import { deterministicSuite } from './deterministic-suite.ts'
import type { VectorFile } from './vector-file.ts'

const HEADER = { alg: 'EdDSA', typ: 'kb+jwt' }
const CLAIMS = { iat: NOW, aud: 'a', nonce: 'n', sd_hash: 'A'.repeat(43) }

function without(name: string): object {
  return Object.fromEntries(Object.entries(CLAIMS).filter(([own]) => own !== name))
}

type Refused = readonly [is: string, forged: ForgedBinding, code: string]

const REFUSED: readonly Refused[] = [
  ['alg none', { header: { ...HEADER, alg: 'none' } }, 'wrong-value'],
  ['alg HS256', { header: { ...HEADER, alg: 'HS256' } }, 'wrong-value'],
  ['no alg', { header: { typ: 'kb+jwt' } }, 'wrong-value'],
  ['typ JWT', { header: { ...HEADER, typ: 'JWT' } }, 'wrong-value'],
  ['no typ', { header: { alg: 'EdDSA' } }, 'missing'],
  ['a key in the header', { header: { ...HEADER, jwk: publicHalf(HOLDER_KEY) } }, 'unknown-member'],
  ['a kid in the header', { header: { ...HEADER, kid: 'x' } }, 'unknown-member'],
  ['crit', { header: { ...HEADER, crit: ['exp'], exp: 1 } }, 'unknown-member'],
  ['b64 false', { header: { ...HEADER, b64: false } }, 'unknown-member'],
  ['typ twice', { header: '{"alg":"EdDSA","typ":"kb+jwt","typ":"kb+jwt"}' }, 'not-canonical-json'],
  ...Object.keys(CLAIMS).map((name): Refused => [`no ${name}`, { payload: without(name) }, 'missing']),
  ['an array as aud', { payload: { ...CLAIMS, aud: ['a'] } }, 'wrong-type'],
  ['an empty nonce', { payload: { ...CLAIMS, nonce: '' } }, 'wrong-value'],
  ['iat as text', { payload: { ...CLAIMS, iat: '1' } }, 'wrong-type'],
  ['a short sd_hash', { payload: { ...CLAIMS, sd_hash: 'AAAA' } }, 'wrong-value'],
  ['a claim more', { payload: { ...CLAIMS, sub: 'x' } }, 'unknown-member'],
  ['exp and no copy', { payload: { ...CLAIMS, exp: NOW + 1 } }, 'wrong-type'],
  ['a copy and no exp', { payload: { ...CLAIMS, copy: { cause: 'a', maker: 'b' } } }, 'missing'],
  ['a payload that is no object', { payload: '[]' }, 'wrong-type'],
]

/** What a reader finds after the last `~`. */
function readingOf(text: string): object {
  const { keyBinding } = parsePresented(text)
  if (keyBinding === null) throw new Error('write vectors: a presentation without key binding')
  const { header, claims, signingInput, signature } = keyBinding
  return { header, claims, signingInput, signature: encodeHex(signature) }
}

function readable(sample: Sample): readonly object[] {
  const { expiresAt, ...copy } = COPY
  return [
    { is: 'a presentation', text: presentSample(sample) },
    { is: 'an annotated copy', text: presentSample(sample, { claims: { exp: expiresAt, copy } }) },
    { is: 'a bare credential with key binding', text: bindCredential(sample.compact) },
  ].map((vector) => ({ ...vector, holderJwk: publicHalf(HOLDER_KEY), keyBinding: readingOf(vector.text) }))
}

function otherFrames(sample: Sample): readonly (readonly [string, string, string])[] {
  const text = presentSample(sample)
  const object = JSON.parse(text)
  const { mediaType, credential, receipt } = object
  return (
    [
      [
        'another version',
        { ...object, mediaType: PRESENTATION_MEDIA_TYPE.replace('=1', '=2') },
        'wrong-value',
      ],
      ['a member more', { ...object, note: '' }, 'unknown-member'],
      ['no receipt', { ...object, receipt: null }, 'wrong-type'],
      ['no key binding', { ...object, credential: sample.compact }, 'wrong-shape'],
      ['a credential that is a number', { ...object, credential: 1 }, 'wrong-type'],
      ['its members in another order', { mediaType, receipt, credential }, 'not-canonical-json'],
    ] as const
  ).map(([is, value, code]) => [is, JSON.stringify(value), code])
}

const REFUSED_QR_TEXTS: readonly (readonly [is: string, text: string, code: string])[] = [
  ['nothing', '', 'wrong-value'],
  ['an address', 'https://example.org/', 'wrong-value'],
  ['another version', 'HEFU2:P:x', 'wrong-value'],
  ['lower case', 'hefu1:p:x', 'wrong-value'],
  ['another kind', 'HEFU1:Q:x', 'wrong-value'],
  ['a space before', ' HEFU1:R:a:b:c', 'wrong-value'],
  ['2,954 characters', `HEFU1:P:${'A'.repeat(2946)}`, 'too-large'],
  ['a reference of two parts', 'HEFU1:R:a:b', 'wrong-shape'],
  ['a whole of one part', 'HEFU1:P:a', 'wrong-shape'],
  ['a digest with unused bits', `HEFU1:R:${sampleClaims().jti}:${ISSUER}:${'A'.repeat(42)}B`, 'wrong-value'],
]

function qrTexts(sample: Sample): readonly object[] {
  const small = dropDisclosures(sample.bundle, ['category'])
  return [
    { presented: small, text: encodeQrText(small, deterministicSuite) },
    { presented: sample.bundle, text: encodeQrReference(sample.bundle, deterministicSuite) },
  ].map((vector) => ({ ...vector, scanned: parseQrText(vector.text) }))
}

/** The content of presentation.json. */
export async function presentationVectors(): Promise<VectorFile> {
  const sample = await createSample({ ...boundSample(), suite: deterministicSuite })
  const forged = REFUSED.map(([is, binding, code]) => [is, presentSample(sample, binding), code] as const)
  return {
    spec: 'packages/protocol/spec/presentation.md',
    read: readable(sample),
    refused: [...forged, ...otherFrames(sample)].map(([is, text, refused]) => ({ is, text, refused })),
    qr: [...qrTexts(sample), ...REFUSED_QR_TEXTS.map(([is, text, refused]) => ({ is, text, refused }))],
  }
}
