/** Presentations that cannot be read, by the defects that a report names. */
import { BUNDLE_MEDIA_TYPE, parsePresented } from '@hefu/protocol'
import { forgeCredential, forgeDisclosure } from '../../../fixtures/forged-credential.ts'
import { NOW, sampleClaims } from '../../../fixtures/sample-credential.ts'
import { ES256_KEY } from '../../../fixtures/sample-keys.ts'
import { bindCredential, presentSample } from '../../../fixtures/sample-presentation.ts'
import { defectsOf } from '../defects.ts'
import { deterministicSuite as suite } from '../deterministic-suite.ts'
import type { Json } from './altered-object.ts'
import type { Named } from './named.ts'
import type { Scene } from './report-scene.ts'

/** What stands in `defects` of the report on what cannot be read. */
export async function malformedPresentations({
  sample,
  presented,
  verify,
}: Scene): Promise<readonly object[]> {
  const { compact, receipt, bundle } = sample
  const object = JSON.parse(bundle)
  const other = (change: Json): string => JSON.stringify({ ...object, ...change })
  const header = { alg: 'none', typ: 'dc+sd-jwt', kid: 'x', jwk: {} }
  const payload = { ...sampleClaims(), iat: '1', exp: -1, _sd: ['x'], _sd_alg: 'sha-1' }
  const disclosures = [
    forgeDisclosure(['A'.repeat(22), 'post']).encoded,
    forgeDisclosure(['A'.repeat(22), 'post', '项目负责人']).encoded,
    forgeDisclosure(['A'.repeat(22), 'iss', 'x']).encoded,
  ]
  const known = { alg: 'none', typ: 'JWT', kid: 'x' }
  const forged = await forgeCredential({ header: known, payload, disclosures }, ES256_KEY, suite)
  const named = await forgeCredential({ header, payload }, ES256_KEY, suite)
  const path = [...object.receipt.path.slice(0, 1), 'x', 'y']
  const [jws = ''] = compact.split('~')
  const texts: Named<string> = [
    ['a credential without its end', compact.slice(0, -1)],
    ['a credential of two parts', `${jws.split('.').slice(0, 2).join('.')}~`],
    ['a bare credential with defects everywhere', forged.compact],
    ['a header that has a member more: no other member of it is looked at', named.compact],
    ['a signature cut short', compact.replace(jws, jws.slice(0, -1))],
    ['a bundle with a line feed after', `${bundle}\n`],
    ['a bundle that is cut short', bundle.slice(0, -1)],
    ['a bundle of another version', other({ mediaType: BUNDLE_MEDIA_TYPE.replace('=1', '=2') })],
    ['a bundle with six members more', other(Object.fromEntries([...'abcdef'].map((name) => [name, 0])))],
    ['a bundle with a text that is not in NFC', other({ note: [['e\u0301']] })],
    ['a bundle with a name that is not in NFC', other({ note: [{ 'e\u0301': 0 }] })],
    ['a bundle with a name of 41 characters over a fraction', other({ ['n'.repeat(41)]: 0.5 })],
    [
      'a bundle with defects everywhere',
      other({ credential: forged.compact, receipt: { ...receipt, path } }),
    ],
    [
      'a receipt with a path that is none: the first of its defects',
      other({ receipt: { ...object.receipt, path } }),
    ],
    [
      'a receipt with an index that is its size',
      other({ receipt: { ...object.receipt, index: object.receipt.size } }),
    ],
    ['no receipt', other({ receipt: null })],
    [
      'a presentation with defects on both sides of the last ~',
      presentSample(
        { ...sample, compact: forged.compact },
        { payload: { iat: NOW }, header: { alg: 'EdDSA' } },
      ),
    ],
    ['a bare credential with a key binding of two parts', bindCredential(compact).replace(/\.[^.]*$/, '')],
    [
      'a presentation whose members are in another order',
      JSON.stringify(inOtherOrder(JSON.parse(presented))),
    ],
  ]
  const vectors = texts.map(async ([is, text]) => {
    defectsOf(() => parsePresented(text))
    const { defects, findings } = await verify({ request: { presented: text } })
    return { is, presented: text, refused: defects, finding: findings[0]?.code }
  })
  return Promise.all(vectors)
}

/** The first member stays the first: it says what the object is. */
function inOtherOrder(object: object): object {
  const [first, ...rest] = Object.entries(object)
  return Object.fromEntries([...(first === undefined ? [] : [first]), ...rest.toReversed()])
}
