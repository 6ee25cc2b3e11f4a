/** Licences of one agency as it would issue them: signed, put into a batch, with their receipts. The same again for the same drafts. */
import {
  type CredentialDraft,
  createCredential,
  createMerkleTree,
  createReceipt,
  encodeBundle,
  hashLeaf,
  type LedgerIdentity,
  type PrivateJwk,
  type Receipt,
  type Suite,
  suite,
  thumbprint,
} from '@hefu/protocol'

export interface IssuedLicence {
  /** The bundle’s text. */
  readonly bundle: string
  /** The credential without its receipt. */
  readonly credential: string
  readonly receipt: Receipt
}

/** Whose key it is, and where the batch is anchored. */
export interface BatchIssuer {
  /** USCC. */
  readonly agency: string
  readonly key: PrivateJwk
  readonly ledger: LedgerIdentity
}

/** In the order of the drafts, which are those of their places in the batch. */
export async function issueBatch(
  drafts: readonly CredentialDraft[],
  { agency, key, ledger }: BatchIssuer,
): Promise<readonly IssuedLicence[]> {
  const salted = withCountedSalts(suite)
  const kid = thumbprint(key, suite)
  const issuing = { kid, algorithm: 'EdDSA' as const, key: await suite.importPrivateKey(key) }
  const signed = []
  for (const draft of drafts) signed.push(await createCredential(draft, issuing, salted))
  const leaves = signed.map(({ signingInput }) => hashLeaf(new TextEncoder().encode(signingInput), suite))
  const tree = createMerkleTree(joined(leaves), suite)
  return signed.map(({ compact }, i) => {
    const receipt = createReceipt(ledger, agency, tree, i)
    return { bundle: encodeBundle(compact, receipt), credential: compact, receipt }
  })
}

/** Salts that nobody has to guess: of licences of nobody. */
function withCountedSalts(base: Suite): Suite {
  let next = 0
  return {
    ...base,
    randomBytes: (length) => {
      const salt = new Uint8Array(length)
      new DataView(salt.buffer).setUint32(length - 4, next++)
      return salt
    },
  }
}

function joined(leaves: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(leaves.reduce((sum, leaf) => sum + leaf.length, 0))
  let at = 0
  for (const leaf of leaves) {
    bytes.set(leaf, at)
    at += leaf.length
  }
  return bytes
}
