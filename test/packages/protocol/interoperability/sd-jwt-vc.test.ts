/**
 * Credentials between this implementation and `@sd-jwt/sd-jwt-vc`, in both directions; and what RFC 9901
 * forbids although that library takes it: the reason why the protocol has a reader of its own.
 */
import {
  createMemoryLedgerView,
  createVerifier,
  type MemoryLedger,
  type PrivateJwk,
  parseCredential,
  suite,
  thumbprint,
  type VerificationReport,
} from '@hefu/protocol'
import { expect } from 'chai'
import fc from 'fast-check'
import { describe, it } from 'mocha'
import { type ForgedParts, forgeCredential, forgeDisclosure } from '../../../fixtures/forged-credential.ts'
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
import {
  anchorSample,
  createSample,
  FACE_DATA,
  NOW,
  sampleClaims,
  sampleRequest,
} from '../../../fixtures/sample-credential.ts'
import { ED25519_KEY, ES256_KEY, OTHER_ES256_KEY } from '../../../fixtures/sample-keys.ts'
import { runs } from '../../../fixtures/test-profile.ts'
import { createCorePeer, createVcPeer } from './sd-jwt-peer.ts'

const KEYS: readonly PrivateJwk[] = [ES256_KEY, ED25519_KEY]

/** Any face: names in camelCase, texts that may be displayed. */
const face = fc.dictionary(
  fc.stringMatching(/^[a-z][A-Za-z0-9]{0,12}Field$/),
  fc.oneof(
    fc.stringMatching(/^[\x20-\x7e]{0,30}$/),
    fc.constantFrom('样例甲', '长期', '𠮷野家', '"\\/', '<&>', ''),
  ),
  { maxKeys: 12 },
)

async function judge(bundle: string, memory: MemoryLedger): Promise<VerificationReport> {
  return createVerifier({ view: createMemoryLedgerView(memory), suite }).verify(sampleRequest(bundle), NOW)
}

/** Issued by the peer with every field of the face a disclosure. */
async function issueWithPeer(key: PrivateJwk, faceData: Readonly<Record<string, string>>): Promise<string> {
  const payload = { ...sampleClaims(), ...faceData }
  const frame = { _sd: Object.keys(faceData) as (keyof typeof payload)[] }
  return createVcPeer(key).issue(payload, frame, { header: { kid: thumbprint(key, suite) } })
}

async function judgePeers(key: PrivateJwk, compact: string): Promise<VerificationReport> {
  const signingInput = compact.slice(0, compact.lastIndexOf('.', compact.indexOf('~')))
  const { bundle, memory } = anchorSample({ compact, signingInput }, key)
  return judge(bundle, memory)
}

for (const key of KEYS) {
  describe(`credentials with a key on ${key.crv} and @sd-jwt/sd-jwt-vc`, () => {
    it('issued here, verify there with the same claims and the same face', async () => {
      await fc.assert(
        fc.asyncProperty(face, async (faceData) => {
          const { compact } = await createSample({ key, faceData })
          const { payload, header } = await createVcPeer(key).verify(compact, { currentDate: NOW })
          expect(payload).to.deep.equal({ ...sampleClaims(), ...faceData })
          expect(header).to.deep.equal(parseCredential(compact).header)
        }),
        { numRuns: runs(50, 2000) },
      )
    })

    it('issued there, are accepted here with the same face', async () => {
      await fc.assert(
        fc.asyncProperty(face, async (faceData) => {
          fc.pre(Object.keys(faceData).length > 0)
          const compact = await issueWithPeer(key, faceData)
          const read = parseCredential(compact)
          const shown = Object.fromEntries(read.disclosures.map(({ name, value }) => [name, value]))
          expect(shown).to.deep.equal(faceData)
          const report = await judgePeers(key, compact)
          expect(report.findings.filter(({ status }) => status === 'fail')).to.deep.equal([])
          expect(report.verdict).to.equal('accepted')
        }),
        { numRuns: runs(50, 2000) },
      )
    })

    it('presented there with some fields only, are accepted here with those', async () => {
      const compact = await issueWithPeer(key, FACE_DATA)
      const some = await createVcPeer(key).present<Record<string, unknown>>(compact, {
        category: true,
        post: true,
      })
      expect(parseCredential(some).disclosures.map(({ name }) => name)).to.have.members(['category', 'post'])
      expect((await judgePeers(key, some)).verdict).to.equal('accepted')
    })

    it('presented here with some fields only, verify there with those', async () => {
      const { compact } = await createSample({ key })
      const [jws = '', first = '', second = ''] = compact.split('~')
      const shown = Object.fromEntries(Object.entries(FACE_DATA).slice(0, 2))
      const { payload } = await createVcPeer(key).verify([jws, first, second, ''].join('~'), {
        currentDate: NOW,
      })
      expect(Object.keys(payload)).to.include.members(Object.keys(shown))
      expect(Object.keys(payload)).to.have.length(
        Object.keys(sampleClaims()).length + Object.keys(shown).length,
      )
    })

    it('signed by another key verify on neither side', async () => {
      const other = key.kty === 'EC' ? OTHER_ES256_KEY : ES256_KEY
      const { compact } = await createSample({ key: other })
      expect(await isTakenBy((text) => createVcPeer(key).verify(text), compact)).to.equal(false)
      const { bundle } = anchorSample(await createSample({ key: other }), other)
      const { memory } = await createSample({ key })
      expect((await judge(bundle, memory)).verdict).to.equal('rejected')
    })

    it('with one byte of the signed part altered verify on neither side', async () => {
      const { compact, memory, bundle } = await createSample({ key })
      const at = compact.indexOf('.') + 40
      const altered = compact.slice(0, at) + (compact[at] === 'A' ? 'B' : 'A') + compact.slice(at + 1)
      expect(await isTakenBy((text) => createVcPeer(key).verify(text), altered)).to.equal(false)
      expect((await judge(bundle.replace(compact, altered), memory)).verdict).to.be.oneOf([
        'rejected',
        'undetermined',
      ])
    })
  })
}

async function isTakenBy(verify: (compact: string) => Promise<unknown>, compact: string): Promise<boolean> {
  try {
    await verify(compact)
    return true
  } catch {
    return false
  }
}

/** What is wrong, the rule that forbids it, and a validly signed credential that does it. */
type Forbidden = readonly [is: string, rule: string, parts: ForgedParts]

/** Two disclosures of one name, each with a digest of its own. */
function twoOfOneName(): ForgedParts {
  const other = forgeDisclosure([SALT, 'holderName', '样例乙'])
  return {
    header: HEADER,
    payload: { ...CLAIMS, _sd: [NAME.digest, other.digest] },
    disclosures: [NAME.encoded, other.encoded],
  }
}

/** A hostile credential of the fixture by its words. */
function hostile(is: string): ForgedParts {
  const found = [...MALFORMED, ...UNFOUNDED].find(([words]) => words === is)
  if (found === undefined) throw new Error(`find a hostile credential with ${JSON.stringify(is)}`)
  return found[1]
}

const FORBIDDEN: readonly Forbidden[] = [
  ...(
    [
      ['alg none', 'RFC 9901 §7.1 step 2'],
      ['crit in the header', 'RFC 7515 §4.1.11'],
      ['a disclosure of _sd', 'RFC 9901 §7.1 step 3'],
      ['a disclosure of ...', 'RFC 9901 §7.1 step 3'],
      ['a disclosure of two members (an array element)', 'RFC 9901 §7.1 step 3'],
      ['keys beside ... in an array element', 'RFC 9901 §4.2.4.2'],
      ['a digest twice', 'RFC 9901 §7.1 step 4'],
      ['a digest twice that is not disclosed', 'RFC 9901 §7.1 step 4'],
      ['a disclosure without a digest', 'RFC 9901 §7.1 step 5'],
      ['a disclosure although nothing was signed', 'RFC 9901 §7.1 step 5'],
      ['a disclosure of exp', 'SD-JWT VC §2.2.2.3'],
      ['a disclosure of nbf', 'SD-JWT VC §2.2.2.3'],
      ['a disclosure of iss', 'SD-JWT VC §2.2.2.3'],
      ['a disclosure of vct', 'SD-JWT VC §2.2.2.3'],
      ['a disclosure of status', 'SD-JWT VC §2.2.2.3'],
      ['no typ', 'SD-JWT VC §2.2.1'],
      ['typ JWT', 'SD-JWT VC §2.2.1'],
      ['exp as a text', 'RFC 7519 §4.1.4'],
      ['padding in a disclosure', 'RFC 7515 §2'],
      ['a payload that is no UTF-8', 'RFC 7519 §7.2'],
    ] as const
  ).map(([is, rule]) => [is, rule, hostile(is)] as const),
  ['two disclosures of one name', 'RFC 9901 §7.1 step 3', twoOfOneName()],
  [
    'a disclosure of a name that stands in the open too',
    'RFC 9901 §7.1 step 3',
    withDisclosure([SALT, 'holderName', '样例甲'], { holderName: '样例乙' }),
  ],
]

describe('what a standard forbids: @sd-jwt 0.19 takes it, this implementation refuses it', () => {
  it('both take the credential that keeps all the rules', async () => {
    const { compact } = await forgeCredential(VALID)
    await createVcPeer(ES256_KEY).verify(compact, { currentDate: NOW })
    expect((await judgePeers(ES256_KEY, compact)).verdict).to.equal('accepted')
  })

  for (const [is, rule, parts] of FORBIDDEN) {
    it(`${is} (${rule})`, async () => {
      const { compact } = await forgeCredential(parts)
      expect((await judgePeers(ES256_KEY, compact)).verdict).to.be.oneOf(['rejected', 'undetermined'])
      // When these fail the library has learnt the rule: take it off the list.
      const options = { currentDate: NOW }
      expect(await isTakenBy((text) => createCorePeer(ES256_KEY).verify(text, options), compact)).to.equal(
        true,
      )
      expect(await isTakenBy((text) => createVcPeer(ES256_KEY).verify(text, options), compact)).to.equal(true)
    })
  }
})
