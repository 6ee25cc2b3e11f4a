/** Whatever is presented, and whatever the ledger says, a verification ends in a report that can be read. */
import {
  algorithmOf,
  createMemoryLedgerView,
  createVerifier,
  encodeReport,
  keyIdOf,
  kindOfPresented,
  type PublicJwk,
  parseReport,
  registrationKey,
  suite,
  thumbprint,
  type VerificationReport,
} from '@hefu/protocol'
import { expect } from 'chai'
import fc from 'fast-check'
import { describe, it } from 'mocha'
import { suite as webSuite } from '#internal/protocol/suite/web'
import { withAnchor, withKey } from '../../../fixtures/altered-ledger.ts'
import { forgeCredential, forgeDisclosure } from '../../../fixtures/forged-credential.ts'
import { FORBIDDEN_TEXTS, STRANGE_TEXTS } from '../../../fixtures/hostile-text.ts'
import {
  ANCHORED_AT,
  anchorSample,
  createSample,
  ISSUER,
  NOW,
  type Sample,
  sampleClaims,
  sampleKeyFact,
  sampleRequest,
} from '../../../fixtures/sample-credential.ts'
import { ES256_KEY } from '../../../fixtures/sample-keys.ts'
import { runs } from '../../../fixtures/test-profile.ts'

async function judge(presented: string, memory: Sample['memory']): Promise<VerificationReport> {
  const report = await createVerifier({ view: createMemoryLedgerView(memory), suite }).verify(
    sampleRequest(presented),
    NOW,
  )
  expect(parseReport(encodeReport(report))).to.deep.equal(report)
  return report
}

/** Every member of an object and of the objects in it, replaced in turn. */
function replacedLeaves(value: object, instead: unknown): readonly object[] {
  return Object.entries(value).flatMap(([name, own]) => {
    const inside = typeof own === 'object' && own !== null ? replacedLeaves(own, instead) : []
    const copy = (replacement: unknown): object =>
      Array.isArray(value) ? value.with(Number(name), replacement) : { ...value, [name]: replacement }
    return [copy(instead), ...inside.map(copy)]
  })
}

const TEXTS = [...STRANGE_TEXTS, ...FORBIDDEN_TEXTS.map(([, text]) => text)]

/** What is malformed cannot be judged; what is read and wrong is rejected. */
const REFUSED = ['rejected', 'undetermined']

describe('hostile input', () => {
  it('that is any text at all is refused, and reported', async () => {
    const { memory } = await createSample()
    const presented = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.json(),
      fc.constantFrom(...TEXTS),
      fc.stringMatching(
        /^[A-Za-z0-9_-]{0,40}\.[A-Za-z0-9_-]{0,40}\.[A-Za-z0-9_-]{0,90}~([A-Za-z0-9_-]{0,40}~){0,3}$/,
      ),
      fc
        .dictionary(fc.constantFrom('mediaType', 'credential', 'receipt'), fc.jsonValue())
        .map((o) => JSON.stringify(o)),
    )
    await fc.assert(
      fc.asyncProperty(presented, async (text) => {
        const report = await judge(text, memory)
        const isLicence = kindOfPresented(text) === 'licence'
        expect(report.verdict).to.equal('undetermined')
        expect(report.findings[0]?.code === 'wellFormed/not-a-licence').to.equal(!isLicence)
        expect(report.defects.length > 0).to.equal(isLicence)
      }),
      { numRuns: runs(500, 20_000) },
    )
  })

  it('of the largest size is refused quickly, and reported', async () => {
    const { memory } = await createSample()
    for (const text of [
      '{'.repeat(10_000_000),
      '~'.repeat(10_000_000),
      'a.'.repeat(5_000_000),
      `${'a.'.repeat(5_000_000)}~`,
      ' '.repeat(10_000_000),
      `${' '.repeat(5_000_000)}x${' '.repeat(5_000_000)}`,
      `{"${'n'.repeat(262_000)}":1}`,
      `{"${'n'.repeat(261_000)}":"\u202e"}`,
      `{"mediaType":"${'"'.repeat(100_000)}"}`,
      `{"credential":"${'.'.repeat(261_000)}"}`,
      JSON.stringify(Object.fromEntries(Array.from({ length: 20_000 }, (_, i) => [`n${i}`, 1]))),
      `e30.e30.AAAA~${`${forgeDisclosure({ ['x'.repeat(1000)]: '\n' }).encoded}~`.repeat(64)}`,
    ]) {
      const report = await judge(text, memory)
      expect(report.verdict).to.be.oneOf(['rejected', 'undetermined'])
      expect(encodeReport(report).length).to.be.below(262_144)
    }
  })

  it('in any one member of header or claims is never accepted, though signed and anchored', async () => {
    const { encoded, digest } = forgeDisclosure(['AAECAwQFBgcICQoLDA0ODw', 'holderName', '样例甲'])
    const header = { alg: 'ES256', typ: 'dc+sd-jwt', kid: thumbprint(ES256_KEY, suite) }
    const claims = {
      ...sampleClaims(),
      supersedes: sampleClaims().jti,
      renditions: [{ mediaType: 'application/pdf', digest }],
      _sd: [digest],
      _sd_alg: 'sha-256',
    }
    const accepted = await forgeCredential({ header, payload: claims, disclosures: [encoded] })
    const sample = anchorSample(accepted)
    expect((await judge(sample.bundle, sample.memory)).verdict).to.equal('accepted')
    for (const text of [...TEXTS, null, true, [], {}, -1, 1.5, [[]]]) {
      for (const payload of replacedLeaves(claims, text)) {
        const hostile = anchorSample(await forgeCredential({ header, payload, disclosures: [encoded] }))
        const { verdict } = await judge(hostile.bundle, hostile.memory)
        // Without any digest the one field shown is not signed; without renditions nothing is amiss.
        const bare = JSON.stringify(payload).includes('"renditions":[]')
        expect(verdict, JSON.stringify(payload)).to.be.oneOf(bare ? ['accepted'] : REFUSED)
      }
      for (const other of replacedLeaves(header, text)) {
        const hostile = anchorSample(
          await forgeCredential({ header: other, payload: claims, disclosures: [encoded] }),
        )
        expect((await judge(hostile.bundle, hostile.memory)).verdict).to.be.oneOf(REFUSED)
      }
    }
  })
})

describe('a ledger’s facts', () => {
  it('decide about the key at the block time of the anchor, and nothing else does', async () => {
    const { bundle, memory } = await createSample()
    const near = fc.integer({ min: ANCHORED_AT - 3, max: ANCHORED_AT + 3 })
    const end = fc.option(near, { nil: null })
    await fc.assert(
      fc.asyncProperty(near, near, end, end, async (anchoredAt, validFrom, validUntil, compromisedFrom) => {
        const altered = withAnchor({ anchoredAt })(
          withKey({ validFrom, validUntil, compromisedFrom })(memory),
        )
        const inForce =
          validFrom <= anchoredAt &&
          anchoredAt < (validUntil ?? Number.POSITIVE_INFINITY) &&
          anchoredAt < (compromisedFrom ?? Number.POSITIVE_INFINITY)
        expect((await judge(bundle, altered)).verdict).to.equal(inForce ? 'accepted' : 'rejected')
      }),
      { numRuns: runs(500, 10_000) },
    )
  })

  it('about a key that is none never lead to an error, the same in both suites', async () => {
    const text = fc
      .uint8Array({ minLength: 32, maxLength: 32 })
      .map((b) => Buffer.from(b).toString('base64url'))
    const jwk: fc.Arbitrary<PublicJwk> = fc.oneof(
      fc.record({ kty: fc.constant('EC' as const), crv: fc.constant('P-256' as const), x: text, y: text }),
      fc.record({ kty: fc.constant('OKP' as const), crv: fc.constant('Ed25519' as const), x: text }),
    )
    await fc.assert(
      fc.asyncProperty(
        jwk,
        fc.constantFrom('ES256' as const, 'EdDSA' as const),
        async (publicJwk, algorithm) => {
          const kid = thumbprint(publicJwk, suite)
          const header = { alg: algorithm, typ: 'dc+sd-jwt', kid }
          const payload = { ...sampleClaims(), _sd: [], _sd_alg: 'sha-256' }
          const { bundle, memory } = anchorSample(await forgeCredential({ header, payload }))
          const keys = new Map([
            [registrationKey(ISSUER, keyIdOf(kid)), { ...sampleKeyFact(ES256_KEY), publicJwk, algorithm }],
          ])
          const view = createMemoryLedgerView({ ...memory, keys })
          const [node, web] = await Promise.all(
            [suite, webSuite].map((own) =>
              createVerifier({ view, suite: own }).verify(sampleRequest(bundle), NOW),
            ),
          )
          expect(node?.verdict).to.be.oneOf(['undetermined', 'rejected'])
          const isOfAlgorithm = algorithmOf(publicJwk) === algorithm
          expect(node?.findings[1]?.code).to.be.oneOf(
            isOfAlgorithm
              ? ['signature/unusable-key', 'signature/mismatch']
              : ['signature/ledger-unreachable'],
          )
          expect(web).to.deep.equal(node)
        },
      ),
      { numRuns: runs(200, 5000) },
    )
  })
})
