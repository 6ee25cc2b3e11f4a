/** verification.json: that its digests and facts are right, and that it leaves out no finding. */
import { createMemoryLedgerView, FINDING_CODES, type LedgerIdentity, type MemoryLedger } from '@hefu/protocol'
import { expect } from 'chai'
import { describe, it } from 'mocha'
import { sha256 } from './independent-digest.ts'
import { readVectors } from './vector-files.ts'
import type { VerificationVector } from './verification-vector.ts'

const { vectors } = readVectors<{ readonly vectors: readonly VerificationVector[] }>('verification')

/** The ledger's state as a view in memory keeps it: lists as they are, objects of entries as maps. */
function memoryOf(ledger: LedgerIdentity, state: Readonly<Record<string, unknown>>): MemoryLedger {
  const { block, ...tables } = state
  const maps = Object.entries(tables).map(([name, entries]) => [
    name,
    Array.isArray(entries) ? entries : new Map(Object.entries(entries as Record<string, unknown>)),
  ])
  return { ledger, block, ...Object.fromEntries(maps) }
}

describe('verification vectors', () => {
  for (const { is, request, intermediate } of vectors) {
    if (intermediate === null) continue
    it(`${is}: digests, recomputed without the protocol`, () => {
      const { presentedDigest, signingInput, leafHash, disclosureDigests, root } = intermediate
      expect(sha256(request.presented).toString('base64url')).to.equal(presentedDigest)
      expect(`0x${sha256(Uint8Array.of(0), signingInput).toString('hex')}`).to.equal(leafHash)
      const compact = request.presented.startsWith('{')
        ? JSON.parse(request.presented).credential
        : request.presented
      const [jws, ...disclosures] = compact.split('~').slice(0, -1)
      expect(jws.slice(0, signingInput.length + 1)).to.equal(`${signingInput}.`)
      expect(disclosures.map((one: string) => sha256(one).toString('base64url'))).to.deep.equal(
        disclosureDigests,
      )
      expect(root === null || /^0x[0-9a-f]{64}$/.test(root)).to.equal(true)
    })
  }

  for (const { is, ledger, state, lookup } of vectors) {
    if (state === null || lookup === null) continue
    it(`${is}: the facts follow from the ledger’s state`, async () => {
      expect(await createMemoryLedgerView(memoryOf(ledger, state)).lookup(lookup.query)).to.deep.equal(
        lookup.facts,
      )
    })
  }

  it('give every finding of the catalogue', () => {
    const given = new Set(vectors.flatMap(({ expected }) => expected.findings.map(({ code }) => code)))
    expect([...given].sort()).to.deep.equal([...FINDING_CODES].sort())
  })
})
