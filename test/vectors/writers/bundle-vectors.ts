/** Vectors of spec/bundle.md: what may be presented, and what is refused before anything is checked. */
import { BUNDLE_MEDIA_TYPE, receiptObject } from '@hefu/protocol'
import { createSample } from '../../fixtures/sample-credential.ts'
import { ED25519_KEY } from '../../fixtures/sample-keys.ts'
import { deterministicSuite } from './deterministic-suite.ts'
import { refusedReceipts } from './receipt-vectors.ts'
import type { VectorFile } from './vector-file.ts'

type Bundle = Readonly<Record<string, unknown>> & { readonly credential: string; readonly receipt: object }

function drop(bundle: Bundle, name: string): object {
  const { [name]: _dropped, ...rest } = bundle
  return rest
}

function refusedBundles(text: string): readonly (readonly [string, string, string])[] {
  const bundle: Bundle = JSON.parse(text)
  const changed = (is: string, value: unknown, code: string) => [is, JSON.stringify(value), code] as const
  return [
    changed('another version', { ...bundle, mediaType: BUNDLE_MEDIA_TYPE.replace('1', '2') }, 'wrong-value'),
    changed('no media type', drop(bundle, 'mediaType'), 'wrong-value'),
    changed('another media type', { ...bundle, mediaType: 'application/json' }, 'wrong-value'),
    changed('a member more', { ...bundle, comment: '' }, 'unknown-member'),
    changed('no credential', drop(bundle, 'credential'), 'missing'),
    changed('a credential that is an object', { ...bundle, credential: {} }, 'wrong-type'),
    changed('a receipt that is an array', { ...bundle, receipt: [] }, 'wrong-type'),
    changed(
      'its members in another order',
      Object.fromEntries(Object.entries(bundle).toReversed()),
      'not-canonical-json',
    ),
    ['white space between', JSON.stringify(bundle, null, 2), 'not-canonical-json'],
    ['a line feed after', `${text}\n`, 'not-canonical-json'],
    ['a member twice', text.replace('{', `{"mediaType":"${BUNDLE_MEDIA_TYPE}",`), 'not-canonical-json'],
    ['cut short', text.slice(0, -1), 'not-json'],
    ...refusedReceipts({ ...bundle.receipt }).map(([is, value, code]) =>
      changed(`a receipt refused: ${is}`, { ...bundle, receipt: value }, code),
    ),
  ]
}

/** The content of bundle.json. */
export async function bundleVectors(): Promise<VectorFile> {
  const sample = await createSample({ suite: deterministicSuite, faceData: { holderName: '样例甲' } })
  const other = await createSample({ suite: deterministicSuite, key: ED25519_KEY })
  const read = [sample, other].map(({ bundle, compact, receipt }) => ({
    text: bundle,
    credential: compact,
    receipt: receiptObject(receipt),
  }))
  return {
    spec: 'packages/protocol/spec/bundle.md',
    read: [...read, { text: sample.compact, credential: sample.compact, receipt: null }],
    refused: refusedBundles(sample.bundle).map(([is, text, refused]) => ({ is, text, refused })),
  }
}
