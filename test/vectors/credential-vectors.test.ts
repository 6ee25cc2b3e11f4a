/** credential.json: issuing gives the same texts, reading the same parts, and what is refused is refused alike. */
import { createHash } from 'node:crypto'
import {
  type CredentialClaims,
  type CredentialDraft,
  type CredentialHeader,
  canonicalJwk,
  createCredential,
  createDisclosure,
  decodeHex,
  digestDisclosure,
  encodeHex,
  type Hex,
  type PrivateJwk,
  type PublicJwk,
  parseBase64url,
  parseCredential,
  parseDisclosure,
  parsePublicJwk,
  type SignatureAlgorithm,
  type Suite,
  suite,
  thumbprint,
} from '@hefu/protocol'
import { expect } from 'chai'
import { describe, it } from 'mocha'
import { suite as webSuite } from '../../packages/protocol/dist/suite/web.js'
import { refusalOf } from '../fixtures/refusal.ts'
import { readVectors } from './vector-files.ts'

interface KeyVector {
  readonly source: string
  readonly algorithm: SignatureAlgorithm
  readonly privateJwk: PrivateJwk
  readonly publicJwk: PublicJwk
  readonly canonical: string
  readonly kid: string
}

interface DisclosureVector {
  readonly name: string
  readonly value: string
  readonly encoded: string
  readonly digest: string
}

interface IssuedVector extends CredentialDraft {
  readonly is: string
  readonly kid: string
  readonly salts: readonly Hex[]
  readonly compact: string
  readonly read: {
    readonly header: CredentialHeader
    readonly claims: CredentialClaims
    readonly disclosures: readonly DisclosureVector[]
    readonly signingInput: string
    readonly signature: Hex
    readonly leafHash: Hex
  }
}

interface CredentialVectors {
  readonly keys: readonly KeyVector[]
  readonly issued: readonly IssuedVector[]
  readonly refused: readonly {
    readonly is: string
    readonly compact: string
    readonly refused: readonly string[]
  }[]
  readonly unfounded: readonly { readonly is: string; readonly compact: string; readonly finding: string }[]
  readonly rfc9901: readonly {
    readonly text: string
    readonly encoded: string
    readonly digest: string
    readonly refused: string
    readonly remade: (DisclosureVector & { readonly text: string }) | null
  }[]
}

const vectors = readVectors<CredentialVectors>('credential')
const SUITES: readonly (readonly [string, Suite])[] = [
  ['node', suite],
  ['web', webSuite],
]

function keyOf(kid: string): KeyVector {
  const key = vectors.keys.find((one) => one.kid === kid)
  if (key === undefined) throw new Error(`find key ${kid} in credential.json`)
  return key
}

function sha256(...parts: readonly (Uint8Array | string)[]): Buffer {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest()
}

/** The suite, salting from a list. */
function saltedFrom(own: Suite, salts: readonly Hex[]): Suite {
  let next = 0
  return { ...own, randomBytes: () => decodeHex(salts[next++] ?? '0x') }
}

for (const [name, own] of SUITES) {
  describe(`credential vectors with the ${name} suite`, () => {
    for (const key of vectors.keys) {
      it(`thumbprint of the key of ${key.source} (RFC 7638)`, () => {
        expect(canonicalJwk(parsePublicJwk({ ...key.publicJwk }, 'key'))).to.equal(key.canonical)
        expect(thumbprint(key.publicJwk, own)).to.equal(key.kid)
        expect(sha256(key.canonical).toString('base64url')).to.equal(key.kid)
      })
    }

    for (const { is, kid, claims, faceData, salts, compact, read } of vectors.issued) {
      const { algorithm, privateJwk, publicJwk } = keyOf(kid)

      it(`issue ${is}: the same text but for the signature`, async () => {
        const issuingKey = { kid, algorithm, key: await own.importPrivateKey(privateJwk) }
        const signed = await createCredential({ claims, faceData }, issuingKey, saltedFrom(own, salts))
        expect(signed.signingInput).to.equal(read.signingInput)
        expect(signed.compact.split('~').slice(1)).to.deep.equal(compact.split('~').slice(1))
        // Ed25519 is deterministic (RFC 8032 §5.1.6); ECDSA is not, unless by RFC 6979.
        if (algorithm === 'EdDSA') expect(signed.compact).to.equal(compact)
      })

      it(`read ${is}: every part, every digest, the signature`, async () => {
        const { signature, disclosures, ...rest } = parseCredential(compact)
        expect({ ...rest, signature: encodeHex(signature) }).to.deep.equal({
          header: read.header,
          claims: read.claims,
          signingInput: read.signingInput,
          signature: read.signature,
        })
        const digests = disclosures.map((disclosure) => ({
          ...disclosure,
          digest: digestDisclosure(disclosure, own),
        }))
        expect(digests).to.deep.equal(read.disclosures)
        expect(read.claims._sd).to.have.members(digests.map(({ digest }) => digest))
        expect(encodeHex(sha256(Uint8Array.of(0), read.signingInput))).to.equal(read.leafHash)
        const key = await own.importPublicKey(publicJwk)
        expect(await own.verify(key, algorithm, read.signingInput, signature)).to.equal(true)
        expect(await own.verify(key, algorithm, `${read.signingInput}A`, signature)).to.equal(false)
      })
    }
  })
}

describe('credential vectors, refused', () => {
  for (const { is, compact, refused } of vectors.refused) {
    it(`${is}: ${refused.join(', ')}`, () =>
      expect(refusalOf(() => parseCredential(compact))).to.deep.equal(refused))
  }

  for (const { is, compact, finding } of vectors.unfounded) {
    it(`${is} can be read: ${finding} is for the checks to find`, () => {
      expect(() => parseCredential(compact)).to.not.throw()
    })
  }
})

describe('disclosures printed in RFC 9901', () => {
  for (const { text, encoded, digest, refused, remade } of vectors.rfc9901) {
    it(`${text}: the digest of RFC 9901; refused as it stands: ${refused}`, () => {
      expect(new TextDecoder().decode(parseBase64url(encoded, 'it'))).to.equal(text)
      expect(sha256(encoded).toString('base64url')).to.equal(digest)
      for (const [, own] of SUITES) expect(own.sha256Base64url(encoded)).to.equal(digest)
      expect(refusalOf(() => parseDisclosure(encoded, 'it'))).to.deep.equal([refused])
    })
    if (remade === null) continue
    it(`${remade.text}: re-made, is read`, () => {
      const { name, value, encoded: again } = remade
      expect(parseDisclosure(again, 'it')).to.deep.equal({ name, value, encoded: again })
      const [salt] = JSON.parse(remade.text)
      expect(createDisclosure(name, value, parseBase64url(salt, 'salt')).encoded).to.equal(again)
      expect(sha256(again).toString('base64url')).to.equal(remade.digest)
    })
  }
})
