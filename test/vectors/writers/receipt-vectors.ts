/** Vectors of spec/receipt.md: receipts that are read or refused, and what they prove. */
import { encodeHex, type Hex, hashLeaf, type ReceiptObject, receiptObject } from '@hefu/protocol'
import { createSample } from '../../fixtures/sample-credential.ts'
import { deterministicSuite } from './deterministic-suite.ts'
import type { VectorFile } from './vector-file.ts'

type Members = Readonly<Record<string, unknown>>

function drop(members: Members, name: string): Members {
  const { [name]: _dropped, ...rest } = members
  return rest
}

/** What is wrong, the value that stands where a receipt should, and the defect that its reading reports. */
export function refusedReceipts(receipt: Members): readonly (readonly [string, unknown, string])[] {
  const node = `0x${'11'.repeat(32)}`
  return [
    ['a member more', { ...receipt, anchoredAt: 1 }, 'unknown-member'],
    ['no chainId', drop(receipt, 'chainId'), 'missing'],
    ['no issuer', drop(receipt, 'issuer'), 'missing'],
    ['no size', drop(receipt, 'size'), 'missing'],
    ['no index', drop(receipt, 'index'), 'missing'],
    ['no path', drop(receipt, 'path'), 'missing'],
    ['no ledger', drop(receipt, 'ledger'), 'not-hex'],
    ['no root', drop(receipt, 'root'), 'not-hex'],
    ['chain 0', { ...receipt, chainId: 0 }, 'wrong-value'],
    ['a chain that is a text', { ...receipt, chainId: '31337' }, 'wrong-type'],
    ['an address with capitals', { ...receipt, ledger: `0x${'0C'.repeat(20)}` }, 'not-hex'],
    ['an address of 19 bytes', { ...receipt, ledger: `0x${'00'.repeat(19)}` }, 'not-hex'],
    ['an issuer of 17 characters', { ...receipt, issuer: '1143000000612224L' }, 'wrong-value'],
    ['a root of 31 bytes', { ...receipt, root: `0x${'00'.repeat(31)}` }, 'not-hex'],
    ['a root without 0x', { ...receipt, root: '00'.repeat(32) }, 'not-hex'],
    ['size 0', { ...receipt, size: 0, index: 0 }, 'wrong-value'],
    ['size 2^32 + 1', { ...receipt, size: 2 ** 32 + 1 }, 'wrong-value'],
    ['a negative index', { ...receipt, index: -1 }, 'wrong-value'],
    ['an index equal to the size', { ...receipt, index: receipt['size'] }, 'wrong-value'],
    ['a path that is an object', { ...receipt, path: {} }, 'wrong-type'],
    ['a path of 33', { ...receipt, path: Array.from({ length: 33 }, () => node) }, 'wrong-type'],
    ['a path with null', { ...receipt, path: [null] }, 'not-hex'],
    ['a path with a short digest', { ...receipt, path: [node.slice(0, -2)] }, 'not-hex'],
    [
      'its members in another order',
      Object.fromEntries(Object.entries(receipt).toReversed()),
      'not-canonical-json',
    ],
    ['null', null, 'wrong-type'],
    ['a list', [receipt], 'wrong-type'],
  ]
}

/** Receipts that are read, and whether their path leads from the signing input to their root. */
function proofs(signingInput: string, receipt: ReceiptObject): readonly object[] {
  const proof = (
    is: string,
    included: boolean,
    change: Partial<ReceiptObject> = {},
    entry = signingInput,
  ) => ({
    is,
    signingInput: entry,
    leafHash: leafHashOf(entry),
    receipt: { ...receipt, ...change },
    included,
  })
  const [first = '0x', ...rest] = receipt.path
  return [
    proof('the receipt of this credential', true),
    proof('a batch of one', true, { root: leafHashOf(signingInput), size: 1, index: 0, path: [] }),
    proof('another signing input', false, {}, `${signingInput}A`),
    proof('another place', false, { index: 5 }),
    proof('the first place', false, { index: 0 }),
    proof('a path without its first digest', false, { path: rest }),
    proof('an empty path', false, { path: [] }),
    proof('a digest more', false, { path: [...receipt.path, first] }),
    proof('the path reversed', false, { path: receipt.path.toReversed() }),
    proof('another root', false, { root: first }),
    proof('a batch of one with another root', false, { size: 1, index: 0, path: [] }),
  ]
}

/** Also the root of a batch of one. */
function leafHashOf(signingInput: string): Hex {
  return encodeHex(hashLeaf(new TextEncoder().encode(signingInput), deterministicSuite))
}

/** The content of receipt.json. */
export async function receiptVectors(): Promise<VectorFile> {
  const sample = await createSample({ suite: deterministicSuite })
  const receipt = receiptObject(sample.receipt)
  return {
    spec: 'packages/protocol/spec/receipt.md',
    proofs: proofs(sample.signingInput, receipt),
    refused: [
      ...refusedReceipts({ ...receipt }),
      // In a bundle strict JSON refuses it before.
      ['a fraction for an index', { ...receipt, index: 0.5 }, 'wrong-value'],
    ].map(([is, value, refused]) => ({ is, value, refused })),
  }
}
