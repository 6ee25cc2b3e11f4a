/** Lists of credential.json and presentation.json. */
import {
  algorithmOf,
  canonicalJwk,
  createCredential,
  createDisclosure,
  createVerifier,
  encodeHex,
  encodeQrText,
  type Hex,
  hashLeaf,
  LedgerUnavailableError,
  type LedgerView,
  parseBase64url,
  parseCredential,
  parsePresented,
  parsePublicJwk,
  parseQrText,
  type Suite,
  thumbprint,
} from '@hefu/protocol'
import { decodeHex } from '#internal/protocol/bytes/hex'
import { digestDisclosure, parseDisclosure } from '#internal/protocol/credential/disclosure'
import { attempt, type Judgement, type Runner } from './judgement.ts'
import type { IssuedVector, KeyVector, VectorFiles } from './vector-lists.ts'

type CredentialFile = VectorFiles['credential']
type CredentialRunner<List extends keyof CredentialFile> = Runner<
  CredentialFile[List][number],
  CredentialFile
>
type PresentationFile = VectorFiles['presentation']

const UNREACHABLE: LedgerView = {
  ledger: { chainId: 1, address: `0x${'00'.repeat(20)}` },
  lookup: async () => {
    throw new LedgerUnavailableError('unreachable', 'connect to the ledger')
  },
}

/** RFC 7638. */
export const runKey: CredentialRunner<'keys'> = ({ publicJwk, canonical, kid }, { suite }) => ({
  found: [canonicalJwk(parsePublicJwk({ ...publicJwk }, 'key')), thumbprint(publicJwk, suite)],
  expected: [canonical, kid],
})

function keyOf(kid: string, { keys }: CredentialFile): KeyVector {
  const key = keys.find((one) => one.kid === kid)
  if (key === undefined) throw new Error(`find key ${kid} in credential.json`)
  return key
}

/** Issued again with the same salts: the same text but for the signature. */
async function issueAgain(vector: IssuedVector, key: KeyVector, suite: Suite): Promise<readonly string[]> {
  const { claims, faceData, salts } = vector
  let next = 0
  const salted: Suite = { ...suite, randomBytes: () => decodeHex(salts[next++] ?? '0x') }
  const { kid, algorithm } = key
  const issuingKey = { kid, algorithm, key: await suite.importPrivateKey(key.privateJwk) }
  const { compact } = await createCredential({ claims, faceData }, issuingKey, salted)
  return withoutSignature(compact, key)
}

/** Ed25519 is deterministic (RFC 8032 §5.1.6); ECDSA is not, unless by RFC 6979. */
function withoutSignature(compact: string, { algorithm }: KeyVector): readonly string[] {
  if (algorithm === 'EdDSA') return [compact]
  const [jws = '', ...disclosures] = compact.split('~')
  return [jws.slice(0, jws.lastIndexOf('.')), ...disclosures]
}

/** Every part, every digest, the signature, and that another text is not signed. */
async function readAgain(
  compact: string,
  { algorithm, publicJwk }: KeyVector,
  suite: Suite,
): Promise<object> {
  const { signature, disclosures, ...parts } = parseCredential(compact)
  const key = await suite.importPublicKey(publicJwk)
  const isSigned = (text: string): Promise<boolean> | boolean => suite.verify(key, algorithm, text, signature)
  return {
    ...parts,
    disclosures: disclosures.map((one) => ({ ...one, digest: digestDisclosure(one, suite) })),
    signature: encodeHex(signature),
    leafHash: leafHashOf(parts.signingInput, suite),
    verified: [await isSigned(parts.signingInput), await isSigned(`${parts.signingInput}A`)],
  }
}

export function leafHashOf(signingInput: string, suite: Suite): Hex {
  return encodeHex(hashLeaf(new TextEncoder().encode(signingInput), suite))
}

export const runIssued: CredentialRunner<'issued'> = async (vector, { suite }, file) => {
  const key = keyOf(vector.kid, file)
  return {
    found: [await issueAgain(vector, key, suite), await readAgain(vector.compact, key, suite)],
    expected: [withoutSignature(vector.compact, key), { ...vector.read, verified: [true, false] }],
  }
}

/** Readable, and found out by the check of disclosures, for which no ledger is needed. */
export const runUnfounded: CredentialRunner<'unfounded'> = async ({ compact, finding }, { suite }) => {
  const { claims } = parseCredential(compact)
  const verifier = createVerifier({ view: UNREACHABLE, suite })
  const { findings } = await verifier.verify({ presented: compact, receivingRegion: '110000' }, claims.iat)
  return {
    found: findings.map(({ code }) => code).filter((code) => code.startsWith('disclosures/')),
    expected: [finding],
  }
}

/** As printed in RFC 9901 it has the digest printed there and is refused; re-made, it is read. */
export const runPrinted: CredentialRunner<'rfc9901'> = (vector, { suite }): Judgement => {
  const { text, encoded, digest, refused, remade } = vector
  return {
    found: [
      new TextDecoder().decode(parseBase64url(encoded, 'it')),
      suite.sha256Base64url(encoded),
      attempt(() => parseDisclosure(encoded, 'it')),
      remade && readRemade(remade, suite),
    ],
    expected: [text, digest, { refused: [refused] }, remade && { ...remade, again: remade.encoded }],
  }
}

function readRemade({ text, encoded }: { text: string; encoded: string }, suite: Suite): object {
  const disclosure = parseDisclosure(encoded, 'it')
  const salt = parseBase64url(JSON.parse(text)[0], 'salt')
  return {
    ...disclosure,
    text: new TextDecoder().decode(parseBase64url(encoded, 'it')),
    digest: digestDisclosure(disclosure, suite),
    again: createDisclosure(disclosure.name, disclosure.value, salt).encoded,
  }
}

/** The key binding as it is read, `sd_hash` of what is presented, and the holder's signature. */
export const runKeyBinding: Runner<PresentationFile['read'][number], PresentationFile> = async (
  { text, holderJwk, keyBinding },
  { suite },
) => {
  const read = parsePresented(text).keyBinding
  if (read === null) return { found: null, expected: keyBinding }
  const { presented, signature, ...parts } = read
  const key = await suite.importPublicKey(holderJwk)
  return {
    found: {
      ...parts,
      signature: encodeHex(signature),
      sdHash: suite.sha256Base64url(presented),
      verified: await suite.verify(key, algorithmOf(holderJwk), parts.signingInput, signature),
    },
    expected: { ...keyBinding, sdHash: keyBinding.claims.sd_hash, verified: true },
  }
}

/** Scanned; and the whole of it encoded again, or the digest in the reference. */
export const runQr: Runner<PresentationFile['qr'][number], PresentationFile> = (vector, { suite }) => {
  const found = attempt(() => parseQrText(vector.text))
  if (vector.refused !== undefined) return { found, expected: { refused: [vector.refused] } }
  const { text, presented, scanned } = vector
  return scanned.kind === 'whole'
    ? { found: [found, encodeQrText(presented, suite)], expected: [scanned, text] }
    : { found: [found, suite.sha256Base64url(presented)], expected: [scanned, scanned.reference.digest] }
}
