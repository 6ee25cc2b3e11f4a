/** What an implementation makes of the vectors, as plain data: run in Node and in a browser, and compared. */
import {
  createMerkleTree,
  decodeHex,
  encodeHex,
  hashLeaf,
  isDisplayText,
  MalformedError,
  type PublicJwk,
  parseCredential,
  parsePresented,
  parseQrText,
  parseReceipt,
  parseStrictJson,
  type Receipt,
  rootOf,
  type SignatureAlgorithm,
  type Suite,
  verifyInclusion,
} from '@hefu/protocol'
import { replay, type VerificationOutcome, type VerificationVector } from '../vectors/verification-vector.ts'

/** The members of the vector files that are run: see test/vectors/README.md. */
export interface VectorFiles {
  readonly verification: { readonly vectors: readonly VerificationVector[] }
  readonly signatures: {
    readonly signatures: readonly {
      readonly algorithm: SignatureAlgorithm
      readonly publicJwk: PublicJwk
      readonly message: string
      readonly signature: `0x${string}`
    }[]
  }
  readonly credential: {
    readonly issued: readonly { readonly compact: string }[]
    readonly refused: readonly { readonly compact: string }[]
  }
  readonly bundle: {
    readonly read: readonly { readonly text: string }[]
    readonly refused: readonly { readonly text: string }[]
  }
  readonly presentation: {
    readonly read: readonly { readonly text: string }[]
    readonly refused: readonly { readonly text: string }[]
    readonly qr: readonly { readonly text: string }[]
  }
  readonly receipt: {
    readonly proofs: readonly { readonly signingInput: string; readonly receipt: Receipt }[]
    readonly refused: readonly { readonly value: Parameters<typeof parseReceipt>[0] }[]
  }
  readonly encodings: {
    readonly jsonMaxLength: number
    readonly strictJson: readonly { readonly text: string }[]
    readonly displayText: readonly { readonly text: string }[]
  }
}

/** One line a vector: its value, or the codes with which it was refused. */
export interface Observations {
  readonly verification: readonly VerificationOutcome[]
  readonly signatures: readonly boolean[]
  readonly credential: readonly string[]
  readonly bundle: readonly string[]
  readonly presentation: readonly string[]
  readonly receipt: readonly (boolean | string)[]
  readonly strictJson: readonly string[]
  readonly displayText: readonly boolean[]
  /** Roots of the batches of 1 to 70 entries. */
  readonly roots: readonly string[]
}

/** The value read, as JSON, or the codes of all defects. */
function readOrRefused(read: () => unknown): string {
  try {
    return JSON.stringify(read())
  } catch (error) {
    if (error instanceof MalformedError) return error.defects.map(({ code }) => code).join(' ')
    throw error
  }
}

async function observeSignatures(
  { signatures }: VectorFiles['signatures'],
  suite: Suite,
): Promise<readonly boolean[]> {
  return Promise.all(
    signatures.map(async ({ algorithm, publicJwk, message, signature }) => {
      const key = await suite.importPublicKey(publicJwk)
      return suite.verify(key, algorithm, message, decodeHex(signature))
    }),
  )
}

function observeRoots(suite: Suite): readonly string[] {
  return Array.from({ length: 70 }, (_, last) => {
    const leaves = new Uint8Array(32 * (last + 1))
    for (let i = 0; i <= last; i++) {
      leaves.set(hashLeaf(new TextEncoder().encode(`entry ${i}`), suite), 32 * i)
    }
    return encodeHex(rootOf(createMerkleTree(leaves, suite)))
  })
}

/** Runs every vector with a suite. */
export async function observeVectors(files: VectorFiles, suite: Suite): Promise<Observations> {
  const { verification, credential, bundle, presentation, receipt, encodings } = files
  return {
    verification: await Promise.all(verification.vectors.map((vector) => replay(vector, suite))),
    signatures: await observeSignatures(files.signatures, suite),
    credential: [...credential.issued, ...credential.refused].map(({ compact }) =>
      readOrRefused(() => parseCredential(compact)),
    ),
    bundle: [...bundle.read, ...bundle.refused].map(({ text }) => readOrRefused(() => parsePresented(text))),
    presentation: [
      ...[...presentation.read, ...presentation.refused].map(({ text }) =>
        readOrRefused(() => parsePresented(text)),
      ),
      ...presentation.qr.map(({ text }) => readOrRefused(() => parseQrText(text))),
    ],
    receipt: [
      ...receipt.proofs.map((proof) => verifyInclusion(proof.signingInput, proof.receipt, suite)),
      ...receipt.refused.map(({ value }) => readOrRefused(() => parseReceipt(value, 'receipt'))),
    ],
    strictJson: encodings.strictJson.map(({ text }) =>
      readOrRefused(() => parseStrictJson(text, encodings.jsonMaxLength, 'it')),
    ),
    displayText: encodings.displayText.map(({ text }) => isDisplayText(text)),
    roots: observeRoots(suite),
  }
}
