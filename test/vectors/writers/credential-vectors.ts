/** Vectors of spec/credential.md: issuing, reading, and credentials that break one rule each. */
import { createHash } from 'node:crypto'
import {
  algorithmOf,
  type CredentialDraft,
  canonicalJwk,
  createCredential,
  encodeBase64url,
  encodeHex,
  encodeLicenceId,
  hashLeaf,
  issuerUri,
  type PrivateJwk,
  parseCredential,
  parseLicenceId,
  type SignedCredential,
  thumbprint,
} from '@hefu/protocol'
import { forgeCredential } from '../../fixtures/forged-credential.ts'
import { MALFORMED, UNFOUNDED, VALID } from '../../fixtures/hostile-credentials.ts'
import { FACE_DATA, fixedSalts, sampleClaims } from '../../fixtures/sample-credential.ts'
import { ED25519_KEY, ES256_KEY, OTHER_ES256_KEY, publicHalf, SM2_KEY } from '../../fixtures/sample-keys.ts'
import { defectsOf } from './defects.ts'
import { deterministicSuite } from './deterministic-suite.ts'
import { rfc9901 } from './rfc9901-disclosures.ts'
import type { VectorFile } from './vector-file.ts'

/** The greatest time and index that the ledger holds. */
const MAX_TIME = 2 ** 40 - 1
const MAX_STATUS_INDEX = 2 ** 48 - 1
/** The sample's issuer with a check character that is not its own. */
const OTHER_CHECK = '11430000006122244A'
/** Of a disclosure of 16,384 characters in base64url, which are 12,288 bytes. */
const LONGEST_REMARK = 12_288 - JSON.stringify(['A'.repeat(22), 'remark', '']).length

const KEYS: readonly (readonly [source: string, key: PrivateJwk])[] = [
  ['RFC 7515 appendix A.3', ES256_KEY],
  ['RFC 7517 appendix A.2', OTHER_ES256_KEY],
  ['RFC 8037 appendix A.1', ED25519_KEY],
  ['GB/T 32918.5 appendix A.2', SM2_KEY],
]

function keyVector([source, key]: (typeof KEYS)[number]): object {
  const publicJwk = publicHalf(key)
  const canonical = canonicalJwk(publicJwk)
  const kid = thumbprint(publicJwk, deterministicSuite)
  return { source, algorithm: algorithmOf(key), privateJwk: key, publicJwk, canonical, kid }
}

/** What a reader of the credential sees on the way, so that a second one finds its first difference. */
function readingOf({ compact, signingInput }: SignedCredential): object {
  const { header, claims, disclosures, signature } = parseCredential(compact)
  return {
    header,
    claims,
    disclosures: disclosures.map(({ name, value, encoded }) => ({
      name,
      value,
      encoded,
      digest: deterministicSuite.sha256Base64url(encoded),
    })),
    signingInput,
    signature: encodeHex(signature),
    leafHash: encodeHex(hashLeaf(new TextEncoder().encode(signingInput), deterministicSuite)),
  }
}

async function issue(is: string, key: PrivateJwk, draft: CredentialDraft): Promise<object> {
  const kid = thumbprint(key, deterministicSuite)
  const signed = await createCredential(
    draft,
    { kid, algorithm: algorithmOf(key), key: await deterministicSuite.importPrivateKey(key) },
    fixedSalts(deterministicSuite),
  )
  const salts = Object.keys(draft.faceData).map((_, i) => encodeHex(fixedSalt(i)))
  return { is, kid, ...draft, salts, compact: signed.compact, read: readingOf(signed) }
}

function fixedSalt(value: number): Uint8Array {
  const salt = new Uint8Array(16)
  salt[15] = value
  return salt
}

function issued(): Promise<readonly object[]> {
  const claims = sampleClaims()
  const { exp: _exp, ...withoutEnd } = claims
  const rendition = {
    mediaType: 'application/ofd',
    digest: encodeBase64url(createHash('sha256').update('an OFD file').digest()),
  }
  return Promise.all([
    issue('twelve fields, ES256', ES256_KEY, { claims, faceData: FACE_DATA }),
    issue('twelve fields, Ed25519', ED25519_KEY, { claims, faceData: FACE_DATA }),
    issue('twelve fields, SM2', SM2_KEY, { claims, faceData: FACE_DATA }),
    issue('no end of validity 长期', ES256_KEY, { claims: withoutEnd, faceData: { holderName: '样例甲' } }),
    issue('no field at all', ES256_KEY, { claims, faceData: {} }),
    issue('renditions and a predecessor', ED25519_KEY, {
      claims: { ...claims, renditions: [rendition], supersedes: claims.jti },
      faceData: { holderName: '样例甲' },
    }),
    issue('an empty list of renditions, and the greatest index and times', ES256_KEY, {
      claims: {
        ...claims,
        renditions: [],
        iat: MAX_TIME,
        nbf: MAX_TIME - 1,
        exp: MAX_TIME,
        status: { status_list: { ...claims.status.status_list, idx: MAX_STATUS_INDEX } },
      },
      faceData: { holderName: '样例甲' },
    }),
    issue('an issuer whose USCC has another check character', ES256_KEY, {
      claims: {
        ...claims,
        iss: issuerUri(OTHER_CHECK),
        jti: encodeLicenceId({ ...parseLicenceId(claims.jti, 'jti'), issuer: OTHER_CHECK }),
        supersedes: `${claims.jti.slice(0, -1)}${claims.jti.endsWith('A') ? 'B' : 'A'}`,
      },
      faceData: { holderName: '样例甲' },
    }),
    issue('an identifier that names a region instead of the issuer', SM2_KEY, {
      claims: {
        ...claims,
        jti: encodeLicenceId({ ...parseLicenceId(claims.jti, 'jti'), issuer: '430100' }),
      },
      faceData: { holderName: '样例甲' },
    }),
    issue('the longest disclosure, and an empty one', ED25519_KEY, {
      claims,
      faceData: { remark: 'x'.repeat(LONGEST_REMARK), holderName: '' },
    }),
    issue('a character outside of the basic plane', ES256_KEY, {
      claims,
      faceData: { holderName: '𠮷野样例', licenceNumber: '"\\/<>&' },
    }),
  ])
}

function malformed(): Promise<readonly object[]> {
  return Promise.all(
    MALFORMED.map(async ([is, parts, code]) => {
      const { compact } = await forgeCredential(parts, ES256_KEY, deterministicSuite)
      const refused = defectsOf(() => parseCredential(compact))
      if (refused[0] !== code) throw new Error(`write vectors: ${is} is ${refused[0]}, not ${code}`)
      return { is, compact, refused }
    }),
  )
}

/** Edits of the compact form of a valid credential, which need no key. */
function reshaped(compact: string): readonly object[] {
  const edits: readonly (readonly [string, string])[] = [
    ['a JWT without "~"', compact.split('~')[0] ?? ''],
    ['no "~" at the end', compact.slice(0, -1)],
    ['two "~" at the end', `${compact}~`],
    ['two parts', compact.replace('.', '')],
    ['four parts', compact.replace('.', '..')],
    ['white space before', ` ${compact}`],
    ['no signature', compact.replace(/\.[^.~]+~/, '.~')],
    ['a signature of 70 bytes', compact.replace(/\.[^.~]+~/, `.${encodeBase64url(new Uint8Array(70))}~`)],
    ['unused bits in the signature', compact.replace(/(\.[^.~]+)[AQgw]~/, '$1B~')],
    ['JSON serialization', JSON.stringify({ payload: compact })],
    ['nothing', ''],
  ]
  return edits.map(([is, text]) => ({ is, compact: text, refused: defectsOf(() => parseCredential(text)) }))
}

function unfounded(): Promise<readonly object[]> {
  return Promise.all(
    UNFOUNDED.map(async ([is, parts, finding]) => {
      const { compact } = await forgeCredential(parts, ES256_KEY, deterministicSuite)
      return { is, compact, finding }
    }),
  )
}

/** The content of credential.json. */
export async function credentialVectors(): Promise<VectorFile> {
  const { compact } = await forgeCredential(VALID, ES256_KEY, deterministicSuite)
  return {
    spec: 'packages/protocol/spec/credential.md',
    keys: KEYS.map(keyVector),
    issued: await issued(),
    refused: [...(await malformed()), ...reshaped(compact)],
    unfounded: await unfounded(),
    rfc9901: rfc9901(),
  }
}
