/**
 * The mutation oracle: a valid presentation with any one part changed is never accepted, and
 * never makes the verifier throw.
 */
import {
  createMemoryLedgerView,
  createVerifier,
  encodeBase64url,
  encodeReport,
  parseReport,
  suite,
  type VerificationReport,
  type Verifier,
} from '@hefu/protocol'
import { expect } from 'chai'
import fc from 'fast-check'
import { before, describe, it } from 'mocha'
import { createSample, NOW, type Sample, sampleRequest } from '../../../fixtures/sample-credential.ts'
import { ED25519_KEY, ES256_KEY, SM2_KEY } from '../../../fixtures/sample-keys.ts'
import { runs } from '../../../fixtures/test-profile.ts'
import { textEdit } from '../../../fixtures/text-edit.ts'

for (const key of [ES256_KEY, ED25519_KEY, SM2_KEY]) {
  describe(`mutation oracle, bundle signed with a key on ${key.crv}`, function () {
    this.timeout(900_000)
    let sample: Sample
    let verifier: Verifier

    before(async () => {
      sample = await createSample({ key })
      verifier = createVerifier({ view: createMemoryLedgerView(sample.memory), suite })
    })

    const judge = (bundle: string): Promise<VerificationReport> => verifier.verify(sampleRequest(bundle), NOW)

    async function assertNotAccepted(mutated: string): Promise<void> {
      const report = await judge(mutated)
      parseReport(encodeReport(report))
      if (report.verdict !== 'accepted' && report.resultCode !== 0) return
      if (mutated === sample.bundle || isHoldersRight(mutated, sample.bundle)) return
      expect.fail(`accepted: ${mutated}`)
    }

    it('accepts the bundle as it was issued', async () => {
      expect((await judge(sample.bundle)).verdict).to.equal('accepted')
    })

    it('never accepts another byte, at any place', async () => {
      const { bundle } = sample
      for (let at = 0; at < bundle.length; at++) {
        for (const byte of neighbours(bundle.charCodeAt(at))) {
          await assertNotAccepted(bundle.slice(0, at) + String.fromCharCode(byte) + bundle.slice(at + 1))
        }
      }
    })

    it('never accepts a missing, repeated or inserted byte, at any place', async () => {
      const { bundle } = sample
      for (let at = 0; at <= bundle.length; at += runs(3, 1)) {
        await assertNotAccepted(bundle.slice(0, at) + bundle.slice(at + 1))
        await assertNotAccepted(bundle.slice(0, at) + bundle.slice(at - 1))
        await assertNotAccepted(`${bundle.slice(0, at)} ${bundle.slice(at)}`)
      }
    })

    it('never accepts an edit of any kind', () =>
      fc.assert(
        fc.asyncProperty(textEdit, async (edit) => assertNotAccepted(edit.apply(sample.bundle))),
        { numRuns: runs(3000, 60_000) },
      ))

    it('never accepts two edits', () =>
      fc.assert(
        fc.asyncProperty(textEdit, textEdit, async (one, two) =>
          assertNotAccepted(two.apply(one.apply(sample.bundle))),
        ),
        { numRuns: runs(1000, 20_000) },
      ))

    it('never accepts an edit inside a part that is encoded again', () =>
      fc.assert(
        fc.asyncProperty(textEdit, fc.nat(14), async (edit, part) =>
          assertNotAccepted(editInside(sample.bundle, part, edit.apply)),
        ),
        { numRuns: runs(2000, 40_000) },
      ))

    it('never accepts a bundle with a member taken from another licence', async () => {
      const other = await createSample({ key, faceData: { holderName: '样例乙' } })
      const [jws = '', ...disclosures] = sample.compact.split('~')
      const [otherJws = '', ...otherDisclosures] = other.compact.split('~')
      const [header, payload] = jws.split('.')
      const signature = otherJws.split('.')[2]
      for (const compact of [
        [otherJws, ...disclosures].join('~'),
        [jws, ...otherDisclosures].join('~'),
        [`${header}.${payload}.${signature}`, ...disclosures].join('~'),
      ]) {
        await assertNotAccepted(sample.bundle.replace(sample.compact, compact))
      }
      await assertNotAccepted(other.bundle)
      await assertNotAccepted(other.bundle.replace(other.compact, sample.compact))
    })

    it('never accepts members of the bundle or the receipt in another order', async () => {
      const bundle = JSON.parse(sample.bundle) as Record<string, unknown>
      await assertNotAccepted(JSON.stringify(reversed(bundle)))
      const receipt = reversed(bundle['receipt'] as Record<string, unknown>)
      await assertNotAccepted(JSON.stringify({ ...bundle, receipt }))
    })

    it('lets the holder drop and reorder whole fields, and refers when nothing is shown', async () => {
      const [jws = '', ...parts] = sample.compact.split('~')
      const shown = parts.slice(0, -1)
      const present = (disclosures: readonly string[]): Promise<VerificationReport> =>
        judge(sample.bundle.replace(sample.compact, [jws, ...disclosures, ''].join('~')))
      expect((await present(shown.toReversed())).verdict).to.equal('accepted')
      expect((await present(shown.slice(0, 1))).verdict).to.equal('accepted')
      expect((await present([])).verdict).to.equal('refer')
    })
  })
}

/**
 * Whether only whole disclosures were dropped or put in another order: which fields to show is the holder's
 * to choose (RFC 9901 §7.2) and their order means nothing (§4.2.4.1), so such a bundle is no forgery.
 */
function isHoldersRight(mutated: string, original: string): boolean {
  const [one, two] = [mutated, original].map(splitBundle)
  if (one === undefined || two === undefined || one.frame !== two.frame) return false
  const once = new Set(one.disclosures)
  return once.size === one.disclosures.length && one.disclosures.every((d) => two.disclosures.includes(d))
}

function splitBundle(text: string): { frame: string; disclosures: readonly string[] } | undefined {
  const first = text.indexOf('~')
  const last = text.lastIndexOf('~')
  if (first < 0) return undefined
  const disclosures = text.slice(first + 1, last)
  return {
    frame: text.slice(0, first + 1) + text.slice(last + 1),
    disclosures: disclosures === '' ? [] : disclosures.split('~'),
  }
}

const ASCII = Array.from({ length: 128 }, (_, byte) => byte)

/** The next byte, a letter and a byte beyond ASCII; in the long profile all of ASCII. */
function neighbours(byte: number): readonly number[] {
  const letter = byte === 0x41 ? 0x42 : 0x41
  return [byte ^ 0x80, byte ^ 0x01, letter, ...ASCII.slice(0, runs(0, 128))].filter((other) => other !== byte)
}

/** Decodes header, payload, signature or a disclosure, edits what it says, and encodes it again. */
function editInside(bundle: string, part: number, edit: (text: string) => string): string {
  const credential = (JSON.parse(bundle) as { credential: string }).credential
  const parts = credential.split(/[.~]/)
  const chosen = parts[part] ?? ''
  const latin1 = Buffer.from(chosen, 'base64url').toString(part === 2 ? 'latin1' : 'utf8')
  const edited = Buffer.from(edit(latin1), part === 2 ? 'latin1' : 'utf8')
  return bundle.replace(chosen, encodeBase64url(edited))
}

function reversed(object: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(object).toReversed())
}
