/** What is no licence, and what it is instead. */
import { encodeQrReference, type PresentedKind } from '@hefu/protocol'
import { sampleClaims } from '../../../fixtures/sample-credential.ts'
import { deterministicSuite as suite } from '../deterministic-suite.ts'
import type { Scene } from './report-scene.ts'

/** What is told apart from a broken licence, by what it is instead. */
export function otherThings({ sample: { bundle, compact } }: Scene): readonly object[] {
  const reference = encodeQrReference(bundle, suite)
  const texts: readonly (readonly [is: string, text: string, presentedAs: PresentedKind])[] = [
    ['an empty text', '', 'nothing'],
    ['a line end and a byte-order mark', '\r\n\ufeff', 'nothing'],
    ['a name', '样例甲', 'other'],
    ['an object of another kind', '{"mediaType":"text/plain"}', 'other'],
    ['a bundle that lost its first character', bundle.slice(1), 'other'],
    ['an address', 'https://example.invalid/~licence', 'other'],
    ['a signed token that is no SD-JWT', compact.split('~')[0] ?? '', 'other'],
    ['a licence identifier', sampleClaims().jti, 'licence-id'],
    ['a licence identifier as a scanner gun ends it', `${sampleClaims().jti}\t`, 'licence-id'],
    ['a QR code that names a licence', reference, 'qr-reference'],
    ['a QR code of a whole licence, read as far as it goes', 'HEFU1:P:eyJ', 'qr-whole'],
  ]
  return texts.map(([is, presented, presentedAs]) => ({ is, presented, presentedAs }))
}
