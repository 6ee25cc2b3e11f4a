/**
 * The mutation oracle for presentations: what the holder signed is accepted as it was signed, and in no other
 * way. Unlike a bundle's, its fields can neither be dropped nor put in another order.
 */
import {
  algorithmOf,
  createMemoryLedgerView,
  createPresentation,
  createVerifier,
  encodeBase64url,
  encodeReport,
  type PresentationDraft,
  parseReport,
  suite,
  thumbprint,
  type VerificationReport,
  type Verifier,
} from '@hefu/protocol'
import { expect } from 'chai'
import fc from 'fast-check'
import { before, describe, it } from 'mocha'
import { createSample, NOW, type Sample, sampleRequest } from '../../../fixtures/sample-credential.ts'
import { HOLDER_KEY, OTHER_ES256_KEY } from '../../../fixtures/sample-keys.ts'
import { boundSample, CHALLENGE, COPY } from '../../../fixtures/sample-presentation.ts'
import { runs } from '../../../fixtures/test-profile.ts'
import { textEdit } from '../../../fixtures/text-edit.ts'

const DRAFT: PresentationDraft = { challenge: CHALLENGE, issuedAt: NOW - 10 }

for (const [is, key, draft, request] of [
  ['an answer to a challenge, key on Ed25519', HOLDER_KEY, DRAFT, { challenge: CHALLENGE }],
  ['an answer to a challenge, key on P-256', OTHER_ES256_KEY, DRAFT, { challenge: CHALLENGE }],
  ['an annotated copy without a challenge', HOLDER_KEY, { ...DRAFT, copy: COPY }, {}],
] as const) {
  describe(`mutation oracle, ${is}`, function () {
    this.timeout(900_000)
    let sample: Sample
    let presented: string
    let verifier: Verifier

    before(async () => {
      sample = await createSample(boundSample(key))
      const holder = {
        kid: thumbprint(key, suite),
        algorithm: algorithmOf(key),
        key: await suite.importPrivateKey(key),
      }
      presented = await createPresentation(sample.bundle, draft, holder, suite)
      verifier = createVerifier({ view: createMemoryLedgerView(sample.memory), suite })
    })

    const judge = (text: string): Promise<VerificationReport> =>
      verifier.verify({ ...sampleRequest(text), ...request }, NOW)

    async function assertNotAccepted(mutated: string): Promise<void> {
      const report = await judge(mutated)
      parseReport(encodeReport(report))
      if (mutated === presented) return
      if (report.verdict === 'accepted' || report.resultCode === 0) expect.fail(`accepted: ${mutated}`)
    }

    /** The place where the key binding begins: after the last `~`. */
    const bindingAt = (): number => presented.lastIndexOf('~') + 1

    it('accepts what the holder signed', async () => {
      expect((await judge(presented)).verdict).to.equal('accepted')
    })

    it('never accepts another byte of the key binding, all of ASCII at every place', async () => {
      const end = presented.indexOf('"', bindingAt())
      for (let at = bindingAt(); at < end; at++) {
        for (let byte = 0x21; byte < 0x7f; byte += runs(7, 1)) {
          const other = String.fromCharCode(((byte + at - 0x21) % 94) + 0x21)
          await assertNotAccepted(presented.slice(0, at) + other + presented.slice(at + 1))
        }
      }
    })

    it('never accepts another byte anywhere', async () => {
      for (let at = 0; at < presented.length; at += runs(2, 1)) {
        const code = presented.charCodeAt(at)
        const other = String.fromCharCode(code === 0x41 ? 0x42 : 0x41)
        await assertNotAccepted(presented.slice(0, at) + other + presented.slice(at + 1))
        await assertNotAccepted(presented.slice(0, at) + presented.slice(at + 1))
      }
    })

    it('never accepts an edit of any kind, nor two', () =>
      fc.assert(
        fc.asyncProperty(textEdit, textEdit, async (one, two) => {
          await assertNotAccepted(one.apply(presented))
          await assertNotAccepted(two.apply(one.apply(presented)))
        }),
        { numRuns: runs(1000, 30_000) },
      ))

    it('never accepts an edit inside a part of the key binding that is encoded again', () =>
      fc.assert(
        fc.asyncProperty(textEdit, fc.nat(2), async (edit, part) => {
          const end = presented.indexOf('"', bindingAt())
          const parts = presented.slice(bindingAt(), end).split('.')
          const encoding = part === 2 ? 'latin1' : 'utf8'
          const text = Buffer.from(parts[part] ?? '', 'base64url').toString(encoding)
          const edited = encodeBase64url(Buffer.from(edit.apply(text), encoding))
          const binding = parts.with(part, edited).join('.')
          await assertNotAccepted(presented.slice(0, bindingAt()) + binding + presented.slice(end))
        }),
        { numRuns: runs(1000, 30_000) },
      ))

    it('never accepts fewer fields, or fields in another order, than were signed', async () => {
      const [, ...parts] = sample.compact.split('~')
      const shown = parts.slice(0, -1)
      const swap = (fields: readonly string[]): string =>
        presented.replace(`~${shown.join('~')}~`, ['', ...fields, ''].join('~'))
      expect(swap(shown)).to.equal(presented)
      await assertNotAccepted(swap(shown.toReversed()))
      for (let i = 0; i < shown.length; i++) await assertNotAccepted(swap(shown.toSpliced(i, 1)))
    })

    it('never accepts the key binding of another licence of the same holder', async () => {
      const other = await createSample({ ...boundSample(key), faceData: { holderName: '样例乙' } })
      await assertNotAccepted(presented.replace(sample.compact, other.compact))
    })
  })
}
